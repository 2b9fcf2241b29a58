"""What the lists of feedback can be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet
from reviews.choices import Audience
from reviews.choices_feedback import CustomerStatus, SuggestionKind, SuggestionStatus
from reviews.choices_voices import Source
from reviews.filters import ANY, known_options
from reviews.models import CustomerFeedback, Suggestion
from reviews.pages.feedback_results import BY


class FeedbackFilter(FilterSet):
    """The answers by customer, by how far they are, and by their review; and what their averages are compared by."""

    q = Folded(field_name="request__search")
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=CustomerStatus.choices, empty_label=ANY
    )
    audience = django_filters.ChoiceFilter(
        label=_("Audience"), field_name="request__audience", choices=Audience.choices, empty_label=_("Either")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="request__year", empty_label=ANY)
    unit = django_filters.ChoiceFilter(label=_("Business unit"), field_name="request__business_unit", empty_label=ANY)
    by = django_filters.ChoiceFilter(
        label=_("Compare by"), choices=[(key, label) for key, (label, _path) in BY.items()][1:], method="compared",
        empty_label=_("Year"),
    )  # fmt: skip

    class Meta:
        model = CustomerFeedback
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = known_options()
        self.filters["year"].extra["choices"] = sorted(options["year"], key=lambda pair: pair[1], reverse=True)
        self.filters["unit"].extra["choices"] = sorted(options["unit"])

    def compared(self, qs: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same rows: it is the averages above them that are put together otherwise."""
        return qs


class SuggestionFilter(FilterSet):
    """The suggestions by who made them, their state, where they came from, and what they would change."""

    q = Folded(field_name="suggested_by__search", label=_("Suggested by"))
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="status", choices=SuggestionStatus.choices, empty_label=ANY
    )
    kind = django_filters.ChoiceFilter(label=_("Of what"), choices=SuggestionKind.choices, empty_label=ANY)
    source = django_filters.ChoiceFilter(label=_("Where from"), choices=Source.choices, empty_label=ANY)

    class Meta:
        model = Suggestion
        fields: list[str] = []
