"""What the lists of the programme can be narrowed to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.desk.filters import Folded
from acr_program.ui.filters import FilterSet

from .choices import MembershipStatus
from .models import Membership, Tier, programme_words
from .tables import SOON

ANY = _("Any")
OVERDUE, DUE, LATER = "overdue", "due", "later"


def states() -> list[tuple[str, Any]]:
    """With “key account” in the programme's own words (K-04)."""
    own = {MembershipStatus.KEY_ACCOUNT.value: programme_words().title}
    return [(value, own.get(value, label)) for value, label in MembershipStatus.choices]


class MembershipFilter(FilterSet):
    """By account, by state, by tier, by the year and the quarter of the nomination."""

    search = Folded(field_name="search", label=_("Account"))
    status = django_filters.ChoiceFilter(label=_("Stands at"), choices=states, empty_label=ANY)
    tier = django_filters.ModelChoiceFilter(
        label=_("Tier"), method="by_tier", queryset=Tier.objects.all(), empty_label=ANY
    )
    year = django_filters.NumberFilter(field_name="round__year", label=_("Nominated in the year"))
    quarter = django_filters.NumberFilter(field_name="round__quarter", label=_("Nominated in the quarter"))

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_tier(self, rows: Any, _name: str, tier: Tier) -> Any:
        """Those that have it now."""
        return rows.holding().filter(tier=tier)


class ReReviewFilter(FilterSet):
    """By account, by how near the day is (K-21), by tier."""

    search = Folded(field_name="search", label=_("Account"))
    when = django_filters.ChoiceFilter(
        label=_("Due"), method="by_day", empty_label=ANY,
        choices=[(OVERDUE, _("Overdue")), (DUE, _("Due within 30 days")), (LATER, _("Later"))],
    )  # fmt: skip
    tier = django_filters.ModelChoiceFilter(label=_("Tier"), queryset=Tier.objects.all(), empty_label=ANY)

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_day(self, rows: Any, _name: str, value: str) -> Any:
        today = localdate()
        soon = today + timedelta(days=SOON)
        return {
            OVERDUE: rows.filter(re_review_on__lt=today),
            DUE: rows.filter(re_review_on__gte=today, re_review_on__lte=soon),
            LATER: rows.filter(re_review_on__gt=soon),
        }.get(value, rows)
