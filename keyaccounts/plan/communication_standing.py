"""How far a plan has reached whom it concerns: readers, team card, what the customer confirmed and proposed; in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from ..choices_plan import ObjectiveKind, ProposalState, Subject
from ..choices_value import KnowingStatus
from ..models import (
    AccountPlan,
    Knowing,
    Objective,
    PlanConfirmation,
    PlanReading,
    PlanSnapshot,
    Proposal,
    TeamCard,
    TeamRole,
)


@dataclass(frozen=True)
class Standing:
    """What is counted of one plan; moments and days are None where nothing of the kind happened."""

    listed: int
    unread: int
    card: int | None
    card_at: datetime | None
    roles_at: datetime | None
    shown: int | None
    confirmed: int
    figures: int
    figures_agreed: int
    proposals: int
    value: str
    value_on: date | None
    value_by: str

    @property
    def read(self) -> int:
        return self.listed - self.unread

    @property
    def four(self) -> int:
        return len(Subject)

    @property
    def is_card_old(self) -> bool:
        """A role was changed since the card was published."""
        return bool(self.card_at and self.roles_at and self.roles_at > self.card_at)

    @property
    def is_value_confirmed(self) -> bool:
        return self.value == KnowingStatus.CONFIRMED

    @property
    def plan_tone(self) -> str:
        return tone_of(self.confirmed, self.four)

    @property
    def figures_tone(self) -> str:
        return tone_of(self.figures_agreed, self.figures)


def tone_of(done: int, whole: int) -> str:
    return "good" if whole and done >= whole else "warn" if done else "neutral"


def counted(rows: Any, **which: Any) -> Any:
    rows = rows.filter(plan=OuterRef("pk"), **which).order_by().values("plan").annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), Value(0))


def standing_of(plan: Any) -> Standing:
    cards = TeamCard.objects.filter(plan=OuterRef("pk")).order_by("-number")
    versions = PlanSnapshot.objects.filter(plan=OuterRef("pk")).order_by("-number")
    roles = TeamRole.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(at=Max("changed_at"))
    newest = PlanSnapshot.objects.filter(plan=OuterRef("snapshot__plan")).order_by("-number").values("pk")[:1]
    said: Any = PlanConfirmation.objects.filter(snapshot__plan=OuterRef("pk")).annotate(newest=Subquery(newest))
    said = said.filter(snapshot=F("newest")).order_by().values("snapshot__plan").annotate(n=Count("pk"))
    knows = Knowing.objects.filter(membership=OuterRef("membership")).order_by()
    readings = PlanReading.objects.filter(listed=True)
    kpis = Objective.objects.filter(kind=ObjectiveKind.KPI)
    found = AccountPlan.objects.filter(pk=plan.pk).values(
        listed=counted(readings),
        unread=counted(readings, last_at=None),
        card=Subquery(cards.values("number")[:1]),
        card_at=Subquery(cards.values("made_at")[:1]),
        roles_at=Subquery(roles.values("at")),
        shown=Subquery(versions.values("number")[:1]),
        confirmed=Coalesce(Subquery(said.values("n"), output_field=IntegerField()), Value(0)),
        figures=counted(kpis),
        figures_agreed=counted(kpis, agreed_on__isnull=False),
        proposals=counted(Proposal.objects.filter(state=ProposalState.OPEN)),
        value=Coalesce(Subquery(knows.values("status")[:1]), Value("")),
        value_on=Subquery(knows.values("confirmed_on")[:1]),
        value_by=Coalesce(Subquery(knows.values("confirmed_by")[:1]), Value("")),
    )
    return Standing(**found.get())
