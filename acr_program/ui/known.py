"""The lists there are, by name: one route exports each of them, and each carries the views that people keep of it.

    @known_list("requests", _("Requests"), page="reviews:requests")
    def request_list(request) -> ListPage: ...

`page` is the route that shows the list; who comes through there may export it, and nobody else. Where that is the page of one
record, `of` is the word by which an address names the record (`of="account"`: account=17), and the list is made for it:

    @known_list("orders", _("Order lines"), page="accounts:orders", of="account", views=False)
    def order_list(request, account) -> ListPage: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from acr_program.ui.lists import ListPage

Build = Callable[..., ListPage]


@dataclass(frozen=True)
class Known:
    """One list: its name in addresses, its title, the route of its page, and how it is made for a request."""

    name: str
    title: Any
    page: str
    build: Build
    views: bool = True  # whether views of it can be kept: it has filters
    of: str = ""  # for a list on a record's page: the word that names the record in an address

    @property
    def url(self) -> str:
        return reverse(self.page)

    def url_of(self, query: QueryDict) -> str:
        """The address of the page on which the list stands; 404 where the query names no record and one is needed."""
        try:
            return reverse(self.page, args=[query.get(self.of, "")]) if self.of else self.url
        except NoReverseMatch:
            raise Http404(_("The address does not say of what the list is.")) from None


_known: dict[str, Known] = {}
_viewers: list[Callable[[HttpRequest, Known], Any]] = []
_bars: list[Callable[[Any, ListPage], Any]] = []


def known_list(name: str, title: Any, *, page: str, views: bool = True, of: str = "") -> Callable[[Build], Build]:
    """Name the function that makes a list; a page calls the function this gives back."""

    def register(build: Build) -> Build:
        known = _known[name] = Known(name, title, page, build, views, of)

        @wraps(build)
        def opened(request: Any, *record: Any) -> ListPage:
            found = [view(request, known) for view in _viewers if known.views]
            shown = build(request, *record)
            shown.record = {of: str(record[0].pk)} if of else {}
            shown.known, shown.views = known, found[0] if found else None
            shown.bar = next((bar(request, shown) for bar in _bars if shown.table.pick), None)
            request.known_list = shown
            return shown

        return opened

    return register


def view_with(viewer: Callable[[HttpRequest, Known], Any]) -> None:
    """The one function that finds the views kept of a list; it runs before the list is made, and may narrow it."""
    _viewers[:] = [viewer]


def bar_with(bar: Callable[[Any, ListPage], Any]) -> None:
    """The one function that says what can be done with the ticked rows of a list; it has `steps` and `url`."""
    _bars[:] = [bar]


def find(name: str) -> Known | None:
    return _known.get(name)


def every() -> list[Known]:
    return list(_known.values())
