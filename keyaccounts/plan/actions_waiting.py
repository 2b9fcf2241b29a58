"""What of an account plan waits for whom: actions, customer data and checks of objectives for their owners, late work for
whoever it went up to.

Unlike what a step awaits, such a duty hangs on a row of the plan: it closes when the row is done, dropped, taken off or given
a new day, whatever becomes of the plan's state (N4.12, N5.2, N5.3, N5.6, N9.0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import current, once
from acr_program.workflow.days import add_working_days, close_of, morning_of
from acr_program.workflow.obligations import Obligation

from ..choices_plan import ActionState, EventKind, PartKey
from ..models import AccountPlan, Action, DataItem, Event, Objective, PersonMap, PlanReading
from .monitoring_checks import how_awaited

DO, REFRESH, CHECK = "done", "refresh", "check"  # its owner does it, refreshes it, looks at it against its target
SEE = "see_to_it"  # somebody sees that it is done
STANDS: dict[type, str] = {
    DataItem: PartKey.BLUEPRINT, Event: PartKey.DAILY, PersonMap: PartKey.DAILY, Objective: PartKey.MONITORING,
}  # the part in which it stands  # fmt: skip
AHEAD = timedelta(days=7)  # so long before customer data or a check are due they wait for their owner
GOES_UP = 5  # working days after which the owner's leader hears of data that nobody refreshed


@dataclass(frozen=True)
class Waits:
    """Something more that waits because of rows of a model: `wanted(row, plan)` is the duty, or nothing; `rows()` are those that
    may have one just now, whichever their plan. `says` has %(what)s, the row."""

    step: str
    model: type
    says: Any
    wanted: Callable[[Any, AccountPlan], Obligation | None]
    rows: Callable[[], QuerySet[Any]]


_more: dict[str, Waits] = {}


def wait(more: Waits) -> None:
    """Let this wait as well; said once by the file of its part."""
    _more[more.step] = more


def in_work() -> QuerySet[AccountPlan]:
    """Of each account the one plan by which it is worked: the newest that came into force; before any did, the newest."""
    living = AccountPlan.objects.living().order_by()
    others = living.filter(membership=OuterRef("membership"))
    later = Q(year__gt=OuterRef("year"))
    forced, drafted = Q(review_on__isnull=False), Q(review_on=None)
    return living.filter(
        (forced & ~Exists(others.filter(forced & later))) | (drafted & ~Exists(others.filter(forced | later)))
    )


def is_in_work(plan: AccountPlan) -> bool:
    return once(f"plan {plan.pk} is in work", lambda: in_work().filter(pk=plan.pk).exists())


def late_actions(today: date | None = None) -> QuerySet[Action]:
    return Action.objects.filter(state=ActionState.OPEN, due__lt=today or localdate())


def late_queries(today: date | None = None) -> QuerySet[Event]:
    """Questions of the customer that nobody has answered by their day."""
    return Event.objects.filter(kind=EventKind.QUERY, answered_at=None, due__lt=today or localdate())


def is_late(row: Action | Event) -> bool:
    """The same of one row, as it stands in memory."""
    if row.due is None or row.due >= localdate():
        return False
    if isinstance(row, Action):
        return row.state == ActionState.OPEN
    return row.kind == EventKind.QUERY and row.answered_at is None


def obligation(row: Any, plan: AccountPlan, step: str, due_at: datetime, **how: Any) -> Obligation:
    """Something that waits because of this row; `person` or `role`, and the moments of its reminders, in `how`."""
    page = reverse("keyaccounts:plan-part", args=[plan.pk, STANDS.get(type(row), PartKey.ACTIONS)])
    return Obligation(
        content_type=ContentType.objects.get_for_model(row), object_id=row.pk, account_id=plan.account_id, step=step,
        what=said_of(row, step)[:200], title=str(plan)[:200], url=f"{page}#waiting", due_at=due_at, **how,
    )  # fmt: skip


def said_of(row: Any, step: str) -> str:
    words = {
        DO: "%(what)s",
        REFRESH: _("Refresh customer data: %(what)s"),
        CHECK: _("Check against its target: %(what)s"),
        SEE: _("Late: see that it is done: %(what)s"),
    }
    return str(words[step] if step in words else _more[step].says) % {"what": row}


def wanted_of(row: Any, plan: AccountPlan) -> Obligation | None:
    """What waits for the owner of this row just now; nothing where it is done, has no day or owner, or its plan is not in work."""
    if isinstance(row, Action):
        if row.state != ActionState.OPEN or row.due is None or row.owner_id is None:
            return None
        before = max(morning_of(add_working_days(row.due, -1)), now())
        how = {"person": row.owner, "waiter": plan.waiter, "remind_at": before}
        return obligation(row, plan, DO, close_of(row.due), **how) if is_in_work(plan) else None
    if isinstance(row, DataItem) and row.due and row.due <= localdate() + AHEAD and is_in_work(plan):
        up = morning_of(add_working_days(row.due, GOES_UP))
        how = {"person": row.owner, "waiter": plan.waiter, "remind_at": morning_of(row.due), "escalate_at": up}
        return obligation(row, plan, REFRESH, close_of(row.due), **how)
    if isinstance(row, Objective) and row.next_check and row.next_check <= localdate() + AHEAD and is_in_work(plan):
        return obligation(row, plan, CHECK, close_of(row.next_check), waiter=plan.waiter, **how_awaited(row, plan))
    more = (one.wanted(row, plan) for one in _more.values() if isinstance(row, one.model))
    found = next((one for one in more if one), None)
    if found is None or not is_in_work(plan):
        return None
    found.waiter = plan.waiter
    return found


def settle(row: Any, plan: AccountPlan, gone: bool = False) -> None:
    """What waits because of this row, after it was written: what holds no more closes, what is new opens."""
    wanted = None if gone else wanted_of(row, plan)
    late = not gone and isinstance(row, (Action, Event)) and is_late(row)
    over = []
    for one in Obligation.objects.open().of(row):
        if wanted and alike(one, wanted):
            wanted = None
        elif not (one.step == SEE and late):
            over.append(one.pk)
    if over:
        Obligation.objects.filter(pk__in=over).update(closed_at=now())
    if wanted:
        current().opened.append(wanted)
        let_read(plan, wanted.person)


def alike(one: Obligation, wanted: Obligation) -> bool:
    names = ("step", "person_id", "due_at", "what")
    return all(getattr(one, name) == getattr(wanted, name) for name in names)


def sees(person: User, plan: AccountPlan) -> bool:
    return AccountPlan.objects.visible_to(person).filter(pk=plan.pk).exists()


def let_read(plan: AccountPlan, person: User | None) -> None:
    """Whoever the plan names for something is to see it (N4.4, N7.1)."""
    if person and person.pk != plan.account.manager_id and person.is_active and not sees(person, plan):
        PlanReading.objects.update_or_create(plan=plan, person=person, defaults={"listed": True})


# What the clock sees to, whatever was written


def open_missing() -> int:
    """Open what should wait and does not: of plans begun from last year's, and of data and checks whose day comes near."""
    opened = 0
    actions = Action.objects.filter(state=ActionState.OPEN, due__isnull=False, owner__isnull=False)
    data = DataItem.objects.filter(due__lte=localdate() + AHEAD)
    checks = Objective.objects.filter(next_check__lte=localdate() + AHEAD)
    more = [(one.rows(), one.step) for one in _more.values()]
    for rows, step in ((actions, DO), (data, REFRESH), (checks, CHECK), *more):
        waits = Obligation.objects.open().filter(
            content_type=ContentType.objects.get_for_model(rows.model), step=step, object_id=OuterRef("pk")
        )
        missing = rows.filter(plan__in=in_work().values("pk")).exclude(Exists(waits))
        found = missing.select_related("owner", "plan__membership__account__manager").order_by("pk")[:1000]
        made = [one for row in found if (one := wanted_of(row, row.plan))]
        Obligation.objects.bulk_create(made)
        opened += len(made)
    return opened


def close_over() -> int:
    """Close what waits because of rows that are over, or of plans that are not worked by any more."""
    plans = in_work().values("pk")
    today = localdate()
    holds: list[tuple[QuerySet[Any], str]] = [
        (Action.objects.filter(state=ActionState.OPEN), DO), (late_actions(today), SEE), (late_queries(today), SEE),
        (DataItem.objects.filter(due__lte=today + AHEAD), REFRESH),
        (Objective.objects.filter(next_check__lte=today + AHEAD), CHECK), *((one.rows(), one.step) for one in _more.values()),
    ]  # fmt: skip
    closed = 0
    for rows, step in holds:
        kind = ContentType.objects.get_for_model(rows.model)
        over = Obligation.objects.open().filter(content_type=kind, step=step)
        still = rows.filter(plan__in=plans).order_by().values("pk")
        closed += over.exclude(object_id__in=still).update(closed_at=now())
    return closed
