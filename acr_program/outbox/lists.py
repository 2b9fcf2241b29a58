"""The list of outgoing mail, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from .filters import MessageFilter
from .models import Message
from .tables import OUTGOING, OUTGOING_READS


@known_list("mail", _("Outgoing mail"), page="outbox:list")
def outgoing_list(request: SignedRequest) -> ListPage:
    """Everything that goes out, newest first."""
    rows = Message.objects.select_related("person").only(*OUTGOING_READS)
    return ListPage(request, MessageFilter(request.GET, queryset=rows, request=request), OUTGOING)
