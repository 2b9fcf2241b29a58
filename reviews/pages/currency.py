"""How current the standard template is, for the charter: what is in force, how fresh it is, when it is asked about (G-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.workflow.ages import with_since
from reviews.choices import Audience, TemplateStatus
from reviews.models import ContentItem, TemplateVersion
from reviews.quarters import first_working_day, following, quarter_of


@dataclass(frozen=True)
class Currency:
    """One audience: the version in force, since when, and how many of its standard texts somebody's word keeps fresh."""

    audience: str
    version: TemplateVersion | None
    since: datetime | None
    texts: int
    stale: int

    @property
    def fresh(self) -> int:
        return self.texts - self.stale

    @property
    def tone(self) -> str:
        return "warn" if self.stale else "good"


def currencies(on: date) -> list[Currency]:
    """Each audience there is, whether it has a version or not: two queries."""
    rows = with_since(TemplateVersion.objects.filter(status=TemplateStatus.PUBLISHED))
    versions = {version.audience: version for version in rows}
    gone = Q(current__fresh_until=None) | Q(current__fresh_until__lt=on)
    counted = ContentItem.objects.in_use().order_by().values("audience")
    told = counted.annotate(n=Count("pk"), stale=Count("pk", filter=gone)).values_list("audience", "n", "stale")
    texts = {audience: (n, stale) for audience, n, stale in told}
    return [
        Currency(str(Audience(one).label), version := versions.get(one), version and version.since, *texts.get(one, (0, 0)))
        for one in Audience.values
    ]  # fmt: skip


def next_asking(on: date) -> date:
    """The next day on which contributors are asked whether their texts hold: the first working day of a quarter."""
    this = first_working_day(quarter_of(on))
    return this if this > on else first_working_day(following(quarter_of(on)))


def of_program(program: Program, user: User) -> str:
    """On the charter's page, for everybody who reads it; versions are linked for those who may open them."""
    today = localdate()
    opened = TemplateVersion.objects.visible_to(user)
    said: dict[str, Any] = {
        "rows": currencies(today),
        "may_open": not opened.query.is_empty(),
        "asked": next_asking(today),
    }
    return render_to_string("reviews/currency.html", said)
