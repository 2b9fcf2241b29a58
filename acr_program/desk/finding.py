"""What the desk itself finds: people, and the places of the navigation."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.models import User
from acr_program.people.roles import anyone, program_office
from acr_program.ui.shell import address

from .commands import command, commands_called
from .search import Hit, matching, searcher


def people(user: User, text: str) -> Sequence[Hit]:
    rows = matching(User.objects.visible_to(user).order_by("-is_active", "name", "pk"), text)
    return [
        Hit(
            person.name, reverse("desk:person", args=[person.pk]), person.title or person.email,
            badge="" if person.is_active else _("Switched off"), icon="person",
        )
        for person in rows
    ]  # fmt: skip


def places(user: User, text: str) -> Sequence[Hit]:
    """Pages and acts that this person may go to; no query."""
    return [
        Hit(found.label, address(found.url_name), _("Go there"), icon=found.icon)
        for found in commands_called(user, text)
    ]


searcher("places", gettext_lazy("Actions"), places, order=40)
searcher("people", gettext_lazy("People"), people, order=30)
command(
    gettext_lazy("Invite somebody"),
    "desk:invite",
    "person",
    program_office,
    gettext_lazy("add a person, new colleague"),
)
command(gettext_lazy("Keyboard shortcuts"), "desk:shortcuts", "key", anyone, gettext_lazy("help, keys"))
