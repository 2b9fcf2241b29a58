"""The lists of the library and of the touch-points, by name."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from acr_program.charter.models import Program
from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage
from acr_program.workflow.ages import with_since

from .choices_library import RevisionStatus
from .filters_library import LibraryFilter, TouchFilter
from .models import ContentItem, TouchPoint
from .tables_library import LIBRARY, TOUCH_POINTS


@known_list("library", _("Library"), page="reviews:library")
def library_list(request: SignedRequest) -> ListPage:
    """Every standard text, with whose it is, how fresh it is and what is proposed."""
    sought = request.GET.get("q", "")[:100]
    rows: Any = ContentItem.objects.visible_to(request.user).for_page().annotate(
        owner_name=Coalesce(F("function__contributor__name"), Subquery(Program.objects.values("manager__name")[:1])),
        waiting=Count("revisions", filter=Q(revisions__status=RevisionStatus.PROPOSED)),
        sought=Value(sought, output_field=TextField()),
    )  # fmt: skip
    return ListPage(request, LibraryFilter(request.GET, queryset=rows, request=request), LIBRARY)


@known_list("touch-points", _("Touch-points"), page="reviews:touch-points")
def touch_list(request: SignedRequest) -> ListPage:
    """Whom the quarters asked, who answered, and who is overdue."""
    rows = with_since(TouchPoint.objects.visible_to(request.user).for_page())
    return ListPage(request, TouchFilter(request.GET, queryset=rows, request=request), TOUCH_POINTS)
