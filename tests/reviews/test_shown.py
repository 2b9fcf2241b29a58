"""What an approver was shown is kept by a form, never by looking, and is what the next version is compared with."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from acr_program.outbox.models import Message
from reviews.models import Approval, Revision, Seen
from tests.factories import fresh, make_account, make_user, office, take
from tests.reviews.work import answer, page_of, rendered, signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M4", "features, 53", "features, 54")]
GIVEN = re.compile(r'name="(key|signs)" value="([^"]*)"')


def show(approval, person=None, **given):
    """What the page sends by itself once it is drawn."""
    client = signed_in(person or approval.approver)
    form = client.get(approval.get_absolute_url()).content.decode().partition('id="shown"')[2].partition("</form>")[0]
    return client.post(reverse("reviews:approval-shown", args=[approval.pk]), dict(GIVEN.findall(form)) | given)


def mended(approval, text, by=None):
    """Changes were asked for, the section is written anew; the approval of the next version."""
    take(approval, "ask_for_changes", by or approval.approver, comment="Count again.")
    return again(fresh(approval.request), text)


def again(request, text):
    take(request, "rework", office("admin"), sections=request.contributions.all(), comment="Counted.")
    answer(request, text)
    rendered(request)
    return Approval.objects.for_page().filter(request=request).order_by("-document__number", "place").first()


def tabs(page):
    return [(one.label, one.count) for one in page.context["page"].text.comparisons]


def test_looking_keeps_nothing_and_the_form_of_the_page_does():
    approval = to_approval()
    page_of(approval.approver, approval)
    looked = Seen.objects.count()

    answered = show(approval)
    show(approval)

    seen = Seen.objects.get()
    assert (looked, answered.status_code) == (0, 302)
    assert (seen.approval, seen.person, seen.digest) == (approval, approval.approver, approval.document.manifest.digest)
    assert "It is kept that you were shown version 1: Today" in page_of(approval.approver, approval)


@pytest.mark.parametrize("signs", ["", "0" * 64])
def test_other_files_than_those_to_be_decided_on_were_not_shown(signs):
    approval = to_approval()

    answered = show(approval, signs=signs)
    page = signed_in(approval.approver).get(answered.url)

    assert (answered.status_code, Seen.objects.count()) == (302, 0)
    assert page.status_code == 200


def test_of_those_who_only_read_nothing_is_kept():
    approval = to_approval()
    rep = approval.request.rep
    digest = approval.document.manifest.digest

    answered = signed_in(rep).post(reverse("reviews:approval-shown", args=[approval.pk]), {"signs": digest, "key": "k"})

    assert (answered.status_code, Seen.objects.count()) == (403, 0)
    assert 'id="shown"' not in page_of(rep, approval)


def test_what_is_decided_already_is_not_shown_to_be_decided_on():
    approval = to_approval()
    digest = approval.signs
    take(approval, "ask_for_changes", approval.approver, comment="No.")
    Seen.objects.all().delete()

    client = signed_in(approval.approver)
    client.post(reverse("reviews:approval-shown", args=[approval.pk]), {"signs": digest, "key": "k"})

    assert Seen.objects.count() == 0


def test_the_page_opens_at_what_differs_from_the_version_its_reader_saw_and_not_from_the_last():
    """Two leaders: the second was shown version 1, the first sent back 1 and 2; version 3 is compared for each with their own."""
    account, second = make_account(), make_user("leader")
    account.designated_leaders.add(second)
    first = to_approval("We shipped 97 of 100, as promised.", account=account)
    show(Approval.objects.for_page().get(document=first.document, approver=second), second)
    two = mended(first, "We shipped 96 of 100, as promised.")
    three = mended(two, "We shipped 96 of 100 as promised.")

    mine = signed_in(three.approver).get(three.get_absolute_url())
    of_second = Approval.objects.for_page().get(document=three.document, approver=second)
    theirs = signed_in(second).get(of_second.get_absolute_url())

    assert tabs(mine) == [("What you saw last", 1), ("The standard", 0)]
    assert "shipped 96 of 100<del>,</del> as promised" in mine.content.decode()
    assert tabs(theirs) == [("What you saw last", 1), ("The version before", 1), ("The standard", 0)]
    assert "shipped <del>97</del><ins>96</ins> of 100<del>,</del> as promised" in theirs.content.decode()
    assert "version 1, shown to you Today" in theirs.content.decode()


def test_one_who_was_shown_none_compares_with_the_version_before():
    first = to_approval("Net value 69,679.50.")
    now_asked = mended(first, "Net value 69,679.51.")

    page = signed_in(now_asked.request.rep).get(now_asked.get_absolute_url())

    assert tabs(page) == [("The version before", 1), ("The standard", 0)]
    assert "<del>69,679.50</del><ins>69,679.51</ins>" in page.content.decode()


def test_a_decision_from_the_mail_keeps_what_was_shown():
    leader = make_user("leader", by_link=True)
    approval = to_approval(account=make_account(manager=make_user("rep", reports_to=leader)))
    private = Message.objects.filter(person=leader).latest("created_at").private
    page = Client().get(private["url"]).content.decode()
    given = dict(re.findall(r'name="(seen|key|signs)" value="([^"]*)"', page))
    looked = Seen.objects.count()

    Client().post(f"{private['url']}ask_for_changes/", given | {"code": private["code"], "comment": "No."})

    assert (looked, 'id="shown"' in page) == (0, False)
    assert [(row.person, row.digest) for row in Seen.objects.all()] == [(leader, approval.signs)]


@pytest.mark.demand("R-04")
def test_what_departs_from_the_standard_is_a_click_away():
    approval = to_approval()
    Revision.objects.filter(item__key="letter").update(text="Thank you, indeed.")  # as if it had said so then

    page = signed_in(approval.approver).get(approval.get_absolute_url(), {"against": "standard"})

    (tab,) = [one for one in page.context["page"].text.comparisons if one.current]
    assert (tab.label, [one.section.key for one in tab.differences]) == ("The standard", ["letter"])
    assert "Thank you<del>, indeed</del>." in page.content.decode()


@pytest.mark.demand("R-04")
@pytest.mark.parametrize(
    ("body", "said", "departs"),
    [
        ("Thank you.", "Thank you.", False),
        ("We shipped {{ promise.share }} on time.", "We shipped 97% on time.", False),
        ("We shipped {{ promise.share }} on time.", "We shipped 97% late.", True),
        ("{% if year.late %}Some was late. {% endif %}Thank you.", "Thank you.", False),
        ("One.\n\nTwo {{ a.b }}.", "Two 2.", True),
        ("One.", "One.\n\nAnd more.", True),
    ],
)
def test_tokens_that_are_filled_are_no_departure_from_the_standard(body, said, departs):
    from reviews.models import Section
    from reviews.pages.composed import composed
    from reviews.pages.standard import from_standard
    from reviews.prose import paragraphs

    row = Section(key="news", title="News for {{ customer.name }}", kind="standard", body=body)
    section = {"key": "news", "kind": "text", "title": "News for Ernst Handel", "lede": "", "html": paragraphs(said)}

    found, same = from_standard(composed({"sections": [section], "currency": "EUR"}), [row])

    assert ([one.section.key for one in found], [one.key for one in same]) == (
        (["news"], []) if departs else ([], ["news"])
    )
