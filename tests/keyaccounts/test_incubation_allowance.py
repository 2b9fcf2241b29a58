"""Money and people-days are limited: a hard stop that only an executive lifts, by name (K-12, M17, 68)."""

import random
import threading
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from acr_program.workflow.errors import Refused, Stale, StepClosed
from acr_program.workflow.log import LogEntry
from acr_program.workflow.seals import verify
from keyaccounts.actions.spending import release, settle, take
from keyaccounts.allowance import allowance
from keyaccounts.models import IncubationCycle, Spending, Waiver
from tests.acting import fresh, make_user, office
from tests.acting import take as act
from tests.factories import make_absence

from .making import a_membership
from .making_incubation import ALLOWANCE, a_standard, lift_limit, start


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def cycle(people):
    """An incubation with 10,000 and 20 people-days."""
    a_standard()
    return start(a_membership("incubator_nominated"))


def booked(cycle, money=0, days=0, **more):
    said = {"by": office("admin"), "seen": fresh(cycle).version, "what": "Workshop"} | more
    return take(cycle, money=Decimal(money), days=Decimal(days), **said)


def left(cycle):
    both = allowance(cycle)
    return both.money.left, both.days.left


@pytest.mark.demand("K-12", "features, 68")
def test_what_is_planned_and_what_is_used_take_of_the_allowance(cycle):
    booked(cycle, 4_000, 5)
    booked(cycle, 1_000, 2, used=True)

    both = allowance(cycle)
    assert (both.money.planned, both.money.used, both.money.left) == (4_000, 1_000, 5_000)
    assert (both.days.planned, both.days.used, both.days.left) == (5, 2, 13)


@pytest.mark.demand("K-12", "M17", "features, 68")
@pytest.mark.parametrize(
    ("money", "days", "words"),
    [(10_001, 0, "Money: 10,001"), (0, 21, "People-days: 21 days of 20 days would be taken, 1 days too much"),
     (Decimal("10000.01"), 0, "Money: 10,000.01")],
)  # fmt: skip
def test_more_than_it_holds_is_refused_and_nothing_is_written(cycle, money, days, words):
    with pytest.raises(Refused, match=words) as refused:
        booked(cycle, money, days)

    assert "A senior executive can lift the limit, by name and with a reason." in refused.value.sentence
    assert (left(cycle), Spending.objects.count()) == ((10_000, 20), 0)


@pytest.mark.demand("K-12")
def test_exactly_what_it_holds_is_taken(cycle):
    booked(cycle, 10_000, 20)

    assert left(cycle) == (0, 0)


@pytest.mark.demand("K-12", "M17")
def test_an_executive_lifts_the_stop_by_name_and_with_a_reason(cycle):
    executive = make_user("executive")
    booked(cycle, 10_000)

    lift_limit(cycle, by=executive, reason="Their plant opens.", money=Decimal(2_000))
    booked(cycle, 2_000)

    assert left(cycle)[0] == 0
    entry = LogEntry.objects.of(cycle).filter(by=executive).get()
    assert (entry.step, entry.comment, entry.detail.data) == ("lift", "Their plant opens.", {"money": "2000"})
    with pytest.raises(Refused, match="too much"):
        booked(cycle, 1)


@pytest.mark.demand("K-12", "M17")
@pytest.mark.parametrize("role", ["rep", "leader", "admin", "manager", "contributor", "auditor"])
def test_nobody_but_an_executive_lifts_it(cycle, role):
    with pytest.raises(PermissionDenied, match="a senior executive"):
        lift_limit(cycle, by=make_user(role), reason="Please.", money=Decimal(1))
    assert not Waiver.objects.exists()


@pytest.mark.demand("K-12")
def test_an_executive_does_not_lift_it_for_an_account_of_their_own(people):
    own = make_user("rep", "executive")
    a_standard()
    membership = a_membership("incubator_nominated")
    type(membership.account).objects.filter(pk=membership.account_id).update(manager=own)
    mine = start(fresh(membership))

    with pytest.raises(PermissionDenied, match="who does not manage the account"):
        lift_limit(mine, by=own, reason="Mine.", money=Decimal(1))


@pytest.mark.demand("K-12")
def test_an_executive_does_not_lift_it_while_standing_in_for_the_account_manager(cycle):
    stand_in = make_user("executive")
    make_absence(cycle.membership.account.manager, stand_in)

    with pytest.raises(PermissionDenied, match="who does not manage the account"):
        lift_limit(cycle, by=stand_in, reason="While he is away.", money=Decimal(1))


