"""The lists of this room, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .models import Batch
from .tables import BATCHES


@known_list("imports", _("Imports"), page="intake:batches", views=False)
def batch_list(request: SignedRequest) -> ListPage:
    """Every file that came in, or was to."""
    return ListPage(request, Batch.objects.visible_to(request.user).select_related("uploaded_by"), BATCHES)
