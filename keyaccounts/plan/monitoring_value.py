"""Value and profitability, period by period: what the plan says against what is on file (N9.1).

What stands here of the net value is read by everybody who reads the plan; the margin, and what is earned by it, by those alone
who see the account's own figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as say

from accounts import rules as accounts
from acr_program.people.models import User
from acr_program.ui.phrases import number

from ..models.memberships import sees_all
from .value_formula import percent
from .value_worth import Period

WHOLE = Decimal(100)


def sees_margin(user: User, plan: Any) -> bool:
    """Whether this person sees the account itself, where its margin stands: whoever has it, the leader above, and who sees all."""
    return sees_all(user) or accounts.keepers(user, plan.account)


def earned(revenue: Decimal | None, margin: Decimal | None) -> Decimal | None:
    """What is left of a revenue by a margin in percent; None where one of them is not known."""
    return None if revenue is None or margin is None else revenue * margin / WHOLE


@dataclass(frozen=True)
class Against:
    """One period, planned against actual; `period` as the part on value reads it."""

    period: Period

    @property
    def title(self) -> str:
        return self.period.title

    @property
    def running(self) -> bool:
        return self.period.running

    @property
    def planned(self) -> str:
        return whole(self.period.worth.revenue)

    @property
    def actual(self) -> str:
        return whole(self.period.net)

    @property
    def share(self) -> str:
        """What is on file, of what was planned."""
        share = self.period.of_plan
        return "" if share is None else percent(Decimal(share))

    @property
    def tone(self) -> str:
        return self.period.tone

    @property
    def planned_margin(self) -> str:
        return "" if self.period.worth.margin is None else percent(self.period.worth.margin)

    @property
    def actual_margin(self) -> str:
        return self.period.margin_said

    @property
    def short(self) -> bool:
        """The margin that was told is below the one planned."""
        planned, told = self.period.worth.margin, self.period.margin
        return planned is not None and told is not None and told < planned

    @property
    def planned_earned(self) -> str:
        return whole(earned(self.period.worth.revenue, self.period.worth.margin))

    @property
    def actual_earned(self) -> str:
        return whole(earned(self.period.net, self.period.margin))


def whole(value: Decimal | None) -> str:
    """Money without cents; nothing where it is not known."""
    return "" if value is None else number(value, 0)


def against(periods: Sequence[Period]) -> list[Against]:
    return [Against(one) for one in periods]


def conclusion(periods: Sequence[Period]) -> str:
    """How many periods that are over came up to their plan."""
    over = [one for one in periods if not one.running and one.of_plan is not None]
    if not over:
        return say("No period with a planned revenue is over and on file yet.")
    met = sum(one.tone == "good" for one in over)
    said = {"met": number(met), "over": number(len(over))}
    return say("%(met)s of %(over)s periods that are over came up to their planned revenue.") % said
