"""The lists of this room, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .filters import ExportFilter
from .models import Export
from .tables import EXPORTS


@known_list("exports", _("Exports"), page="exports:log")
def export_list(request: SignedRequest) -> ListPage:
    rows = Export.objects.select_related("person")
    return ListPage(request, ExportFilter(request.GET, queryset=rows, request=request), EXPORTS)
