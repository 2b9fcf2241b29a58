"""What the lists of the library and of the touch-points can be narrowed to."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.charter.models import Function
from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet
from reviews.choices import Audience
from reviews.choices_library import TouchKind, TouchStatus
from reviews.filters import ANY
from reviews.models import ContentItem, Revision, TouchPoint
from reviews.quarters import ends_on, following, label_of, preceding, quarter_of

OVERDUE = "overdue"


def functions() -> list[tuple[int, str]]:
    return list(Function.objects.values_list("pk", "name"))


def lately() -> list[date]:
    """The quarter that is about to begin, the one that runs, and two years before it."""
    found = [following(quarter_of(localdate()))]
    while len(found) < 10:
        found.append(preceding(found[-1]))
    return found


class LibraryFilter(FilterSet):
    """The standard texts by the words in them, for whom they are, whose they are, and how fresh."""

    q = Folded(field_name="search", label=_("Words in the text"))
    audience = django_filters.ChoiceFilter(label=_("Audience"), choices=Audience.choices, empty_label=_("Either"))
    function = django_filters.ChoiceFilter(label=_("Function"), field_name="function", empty_label=ANY)
    fresh = django_filters.ChoiceFilter(
        label=_("Freshness"), choices=[("stale", _("Stale")), ("soon", _("Until this quarter’s end"))], method="by_freshness",
        empty_label=ANY,
    )  # fmt: skip
    proposed = django_filters.ChoiceFilter(
        label=_("Proposals"), choices=[("waiting", _("A new text waits"))], method="by_proposal", empty_label=ANY
    )

    class Meta:
        model = ContentItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["function"].extra["choices"] = functions()

    def by_freshness(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = localdate()
        if value == "stale":
            return qs.filter(Q(current__fresh_until=None) | Q(current__fresh_until__lt=today), current__isnull=False)
        return qs.filter(current__fresh_until__range=(today, ends_on(quarter_of(today))))

    def by_proposal(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return qs.filter(Exists(Revision.objects.waiting().filter(item=OuterRef("pk"))))


class TouchFilter(FilterSet):
    """The touch-points by quarter, state, and whether an answer is overdue; the board above them is by function."""

    quarter = django_filters.ChoiceFilter(label=_("Quarter"), empty_label=ANY)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(OVERDUE, _("Overdue")), *TouchStatus.choices], method="by_state", empty_label=ANY
    )
    kind = django_filters.ChoiceFilter(label=_("Asked as"), choices=TouchKind.choices, empty_label=_("Either"))

    class Meta:
        model = TouchPoint
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["quarter"].extra["choices"] = [(day.isoformat(), label_of(day)) for day in lately()]

    def by_state(self, qs: Any, name: str, value: str) -> QuerySet[Any]:
        return qs.overdue() if value == OVERDUE else qs.filter(status=value)
