"""The lists of panels, by name; what one is recused from stands in none of them and is not counted."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .choices_panel import ReviewStatus
from .filters_panel import ReviewFilter
from .models import PanelReview, PanelSession
from .tables_panel import PANELS, WAITING


@known_list("panels", _("Panels"), page="keyaccounts:panels", views=False)
def panel_list(request: SignedRequest) -> ListPage:
    of = (
        PanelReview.objects.visible_to(request.user)
        .filter(session=OuterRef("pk"))
        .exclude(status=ReviewStatus.WITHDRAWN)
    )
    counted = of.order_by().values("session").annotate(n=Count("pk")).values("n")
    rows = PanelSession.objects.visible_to(request.user).select_related("chair")
    return ListPage(request, rows.annotate(accounts=Coalesce(Subquery(counted), 0)), PANELS)


@known_list("panel-accounts", _("Accounts before a panel"), page="keyaccounts:panel-accounts")
def review_list(request: SignedRequest) -> ListPage:
    rows = PanelReview.objects.visible_to(request.user).select_related("membership__account__manager", "session")
    rows = rows.defer("packet")
    return ListPage(request, ReviewFilter(request.GET, queryset=rows.order_by(), request=request), WAITING)
