"""Actions, ladders and rescue plans for tests, on days that are named."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import time_machine
from django.urls import reverse
from django.utils.timezone import make_aware

from acr_program.people.models import User
from acr_program.workflow.obligations import Obligation
from keyaccounts.models import Action
from tests.acting import fresh, office, take

from .making_plan import GOAL, add

HOW = {"measured": "Orders of the quarter", "reviewed": "At each quarterly review", "told": "In the monthly call"}
FRIDAY = date(2026, 12, 4)  # the day on which what is late in these tests was due


def at(day: date, hour: int = 9, minute: int = 0) -> Any:
    """The office at that moment."""
    return time_machine.travel(make_aware(datetime.combine(day, time(hour, minute))), tick=False)


def december(day: int) -> date:
    return date(2026, 12, day)


def a_goal(plan: Any) -> Any:
    return plan.objective_rows.first() or add(plan, "goals", **GOAL)


def an_action(plan: Any, due: date | None = FRIDAY, **said: Any) -> Action:
    """An open action of the account manager's, due on that day."""
    said = {"what": "Show the plant what it saves", "owner": plan.account.manager, **HOW} | said
    action: Action = add(plan, "actions", objective=a_goal(plan), due=due, **said)
    return action


def a_rung(plan: Any, after: int, person: User) -> Any:
    return add(plan, "rungs", after=after, person=person)


def a_rescue(plan: Any, what: str = "The board calls theirs", within: int = 2, **said: Any) -> Any:
    return add(plan, "rescue", what=what, within=within, **(HOW | said))


def at_risk(account: Any) -> Any:
    return take(account, "flag_risk", office("manager"), comment="Their new owner has a supplier of its own.")


def typed(plan: Any, **said: Any) -> dict[str, Any]:
    """An action as somebody types it."""
    return {
        "what": "Show the plant what it saves", "objective": a_goal(plan).pk, "due": "2026-12-18",
        "owner": plan.account.manager.pk, "state": "open", **HOW, **said,
    }  # fmt: skip


def waiting(row: Any, step: str = "") -> list[Obligation]:
    """What is open because of this row, in the order in which it was opened."""
    found = Obligation.objects.open().of(row).order_by("pk")
    return list(found.filter(step=step) if step else found)


def page(plan: Any, part: str = "actions") -> str:
    return reverse("keyaccounts:plan-part", args=[plan.pk, part])


def click(client: Any, name: str, plan: Any, row: Any = None) -> Any:
    """A button of a part's page, with what the page carried along."""
    where = [plan.pk] if row is None else [plan.pk, row.pk]
    seen = fresh(plan).version if row is None else fresh(row).revision
    return client.post(reverse(f"keyaccounts:{name}", args=where), {"seen": seen, "key": f"click-{name}-{seen}"})
