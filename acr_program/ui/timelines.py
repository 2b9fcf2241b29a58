"""What happened, each entry in one string: a story shows fifty of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.dateformat import format as dateformat
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from acr_program.ui.kept import gettext as _
from acr_program.ui.markup import attribute, safe
from acr_program.ui.phrases import moment


def entries_of(entries: Iterable[Any]) -> SafeString:
    return SafeString("\n".join(map(entry_of, entries)))


def entry_of(entry: Any) -> str:
    """Who did what, in which words, and when."""
    by_clock = entry.kind == "clock" and entry.by_name == "The clock"
    who = _("Automatically:") if by_clock else entry.by_name
    return (
        f'  <li class="timeline__entry" data-tone="{safe(entry.tone or "neutral")}"{attribute("data-kind", entry.kind)}>\n'
        f"    <p><b>{safe(who)}</b> {safe(entry.sentence)}</p>\n    {quoted(entry.comment)}\n"
        f'    <time datetime="{dateformat(localtime(entry.at), "c")}">{safe(moment(entry.at))}</time>\n  </li>'
    )


def quoted(comment: object) -> str:
    return f'<p class="quote">{"<br>".join(safe(comment).splitlines())}</p>' if comment else ""
