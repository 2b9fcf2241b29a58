"""The packet of a panel: what is known of an account when the voting opens, frozen as plain data with its hash (K-14, M14).

Each part is a table: `gather(reviews)` gives, for each review, its rows. A cell is text, {"day": "2026-05-01"} or
{"number": "12.5"}: numbers and days stay what they are, and are worded for whoever reads them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.ui import phrases
from acr_program.workflow.book import once
from acr_program.workflow.log import canonical, plain

Cell = str | dict[str, str]
Rows = list[list[Cell]]
Gather = Callable[[Sequence[Any]], dict[int, Rows]]


class Part(NamedTuple):
    """One part of every packet: its key, its title, the heads of its columns (none: names and values), who gathers it."""

    key: str
    title: Any
    heads: Sequence[Any]
    gather: Gather


class Drawn(NamedTuple):
    """A part as a reader sees it."""

    key: str
    title: str
    heads: list[str]
    rows: list[list[str]]


class Moved(NamedTuple):
    """A line of a packet that says something else today: what stood, what stands; one of them empty where it came or went."""

    part: str
    name: str
    then: str
    now: str


_parts: dict[str, tuple[int, Part]] = {}


def packet_part(key: str, title: Any, heads: Sequence[Any], gather: Gather, *, order: int) -> None:
    """Let packets have this part; said in AppConfig.ready. At most two queries, whatever the number of reviews."""
    _parts[key] = (order, Part(key, title, heads, gather))


def parts() -> list[Part]:
    return [part for _order, part in sorted(_parts.values(), key=lambda known: known[0])]


def cell(value: Any) -> Cell:
    """A value as a packet keeps it."""
    if isinstance(value, datetime):
        value = localdate(value)
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return {"number": exact(value)}
    return "" if value is None else str(value)


def exact(value: Any) -> str:
    """The number without noughts that say nothing, so that the same figure is the same text."""
    written = format(Decimal(str(value)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def row(*values: Any) -> list[Cell]:
    return [cell(value) for value in values]


def gathered(reviews: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """The packets of these reviews as the facts stand now, each part asked once for all of them."""
    found: dict[int, dict[str, Any]] = {review.pk: {"parts": []} for review in reviews}
    for part in parts():
        rows = part.gather(reviews) if reviews else {}
        for review in reviews:
            said = {"key": part.key, "title": str(part.title), "heads": [str(head) for head in part.heads]}
            found[review.pk]["parts"].append(said | {"rows": rows.get(review.pk, [])})
    return {pk: plain(packet) for pk, packet in found.items()}


def packets_of(session: Any) -> dict[int, dict[str, Any]]:
    """What is known of all accounts on the agenda, gathered once for the click that opens the voting."""
    return once(f"packets of panel {session.pk}", lambda: gathered(session.on_agenda))


def hash_of(packet: Any) -> str:
    return hashlib.sha256(canonical(packet)).hexdigest()


def said(value: Cell) -> str:
    """A cell in the words of its reader."""
    if isinstance(value, str):
        return value
    if "day" in value:
        return phrases.long_day(date.fromisoformat(value["day"]))
    return str(phrases.number(Decimal(value["number"])))


def drawn(packet: dict[str, Any]) -> list[Drawn]:
    """The frozen packet, part by part, in the order in which it was frozen."""
    return [
        Drawn(part["key"], part["title"], part["heads"], [[said(value) for value in line] for line in part["rows"]])
        for part in packet.get("parts", ())
    ]


def moved(frozen: dict[str, Any], now: dict[str, Any]) -> list[Moved]:
    """What says something else today than the packet does, line by line; the packet itself stays as it is."""
    before, after = by_line(frozen), by_line(now)
    found = []
    for place in dict.fromkeys([*before, *after]):
        then, today = before.get(place, ""), after.get(place, "")
        if then != today:
            found.append(Moved(place[0], place[1], then, today))
    return found


def by_line(packet: dict[str, Any]) -> dict[tuple[str, str, int], str]:
    """Each line by its part, its name and its place among lines of the same name."""
    found: dict[tuple[str, str, int], str] = {}
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for part in drawn(packet):
        for name, *values in filter(None, part.rows):
            place = part.title, name
            seen[place] += 1
            found[(*place, seen[place])] = " · ".join(filter(None, values)) or _("nothing more")
    return found


def part_of(packet: dict[str, Any], key: str) -> Drawn | None:
    return next((part for part in drawn(packet) if part.key == key), None)


def by_account(rows: Iterable[Any], key: str = "account_id") -> dict[int, list[Any]]:
    """Rows by the account they are of, in the order read."""
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[getattr(one, key)].append(one)
    return found
