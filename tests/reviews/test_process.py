"""The process as described, each document held against it, and the share that followed it (R-11, G-02, G-08)."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from acr_program.workflow.edit import edit
from reviews.models import (
    Approval,
    CustomerFeedback,
    Deviation,
    Document,
    FollowUp,
    InformationRequest,
    Meeting,
    PrintOrder,
    ProcessVersion,
    RepFeedback,
    ReviewRequest,
    Section,
    Suggestion,
)  # fmt: skip
from reviews.pages.request_page import RequestPage
from reviews.process.conformance import LEFT, Followed, of_review
from reviews.process.described import PROCESS, described, step_of
from tests.factories import fresh, make_account, make_request, make_template, make_year, office, take
from tests.reviews.feedback import answer
from tests.reviews.work import a_review, page_of, queries_of, signed_in
from tests.walk import admin

pytestmark = pytest.mark.django_db
BOUND = (
    ReviewRequest, InformationRequest, Deviation, Document, Approval, PrintOrder, Meeting, CustomerFeedback, RepFeedback,
    Suggestion, FollowUp,
)  # fmt: skip


def moods(review, person):
    return [(check.step.key, check.mood) for check in RequestPage(fresh(review), person).checklist]


@pytest.mark.demand("G-02")
@pytest.mark.parametrize("model", BOUND, ids=lambda model: model._meta.model_name)
def test_each_declared_step_is_bound_to_one_step_of_the_process(model):
    names = [f"{model._meta.model_name}.{name}" for name in model.declared_steps()]
    bound = [
        name for one in PROCESS for name in (*one.marks, *one.also) if name.split(".")[0] == model._meta.model_name
    ]

    assert sorted(bound) == sorted(names)
    assert all(step_of(name) for name in names)


@pytest.mark.demand("G-08")
def test_the_page_says_owner_entry_rule_and_days_of_each_step(people):
    page = signed_in(people["contributor"]).get(reverse("reviews:process")).content.decode()

    steps = described(ProcessVersion.objects.in_force())
    assert {one.key: one.expected for one in steps} == {
        "asked": "before the lead time of the meeting", "gathered": "8 working days", "complete": "at once",
        "compiled": "2 working days", "approved": "4 working days", "sealed": "at once",
        "delivered": "2 working days digitally, 9 in print", "met": "on the day of the meeting",
        "fed-back": "10 working days", "followed-up": "by the day of each",
    }  # fmt: skip
    for one in steps:
        assert f'id="{one.key}"' in page
        assert all(word in page for word in (one.words.title, one.words.owner, one.words.entry, one.url))


@pytest.mark.demand("R-11")
@pytest.mark.parametrize(
    ("state", "done"),
    [
        ("submitted", 0),
        ("gathering", 1),
        ("compiling", 3),
        ("in_approval", 4),
        ("approved", 6),
        ("delivered", 7),
        ("met", 8),
    ],
)
def test_a_document_has_the_same_check_list_whatever_its_state(people, state, done):
    review = a_review(people, state)

    told = moods(review, people["rep"])

    assert [key for key, _mood in told] == [one.key for one in PROCESS]
    assert [mood for _key, mood in told] == ["done"] * done + ["now"] + ["ahead"] * (9 - done)


def test_each_line_names_who_and_when_and_leads_to_the_process(people):
    review = a_review(people, "in_approval")

    page = page_of(people["rep"], review)

    panel = page.split('id="checklist"', 1)[1].split("</ol>", 1)[0]
    assert re.findall(r'href="(/reviews/process/[^"]+)"', panel) == [
        f"/reviews/process/{fresh(review).process_id}/{one.key}/" for one in PROCESS
    ]
    assert panel.count("Rita Rep") == 1
    assert panel.count("now") >= 1


def test_nothing_is_gathered_before_the_office_has_accepted_it(people):
    asked = RequestPage(a_review(people, "submitted"), people["rep"]).checklist[0]

    assert (asked.mood, asked.note) == ("now", "asked for by Rita Rep; the office has not accepted it yet")


def test_what_a_review_goes_without_is_said_with_its_reason(people):
    review = a_review(people, "gathering")
    section = review.contributions.filter(section__locked=False).first()
    take(section, "waive", admin(), comment="They have no open issues.")
    for other in review.contributions.exclude(pk=section.pk):
        take(other, "submit", other.contributor, text="We did.")
        take(other, "accept", admin())

    gathered = RequestPage(fresh(review), people["rep"]).checklist[1]

    assert (gathered.mood, gathered.note) == ("done", "1 section waived: They have no open issues.")


def test_a_cancelled_review_says_what_was_left_out_and_why(people):
    review = a_review(people, "gathering")
    take(review, "cancel", people["rep"], comment="They were bought.")

    lines = RequestPage(fresh(review), people["rep"]).checklist

    assert [line.mood for line in lines] == ["done"] + ["skipped"] * 9
    assert lines[-1].note == "The review was cancelled: They were bought."


def test_closed_without_the_customers_words_is_skipped_and_not_done(people):
    silent = a_review(people, "met")
    take(silent, "close", admin(), comment="They did not answer.")

    fed_back, followed = RequestPage(fresh(silent), people["rep"]).checklist[8:]

    assert (fed_back.mood, followed.mood) == ("skipped", "skipped")


def test_what_the_customer_answered_by_link_counts_as_their_words(people):
    said = a_review(people, "met")
    answer(take(CustomerFeedback.objects.get(request=said), "ask", admin()))
    take(said, "close", admin())

    assert RequestPage(fresh(said), people["rep"]).checklist[8].mood == "done"


def left(review):
    """Where it left the process, as the query finds it; the page, which has read it all, says the same."""
    found = of_review(review)
    assert RequestPage(fresh(review), admin()).left_process == found
    return found


def short_notice(review):
    ReviewRequest.objects.filter(pk=review.pk).update(short_notice_reason="They moved it.")


def reopened(review):
    approved = fresh(review)
    take(approved, "reopen", office("manager"), comment="A figure was wrong.", sections=[])


@pytest.mark.demand("G-02")
def test_a_review_that_went_by_itself_followed_the_process(people):
    review = a_review(people, "delivered")

    assert left(review) == []
    assert [(one.label, one.followed, one.all) for one in Followed(review.year).by_audience] == [
        ("Executive", 1, 1), ("Operational", 0, 0), ("All", 1, 1),
    ]  # fmt: skip


def test_a_reason_for_short_notice_is_a_way_out(people):
    review = a_review(people, "delivered")
    short_notice(review)

    assert left(review) == [str(LEFT["left_short_notice"])]
    assert Followed(review.year).by_audience[-1].followed == 0


def test_a_waived_section_is_a_way_out(people):
    review = a_review(people, "gathering")
    for section in review.contributions.all():
        take(section, "waive", admin(), comment="Not this year.")

    assert str(LEFT["left_waived"]) in left(review)


def test_another_text_is_a_way_out_once_it_is_allowed(people):
    from reviews.actions.deviating import propose

    review = a_review(people, "gathering")
    letter = Section.objects.get(template=review.template, key="letter")
    proposed = propose(review, letter, by=people["rep"], text="Dear friends.", reason="Old friends.")
    before = left(review)

    take(proposed, "allow", office("manager"))

    assert (before, left(review)) == ([], [str(LEFT["left_deviated"])])


def test_what_a_person_did_in_place_of_the_program_is_a_way_out(people):
    """It could not go out by itself, for nobody was named to receive it; the office mended that and sent it."""
    review = fresh(a_review(people, "approved"))
    before = left(review)
    edit(review, seen=review.version, by=admin(), recipient=review.account.contacts.first())

    take(review, "deliver_digital", admin())

    assert (before, left(review)) == ([], [str(LEFT["left_by_hand"])])


def test_compiled_without_an_optional_section_is_said_to_be_so(people):
    review = a_review(people, "gathering")
    first, *others = review.contributions.all()
    Section.objects.filter(pk=first.section_id).update(required=False)
    for other in others:
        take(other, "submit", other.contributor, text="We did.")
        take(other, "accept", admin())

    take(review, "start_compiling", admin())

    assert left(review) == [str(LEFT["left_early"])]


def test_opened_again_after_the_seal_is_a_way_out(people):
    review = a_review(people, "approved")
    reopened(review)

    assert str(LEFT["left_reopened"]) in left(review)


@pytest.mark.demand("R-11")
def test_the_queue_and_the_share_cost_the_same_for_one_and_for_many(people):
    client = signed_in(people["admin"])
    make_template()
    a_review(people, "gathering")
    short_notice(a_review(people, "delivered"))
    urls = [reverse(f"reviews:{name}") for name in ("process-queue", "process-followed")]
    few = [queries_of(client, url) for url in urls]

    for state in ("submitted", "in_approval", "delivered", "delivered"):
        short_notice(make_request(state, account=make_account(manager=people["rep"])))

    assert [queries_of(client, url) for url in urls] == few
    assert max(few) <= 8


def test_the_queue_shows_what_is_under_way_and_no_draft(people):
    a_review(people, "gathering")
    ended = make_request("closed", account=make_account(name="Ended", manager=people["rep"]))
    draft = make_request("draft", account=make_account(name="Drafted", manager=people["rep"]))

    page = signed_in(people["auditor"]).get(reverse("reviews:process-queue")).content.decode()

    assert [name for name in ("Ended", "Drafted") if name in page] == []
    assert (ended.status, draft.status) == ("closed", "draft")


def test_each_year_has_its_own_share(people):
    review = a_review(people, "delivered")
    other = make_year("archived", label="2019")
    short_notice(review)

    now, then = (
        signed_in(people["auditor"]).get(reverse("reviews:process-followed"), {"year": year.pk}).content.decode()
        for year in (review.year, other)
    )

    assert review.account.name in now
    assert "on short notice" in now
    assert "None left it" in then
