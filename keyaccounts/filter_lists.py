"""The lists of the first filter, by name."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .absent import countable
from .filter_filters import ScorecardFilter
from .filter_tables import CARDS, VERSIONS
from .models import FilterVersion, Scorecard


@known_list("filter-versions", _("Versions of the first filter"), page="keyaccounts:filters", views=False)
def version_list(request: SignedRequest) -> ListPage:
    seen = countable(request.user, "scorecards__membership")
    counted = {"asked": Count("criteria", distinct=True), "scored": Count("scorecards", filter=seen, distinct=True)}
    rows = FilterVersion.objects.visible_to(request.user).select_related("published_by").annotate(**counted)
    return ListPage(request, rows, VERSIONS)


@known_list("scorecards", _("Scorecards of nominations"), page="keyaccounts:scorecards")
def card_list(request: SignedRequest) -> ListPage:
    rows = Scorecard.objects.visible_to(request.user).for_list()
    return ListPage(request, ScorecardFilter(request.GET, queryset=rows.order_by(), request=request), CARDS)
