"""Requirements, figures and incubations for tests, through the program's own doors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import time_machine
from django.utils.timezone import localdate, make_aware

from accounts.models import Account, Figure, Performance
from accounts.quarters import quarter_of
from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.workflow import registry
from keyaccounts.actions import spending
from keyaccounts.actions.panel_following import TOGETHER
from keyaccounts.actions.standards import begin_draft
from keyaccounts.calendar import months_after
from keyaccounts.choices_panel import Outcome
from keyaccounts.models import Checkpoint, IncubationCycle, Membership, Standard, Waiver
from tests.acting import fresh, office, take
from tests.factories import make_program

THEN = date(2026, 2, 10)
ALLOWANCE = {"money": Decimal(10_000), "days": Decimal(20)}
TOLD = {"days-to-pay": ("30", "Ledger"), "joint-meetings": ("2", "Calendar"), "joint-projects": ("1", "Project list")}


@contextmanager
def panel_agrees() -> Iterator[None]:
    """An outcome is taken as decided by the panel; what incubation itself asks before it stands."""
    kept = {name: [need for need in needs if need.says is not TOGETHER] for name, needs in registry._gates.items()}
    with patch.dict(registry._gates, kept):
        yield


def step(obj: Any, name: str, by: User, **data: Any) -> Any:
    """One step; where it is an outcome, what waited for the panel is not needed any more."""
    row = take(obj, name, by, **data)
    if name in Outcome.values:
        for review in row.panel_reviews.live():
            take(review, "withdraw", User.objects.clock(), comment="Decided without a panel.")
    return row


def lift_limit(cycle: IncubationCycle, *, by: User, reason: str, **more: Any) -> Waiver:
    """More than was granted, under somebody's name."""
    take(cycle, "lift", by, comment=reason, **more)
    return Waiver.objects.filter(cycle=cycle).order_by("-pk")[0]


def a_standard(status: str = "published") -> Standard:
    """The requirements in force, or a draft of the next; the standard measures."""
    Program.objects.exists() or make_program()
    there = Standard.objects.in_force() if status == "published" else None
    if there:
        return there
    draft = Standard.objects.filter(status="draft").first() or begin_draft(by=office("manager"))
    ways = {"draft": (), "published": ("publish",), "discarded": ("discard",)}
    for name in ways.get(status, ("publish",)):
        draft = take(draft, name, office("manager"))
    if status == "retired":
        take(begin_draft(by=office("manager")), "publish", office("manager"))
    return fresh(draft)


def figures(account: Account, quarter: date, net: Any = 30_000, **more: Any) -> Performance:
    """What is on file of one quarter, by its first day."""
    said = {"orders": 4, "shipped": 4, "promised": 4, "on_time": 3, "mix": {}, "source": "Orders", "as_of": quarter}
    row, _new = Performance.objects.update_or_create(
        account=account, quarter_begins_on=quarter, defaults={"net": Decimal(net), **said, **more}
    )
    return row


def figures_since(account: Account, first: date, count: int, net: Any = 30_000) -> None:
    """The same in each of so many quarters."""
    for n in range(count):
        figures(account, months_after(quarter_of(first), 3 * n), net)


def told_figure(account: Account, kind: str, quarter: date, value: Any) -> Figure:
    said = {"source": "Survey", "as_of": quarter, "said_by": office("admin")}
    return Figure.objects.create(account=account, kind=kind, quarter_begins_on=quarter, value=Decimal(value), **said)


def start(membership: Membership, **more: Any) -> IncubationCycle:
    """The year begins, with an allowance."""
    row = take(membership, "start_incubation", office("manager"), **(ALLOWANCE | {"starts_on": localdate()} | more))
    return cycle_of(row)


def cycle_of(membership: Membership) -> IncubationCycle:
    """The newest incubation."""
    return IncubationCycle.objects.filter(membership=membership).order_by("-number")[0]


def actuals_of(checkpoint: Checkpoint, **values: str) -> list[list[Any]]:
    """What people say, by the keys of the measures; `values` replace what they usually say."""
    said = {key: (values.get(key.replace("-", "_"), value), source) for key, (value, source) in TOLD.items()}
    return [[one.pk, *said[one.key]] for one in fresh(checkpoint).told_measures]


def answer(checkpoint: Checkpoint, **values: str) -> Checkpoint:
    manager = fresh(checkpoint).membership.account.manager
    return take(checkpoint, "answer", manager, actuals=actuals_of(checkpoint, **values), comment="As agreed.")


def asked(cycle: IncubationCycle, number: int = 1) -> Checkpoint:
    """A checkpoint of it, measured already."""
    row = Checkpoint.objects.get(cycle=cycle, number=number)
    return take(row, "ask", User.objects.clock()) if row.status == "ahead" else row


def morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(7)))


def at(day: date) -> Any:
    """The office on that morning."""
    return time_machine.travel(morning(day), tick=False)


def later(cycle: IncubationCycle, months: int = 12, days: int = 0) -> date:
    return months_after(cycle.starts_on, months) + timedelta(days=days)


def a_year_under_way(membership: Membership) -> IncubationCycle:
    """An incubation with two checkpoints answered, something planned, something used and something lifted."""
    figures_since(membership.account, THEN.replace(year=2024, month=1, day=1), 12, 30_000)
    with time_machine.travel(morning(THEN), tick=False):
        row = start(membership)
    for number in (1, 2):
        with at(later(row, 3 * number)):
            answer(asked(row, number), joint_projects=str(number))
    admin = office("admin")
    spending.take(row, by=admin, seen=fresh(row).version, what="Workshop", money=Decimal(4_000), days=Decimal(5))
    spending.take(row, by=admin, seen=fresh(row).version, what="Fair", money=Decimal(3_000), used=True)
    lift_limit(row, by=office("executive"), reason="Their plant opens.", money=Decimal(5_000))
    return fresh(row)
