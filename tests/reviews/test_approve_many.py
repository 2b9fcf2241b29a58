"""Approving several at once: only what was shown, is the standard's own text, holds nothing stale and does not differ (56)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.bulk.models import Bulk
from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.jobs.work import drain
from acr_program.render.models import canonical
from reviews.models import Approval
from tests.factories import fresh, make_absence, make_account, make_user, take
from tests.reviews.test_shown import mended, show
from tests.reviews.work import signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 56")]
URL = "/reviews/approvals/several/"


@pytest.fixture
def rep():
    return make_user("rep", name="Rita Rep", reports_to=make_user("leader", name="Lena Leader"))


@pytest.fixture
def leader(rep):
    return rep.reports_to


def asked(rep, text="We kept our word."):
    return to_approval(text, account=make_account(manager=rep))


def chosen(person, approvals):
    sent = {"step": "reviews.approve", "pick": [approval.pk for approval in approvals], "key": "k"}
    answered = signed_in(person).post("/bulk/of/to-approve/", sent)
    return Bulk.objects.get(pk=answered.url.split("/")[2])


def said(bulk):
    return [(row.outcome, row.says) for row in bulk.rows.all()]


def go(person, bulk):
    answered = signed_in(person).post(f"/bulk/{bulk.pk}/confirm/", {"key": "go"})
    drain(["bulk.BulkRun"])
    return answered


def rewritten(approval, change):
    """The version as it would have been compiled: its inputs say something more of where a section comes from."""
    document = approval.document
    inputs = document.render_inputs()
    change(inputs)
    kept = store(canonical(inputs), "application/json")
    file = document.manifest.file("screen.pdf").file
    manifest = Manifest.seal([("screen.pdf", file, 12)], inputs=kept.sha256)
    type(document).objects.filter(pk=document.pk).update(manifest=manifest)
    Approval.objects.filter(document=document).update(signs=manifest.digest)
    return Approval.objects.for_page().get(pk=approval.pk)


def test_what_was_shown_and_differs_in_nothing_is_approved_each_with_its_own_digest(rep, leader):
    approvals = [asked(rep), asked(rep)]
    for approval in approvals:
        show(approval)
    bulk = chosen(leader, approvals)
    before = [fresh(approval).status for approval in approvals]

    go(leader, bulk)

    assert before == ["pending", "pending"]
    assert [(fresh(a).status, a.log().last().detail.data["signs"]) for a in approvals] == [
        ("approved", approval.signs) for approval in approvals
    ]
    assert approvals[0].signs != approvals[1].signs
    assert said(bulk)[0] == ("done", "Lena Leader: approved. You were the last: it goes to the customer now.")


def test_each_row_that_is_left_out_says_why(rep, leader):
    unread, shown, other = asked(rep), asked(rep), asked(rep, "We shipped 97 of 100.")
    changed = mended(other, "We shipped 96 of 100.")
    odd = rewritten(asked(rep), lambda inputs: inputs["sections"][1]["origin"].update(deviation="They asked for it."))
    old = rewritten(asked(rep), lambda inputs: inputs["sections"][1]["origin"].update(stale="Confirmed in 2024."))
    for approval in (shown, changed, odd, old):
        show(approval)

    bulk = chosen(leader, [unread, shown, changed, odd, old])

    rows = {row.object_id: (row.outcome, row.says) for row in bulk.rows.all()}
    assert rows == {
        unread.pk: ("shut", "You were not shown this version: open it first."),
        shown.pk: (
            "open", (f"You approve version 1, fingerprint {shown.signs[:4]} {shown.signs[4:8]}. "
            "You are the last: it goes to Kim Kunde at once."),
        ),
        changed.pk: ("shut", "1 section differs from version 1, which you saw last: Part 2."),
        odd.pk: ("shut", "It departs from the standard: Part 2."),
        old.pk: ("shut", "It was not confirmed lately: Part 2."),
    }  # fmt: skip


def test_a_version_mended_back_to_what_was_seen_may_be_approved_together(rep, leader):
    same = mended(asked(rep, "We shipped 97 of 100."), "We shipped 97 of 100.")
    show(same)

    assert [outcome for outcome, _says in said(chosen(leader, [same]))] == ["open"]


def test_a_row_that_changed_after_the_look_is_refused_and_says_so(rep, leader):
    stays, moves = asked(rep), asked(rep)
    for approval in (stays, moves):
        show(approval)
    bulk = chosen(leader, [stays, moves])
    later = mended(moves, "Another text.")

    go(leader, bulk)

    assert [outcome for outcome, _says in said(bulk)] == ["done", "refused"]
    assert said(bulk)[1][1] == "It is decided already: Changes requested."
    assert (fresh(stays).status, fresh(later).status) == ("approved", "pending")


def test_the_list_holds_what_waits_for_the_reader_now(rep, leader):
    account, second = make_account(manager=rep), make_user("leader", name="Leo Leader")
    account.designated_leaders.add(second)
    mine = to_approval(account=account)
    done = asked(rep)
    take(done, "approve", leader, signs=done.signs)

    first, ahead = signed_in(leader).get(URL), signed_in(second).get(URL)

    assert list(first.context["page"].objects) == [mine]
    assert list(ahead.context["page"].objects) == []
    assert "not yet: open it" in first.content.decode()


def test_a_stand_in_approves_together_and_both_names_are_kept(rep, leader):
    stand_in = make_user("leader", name="Stan Instead")
    approval = asked(rep)
    make_absence(leader, stand_in, to_on=localdate() + timedelta(days=2))
    show(approval, stand_in)

    bulk = chosen(stand_in, [approval])
    go(stand_in, bulk)

    assert fresh(approval).log().last().by_name == "Stan Instead for Lena Leader"
    assert said(bulk)[0][1].startswith("Stan Instead for Lena Leader: approved.")


def test_what_the_leader_was_shown_is_not_what_the_stand_in_was(rep, leader):
    stand_in = make_user("leader")
    approval = asked(rep)
    show(approval)
    make_absence(leader, stand_in)

    assert said(chosen(stand_in, [approval])) == [("shut", "You were not shown this version: open it first.")]


def test_nobody_gives_their_own_together(rep, leader):
    approval = asked(rep)
    make_absence(leader, rep)

    page = signed_in(rep).get(URL)
    forced = signed_in(rep).post("/bulk/of/to-approve/", {"step": "reviews.approve", "pick": [approval.pk], "key": "k"})

    assert list(page.context["page"].objects) == []
    assert (forced.status_code, Bulk.objects.count()) == (302, 0)
    assert "Your turn" not in signed_in(rep).get(reverse("reviews:approvals")).content.decode()


def test_the_look_costs_the_same_for_many_rows(rep, leader):
    approvals = [asked(rep) for _one in range(4)]
    for approval in approvals:
        show(approval)
    costs = []
    for picked in (approvals[:1], approvals):
        with CaptureQueriesContext(connection) as seen:
            chosen(leader, picked)
        costs.append(len([query for query in seen.captured_queries if "PRAGMA" not in query["sql"]]))

    assert costs[0] == costs[1]


def test_inputs_that_were_touched_are_not_approved_together(rep, leader):
    from acr_program.files import disk

    approval = asked(rep)
    show(approval)
    disk.path_of(approval.document.manifest.inputs_sha256).write_bytes(json.dumps({}).encode())

    ((outcome, says),) = said(chosen(leader, [approval]))

    assert outcome == "shut"
    assert "no longer what was stored" in says
