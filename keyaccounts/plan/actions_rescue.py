"""The rescue plan: written while all is well, started by one click when the account is at risk, then laid to rest (N5.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import AccountStatus
from acr_program.people.models import User
from acr_program.ui.phrases import day
from acr_program.workflow.book import click, current
from acr_program.workflow.days import add_working_days
from acr_program.workflow.errors import Refused

from ..choices_plan import ActionState
from ..models import AccountPlan, Action
from ..value_rules import account_people
from .kinds import Kind
from .writing import keep_many, locked

DAYS = 5  # working days of an action that does not say how many it has: those in which a recovery plan is owed


def is_at_risk(plan: AccountPlan) -> bool:
    return bool(plan.account.status == AccountStatus.AT_RISK)


@dataclass(frozen=True)
class Standing:
    """How the rescue plan stands."""

    rows: list[Action]
    at_risk: bool

    def of(self, *states: str) -> list[Action]:
        return [row for row in self.rows if row.state in states]

    @property
    def waiting(self) -> list[Action]:
        return self.of(ActionState.WAITING)

    @property
    def open(self) -> list[Action]:
        return self.of(ActionState.OPEN)

    @property
    def may_start(self) -> bool:
        return self.at_risk and bool(self.waiting)

    @property
    def may_rest(self) -> bool:
        return not self.at_risk and bool(self.open)

    @property
    def sentence(self) -> str:
        if self.open:
            done = len(self.of(ActionState.DONE))
            words = _("It runs: %(done)d of %(all)d done, the next is due on %(day)s.")
            return words % {"done": done, "all": done + len(self.open), "day": day(min(map(due_of, self.open)))}
        if self.waiting:
            n = len(self.waiting)
            words = ngettext("%(n)d action waits to be started.", "%(n)d actions wait to be started.", n) % {"n": n}
            return words if self.at_risk else f"{words} {_('It is started once the account is flagged as at risk.')}"
        if self.rows:
            return _("It is worked off. Write down what you would do the next time.")
        return _("Nothing is written down yet: what do we do if this account may be lost?")


def due_of(row: Action) -> date:
    return row.due or localdate()


def standing(plan: AccountPlan, kind: Kind) -> Standing:
    """The rescue plan in the order in which it is worked off; one query, none where the page has read its rows."""
    return Standing(sorted(kind.read(plan), key=lambda row: (row.within or DAYS, row.pk)), is_at_risk(plan))


def start(plan: AccountPlan, kind: Kind, *, by: User) -> list[Action]:
    """Every action that waits is open from now, each with its day; owners, helpers and the account's people are told.

    Refused while the account is not at risk, and where nothing waits.
    """
    with click():
        plan = locked(plan, by)
        found = standing(plan, kind)
        if not found.at_risk:
            raise Refused(
                _("The account is not flagged as at risk. Flag the risk on its page; then the rescue plan is started.")
            )
        if not found.waiting:
            raise Refused(_("Nothing waits to be started: the rescue plan runs, or is not written yet."))
        fields: dict[str, Callable[[Any], Any]] = {
            "state": lambda row: ActionState.OPEN, "due": starts_due, "owner": lambda row: row.owner or plan.account.manager or by,
        }  # fmt: skip
        rows = keep_many(plan, kind, found.waiting, by=by, fields=fields)
        tell(plan, rows, by)
    return rows


def starts_due(row: Action) -> date:
    """So many working days from today as it says."""
    return add_working_days(localdate(), row.within or DAYS)


def tell(plan: AccountPlan, rows: list[Action], by: User) -> None:
    helpers = User.objects.filter(pk__in=Action.helpers.through.objects.filter(action__in=rows).values("user"))
    people = {one.pk: one for one in [*account_people(plan), *(row.owner for row in rows if row.owner), *helpers]}
    lines = [{"what": row.what, "owner": row.owner, "due": row.due} for row in rows]
    current().post(
        plan, key=f"rescue-{plan.pk}-{plan.version}", to=[one for one in people.values() if one.pk != by.pk],
        template="plan_rescue", context={"by_name": by.name, "lines": lines, "account": plan.account},
    )  # fmt: skip


def rest(plan: AccountPlan, kind: Kind, *, by: User) -> list[Action]:
    """The account is not at risk any more: what is still open waits again, without a day. What was done stays done."""
    with click():
        plan = locked(plan, by)
        found = standing(plan, kind)
        if found.at_risk:
            raise Refused(_("The account is still flagged as at risk: the rescue plan goes on until it has recovered."))
        if not found.open:
            raise Refused(_("The rescue plan does not run."))
        fields: dict[str, Callable[[Any], Any]] = {"state": lambda row: ActionState.WAITING, "due": lambda row: None}
        return keep_many(plan, kind, found.open, by=by, fields=fields)
