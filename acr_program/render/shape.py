"""Checked inputs, shaped for the partials: nothing is computed here but what counts or adds up rows on the page."""

import itertools
import textwrap
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from .checking import complete
from .clean import by_heading
from .figures import Figures, Period
from .numbers import Filters, big_numbers

MARGIN = 400  # characters of a note in the margin of the internal edition
BRIEF = 1_400  # characters, a heading counted as two hundred: about a third of a page
FROM_FIGURES = {  # sections whose data are as of the day of the figures
    "figures": ("numbers", "quarters"),
    "promise": ("orders", "orders_before"),
    "mix": ("categories", "products"),
}
OPTIONAL = ("average", "shipped", "on_time_share")  # rows of the quarter table that stand only where something is known


def shaped_figures(figures: dict[str, Any] | None, currency: str, say: Filters) -> dict[str, Any]:
    """The figures with their big numbers; where none are on file, everything is there and empty."""
    figures = figures or complete({}, Figures)
    assert figures is not None
    numbers = big_numbers(figures, currency, say)
    nothing = complete({}, Period)
    rows = [figures["year"] or nothing, *figures["quarters"]]
    return {
        **figures,
        "numbers": numbers,
        "year": figures["year"] or nothing,
        "before": figures["before"] or nothing,
        "late": figures["late"] or [order for order in figures["orders"] if (order["days"] or 0) > 0],
        "orders_net": figures["orders_net"] or str(sum((Decimal(one["net"]) for one in figures["orders"]), Decimal())),
        "has": {name: any(row[name] is not None for row in rows) for name in OPTIONAL},
    }


def shaped_section(section: dict[str, Any], as_of: str | None, say: Filters) -> dict[str, Any]:
    """A section with what its partial asks for: text cut at its headings, outcomes counted, sides parted."""
    parts = by_heading(section.get("html") or "")
    shaped: dict[str, Any] = {
        **section,
        **{name: [dict(one) for one in section[name]] for name in ("items", "notes") if name in section},
        "origin": section["origin"] and {name: in_margin(said) for name, said in section["origin"].items()},
        "numbered": section["kind"] != "letter",
        "brief": False,
        "parts": [{"title": part["title"], "html": Markup(part["html"])} for part in parts],  # noqa: S704 - cleaned
    }
    if section["origin"] and section["kind"] in FROM_FIGURES:
        shaped["origin"]["as_of"] = shaped["origin"]["as_of"] or as_of
    for part in shaped.get("items", []):
        part["html"] = dated(part["html"], f"As confirmed on {say['day'](part['confirmed'])}." if part["stale"] else "")
    for part in shaped.get("notes", []):
        part["html"] = dated(part["html"], f"As of {say['day'](part['as_of'])}." if part["as_of"] else "")
    if section["kind"] == "follow":
        counts = dict.fromkeys(("done", "late", "dropped", "open"), 0)
        for one in section["outcomes"]:
            counts[one["outcome"]] += 1
        shaped["tally"] = counts | {"done": counts["done"] + counts["late"]}
    if section["kind"] == "commitments":
        for side in ("us", "you"):
            shaped[side] = [one for one in section["commitments"] if one["side"] == side]
    return shaped


def has_nothing(section: dict[str, Any], figures: dict[str, Any]) -> bool:
    """Whether a section only says that nothing is on file."""
    if section["kind"] == "letter" or section["parts"]:
        return False
    own = ("items", "tables", "outcomes", "commitments", "people", "notes")
    drawn = FROM_FIGURES.get(section["kind"], ())
    return not any(section.get(name) for name in own) and not any(figures[name] for name in drawn)


def let_brief_ones_follow(sections: list[dict[str, Any]]) -> None:
    """A few lines of prose do not take a page of their own where the page before holds a few lines as well."""
    for before, section in itertools.pairwise(sections):
        section["follows"] = section["follows"] or (is_brief(before) and is_brief(section))
        section["brief"] = section["follows"] and is_brief(section)


def is_brief(section: dict[str, Any]) -> bool:
    if section["empty"]:
        return True
    if section["kind"] not in {"text", "input"} or section["tables"]:
        return False
    texts = [section["html"], *(item["html"] for item in section["items"])]
    return sum(len(text) for text in texts) + 200 * len(texts) < BRIEF


def in_margin(said: str | None) -> str | None:
    """What a margin note has room for, by whole words."""
    return said and textwrap.shorten(said, MARGIN, placeholder=" …")


def dated(html: str, words: str) -> Markup:
    """The text with its date at the end of its last paragraph."""
    if not words:
        return Markup(html)  # noqa: S704 - cleaned
    stamp = f'<span class="asof">{words}</span>'
    html = str(html)
    return Markup(f"{html[:-4]} {stamp}</p>" if html.endswith("</p>") else f"{html}<p>{stamp}</p>")  # noqa: S704


def colophon(figures: dict[str, Any]) -> str:
    """What the picture on the cover shows, for the page that explains it."""
    if figures["orders"] or figures["orders_before"]:
        return "The cover shows your own two years: a line for each order, as tall as its value."
    if any(row["net"] is not None or row["before_net"] is not None for row in figures["quarters"]):
        return "The cover shows your own two years: a line for each quarter, as tall as its value."
    return ""
