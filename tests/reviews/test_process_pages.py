"""The pages of the process, the links that lead there, who followed it and why others did not (R-02, G-02, G-08)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from acr_program.charter import hung
from acr_program.workflow.edit import edit
from reviews.models import ProcessVersion, ReviewRequest
from reviews.pages.described_page import ProcessChanges
from reviews.process.conformance import Followed, share_of
from reviews.process.described import described
from tests.factories import fresh, make_account, make_program, make_request, take
from tests.reviews.processes import a_draft, each_state, published, written
from tests.reviews.work import RECORD, a_review, page_of, queries_of, signed_in
from tests.walk import admin

pytestmark = pytest.mark.django_db
SLOWER = {("digital", "gathering"): 12, ("printed", "gathering"): 15}


# Its pages


@pytest.mark.demand("R-02", "features, 84")
def test_every_record_leads_to_its_step_in_the_version_it_is_bound_to(people):
    review = fresh(a_review(people, "in_approval"))
    published(days=SLOWER)
    at = f"/reviews/process/{review.process_id}"
    things = [
        (review, "approved"), (review.contributions.first(), "gathered"), (review.approvals.first(), "approved"),
        (review.latest_document(), "compiled"), (review.meetings.get(), "met"),
    ]  # fmt: skip

    for thing, key in things:
        assert f'href="{at}/{key}/"' in page_of(people["admin"], thing), key
    step = signed_in(people["admin"]).get(f"{review.get_absolute_url()}steps/cancel/").content.decode()
    assert f'href="{at}/asked/"' in step


def test_a_draft_leads_to_what_is_in_force(people):
    draft = make_request("draft", account=make_account(manager=people["rep"]))

    assert 'href="/reviews/process/#asked"' in page_of(people["rep"], draft)


@pytest.mark.demand("G-08")
def test_a_step_says_what_it_asks_its_days_and_what_the_program_refuses(people):
    first = ProcessVersion.objects.in_force()
    delivered = described(first)[6]

    page = signed_in(people["contributor"]).get(delivered.url).content.decode()

    for words in (delivered.words.owner, delivered.words.guidance, "2 working days digitally, 9 in print", "Printed"):
        assert words in page
    assert "There is no sealed document." in page
    assert signed_in(people["contributor"]).get(f"{first.get_absolute_url()}no-such/").status_code == 404


def test_what_changed_between_versions_is_said_in_words_and_days(people):
    first = ProcessVersion.objects.in_force()
    second = written(published(days=SLOWER) and a_draft(), "met", guidance="Read it with them.")

    changes = ProcessChanges(now=second, then=first).changes

    assert [(one.step.key, bool(one.texts), [days[1:] for days in one.days]) for one in changes] == [
        ("gathered", False, [("8", "12"), ("8", "15")]), ("met", True, []),
    ]  # fmt: skip
    url = reverse("reviews:process-changes", args=[second.pk])
    client = signed_in(people["manager"])
    assert "Read it with them" in client.get(url).content.decode()
    assert "<del>8</del> <ins>12</ins>" in client.get(url, {"against": first.pk}).content.decode()


def test_the_manager_writes_a_step_on_its_page(people):
    client = signed_in(people["manager"])
    client.post(reverse("reviews:process-draft"), {"key": "begin"})
    draft = ProcessVersion.objects.get(status="draft")
    url = reverse("reviews:process-step-edit", args=[draft.pk, "gathered"])
    typed = {
        "title": "The content is written", "entry": "It is accepted.", "owner": "Functions", "guidance": "", "takes": "",
        "digital_gathering": "10", "printed_gathering": "0", "seen": draft.version, "key": "keep",
    }  # fmt: skip

    wrong = client.post(url, typed)
    kept = client.post(url, typed | {"printed_gathering": "11"})
    stale = client.post(url, typed | {"printed_gathering": "12", "key": "other"})

    assert (wrong.status_code, kept.status_code, stale.status_code) == (400, 302, 409)
    assert "At least 1, please." in wrong.content.decode()
    assert "This has changed since you opened it." in stale.content.decode()
    assert described(fresh(draft))[1].expected == "10 working days digitally, 11 in print"
    assert draft.steps.get(key="gathered").owner == "Functions"


def test_pages_cost_the_same_however_many_versions_and_reviews_there_are(people):
    client = signed_in(people["manager"])
    make_request("delivered", account=make_account(manager=people["rep"]))
    urls = [
        reverse("reviews:process"),
        reverse("reviews:process-versions"),
        described(ProcessVersion.objects.in_force())[1].url,
    ]
    few = [queries_of(client, url) for url in urls]

    each_state()
    make_request("delivered", account=make_account(manager=people["rep"]))

    assert [queries_of(client, url) for url in urls[:2]] == few[:2]
    assert (few[1] <= 8, max(few) <= RECORD) == (True, True)


def test_the_charter_names_the_steps_and_the_version_in_force(people):
    make_program()
    second = published("gathered", title="The content is written")

    page = signed_in(people["manager"]).get("/program/", follow=True).content.decode()

    assert dict(hung.process())["gathered"] == "The content is written"
    assert f'href="{second.get_absolute_url()}"' in page


# Who followed it, and why not


@pytest.mark.demand("G-02")
def test_the_share_is_counted_by_the_version_a_review_is_bound_to(people):
    followed = a_review(people, "delivered")
    first = fresh(followed).process
    second = published(days=SLOWER)
    strayed = make_request("delivered", account=make_account(manager=people["rep"]))
    ReviewRequest.objects.filter(pk=strayed.pk).update(short_notice_reason="They moved it.")
    old = make_request("closed", account=make_account(manager=people["rep"]))
    ReviewRequest.objects.filter(pk=old.pk).update(process=None, pace="")

    found = [(one.label, one.followed, one.all) for one in Followed(followed.year).by_version]

    none = ("Bound to none: taken over as they were", 1, 1)
    assert found == [("Version 2", 0, 1), ("Version 1", 1, 1), none]
    assert [(share_of(one).followed, share_of(one).all) for one in (first, second)] == [(1, 1), (0, 1)]
    page = signed_in(people["admin"]).get(reverse("reviews:process-followed")).content.decode()
    assert "By version of the process" in page


@pytest.mark.demand("R-02")
def test_whoever_does_by_hand_what_the_program_does_says_why(people):
    """Nobody was named to receive it, so it waited: sent without a word it is asked why, with one it is listed so."""
    waits = fresh(a_review(people, "approved"))
    review = edit(waits, seen=waits.version, by=admin(), recipient=waits.account.contacts.first())
    url = f"{review.get_absolute_url()}steps/deliver_digital/"
    client = signed_in(people["admin"])

    silent = client.post(url, {"seen": review.version, "key": "a"})
    said = client.post(url, {"seen": review.version, "key": "b", "comment": "Nobody was named to receive it."})

    assert (silent.status_code, said.status_code) == (400, 302)
    assert "Say what stood in its way" in silent.content.decode()
    page = client.get(reverse("reviews:process-followed")).content.decode()
    assert (
        "<b>sent on by hand, where the program could not go on by itself</b>: Nobody was named to receive it." in page
    )


@pytest.mark.demand("R-02")
def test_each_departure_is_listed_with_its_reason(people):
    review = a_review(people, "gathering")
    first, second, *others = review.contributions.filter(section__locked=False)
    take(first, "waive", admin(), comment="They have no open issues.")
    take(second, "waive", admin(), comment="Nothing is new.")
    for other in others:
        take(other, "submit", other.contributor, text="We did.")
        take(other, "accept", admin())
    ReviewRequest.objects.filter(pk=review.pk).update(status="delivered", short_notice_reason="They moved it.")

    page = signed_in(people["auditor"]).get(reverse("reviews:process-followed")).content.decode()

    assert "<b>on short notice</b>: They moved it." in page
    assert "They have no open issues." in page
    assert "Nothing is new." in page
