"""One round as its page shows it: how long it is open, and what became of each nomination."""

from __future__ import annotations

from functools import cached_property

from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..models import Membership, NominationRound
from ..rules import nominators

SHOWN = 50


class RoundPage(OnePage[NominationRound]):
    """One round, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def may_nominate(self) -> bool:
        return self.of.takes_nominations and nominators(self.user)

    @property
    def nominations(self) -> list[Membership]:
        """Those that this reader sees, the first nominated first; of very many the first."""
        return self.found[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.found) > SHOWN

    @cached_property
    def found(self) -> list[Membership]:
        rows = Membership.objects.visible_to(self.user).filter(round=self.of).for_list()
        return list(rows.order_by("pk")[: SHOWN + 1])
