"""The pages of leaders who approve."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.files import disk
from reviews.models import Approval
from tests.factories import (
    fresh,
    make_absence,
    make_account,
    make_user,
    make_year,
    office,
    take,
)
from tests.reviews.work import (
    RECORD,
    answer,
    page_of,
    queries_of,
    rendered,
    signed_in,
    to_approval,
    year_2019,
)

pytestmark = pytest.mark.django_db


# Leaders


@pytest.mark.demand("R-23")
def test_my_approvals_show_the_stand_in_whom_they_decide_for():
    approval = to_approval()
    stand_in = make_user("leader")
    make_absence(approval.approver, stand_in, to_on=localdate() + timedelta(days=3))

    page = signed_in(stand_in).get(reverse("reviews:approvals"))
    record = page_of(stand_in, approval)

    row = page.context["waiting"][0]
    assert (row.url, row.title) == (approval.get_absolute_url(), str(approval.request))
    assert row.note.startswith(f"for {approval.approver.name}, away until ")
    assert f"you decide for <b>{approval.approver.name}</b>, away until" in record


@pytest.mark.demand("R-17")
def test_the_page_asks_the_question_and_signs_what_it_shows():
    approval = to_approval()

    page = page_of(approval.approver, approval)

    assert "May this go to the customer?" in page
    assert f'name="signs" value="{approval.document.manifest.digest}"' in page
    assert "We shipped what we promised." in page
    assert "there is nothing to compare it with" in page


@pytest.mark.demand("R-17")
def test_approving_from_the_page_takes_the_step():
    approval = to_approval()
    client = signed_in(approval.approver)
    page = client.get(approval.get_absolute_url()).content.decode()
    hidden = dict(re.findall(r'name="(seen|key|signs)" value="([^"]*)"', page))

    client.post(f"{approval.get_absolute_url()}steps/approve/", {"comment": "", **hidden})

    assert fresh(approval).status == "approved"
    assert "approved" in page_of(approval.approver, approval).lower()


def test_changes_need_a_word():
    approval = to_approval()

    refused = signed_in(approval.approver).post(
        f"{approval.get_absolute_url()}steps/ask_for_changes/", {"comment": "", "seen": approval.version, "key": "k"}
    )

    page = refused.content.decode()
    assert (refused.status_code, fresh(approval).status) == (400, "pending")
    assert "Say why: whoever acts next has nothing else to go by." in page
    assert "May this go to the customer?" in page  # on the page of the document, not on the bare form of the step
    assert f'name="signs" value="{approval.document.manifest.digest}"' in page


def test_the_second_version_shows_what_changed_word_by_word():
    first = to_approval("Orders on time: 97 of 100 this year.")
    take(first, "ask_for_changes", first.approver, comment="Count again.")
    request = fresh(first.request)
    take(request, "rework", office("admin"), sections=request.contributions.all(), comment="Count again.")
    answer(request, "Orders on time: 96 of 100 this year.")
    rendered(request)
    second = Approval.objects.filter(request=request).order_by("-document__number").first()

    page = page_of(second.approver, second)

    assert "<del>97</del><ins>96</ins>" in page
    assert "Text changed" in page


def rework(request, **answer):
    url = f"{request.get_absolute_url()}steps/rework/"
    given = {
        "seen": fresh(request).version,
        "key": f"rework-{fresh(request).version}",
        "comment": "The harbour log says 97.",
        **answer,
    }
    return signed_in(office("admin")).post(url, given)


def asked_to_change():
    first = to_approval("Orders on time: 97 of 100 this year.")
    take(first, "ask_for_changes", first.approver, comment="Count again.")
    return first, fresh(first.request)


@pytest.mark.parametrize("both", [False, True])
def test_rework_names_sections_or_says_that_none_has_to_change(both):
    _first, request = asked_to_change()
    part = request.contributions.get()

    refused = rework(request, **({"sections": part.pk, "unchanged": "on"} if both else {}))

    assert (refused.status_code, fresh(request).status) == (400, "changes_requested")
    assert (
        "Tick the sections that go back to their contributors, or say that none has to be" in refused.content.decode()
    )


def test_who_is_asked_next_reads_what_was_asked_before_and_what_was_answered():
    first, request = asked_to_change()
    part = request.contributions.get()
    rework(request, sections=part.pk)
    answer(request, "Orders on time: 96 of 100 this year.")
    rendered(request)
    second = Approval.objects.filter(request=request).order_by("-document__number").first()
    take(second, "ask_for_changes", second.approver, comment="Is it 96?")
    assert rework(fresh(request), unchanged="on").status_code == 302
    rendered(request)
    third = Approval.objects.for_page().filter(request=request).order_by("-document__number").first()

    page = signed_in(third.approver).get(third.get_absolute_url())
    text = page.content.decode()

    assert [one.asked.comment for one in page.context["page"].rounds] == ["Is it 96?", "Count again."]
    assert f"<b>{first.approver.name}</b> asked for changes" in text
    assert "answered that no section has to be rewritten" in text
    assert f"had this written again: {part.section.title}" in text
    assert text.count("The harbour log says 97.") == 2
    assert queries_of(signed_in(third.approver), third.get_absolute_url()) <= RECORD


def test_the_first_version_has_no_earlier_word():
    approval = to_approval()

    assert "Changes that were asked for before" not in page_of(approval.approver, approval)


def test_the_list_says_whose_turn_it_is_and_what_is_decided():
    account, second = make_account(), make_user("leader")
    account.designated_leaders.add(second)
    done = to_approval(account=make_account(manager=account.manager))
    mine = to_approval(account=account)
    take(done, "approve", done.approver, signs=done.signs)
    first, later = signed_in(mine.approver), signed_in(second)

    page, ahead = first.get(reverse("reviews:approvals")), later.get(reverse("reviews:approvals"))

    assert [row.url for row in page.context["waiting"]] == [mine.get_absolute_url()]
    assert page.context["decided"].objects == [done]
    assert page.context["not_yet"] == []
    row = ahead.context["not_yet"][0]
    assert (row.url, row.when) == (
        Approval.objects.get(document=mine.document, approver=second).get_absolute_url(), f"after {mine.approver.name}",
    )  # fmt: skip
    assert (ahead.context["waiting"], ahead.context["decided"].objects) == ([], [])
    for title, text in (("Your turn", page), ("Decided", page), ("Not yet your turn", ahead)):
        assert f">{title}</h2>" in text.content.decode()
    assert "Pending" not in page.content.decode() + ahead.content.decode()


def test_last_years_review_is_compared_where_it_was_sealed():
    account = make_account()
    past = year_2019()
    before = to_approval("The harbour was closed.", account=account, year=past)
    take(before, "approve", before.approver, signs=before.signs)
    now_asked = to_approval("The harbour was open.", account=account, year=make_year())

    page = signed_in(now_asked.approver).get(now_asked.get_absolute_url(), {"against": "year"}).content.decode()

    assert "<del>closed</del><ins>open</ins>." in page


def test_the_second_leader_waits_for_the_first():
    account = make_account()
    second = make_user("leader")
    account.designated_leaders.add(second)
    first = to_approval(account=account)
    later = Approval.objects.get(document=first.document, place=2)

    page = page_of(second, later)

    assert "Another leader decides first." in page
    assert "May this go to the customer?" not in page


def test_a_reader_is_not_asked():
    approval = to_approval()

    page = page_of(approval.request.rep, approval)

    assert "May this go to the customer?" not in page
    assert f"{approval.approver.name} is asked to decide." in page


def test_inputs_that_were_touched_are_said_and_not_shown():
    approval = to_approval()
    disk.path_of(approval.document.manifest.inputs_sha256).write_bytes(b"{}")

    page = page_of(approval.approver, approval)

    assert "no longer what was stored" in page
    assert "We shipped what we promised." not in page
