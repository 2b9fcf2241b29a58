"""The lists of the desk, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.models import Message
from acr_program.outbox.tables import MINE
from acr_program.people.requests import SignedRequest
from acr_program.ui.known import known_list
from acr_program.ui.lists import ListPage

from . import directory
from .filters import PersonFilter
from .late import late_obligations
from .tables import PEOPLE, late_for


@known_list("people", _("People"), page="desk:people")
def people_list(request: SignedRequest) -> ListPage:
    found = PersonFilter(request.GET, queryset=directory.rows(request.user), request=request)
    return ListPage(request, found, PEOPLE)


@known_list("late", _("What is late"), page="desk:late", views=False)
def late_list(request: SignedRequest) -> ListPage:
    """What is late, whoever holds it."""
    user, rows = request.user, late_obligations()
    rows = rows.without_absent(user.pk, user.roles, user.stands_in_for).select_related("person")
    return ListPage(request, rows, late_for(user))


@known_list("messages", _("My messages"), page="desk:messages", views=False)
def message_list(request: SignedRequest) -> ListPage:
    """Every mail to me, newest first; the same words as in the mail."""
    rows = Message.objects.filter(person=request.user).for_list()
    return ListPage(request, rows, MINE)
