"""What the desk itself finds: people, and the places of the navigation."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.ui import nav
from acr_program.ui.shell import address

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
    """Pages and acts that this person's navigation leads to."""
    found = {
        url: Hit(entry.label, url, _("Go there"), icon=entry.icon)
        for entry in nav.entries
        if entry.visible(user)
        and all(word in folded(str(entry.label)) for word in text.split())
        and (url := address(entry.url_name))
    }
    return list(found.values())


searcher("places", gettext_lazy("Actions"), places, order=40)
searcher("people", gettext_lazy("People"), people, order=30)
