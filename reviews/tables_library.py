"""What the lists of the library and of the touch-points show."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.people.folding import bare, folded
from acr_program.ui import markup
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column

from .models import ContentItem, TouchPoint

WORD = re.compile(r"\w+|\W+")
LONGEST = 160


def freshness(item: ContentItem) -> SafeString | str:
    """Until when a person's word keeps it fresh, or that none does."""
    if item.current is None:
        return markup.quiet(_("not in use yet"))
    if item.is_stale(localdate()):
        return markup.badge(_("Stale"), "warn")
    return day(item.fresh_until)


def proposals(item: Any) -> SafeString | str:
    if not item.waiting:
        return ""
    return markup.toned(ngettext("%(n)d waits", "%(n)d wait", item.waiting) % {"n": item.waiting}, "warn")


def place(item: Any) -> SafeString | str:
    """The line in which the words looked for stand, with them marked; nothing while nothing is looked for."""
    words = folded(item.sought).split() if item.sought else []
    lines = item.current.text.splitlines() if item.current else []
    found = next(((n, line) for n, line in enumerate(lines, 1) if any(word in bare(line) for word in words)), None)
    if not words or found is None:
        return ""
    return format_html("{} {}", _("Line %(n)d:") % {"n": found[0]}, with_marks(found[1], words))


def with_marks(line: str, words: list[str]) -> SafeString:
    """The line cut to what stands around the first hit."""
    pieces = WORD.findall(line.strip())
    hits = [place for place, piece in enumerate(pieces) if any(word in bare(piece) for word in words)]
    first = max(0, (hits[0] if hits else 0) - 12)
    shown, length = [], 0
    for number, piece in enumerate(pieces[first:], first):
        length += len(piece)
        if length > LONGEST:
            shown.append("…")
            break
        shown.append(format_html("<mark>{}</mark>", piece) if number in hits else piece)
    return format_html_join("", "{}", ((piece,) for piece in (["… "] if first else []) + shown))


LIBRARY = Table(
    columns=[
        Column("title", gettext_lazy("Text"), "name", link=True, sub="of"),
        Column("owner", gettext_lazy("Who answers for it"), "owner_name", nowrap=True),
        Column("function", gettext_lazy("Function"), "function.name", empty=gettext_lazy("none")),
        Column("fresh", gettext_lazy("Fresh until"), freshness, nowrap=True, plain=lambda row: row.fresh_until),
        Column("waiting", gettext_lazy("Proposed"), proposals, empty=gettext_lazy("nothing"), plain=lambda row: row.waiting),
        Column("place", gettext_lazy("Where the words stand"), place, empty="", whole=True),
    ],
    sorts=[Sort("title", gettext_lazy("Title"), "title", "id"), Sort("newest", gettext_lazy("Newest"), "-id")],
    noun=(gettext_lazy("text"), gettext_lazy("texts")),
    also=[
        Column("audience", gettext_lazy("Audience")), Column("unit", gettext_lazy("Business unit"), empty=""),
        Column("text", gettext_lazy("Text in use"), "current.text"),
        Column("confirmed_on", gettext_lazy("Last confirmed"), "current.confirmed_on"),
    ],
)  # fmt: skip


def touch_tone(touch: TouchPoint) -> str:
    return "bad" if touch.is_late else "neutral"


def due(touch: TouchPoint) -> SafeString | str:
    """The day by which it is due, in red behind it."""
    if touch.is_answered:
        return _("answered %(day)s") % {"day": day(touch.answered_on)}
    shown = day(touch.due_on)
    return markup.toned(shown, "bad") if touch.is_late else shown


TOUCH_POINTS = Table(
    columns=[
        Column("person", gettext_lazy("Person"), "person.name", link=True, sub="person.title"),
        Column("quarter", gettext_lazy("Quarter"), "label", nowrap=True, plain=lambda row: row.quarter),
        Column("status", gettext_lazy("State")),
        age_column(touch_tone),
        Column("due_on", gettext_lazy("Answer due"), due, nowrap=True, plain=lambda row: row.due_on),
        Column("lead", gettext_lazy("Lead"), "person.reports_to.name", empty=gettext_lazy("nobody above")),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest"), "-id"), Sort("oldest", gettext_lazy("Oldest"), "id")],
    noun=(gettext_lazy("touch-point"), gettext_lazy("touch-points")),
    pick=True,
    also=[
        Column("kind", gettext_lazy("Asked as")), Column("asked_on", gettext_lazy("Asked on")),
        Column("answered_on", gettext_lazy("Answered on")),
    ],
)  # fmt: skip
