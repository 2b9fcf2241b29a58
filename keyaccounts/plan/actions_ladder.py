"""The escalation ladder of a plan: what is late goes up rung by rung, each on its day, and never twice (N5.6).

A rung says after how many working days whom. It falls due in the morning of that day. What is late are open actions past their
day, and questions of the customer that nobody has answered by theirs. Once such a thing has a new day, its ladder begins anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate, now

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.workflow.book import Book, click, clock
from acr_program.workflow.clock import holders
from acr_program.workflow.days import add_working_days, due_in, morning_of
from acr_program.workflow.edit import note
from acr_program.workflow.locks import lock
from acr_program.workflow.obligations import Obligation

from ..models import AccountPlan, Action, Escalation, Event, Rung
from .actions_waiting import SEE, in_work, late_actions, late_queries, obligation, sees

LAST = 5  # working days that the last rung is given
Late = Action | Event
Told = dict[tuple[int, Any, int | None], Escalation]  # by rung, and by the thing: its model and its key


@dataclass(frozen=True)
class Climb:
    """One late thing and one rung: when it is told there, and when it was."""

    of: Late
    rung: Rung
    told: Escalation | None

    @property
    def at(self) -> datetime:
        """In the morning of the day so many working days after the thing was due."""
        assert self.of.due is not None
        return morning_of(add_working_days(self.of.due, self.rung.after))

    @property
    def is_told(self) -> bool:
        """For the day that the thing has now; what was told of an earlier day counts no more."""
        return self.told is not None and self.of.due is not None and localdate(self.told.at) > self.of.due

    @property
    def is_due(self) -> bool:
        return not self.is_told and self.at <= now()


def climbs(rungs: Iterable[Rung], late: Iterable[Late], told: Told) -> list[Climb]:
    """Every late thing with every rung, the first rung first."""
    order = sorted(rungs, key=lambda rung: rung.after)
    return [Climb(of, rung, told.get((rung.pk, type(of), of.pk))) for of in late for rung in order]


def told_in(plans: Any) -> Told:
    """What was told of what is late in these plans, by rung and thing; one query."""
    late = Q(action__in=late_actions().order_by().values("pk")) | Q(event__in=late_queries().order_by().values("pk"))
    found: Told = {}
    for one in Escalation.objects.filter(late, rung__plan__in=plans).order_by():
        of: tuple[Any, int | None] = (Action, one.action_id) if one.action_id else (Event, one.event_id)
        found[one.rung_id, *of] = one
    return found


def late_of(plans: Any) -> dict[int, list[Late]]:
    """What is late in these plans, the longest first; two queries."""
    found: dict[int, list[Late]] = defaultdict(list)
    for rows in (late_actions(), late_queries()):
        for row in rows.filter(plan__in=plans).select_related("owner").order_by("due", "pk"):
            found[row.plan_id].append(row)
    return found


def rungs_of(plans: Any) -> dict[int, list[Rung]]:
    found: dict[int, list[Rung]] = defaultdict(list)
    for rung in Rung.objects.filter(plan__in=plans).select_related("person__reports_to"):
        found[rung.plan_id].append(rung)
    return found


def to_climb() -> list[int]:
    """The plans in which something is to go up now; four queries, whatever their number."""
    plans = in_work().filter(Exists(Rung.objects.filter(plan=OuterRef("pk")))).values("pk")
    late, rungs, told = late_of(plans), rungs_of(plans), told_in(plans)
    return sorted(pk for pk, things in late.items() if any(one.is_due for one in climbs(rungs[pk], things, told)))


def climb_in(pk: int) -> int:
    """Tell, in one plan, each rung that is due: an obligation for each thing, one mail a person, a row of the plan's log."""
    with click() as book:
        plan = lock(AccountPlan.objects.get(pk=pk))
        mine = in_work().filter(pk=plan.pk).values("pk")
        every = climbs(rungs_of(mine)[pk], late_of(mine)[pk], told_in(mine))
        due = [one for one in every if one.is_due]
        if due:
            tell(plan, due, every, book)
    return len(due)


def tell(plan: AccountPlan, due: list[Climb], every: list[Climb], book: Book) -> None:
    told: dict[User, list[dict[str, Any]]] = defaultdict(list)
    noted = []
    for one in due:
        keep(one)
        row = asked(plan, one, every)
        book.opened.append(row)
        line = {
            "what": str(one.of), "due": one.of.due, "owner": one.of.owner, "after": one.rung.after,
            "goes_on": next_of(one, every),
        }  # fmt: skip
        for person in holders(row):
            told[person].append(line)
        noted.append({"what": str(one.of), "after": one.rung.after, "whom": row.holder_name})
    note(plan, by=clock(), changed={"escalations": [None, noted]})
    for person, lines in told.items():
        book.post(
            plan, key=f"plan-late-{plan.pk}-{plan.version}", to=[person], template="plan_late", context={"lines": lines}
        )


def keep(one: Climb) -> None:
    """That this rung was told of this thing; once for a day that the thing had."""
    if one.told:
        one.told.at = now()
        one.told.save(update_fields=["at"])
    else:
        Escalation.objects.create(rung=one.rung, **{"action" if isinstance(one.of, Action) else "event": one.of})


def asked(plan: AccountPlan, one: Climb, every: list[Climb]) -> Obligation:
    """It waits for whom the rung names; for the program manager where they left, or may not see this account for a while."""
    higher = next_of(one, every)
    due_at = max(higher.at, due_in(1)) if higher else due_in(LAST)
    person = one.rung.person
    holder: dict[str, Any] = {"person": person} if person.is_active and sees(person, plan) else {"role": Role.MANAGER}
    return obligation(one.of, plan, SEE, due_at, waiter=plan.waiter, **holder)


def next_of(one: Climb, every: list[Climb]) -> Climb | None:
    """The rung above, which has not been told of it either."""
    above = (other for other in every if other.of == one.of and other.rung.after > one.rung.after)
    return next((other for other in above if not other.is_due), None)
