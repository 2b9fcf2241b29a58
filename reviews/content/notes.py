"""The notes on the figures: source, rule and date of each, and what the file does not hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.html import escape

from .amounts import Say
from .years import QUARTERS, Years, following, named


def notes_of(years: Years, currency: str, say: Say) -> dict[str, Any] | None:
    """None where there are no figures to be explained."""
    if not years.known:
        return None
    notes = sources(years)
    notes += [note("The year before", text, years.as_of) for text in [before(years, say)] if text]
    if years.from_lines:
        notes.append(note("On time", ON_TIME, years.as_of))
    notes.append(note("Percentages", PERCENTAGES, years.as_of))
    notes.append(
        note(
            "Currency",
            f"Amounts are in {currency}. Each is rounded once, half up, from its unrounded sum.",
            years.as_of,
        )
    )
    origin = {"source": "Rules of the program", "owner": "Program office", "as_of": iso(years.as_of)}
    return {
        "key": "notes",
        "kind": "notes",
        "title": "Notes on the figures",
        "notes": notes,
        "follows": True,
        "origin": origin,
    }


FROM_LINES = (
    "All order lines of the orders placed in the quarter. Net value is quantity by unit price less discount, summed and rounded"
    " once."
)
ON_TIME = (
    "Shipped in whole on or before the day promised with the order. An order counts in the quarter in which it was placed; one"
    " without a promised day counts neither as on time nor as late."
)
PERCENTAGES = (
    "No percentage of change is printed where either side rests on fewer than two orders. Shares may not add to 100 because of"
    " rounding."
)


def sources(years: Years) -> list[dict[str, Any]]:
    """How the figures come about: once for all that order lines tell, and once for each who told any."""
    lines = [row for row in years.known if not row.stated]
    notes = [note("Orders and net value", FROM_LINES, max(row.as_of for row in lines))] if lines else []
    for source in dict.fromkeys(row.source for row in years.known if row.stated):
        rows = [row for row in years.known if row.stated and row.source == source]
        notes.append(
            note("Figures as told", f"Net value and orders of {named(rows)}: {source}.", max(r.as_of for r in rows))
        )
    return notes


def before(years: Years, say: Say) -> str:
    """What the year before lacks; empty where it is whole."""
    then = years.rows[:QUARTERS]
    if all(then) and not opens_within(years):
        return ""
    if not years.before:
        return "No quarter of the year before is on file, so no growth is stated."
    said = [f"The file opens on {say.day(years.opens_on.isoformat())}."] if years.opens_on else []
    if not all(then):
        said.append(f"On file of the year before: {named(years.before)}.")
        said.append("Growth is stated on the quarters that both years have.")
    return " ".join(said)


def opens_within(years: Years) -> bool:
    """Whether the file opens after the first day of its first quarter on these pages: that quarter lacks some days."""
    return bool(
        years.opens_on and years.opens_on > years.begins[0] and years.opens_on < following(years.begins[QUARTERS - 1])
    )


def note(title: str, text: str, as_of: date | None) -> dict[str, Any]:
    return {"title": title, "html": f"<p>{escape(text)}</p>", "as_of": iso(as_of)}


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
