"""What the lists of reviews can be narrowed to."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theater
from accounts.filters import UNITS
from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet
from acr_program.workflow.obligations import Obligation
from reviews.choices import Audience, ContributionStatus, DeviationStatus, FollowUpStatus, PrintStatus, RequestStatus
from reviews.models import Deviation, FollowUp, InformationRequest, PrintAlarm, PrintOrder, ReviewRequest

UNDER_WAY = "live"
ANY = _("Any")
OPTIONS = """
    SELECT 'unit', unit, unit FROM units WHERE unit IS NOT NULL
    UNION ALL SELECT 'year', CAST(id AS text), label FROM charter_programyear
"""


class RequestFilter(FilterSet):
    """The requests by their account, their state, and what they are for."""

    q = Folded(field_name="search")
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

    q = Folded(field_name="request__search")
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


class DeviationFilter(FilterSet):
    """The deviations by their review and their state."""

    q = Folded(field_name="request__search")
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=DeviationStatus.choices, empty_label=ANY
    )

    class Meta:
        model = Deviation
        fields: list[str] = []


class FollowUpFilter(FilterSet):
    """The follow-ups by customer and words, by how they stand, by whose they are, and by their day."""

    q = Folded(field_name="search")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(UNDER_WAY, _("Still open")), *FollowUpStatus.choices], method="by_state", empty_label=ANY
    )  # fmt: skip
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), choices=[("mine", _("Mine"))], method="by_owner", empty_label=ANY
    )
    late = django_filters.ChoiceFilter(label=_("Due"), choices=[("late", _("Late"))], method="by_day", empty_label=ANY)

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def by_state(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.still_open() if value == UNDER_WAY else qs.filter(status=value)

    def by_owner(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One's own, and those of whoever one stands in for."""
        user = self.request.user
        return qs.filter(owner__in=[user.pk, *user.stands_in_for])

    def by_day(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.still_open().filter(due_on__lt=localdate())


class PrintOrderFilter(FilterSet):
    """The print orders by their review, how they stand, and whether their day is in danger."""

    q = Folded(field_name="request__search")
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=PrintStatus.choices, empty_label=ANY
    )
    day = django_filters.ChoiceFilter(
        label=_("Day needed"), choices=[("alarm", _("In danger"))], method="by_alarm", empty_label=ANY
    )

    class Meta:
        model = PrintOrder
        fields: list[str] = []

    def by_alarm(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(pk__in=PrintAlarm.objects.standing().values("order"))


def known_options(also: str = "") -> dict[str, list[tuple[str, str]]]:
    """The years and the business units there are, and what else a list asks for (SQL of three columns), in one query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(f"{UNITS} {OPTIONS} {also}")
        for kind, value, label in cursor.fetchall():
            found[kind].append((value, label))
    return found
