"""Words for times, numbers and lists of names, as a page says them: weekday, room in working days, names in full."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone
from django.utils.dateformat import format as dateformat
from django.utils.text import capfirst
from django.utils.translation import ngettext, pgettext

from acr_program.ui.kept import gettext as _
from acr_program.ui.kept import language


def day(value: date | datetime | None, empty: str = "") -> str:
    """Thu 10 Dec; with the year only where it is not this one."""
    if value is None:
        return empty or _("not set")
    on = timezone.localtime(value).date() if isinstance(value, datetime) and timezone.is_aware(value) else value
    return known_day(on.toordinal(), on.year == timezone.localdate().year, language())


@lru_cache(maxsize=4096)
def known_day(ordinal: int, this_year: bool, _language: str | None) -> str:
    """A list says the same few days many times."""
    form = pgettext("day of this year", "D j M") if this_year else pgettext("day of another year", "D j M Y")
    return dateformat(date.fromordinal(ordinal), form)


def month(value: date | None) -> str:
    """Nov 2019; nothing for no day."""
    return known_month(value.year, value.month, language()) if value else ""


@lru_cache(maxsize=2048)
def known_month(year: int, month: int, _language: str | None) -> str:
    return formats.date_format(date(year, month, 1), "M Y")


def long_day(value: date | None, empty: str = "") -> str:
    """Thursday 10 December 2026: for titles and mails."""
    return dateformat(value, pgettext("full day", "l j F Y")) if value else empty or _("not set")


def moment(value: datetime | None, empty: str = "") -> str:
    """Today, 13:06; Fri 13 Nov, 16:48."""
    if value is None:
        return empty or _("not yet")
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    when = relative(at.date()) or day(at.date())
    return _("%(day)s, %(time)s") % {"day": when, "time": formats.time_format(at, "H:i")}


def relative(on: date) -> str:
    """Today, yesterday, tomorrow, or nothing."""
    days = (on - timezone.localdate()).days
    if days == 0:
        return _("Today")
    return "" if abs(days) > 1 else _("Tomorrow") if days > 0 else _("Yesterday")


def room(days: int) -> str:
    """How much time is left, in working days: 4 days late, today, 2 working days of room."""
    return known_room(days, language())


@lru_cache(maxsize=2048)
def known_room(days: int, _language: str | None) -> str:
    if days < 0:
        return ngettext("%(n)d working day late", "%(n)d working days late", -days) % {"n": -days}
    if days == 0:
        return _("today")
    return ngettext("%(n)d working day of room", "%(n)d working days of room", days) % {"n": days}


def room_tone(days: int | None, soon: int = 3) -> str:
    """The tone of the room that is left."""
    if days is None:
        return "neutral"
    return "bad" if days < 0 else "warn" if days <= soon else "neutral"


def names(people: Iterable[Any]) -> str:
    """Kenji Otsuka, Anouk Ferrand and Bea Sørlie."""
    words = [str(person) for person in people]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def few(people: Iterable[Any], shown: int = 2) -> str:
    """Kenji Otsuka, Anouk Ferrand and 2 others."""
    words = [str(person) for person in people]
    rest = len(words) - shown
    if rest < 1:
        return names(words)
    others = ngettext("%(n)d other", "%(n)d others", rest) % {"n": rest}
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:shown]), "last": others}


def number(value: Any, places: int | None = None, empty: str = "") -> str:
    """1,204,300 in the reader's way of writing it; rounded half up as in the document, where Django would cut."""
    if value is None:
        return empty or _("no figure")
    return known_number(value, str(value), places, language())


@lru_cache(maxsize=4096, typed=True)
def known_number(value: Any, _written: str, places: int | None, _language: str | None) -> str:
    """By how it is written as well: 1.5 and 1.50 are the same number."""
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return formats.number_format(value, places, force_grouping=True)


def word_count(text: str) -> int:
    return len(text.split())


def sentence(text: str) -> str:
    """With a capital at its start and a full stop at its end."""
    text = capfirst(text.strip())
    return text if not text or text[-1] in ".!?…" else f"{text}."
