"""A year on trial: begun from a passed nomination and measured four times (K-10, K-12, K-13)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from acr_program.people.models import User
from acr_program.workflow.errors import StepBlocked, StepClosed
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.actions.incubation_following import keep_checkpoints
from keyaccounts.models import IncubationCycle, Reading
from tests.acting import make_user, office

from .making import a_membership, a_programme
from .making_incubation import (
    ALLOWANCE,
    THEN,
    a_standard,
    actuals_of,
    answer,
    asked,
    at,
    figures,
    figures_since,
    later,
    morning,
    panel_agrees,
    start,
    step,
    told_figure,
)


@pytest.fixture(autouse=True)
def sound_log(db):
    with time_machine.travel(morning(THEN), tick=False), panel_agrees():
        yield
    assert list(verify()) == []


def waiting(status="incubator_nominated", **more):
    """A membership in this state, and nothing told of it yet."""
    a_standard()
    return a_membership(status, **more)


def clock(day):
    """The clock on that morning."""
    with at(day):
        keep_checkpoints(morning(day))


def chair():
    return a_programme().chair


@pytest.mark.demand("K-10", "K-11", "K-12", "K-13")
def test_a_passed_nomination_begins_one_numbered_year_with_four_checkpoints_and_an_allowance(people):
    cycle = start(waiting(), starts_on=date(2026, 2, 20))

    assert (cycle.number, cycle.status, cycle.starts_on, cycle.ends_on) == (
        1, "running", date(2026, 2, 20), date(2027, 2, 20),
    )  # fmt: skip
    assert (cycle.money, cycle.days, cycle.standard) == (ALLOWANCE["money"], ALLOWANCE["days"], a_standard())
    assert [(row.number, row.due_on, row.label, row.status) for row in cycle.checkpoints.all()] == [
        (1, date(2026, 5, 20), "Q1 2026", "ahead"), (2, date(2026, 8, 20), "Q2 2026", "ahead"),
        (3, date(2026, 11, 20), "Q3 2026", "ahead"), (4, date(2027, 2, 20), "Q4 2026", "ahead"),
    ]  # fmt: skip


@pytest.mark.demand("K-10")
@pytest.mark.parametrize("status", ["nominated", "vetoed", "filtered_out", "key_account", "withdrawn"])
def test_nothing_but_a_passed_nomination_begins_an_incubation(people, status):
    membership = waiting(status)
    before = IncubationCycle.objects.count()

    with pytest.raises(StepClosed):
        start(membership)

    assert IncubationCycle.objects.count() == before


@pytest.mark.demand("K-05", "K-10")
def test_without_requirements_in_force_no_year_begins(people):
    membership = waiting()
    step(a_standard(), "retire", User.objects.clock())

    with pytest.raises(StepBlocked, match="no requirements in force"):
        start(membership)


@pytest.mark.demand("K-10")
def test_the_database_knows_one_open_incubation_of_an_account_and_each_number_once(people):
    cycle = start(waiting())
    row = {"membership": cycle.membership, "standard": cycle.standard, "starts_on": THEN, "ends_on": date(2027, 2, 10)}

    for number in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncubationCycle.objects.bulk_create([IncubationCycle(number=number, **row)])


@pytest.mark.demand("K-13")
def test_the_clock_measures_at_the_day_takes_what_is_on_file_and_asks_for_the_rest(people):
    membership = waiting()
    account = membership.account
    cycle = start(membership)
    figures_since(account, date(2025, 4, 1), 4, 30_000)
    told_figure(account, "wallet", date(2026, 1, 1), 45)

    clock(later(cycle, 3))

    row = cycle.checkpoints.get(number=1)
    assert (row.status, row.asked_on) == ("asked", later(cycle, 3))
    taken = {one.key: (one.value, one.source) for one in Reading.objects.filter(quarter_begins_on=date(2026, 1, 1))}
    assert taken == {"net-value": (120_000, "Orders"), "share-of-wallet": (45, "Survey, Q1 2026")}
    waits = Obligation.objects.of(row).open().get()
    assert (waits.person, waits.step) == (account.manager, "answer")


@pytest.mark.demand("K-13")
def test_the_account_manager_gives_the_actuals_each_with_its_source_and_day(people):
    cycle = start(waiting())
    row = answer(asked(cycle))

    assert (row.status, row.answered_on, row.words) == ("answered", THEN, "As agreed.")
    kept = Reading.objects.get(key="days-to-pay")
    assert (kept.value, kept.source, kept.as_of, kept.by) == (30, "Ledger", THEN, row.membership.account.manager)
    assert not Obligation.objects.of(row).open().exists()


@pytest.mark.demand("K-13")
def test_a_correction_keeps_what_stood(people):
    row = answer(asked(start(waiting())))

    step(row, "correct", office("admin"), actuals=actuals_of(row, days_to_pay="50"), comment="A second look.")

    kept = Reading.objects.filter(key="days-to-pay").order_by("pk")
    assert [(one.value, one.replaced_at is None) for one in kept] == [(30, False), (50, True)]
    assert Reading.objects.filter(key="joint-meetings").count() == 1


@pytest.mark.demand("K-13")
def test_nobody_else_gives_actuals(people):
    row = asked(start(waiting()))

    with pytest.raises(PermissionDenied):
        step(row, "answer", make_user("rep"), actuals=[])


@pytest.mark.demand("K-13")
def test_what_nobody_answers_is_missed_after_a_month_and_can_still_be_answered(people):
    cycle = start(waiting())
    clock(later(cycle, 3))
    clock(later(cycle, 3, days=31))
    row = cycle.checkpoints.get(number=1)
    assert row.status == "missed"

    assert answer(row).status == "answered"


@pytest.mark.demand("K-13")
def test_figures_that_come_late_are_taken_until_it_is_decided_and_no_longer(people):
    membership = waiting()
    cycle = start(membership)
    clock(later(cycle, 3))
    quarter, newest = date(2026, 1, 1), Reading.objects.standing().filter(key="net-value")
    figures(membership.account, quarter, 70_000)
    clock(later(cycle, 3, days=1))
    assert newest.get(quarter_begins_on=quarter).value == 70_000

    row = answer(cycle.checkpoints.get(number=1))
    step(membership, "call_panel", office("manager"), comment="They asked for an answer.")
    step(membership, "reject", chair(), comment="No partnership.")
    figures(membership.account, quarter, 90_000)
    clock(later(cycle, 3, days=2))

    assert newest.get(quarter_begins_on=quarter).value == 70_000
    with pytest.raises(StepBlocked, match="decided already"):
        step(row, "correct", office("admin"), actuals=[])
