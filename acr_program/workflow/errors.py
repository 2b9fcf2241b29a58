"""Why a step or an edit was refused: each carries one sentence for the person, and what to do."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


class Refused(Exception):
    """Something asked for was not done. Nothing was changed. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StepClosed(Refused):
    """The state offers no such step, or offers it no more."""


class StepBlocked(Refused):
    """The step is there, but something it needs is missing."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class Stale(Refused):
    """The object has changed since the page was read (P7, P8)."""


class Direct(Exception):
    """A transition was called past `perform`; a programmer's mistake."""


def who_was_faster(obj: Any, *, moved: bool = False) -> str:
    """The sentence that names the last act on this object, who did it and when; with `moved`, the last that moved its state."""
    acts = obj.log().select_related("by", "on_behalf_of")
    entry = (acts.exclude(before=F("after")) if moved else acts).last()
    if entry is None:
        return ""
    when = localtime(entry.at)
    return _("%(who)s: %(what)s, %(day)s at %(time)s.") % {
        "who": entry.by_name,
        "what": entry.label,
        "day": date_format(when, "D j M Y"),
        "time": date_format(when, "H:i"),
    }
