"""What the lists of reviews can be narrowed to."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theater
from accounts.filters import UNITS
from acr_program.people.folding import folded
from acr_program.ui.filters import FilterSet, Search
from acr_program.workflow.obligations import Obligation
from reviews.choices import Audience, ContributionStatus, RequestStatus
from reviews.models import InformationRequest, ReviewRequest

UNDER_WAY = "live"
ANY = _("Any")
OPTIONS = """
    SELECT 'unit', unit, unit FROM units WHERE unit IS NOT NULL
    UNION ALL SELECT 'year', CAST(id AS text), label FROM charter_programyear
"""


class Folded(Search):
    """Search in a folded column, with what is typed folded alike."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return super().filter(qs, folded(value or ""))


class RequestFilter(FilterSet):
    """The requests by their account, their state, and what they are for."""

    q = Folded(over=["search"])
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(UNDER_WAY, _("Any under way")), *RequestStatus.choices], method="by_state",
        empty_label=ANY,
    )  # fmt: skip
    audience = django_filters.ChoiceFilter(label=_("Audience"), choices=Audience.choices, empty_label=_("Either"))
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="year", empty_label=ANY)
    theater = django_filters.ChoiceFilter(
        label=_("Theater"), field_name="theater", choices=Theater.choices, empty_label=ANY
    )
    unit = django_filters.ChoiceFilter(label=_("Business unit"), field_name="business_unit", empty_label=ANY)

    class Meta:
        model = ReviewRequest
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = known_options()
        self.filters["year"].extra["choices"] = sorted(options["year"], key=lambda pair: pair[1], reverse=True)
        self.filters["unit"].extra["choices"] = sorted(options["unit"])

    def by_state(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.live() if value == UNDER_WAY else qs.filter(status=value)


class SectionFilter(FilterSet):
    """The sections by their review, their state, and whether somebody is late with one."""

    q = Folded(over=["request__search"])
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=ContributionStatus.choices, empty_label=ANY
    )
    late = django_filters.ChoiceFilter(label=_("Due"), choices=[("late", _("Late"))], method="by_day", empty_label=ANY)

    class Meta:
        model = InformationRequest
        fields: list[str] = []

    def by_day(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What waits for somebody since before now."""
        kind = ContentType.objects.get_for_model(InformationRequest)
        late = Obligation.objects.open().filter(content_type=kind, due_at__lt=now())
        return qs.filter(pk__in=late.values("object_id"))


def known_options() -> dict[str, list[tuple[str, str]]]:
    """The years and the business units there are, in one query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(f"{UNITS} {OPTIONS}")
        for kind, value, label in cursor.fetchall():
            found[kind].append((value, label))
    return found
