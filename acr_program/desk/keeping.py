"""Kept views above a list: which there are for this person, which one is shown, and with which one the list opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.known import Known
from acr_program.ui.parts import View

from .models import DefaultView, SavedView

NOT_FILTERS = ("page", "view")


@dataclass(frozen=True)
class Views:
    """What stands above a list: a tab for each view, what can be done with the present filters, a sentence."""

    tabs: list[View]
    keep_url: str
    change_url: str
    sentence: str


def views_of(request: Any, known: Known) -> Views:
    """One query. A list asked for without a word opens with the view that this person chose for it."""
    found = SavedView.objects.of_list(known.name, request.user)
    chosen = next((view for view in found if view.opens), None)
    if chosen:
        request.opens_with_view = True
        if not request.GET and request.method in ("GET", "HEAD"):
            request.GET = QueryDict(f"{chosen.query}&view={chosen.pk}".lstrip("&"))
    asked = request.GET.get("view", "")
    shown = next((view for view in found if str(view.pk) == asked), None)
    query = bare(request.GET)
    kept = next((view for view in found if bare(QueryDict(view.query)) == query), None) if query else None
    return Views(
        tabs=tabs(known, found, shown if shown and kept == shown else kept, query, request.user) if found else [],
        keep_url=f"{reverse('desk:keep-view', args=[known.name])}?{request.GET.urlencode()}"
        if query and not kept
        else "",
        change_url=reverse("desk:view", args=[shown.pk]) if shown else "",
        sentence=said_of(shown, asked, request.user),
    )


def bare(query: QueryDict) -> dict[str, list[str]]:
    """Filters and order alone."""
    return {
        word: said for word, values in query.lists() if word not in NOT_FILTERS and (said := [v for v in values if v])
    }


def tabs(known: Known, found: list[Any], current: Any, query: dict[str, list[str]], user: User) -> list[View]:
    everything = View(_("All"), f"{known.url}?view=", current=not query)
    return [everything, *(View(named(view, user), address(known, view), current=view is current) for view in found)]


def named(view: SavedView, user: User) -> str:
    """A colleague's view says whose it is."""
    if view.person_id == user.pk:
        return view.title
    return _("%(title)s (%(name)s)") % {"title": view.title, "name": view.person.name}


def address(known: Known, view: SavedView) -> str:
    return f"{known.url}?{f'{view.query}&' if view.query else ''}view={view.pk}"


def said_of(view: SavedView | None, asked: str, user: User) -> str:
    if view is None:
        gone = _("The view that this address names is not there any more, or is not shared with you any more.")
        return f"{gone} {_('What it was narrowed to stands in the address, and still holds.')}" if asked else ""
    if view.person_id != user.pk and not view.person.is_active:
        words = _(
            "%(name)s, who kept this view, has left. It goes on as it is; keep it under a name of your own to change it."
        )
        return words % {"name": view.person.name}
    return ""


def keep(user: User, known: Known, query: str, *, title: str, shared: str, opens: bool) -> SavedView:
    """Keep these filters; the same name again means the same view."""
    told = {"query": urlencode(bare(QueryDict(query)), doseq=True), "shared": shared}
    view = SavedView.objects.update_or_create(person=user, list_name=known.name, title=title, defaults=told)[0]
    open_with(user, view, opens)
    return view


def open_with(user: User, view: SavedView, opens: bool) -> None:
    """Let the list open with this view for this person, or not any more."""
    if opens:
        DefaultView.objects.update_or_create(person=user, list_name=view.list_name, defaults={"view": view})
    else:
        DefaultView.objects.filter(person=user, view=view).delete()