@pytest.mark.demand("K-12", "M17")
def test_once_the_panel_is_called_the_refusal_names_a_way_that_is_open(cycle):
    act(cycle.membership, "call_panel", office("manager"), comment="They asked.")

    with pytest.raises(Refused, match="no limit is lifted any more: take less, or release") as refused:
        booked(cycle, 10_001)

    assert "can lift the limit" not in refused.value.sentence
    with pytest.raises(StepClosed):
        lift_limit(cycle, by=make_user("executive"), reason="Late.", money=Decimal(1))


@pytest.mark.demand("K-12", "M17")
def test_an_exception_is_never_changed_and_always_says_why(cycle):
    row = lift_limit(cycle, by=make_user("executive"), reason="Why.", days=Decimal(1))

    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=row.pk).update(reason="")


@pytest.mark.demand("K-12")
def test_what_was_planned_is_booked_with_what_it_really_took(cycle):
    row = booked(cycle, 4_000, 5)

    used = settle(
        row, by=office("admin"), seen=fresh(cycle).version, on=localdate(), money=Decimal(3_500), days=Decimal(6)
    )

    assert (used.state, left(cycle)) == ("used", (6_500, 14))
    with pytest.raises(Refused, match="is not planned any more"):
        settle(row, by=office("admin"), seen=fresh(cycle).version, on=localdate(), money=Decimal(1))


@pytest.mark.demand("K-12")
def test_booking_more_than_planned_needs_room_as_well(cycle):
    row = booked(cycle, 4_000)
    booked(cycle, 6_000)

    with pytest.raises(Refused, match="Money: 10,001"):
        settle(row, by=office("admin"), seen=fresh(cycle).version, on=localdate(), money=Decimal(4_001))
    assert fresh(row).state == "planned"


@pytest.mark.demand("K-12")
def test_what_is_not_needed_is_free_again(cycle):
    row = booked(cycle, 10_000)
    release(row, by=office("admin"), seen=fresh(cycle).version, comment="They come to us.")

    assert left(cycle) == (10_000, 20)


@pytest.mark.demand("K-12")
def test_the_account_manager_keeps_the_books_and_a_stranger_does_not(cycle):
    booked(cycle, 100, by=cycle.membership.account.manager)

    with pytest.raises(PermissionDenied):
        booked(cycle, 100, by=make_user("rep"))


@pytest.mark.demand("K-12")
def test_a_page_that_is_out_of_date_takes_nothing(cycle):
    seen = fresh(cycle).version
    booked(cycle, 100, seen=seen)

    with pytest.raises(Stale):
        booked(cycle, 100, seen=seen)


@pytest.mark.demand("K-12", "features, 68")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_tried_in_whatever_order_no_more_is_taken_than_it_holds(cycle, seed):
    """Random plans, bookings, releases; recounted from the rows alone after each."""
    dice, admin = random.Random(seed), office("admin")
    most = {"money": Decimal(10_000), "days": Decimal(20)}
    for _n in range(25):
        planned = list(Spending.objects.filter(state="planned"))
        money, days = Decimal(dice.randrange(4_000)), Decimal(dice.randrange(1, 8))
        with suppress(Refused):
            act = dice.choice(["take", "take", "settle", "release", "lift"])
            seen = fresh(cycle).version
            if act == "lift" and dice.random() < 0.3:
                lift_limit(cycle, by=office("executive"), reason="More.", money=Decimal(500))
                most["money"] += 500
            elif act == "settle" and planned:
                settle(dice.choice(planned), by=admin, seen=seen, on=localdate(), money=money, days=days)
            elif act == "release" and planned:
                release(dice.choice(planned), by=admin, seen=seen, comment="Not needed.")
            elif act == "take":
                booked(cycle, money, days, used=dice.random() < 0.5)
        rows = Spending.objects.exclude(state="released")
        for side in ("money", "days"):
            assert sum(getattr(row, side) for row in rows) <= most[side]


@pytest.mark.demand("K-12", "M17")
@pytest.mark.django_db(transaction=True)
def test_eight_who_come_at_once_take_no_more_than_is_left():
    a_standard()
    cycle = start(a_membership("incubator_nominated"))
    admins = [make_user("admin") for _n in range(8)]
    outcomes = []

    def book(by):
        """Again with each newer version, until it is taken or refused."""
        try:
            while True:
                try:
                    take(
                        cycle, by=by, seen=fresh(cycle).version, what="Fair", on=date(2026, 3, 1), money=Decimal(3_000)
                    )
                except Stale:
                    continue
                except Refused:
                    outcomes.append(False)
                else:
                    outcomes.append(True)
                return
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=[by]) for by in admins]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(outcomes) == [False] * 5 + [True] * 3
    assert left(IncubationCycle.objects.get(pk=cycle.pk))[0] == 1_000
    assert ALLOWANCE["money"] - sum(row.money for row in Spending.objects.all()) == 1_000
    assert list(verify()) == []
