"""What the tokens of typed text stand for in one review: read from its content, formatted where they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.choices import FigureKind

from ..models import ReviewRequest
from ..tokens import LARGEST, NAMES, PLACES, tokens
from .amounts import WHOLE, cents, rounded
from .content import Content

NOT_ON_FILE = "not on file"
AMOUNT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[,.\u00a0\u202f’' ]\d{3})+|\d{1,12})(?:([.,])(\d{1,2}))?(?![\w])(?:[\s\u00a0\u202f]?(%))?"
)
LEAST = 100  # a smaller amount of money is as likely a count, a day or a page


class Reading(NamedTuple):
    """A token's value as it was computed, and how it is said: text, money, number, percent or signed."""

    how: str
    value: Any
    places: int = 0

    def said(self, content: Content) -> str:
        if self.value in (None, ""):
            return NOT_ON_FILE
        if self.how == "text":
            return str(self.value)
        places = {"money": 2, "percent": 1, "signed": 1}.get(self.how, self.places)
        return str(getattr(content.say, self.how)(self.value, places))


class Listed(NamedTuple):
    """One token as it stands beside an editor: what to type, what it means, what it says today."""

    name: str
    typed: str
    sentence: str
    value: str


class Hint(NamedTuple):
    """A figure that was typed, and the token that stands for it."""

    line: int
    typed: str
    token: str

    def __str__(self) -> str:
        words = _("Line %(line)d: “%(typed)s” is a figure on file. Write %(token)s, and it stays right.")
        return words % {"line": self.line, "typed": self.typed, "token": self.token}


def readings_of(content: Content) -> dict[str, Reading]:
    """Every token that may be named, by name."""
    found = dict.fromkeys(NAMES, Reading("text", None))
    return found | dict(words_of(content)) | dict(figures_of(content)) | dict(rows_of(content))


def words_of(content: Content) -> Iterator[tuple[str, Reading]]:
    request, years = content.request, content.years
    name = request.account.name
    meeting = content.say.day(request.meeting_on.isoformat()) if request.meeting_on else None
    texts = {
        "customer.name": name, "customer.contact": request.recipient.name if request.recipient else name,
        "company.name": request.program.company, "rep.name": request.rep.name, "rep.title": request.rep.title,
        "year.label": request.year.label, "year.span": years.span, "year.span_before": years.span_before,
        "meeting.day": meeting,
    }  # fmt: skip
    yield from ((name, Reading("text", text)) for name, text in texts.items())


def figures_of(content: Content) -> Iterator[tuple[str, Reading]]:
    figures, orders = content.figures, content.orders
    if figures is None:
        return
    now, then = figures["year"], figures["before"] or {}
    yield "figures.net", Reading("money", now["net"])
    yield "figures.net_before", Reading("money", then.get("net"))
    yield "figures.change", Reading("signed", now["change"])
    yield "figures.orders", Reading("number", now["orders"])
    yield "figures.orders_before", Reading("number", then.get("orders"))
    yield "figures.average", Reading("money", now["average"])
    for name in ("shipped", "on_time", "products"):
        yield f"figures.{name}", Reading("number", now[name])
    late = None if now["shipped"] is None else now["shipped"] - now["on_time"]
    yield "figures.late", Reading("number", late)
    yield "figures.on_time_share", Reading("percent", now["on_time_share"])
    yield "figures.on_time_share_before", Reading("percent", then.get("on_time_share"))
    days = orders.days_to_ship
    yield "figures.days_to_ship", Reading("number", days, 1 if days and days % 1 else 0)
    yield "figures.discount", Reading("money", cents(orders.discount) if orders.year else None)
    told = [figure.value for figure in content.told if figure.kind == FigureKind.SATISFACTION]
    yield "figures.satisfaction", Reading("number", told[-1] if told else None, 1)


def rows_of(content: Content) -> Iterator[tuple[str, Reading]]:
    figures = content.figures
    if figures is None:
        return
    for (place, _word), row in zip(PLACES, content.quarters, strict=True):
        yield f"quarters.{place}.label", Reading("text", row["label"])
        yield f"quarters.{place}.net", Reading("money", row.get("net"))
        yield f"quarters.{place}.orders", Reading("number", row.get("orders"))
        yield f"quarters.{place}.change", Reading("signed", row.get("change"))
        yield f"quarters.{place}.on_time_share", Reading("percent", row.get("on_time_share"))
    for part in ("categories", "products"):
        for (place, _word), row in zip(LARGEST, figures[part], strict=False):
            yield f"{part}.{place}.name", Reading("text", row["name"])
            yield f"{part}.{place}.net", Reading("money", row["net"])
            yield f"{part}.{place}.share", Reading("percent", row["share"])
            if part == "categories":
                yield f"{part}.{place}.change", Reading("signed", row["change"])


def nested(content: Content) -> dict[str, Any]:
    """The tokens as the engine reads them: plain text in dictionaries."""
    root: dict[str, Any] = {}
    for name, reading in readings_of(content).items():
        *way, last = name.split(".")
        place = root
        for step in way:
            place = place.setdefault(step, {})
        place[last] = reading.said(content)
    return root


def tokens_for(request: ReviewRequest, words: str = "") -> list[Listed]:
    """The tokens beside an editor with their present values; with `words`, those of which name or sentence has them all."""
    content = Content(request)
    read = readings_of(content)
    rows = [Listed(name, f"{{{{ {name} }}}}", str(sentence), read[name].said(content)) for name, sentence in tokens()]
    sought = words.lower().split()
    return [row for row in rows if all(word in f"{row.name} {row.sentence}".lower() for word in sought)]


def hints_for(request: ReviewRequest, text: str, content: Content | None = None) -> list[Hint]:
    """Figures that were typed though they are on file; the same figure once, and none of them forbids anything."""
    if not any(character.isdigit() for character in text):
        return []
    read, names = readings_of(content or Content(request)), [name for name, _sentence in tokens()]
    known = {key: name for name in reversed(names) for key in keys_of(read[name])}  # of equal figures the first listed
    found: dict[str, Hint] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for match in AMOUNT.finditer(line):
            token = known.get(key_of(match))
            if token and token not in found:
                found[token] = Hint(number, match[0].strip(), f"{{{{ {token} }}}}")
    return list(found.values())


def keys_of(reading: Reading) -> Iterator[tuple[bool, Decimal]]:
    """The ways in which somebody would type the figure: whether as a percentage, and what."""
    if reading.value is None or reading.how not in ("money", "percent", "signed"):
        return
    value = Decimal(reading.value)
    if reading.how == "money":
        if value >= LEAST:
            yield False, value
            yield False, rounded(value, WHOLE)
        return
    yield True, rounded(abs(value) * 100, Decimal("0.1"))
    yield True, rounded(abs(value) * 100, WHOLE)


def key_of(match: re.Match[str]) -> tuple[bool, Decimal]:
    whole, _point, part, percent = match.groups()
    return bool(percent), Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{part or 0}")
