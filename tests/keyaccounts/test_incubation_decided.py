"""A year on trial is decided on at its end, and an account that has the status is looked at again (K-11, K-15 to K-20, K-23)."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from acr_program.people.models import User
from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.actions.incubation_following import keep_checkpoints
from keyaccounts.actions.spending import allow_another, take
from keyaccounts.models import Assessment, Checkpoint, IncubationCycle, MissingProof, Reading, Spending, Waiver
from tests.acting import fresh, make_user, office

from .making import a_membership, a_programme
from .making_incubation import (
    ALLOWANCE,
    THEN,
    a_standard,
    answer,
    asked,
    at,
    cycle_of,
    figures,
    later,
    morning,
    panel_agrees,
    start,
    step,
)

AGAIN = {"comment": "Not enough yet.", "missing": ["Show that they pay in time"], **ALLOWANCE}


@pytest.fixture(autouse=True)
def sound_log(db):
    with time_machine.travel(morning(THEN), tick=False), panel_agrees():
        yield
    assert list(verify()) == []


def waiting(status="incubator_nominated", **more):
    """A membership in this state, and nothing told of it yet."""
    a_standard()
    return a_membership(status, **more)


def chair():
    return a_programme().chair


@pytest.mark.demand("K-11")
def test_the_panel_decides_after_the_year(people):
    membership = waiting()
    cycle = start(membership)
    with at(later(cycle)):
        called = step(membership, "call_panel", User.objects.clock())
        assert (fresh(cycle).status, fresh(cycle).early_reason) == ("evidence_due", "")
        assert [row.status for row in cycle.checkpoints.all()] == ["asked"] * 4
        done = step(called, "qualify", chair(), tier=None, comment="They have shown it.")

    assert (done.status, fresh(cycle).status, fresh(cycle).outcome) == ("key_account", "reviewed", "qualify")


@pytest.mark.demand("K-11")
def test_before_the_end_only_with_the_recorded_exception_and_what_lies_ahead_is_dropped(people):
    membership = waiting()
    cycle = start(membership)
    with at(later(cycle, 4)):
        with pytest.raises(Refused, match="say why"):
            step(membership, "call_panel", office("manager"), comment="")
        keep_checkpoints(morning(later(cycle, 4)))
        step(membership, "call_panel", office("manager"), comment="Their budget is decided in June.")

    assert (fresh(cycle).status, fresh(cycle).early_reason) == ("evidence_due", "Their budget is decided in June.")
    assert [row.status for row in cycle.checkpoints.all()] == ["asked", "dropped", "dropped", "dropped"]


@pytest.mark.demand("K-11")
@pytest.mark.parametrize("outcome", ["reject", "extend", "qualify"])
def test_no_outcome_before_the_year_is_over_without_the_exception(people, outcome):
    membership = waiting()
    start(membership)
    called = step(membership, "call_panel", office("manager"), comment="A good reason.")
    type(called).objects.filter(pk=called.pk).update(exception="")

    with pytest.raises(StepBlocked, match="The year of incubation ends on"):
        step(called, outcome, chair(), comment="At once.", **({"missing": []} if outcome == "extend" else {}))


@pytest.mark.demand("K-15")
def test_a_rejected_account_gives_its_resources_back_and_is_measured_no_more(people):
    membership = waiting()
    cycle = start(membership)
    take(cycle, by=office("admin"), seen=fresh(cycle).version, what="Workshop", money=Decimal(4_000))
    step(membership, "call_panel", office("manager"), comment="They asked.")

    step(membership, "reject", chair(), comment="No partnership.")

    assert Spending.objects.get().state == "released"
    assert set(cycle.checkpoints.values_list("status", flat=True)) == {"dropped"}
    with pytest.raises(Refused, match="closed"):
        take(cycle, by=office("admin"), seen=fresh(cycle).version, what="Workshop", money=Decimal(1))


@pytest.mark.demand("K-16")
def test_a_second_incubation_begins_with_the_missing_proof_listed(people):
    membership = waiting()
    first = start(membership)
    step(membership, "call_panel", office("manager"), comment="They asked.")

    step(membership, "extend", chair(), **AGAIN | {"missing": ["Pay in time", "Two joint projects"]})

    second = cycle_of(membership)
    assert (second.number, second.status, second.money, fresh(first).status) == (2, "running", 10_000, "reviewed")
    assert [proof.words for proof in second.proofs.all()] == ["Pay in time", "Two joint projects"]
    assert fresh(first).outcome == "extend"


def twice(membership):
    """Two incubations behind it, and the panel about to ask for a third."""
    start(membership)
    for _n in range(2):
        step(membership, "call_panel", office("manager"), comment="They asked.")
        if cycle_of(membership).number == 1:
            step(membership, "extend", chair(), **AGAIN)
    return fresh(membership)


@pytest.mark.demand("K-16", "M17")
def test_a_third_incubation_needs_an_exception_recorded_by_an_executive_by_name(people):
    membership = twice(waiting())
    with pytest.raises(StepBlocked, match="incubation number 3: a senior executive has to record the exception"):
        step(membership, "extend", chair(), **AGAIN)
    with pytest.raises(PermissionDenied):
        allow_another(membership, by=office("manager"), seen=fresh(membership).version, reason="Please.")

    executive = make_user("executive")
    allow_another(membership, by=executive, seen=fresh(membership).version, reason="Their plant opens in spring.")
    step(membership, "extend", chair(), **AGAIN)

    assert cycle_of(membership).number == 3
    assert Waiver.objects.get().by == executive
    entry = LogEntry.objects.of(membership).filter(by=executive).get()
    assert (entry.comment, entry.changed) == ("Their plant opens in spring.", {"exception": [None, {"number": 3}]})


@pytest.mark.demand("K-16")
@pytest.mark.parametrize(
    ("status", "incubations", "words"),
    [("in_panel_review", 1, "Incubation number 2 needs no exception"), ("withdrawn", 2, "no incubation follows")],
)
def test_an_exception_that_allows_nothing_is_not_recorded(people, status, incubations, words):
    membership = waiting(status, incubations=incubations)

    with pytest.raises(Refused, match=words):
        allow_another(membership, by=make_user("executive"), seen=fresh(membership).version, reason="In case.")

    assert not Waiver.objects.exists()


@pytest.mark.demand("K-16")
def test_an_exception_is_of_one_number_and_nobody_records_one_for_their_own_account(people):
    manager = make_user("rep", "executive")
    membership = twice(waiting())
    own = membership.account
    type(own).objects.filter(pk=own.pk).update(manager=manager)
    with pytest.raises(PermissionDenied):
        allow_another(fresh(membership), by=manager, seen=fresh(membership).version, reason="Mine.")
    executive = make_user("executive")
    allow_another(membership, by=executive, seen=fresh(membership).version, reason="One more.")
    with pytest.raises(Refused, match="on record already"):
        allow_another(membership, by=executive, seen=fresh(membership).version, reason="Again.")
    step(membership, "extend", chair(), **AGAIN)
    step(membership, "call_panel", office("manager"), comment="They asked.")

    with pytest.raises(StepBlocked, match="incubation number 4"):
        step(membership, "extend", chair(), **AGAIN)


@pytest.mark.demand("K-19")
def test_back_to_incubation_keeps_what_it_was(people):
    membership = waiting("key_account")
    since, before = membership.key_since, IncubationCycle.objects.get(membership=membership)
    step(membership, "open_re_review", office("manager"))

    back = step(membership, "return_to_incubation", chair(), **AGAIN)

    cycle = cycle_of(back)
    assert (back.status, back.key_since, cycle.number, cycle.status) == ("incubating", since, 2, "running")
    assert (fresh(before).outcome, fresh(before).status) == ("qualify", "reviewed")
    assert list(Assessment.objects.order_by("pk").values_list("outcome", "kind")) == [
        ("qualify", "entry"), ("return_to_incubation", "maintain"),
    ]  # fmt: skip
    assert MissingProof.objects.get().cycle == cycle


@pytest.mark.demand("K-18")
def test_a_re_review_is_measured_by_the_requirements_in_force_and_asks_the_account_manager(people):
    membership = waiting("key_account")
    figures(membership.account, date(2025, 10, 1), 85_000)

    step(membership, "open_re_review", office("manager"))

    row = Checkpoint.objects.get(membership=membership, cycle=None)
    assert (row.status, row.label, row.standard, row.number) == ("asked", "Q4 2025", a_standard(), 1)
    assert Obligation.objects.of(row).open().get().person == membership.account.manager
    assert Reading.objects.standing().get(key="net-value", quarter_begins_on=date(2025, 10, 1)).value == 85_000


@pytest.mark.demand("K-18")
def test_a_renewal_keeps_the_measured_values_and_the_next_day(people):
    membership = waiting("key_account")
    figures(membership.account, date(2025, 10, 1), 85_000)
    step(membership, "open_re_review", office("manager"))
    answer(Checkpoint.objects.get(membership=membership, cycle=None), days_to_pay="70")

    kept = step(membership, "maintain", chair(), comment="They grow with us.")

    seen = Assessment.objects.filter(outcome="maintain").get()
    lines = {line["key"]: (line["target"], line["value"], line["date"], line["met"]) for line in seen.lines}
    assert lines["net-value"] == ("80000", "85000", "2025-10-01", True)
    assert lines["days-to-pay"] == ("60", "70", localdate().isoformat(), False)
    assert (seen.next_on, seen.on, seen.by, seen.kind) == (kept.re_review_on, localdate(), chair(), "maintain")
    assert seen.next_on == date(2027, 2, 10)


@pytest.mark.demand("K-18", "K-23")
def test_what_was_measured_at_a_decision_is_never_changed(people):
    step(waiting("key_account"), "open_re_review", office("manager"))
    seen = Assessment.objects.get()

    with pytest.raises(TypeError):
        seen.save()


@pytest.mark.demand("K-20", "K-23")
def test_leaving_is_measured_as_deeply_as_entering(people):
    membership = waiting("key_account")
    step(membership, "open_re_review", office("manager"))
    step(membership, "down_tier", chair(), comment="They left us.", handover="By March.")

    entered, left = Assessment.objects.order_by("pk")
    assert (left.outcome, left.reason) == ("down_tier", "They left us.")
    assert [line["key"] for line in entered.lines] == [line["key"] for line in left.lines]


def test_whoever_withdraws_ends_what_is_asked_and_spent(people):
    membership = waiting()
    cycle = start(membership)
    asked(cycle)

    step(membership, "withdraw", office("manager"), comment="They were bought.")

    assert (fresh(cycle).status, fresh(cycle).outcome) == ("reviewed", "withdraw")
    assert set(cycle.checkpoints.values_list("status", flat=True)) == {"dropped"}
    assert not Obligation.objects.of(cycle.checkpoints.get(number=1)).open().exists()
