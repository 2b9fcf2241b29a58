"""The lists of the programme, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import with_since

from .absent import countable
from .filters import MembershipFilter, ReReviewFilter
from .models import Membership, NominationRound
from .models.round import with_counts
from .tables import MEMBERSHIPS, RE_REVIEWS, ROUNDS


@known_list("memberships", _("Memberships of the programme"), page="keyaccounts:memberships")
def membership_list(request: SignedRequest) -> ListPage:
    rows = with_since(Membership.objects.visible_to(request.user).for_list())
    return ListPage(request, MembershipFilter(request.GET, queryset=rows.order_by(), request=request), MEMBERSHIPS)


@known_list("re-reviews", _("Re-reviews"), page="keyaccounts:re-reviews")
def re_review_list(request: SignedRequest) -> ListPage:
    """Every account that has the status, the one whose day is first before the others (K-21)."""
    rows = Membership.objects.visible_to(request.user).holding().exclude(re_review_on=None).for_list()
    return ListPage(request, ReReviewFilter(request.GET, queryset=rows.order_by(), request=request), RE_REVIEWS)


@known_list("nomination-rounds", _("Rounds of nominations"), page="keyaccounts:rounds", views=False)
def round_list(request: SignedRequest) -> ListPage:
    rows = with_counts(NominationRound.objects.visible_to(request.user), countable(request.user, "memberships"))
    return ListPage(request, rows.order_by(), ROUNDS)
