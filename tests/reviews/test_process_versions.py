"""Versions of the process: what reviews are bound to, how a draft is written, and why a review left it (R-02, G-02, G-08)."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from acr_program.workflow.days import is_working, working_days_between
from acr_program.workflow.errors import Refused, Stale, StepBlocked
from acr_program.workflow.seals import verify
from reviews.actions.describing import WORDS, begin_draft, change_step
from reviews.choices import Delivery
from reviews.models import ProcessVersion, ReviewRequest
from reviews.pages.plan import plan_for
from reviews.process.described import PROCESS, described
from reviews.schedule import (
    LEGS,
    MOST_DAYS,
    back_schedule,
    days_for,
    days_of,
    is_sound,
    legs,
    pace_of,
    whole_days,
)
from tests.factories import fresh, make_account, make_request, office, take
from tests.reviews.processes import a_draft, each_state, published, written
from tests.reviews.work import signed_in
from tests.walk import admin

pytestmark = pytest.mark.django_db
FIRST = "8 2 4 2 1/8 2 4 5 1 3 2"
SLOWER = {("digital", "gathering"): 12, ("printed", "gathering"): 15}
LEG = [(str(way), str(state)) for way, states in LEGS.items() for state in states]
PACES = st.fixed_dictionaries(dict.fromkeys(LEG, st.integers(1, MOST_DAYS)))


# The days of a version are the plan


@given(PACES, st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(list(LEGS)))
def test_the_days_of_any_version_give_the_plan(days, meeting_on, delivery):
    """From each stage to the next lie exactly the days that the version gives, and the whole way is their sum."""
    pace = pace_of(days)

    stages = back_schedule(meeting_on, delivery, pace)

    ends = [stage.by for stage in stages] + [meeting_on]
    between = [days[delivery, str(leg.ends)] for leg in legs(pace, delivery)]
    assert [working_days_between(*pair) for pair in pairwise(ends)][:-1] == between[:-1]
    assert working_days_between(ends[-2], meeting_on) in (between[-1], between[-1] - (not is_working(meeting_on)))
    assert all(is_working(stage.by) for stage in stages)
    assert days_of(pace) == days
    assert whole_days(delivery, pace) == sum(between)
    assert is_sound(pace)


@pytest.mark.parametrize(
    "pace", ["", "8 2 4 2 1", "8 2 4 2 1/8 2 4", "8 2 4 2 0/8 2 4 5 1 3 2", "8 2 x 2 1/8 2 4 5 1 3 2"]
)
def test_what_is_no_pace_is_known_to_be_none(pace):
    assert not is_sound(pace)


@pytest.mark.demand("G-08")
def test_the_first_version_has_the_days_that_the_program_always_counted():
    first = ProcessVersion.objects.in_force()

    assert (first.number, first.pace) == (1, FIRST)
    assert [one.key for one in described(first)] == [one.key for one in PROCESS]
    assert all(one.words.owner and one.words.entry and one.expected for one in described(first))
    assert days_for(Delivery.PRINTED, first.pace, "printing", "shipped", "delivered") == 9


def test_the_migration_binds_what_was_ever_submitted_and_leaves_drafts():
    old, draft = make_request("gathering"), make_request("draft", account=make_account())
    ReviewRequest.objects.update(process=None, pace="")
    ProcessVersion.objects.all().delete()

    import_module("reviews.migrations.0026_first_process").begin(apps, connection.schema_editor())

    assert (fresh(old).process.number, fresh(old).pace) == (1, FIRST)
    assert (fresh(draft).process_id, fresh(draft).pace) == (None, "")


# What a review is bound to


@pytest.mark.demand("G-02")
def test_a_review_is_bound_when_it_is_submitted_and_a_new_version_changes_nothing_of_it():
    draft, running = make_request("draft"), make_request("gathering", account=make_account())
    first, before = fresh(running).process, fresh(running).schedule

    second = published(days=SLOWER)
    submitted = take(draft, "submit", draft.rep)

    assert (fresh(running).process, fresh(running).schedule) == (first, before)
    assert (submitted.process, submitted.pace) == (second, second.pace)
    assert working_days_between(submitted.accept_by, submitted.content_by) == 12
    assert fresh(first).status == "retired"


def test_taken_back_it_is_bound_to_none_and_submitted_again_to_the_one_in_force():
    request = make_request("submitted")
    draft = take(request, "recall", request.rep)
    second = published(days=SLOWER)

    assert (draft.process, draft.pace) == (None, "")
    assert fresh(draft).content_by == back_schedule(draft.meeting_on, "digital", second.pace)[1].by
    assert take(draft, "submit", draft.rep).process == second


def test_sent_back_and_submitted_again_it_is_bound_anew():
    request = take(make_request("submitted"), "send_back", admin(), comment="Which dock?")
    first, second = fresh(request).process, published(days=SLOWER)

    assert fresh(request).process == first
    assert take(request, "submit", request.rep).process == second


def test_the_plan_of_a_new_request_and_its_lead_time_are_those_of_the_version_in_force():
    request = make_request("draft")
    published(days={("digital", "gathering"): 60})

    plan = plan_for(request.meeting_on, "digital")

    assert plan is not None
    assert not plan.safe
    with pytest.raises(StepBlocked, match="too soon for every stage"):
        take(request, "submit", request.rep)


def test_the_database_holds_a_review_and_its_pace_together():
    request = make_request("submitted")

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRequest.objects.filter(pk=request.pk).update(pace="")


# A draft and its publication


@pytest.mark.demand("R-02")
def test_a_draft_begins_in_the_words_in_force_and_there_is_one_at_a_time():
    first = ProcessVersion.objects.in_force()

    draft, is_new = begin_draft(by=office("manager"))
    again, is_new_again = begin_draft(by=office("manager"))

    said = [
        [(row.key, row.place, *(getattr(row, name) for name in WORDS)) for row in one.steps.all()]
        for one in (first, draft)
    ]
    assert said[0] == said[1]
    assert (draft.number, draft.pace, is_new) == (2, first.pace, True)
    assert (again, is_new_again) == (draft, False)
    with pytest.raises(PermissionDenied):
        begin_draft(by=admin())


def test_words_and_days_of_a_step_are_logged_as_they_stood_and_as_they_stand():
    draft = written(a_draft(), "gathered", SLOWER, owner="Functions")

    words, days = [entry.detail.data["changed"] for entry in draft.log().filter(step="edit").order_by("version")]
    assert words == {"step": ["gathered", "gathered"], "owner": ["Contributors", "Functions"]}
    assert days == {"pace": [FIRST, draft.pace]}
    assert described(draft)[1].expected == "12 working days digitally, 15 in print"
    assert written(draft, "gathered").version == draft.version  # said again, nothing is written


def test_two_who_write_one_draft_find_each_other():
    draft = a_draft()
    written(draft, "gathered", owner="Functions")

    with pytest.raises(Stale):
        written(draft, "met", owner="Account manager")


def test_what_is_in_force_is_written_no_more():
    first = ProcessVersion.objects.in_force()
    row = first.steps.get(key="met")

    with pytest.raises(Refused, match="Only a draft can be edited"):
        change_step(row, dict.fromkeys(WORDS, "Else"), {}, by=office("manager"), seen=first.version)


@pytest.mark.demand("G-08")
def test_nothing_is_published_with_a_step_that_nobody_owns_or_that_has_no_days():
    unowned = written(a_draft(), "delivered", owner="")
    with pytest.raises(StepBlocked, match="Nobody owns this: “It is delivered”"):
        take(unowned, "publish", office("manager"))

    ready = written(unowned, "delivered", owner="Program administrator")
    ProcessVersion.objects.filter(pk=ready.pk).update(pace=FIRST.replace("8", "0"))
    with pytest.raises(StepBlocked, match="at least one working day"):
        take(fresh(ready), "publish", office("manager"))


def test_published_it_is_in_force_and_the_one_before_retires():
    retired, discarded, now, draft = each_state()

    assert [one.status for one in (retired, discarded, now, draft)] == ["retired", "discarded", "published", "draft"]
    assert ProcessVersion.objects.in_force() == now
    assert [entry.step for entry in retired.log()] == ["retire"]


@pytest.mark.demand("R-16")
def test_the_log_is_whole_with_a_first_version_that_nobody_took_a_step_to():
    """Before it is retired and after; a row of another state that stands without a step is a fault still."""
    draft = a_draft()
    assert list(verify()) == []
    take(draft, "publish", office("manager"))
    assert list(verify()) == []
    ProcessVersion.objects.bulk_create([ProcessVersion(number=9, status="draft")])
    assert [fault.partition(": ")[2] for fault in verify()] == ["it has no log at all."]


def test_a_draft_is_the_offices_until_it_is_published(people):
    draft = a_draft()

    assert signed_in(people["rep"]).get(draft.get_absolute_url()).status_code == 404
    assert signed_in(people["auditor"]).get(draft.get_absolute_url()).status_code == 200
