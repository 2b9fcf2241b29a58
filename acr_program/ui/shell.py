"""What every page of the shell needs: navigation, company, contact, theme. Lazy: who shows none pays for none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext as _

from acr_program.ui import nav

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Contact:
    """Who answers questions about the program."""

    name: str
    email: str

    @property
    def short_name(self) -> str:
        return self.name.split(" ")[0]


@dataclass(frozen=True)
class Link:
    """An entry as this person sees it on this page."""

    label: Any
    url: str
    icon: str
    count: nav.Count | None
    current: str


@dataclass(frozen=True)
class Group:
    key: str
    title: Any
    links: list[Link]


providers: dict[str, Callable[[], Any]] = {}


def provide(**functions: Callable[[], Any]) -> None:
    """Say company, contact or year better than the settings can. It runs on each page: keep a cache of your own."""
    providers.update(functions)


def company() -> str:
    """The name of the house, as every title ends with it."""
    given = providers["company"]() if "company" in providers else ""
    return str(given or getattr(settings, "ACR_COMPANY", "") or _("Customer Reviews"))


def contact() -> Contact | None:
    """The program manager, as every page's foot names them."""
    person: Contact | None = providers["contact"]() if "contact" in providers else None
    if person:
        return person
    email = getattr(settings, "ACR_CONTACT_EMAIL", "")
    return Contact(getattr(settings, "ACR_CONTACT_NAME", "") or email, email) if email else None


class Shell:
    """One page's shell. At most one query, and only if a counter is registered and the navigation is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def company(self) -> str:
        return company()

    @property
    def named(self) -> bool:
        """Whether the house has said its name; if not, the program's own stands alone."""
        return self.company != _("Customer Reviews")

    @property
    def themes(self) -> list[tuple[str, str]]:
        return [("light", _("Light")), ("dark", _("Dark")), ("", _("As the system"))]

    @cached_property
    def contact(self) -> Contact | None:
        return contact()

    @cached_property
    def year(self) -> str:
        return str(providers["year"]() or "") if "year" in providers else ""

    @property
    def page(self) -> str:
        """The address of this page, for a question that is asked from it."""
        return self.request.get_full_path()

    @property
    def theme(self) -> str:
        """light, dark, or empty for what the reader's system says."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def user(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def groups(self) -> list[Group]:
        """The navigation at the left."""
        return [self.group(key) for key in nav.GROUPS if key not in ("bar", "me") and self.group(key).links]

    @cached_property
    def bar(self) -> list[Link]:
        return self.group("bar").links

    @cached_property
    def me(self) -> list[Link]:
        return self.group("me").links

    def group(self, key: str) -> Group:
        return Group(key, nav.GROUPS[key], [link for group, link in self.links if group == key])

    @cached_property
    def links(self) -> list[tuple[str, Link]]:
        """Every entry this person may see, counted; an address that is not there yet is left out."""
        found = [(entry, address(entry.url_name)) for entry in nav.entries if self.user and entry.visible(self.user)]
        here = self.here([url for _entry, url in found if url])
        return [
            (entry.group, Link(entry.label, url, entry.icon, self.counts.get(entry.count), here.get(url, "")))
            for entry, url in found
            if url
        ]

    def here(self, urls: list[str]) -> dict[str, str]:
        """Which link is this page, or the nearest one above it: the longest address that this one begins with."""
        path = self.request.path
        above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
        return {max(above, key=len): "page" if path in above else "true"} if above else {}

    @cached_property
    def counts(self) -> dict[str, nav.Count]:
        return nav.counters[0](self.user) if nav.counters and self.user else {}


def address(name: str) -> str:
    return known_address(name, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=256)
def known_address(name: str, _prefix: str, _urlconf: str) -> str:
    """Empty for a route that is not there; looked up once, as every page asks for all of them."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
