"""The navigation's links, each group in one string: every page draws all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from acr_program.ui import markup
from acr_program.ui.kept import gettext as _

if TYPE_CHECKING:
    from acr_program.ui.shell import Group, Link


def navigation(groups: Iterable[Group]) -> SafeString:
    """At the left: groups with their titles."""
    return SafeString("".join(map(group, groups)))


def group(of: Group) -> str:
    title = f'<p class="nav__title" id="nav-{of.key}">{markup.safe(of.title)}</p>' if of.title else ""
    return f'<div class="nav__group">{title}{"".join(map(link, of.links))}</div>'


def link(of: Link) -> str:
    icon = markup.icon(of.icon) if of.icon else ""
    count = markup.count(of.count.number, of.count.tone) if of.count else ""
    return f"{opened('nav__link', of)}{icon}{markup.safe(of.label)}{count}</a>"


def beside_search(links: Iterable[Link]) -> SafeString:
    """In the bar: on a narrow page the icon alone is seen."""
    return SafeString("".join(map(in_bar, links)))


def in_bar(of: Link) -> str:
    unread = f'<span class="visually-hidden">{markup.safe(_("unread"))}</span>'
    count = f"{markup.count(of.count.number, of.count.tone)}{unread}" if of.count else ""
    label = f'<span class="wide-word">{markup.safe(of.label)}</span>'
    return f"{opened('bar__link', of)}{markup.icon(of.icon)}{label}{count}</a>"


def opened(name: str, of: Link) -> str:
    return f'<a class="{name}" href="{markup.safe(of.url)}"{markup.attribute("aria-current", of.current)}>'
