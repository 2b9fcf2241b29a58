"""One value proposition as its page shows it: what we do and do not do, what shows it, which functions know it (K-01, K-03)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from acr_program.charter.models import Function
from acr_program.people.models import User
from acr_program.people.roles import overseers
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..choices_value import PropositionStatus, UnderstandingStatus
from ..models import ProofPoint, Proposition, Understanding
from ..value_rules import writes_value


@dataclass(frozen=True)
class Share:
    """How many of the company's functions know a version, of how many."""

    knows: int
    all: int

    @property
    def percent(self) -> int:
        return round(100 * self.knows / self.all) if self.all else 0

    @property
    def words(self) -> str:
        if not self.all:
            return _("No function is written down yet.")
        return _("%(knows)d of %(all)d functions know it: %(share)d %%.") % {
            "knows": self.knows, "all": self.all, "share": self.percent,
        }  # fmt: skip


@dataclass(frozen=True)
class Known:
    """One function of the company, and what it has said to a version; nothing where it was not asked."""

    function: Function
    said: Understanding | None

    @property
    def tone(self) -> str:
        return self.said.tone if self.said else "neutral"

    @property
    def label(self) -> str:
        if self.said:
            return self.said.get_status_display()
        return _("Not asked") if self.function.contributor else _("Nobody answers for it")


class PropositionPage(OnePage[Proposition]):
    """One version, for one reader."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def is_draft(self) -> bool:
        return bool(self.of.status == PropositionStatus.DRAFT)

    @property
    def writes(self) -> bool:
        return writes_value(self.user, self.of)

    @property
    def may_write(self) -> bool:
        return self.is_draft and self.writes

    @cached_property
    def proofs(self) -> list[ProofPoint]:
        return list(self.of.proofs.all())

    @cached_property
    def versions(self) -> list[Proposition]:
        """Those of the same account, tier or all that this reader may see, the newest first."""
        rows = Proposition.objects.visible_to(self.user).filter(subject=self.of.subject)
        return list(rows.select_related("tier", "account").order_by("-number")[:20])

    @property
    def may_write_next(self) -> bool:
        """No draft is open, and this is the newest that holds or held."""
        if not self.writes or self.is_draft:
            return False
        return self.of.status == PropositionStatus.IN_FORCE and not any(
            one.status == PropositionStatus.DRAFT for one in self.versions
        )

    @property
    def sees_functions(self) -> bool:
        return overseers(self.user) or self.writes or self.user.has("executive", "leader")

    @cached_property
    def functions(self) -> list[Known]:
        """Every function of the company, asked or not: who was not asked does not know it (K-03)."""
        said = {one.function_id: one for one in self.of.understandings.select_related("person")}
        rows = Function.objects.select_related("contributor").order_by("name")
        return [Known(one, asked(said.get(one.pk))) for one in rows]

    @cached_property
    def share(self) -> Share:
        known = [one for one in self.functions if one.said and one.said.status == UnderstandingStatus.CONFIRMED]
        return Share(len(known), len(self.functions))


def asked(said: Understanding | None) -> Understanding | None:
    """What a function was asked and is asked no more counts as not asked."""
    return None if said is None or said.status == UnderstandingStatus.OVER else said


class UnderstandingPage(OnePage[Understanding]):
    """What one function is asked, with what it is asked about."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @cached_property
    def proofs(self) -> list[ProofPoint]:
        return list(self.of.proposition.proofs.all())

    @property
    def sees_proposition(self) -> bool:
        """Whoever is asked may read the page of what they are asked about."""
        return bool(self.of.proposition.status != PropositionStatus.DISCARDED)


def reader_of(user: User) -> bool:
    """Who has the list of what customers get in the navigation."""
    return user.has("admin", "manager", "auditor", "executive", "leader", "rep")
