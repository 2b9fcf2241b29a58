"""What a file most likely means: which column is which field, how its days and numbers are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from acr_program.people.folding import folded

from .fields import Field
from .kinds import Kind


def bare(heading: str) -> str:
    """“Customer No.”, “customer_no” and “CustomerNo” are the same heading."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return re.sub(r"[^\w]+|_", "", folded(apart))


def columns_for(kind: type[Kind], headings: list[str]) -> dict[str, str]:
    """The field of each heading that names one; each field once, the surest heading first."""
    found: dict[str, str] = {}
    named = {heading: bare(heading) for heading in headings}
    for sure in (lambda f: [f.name, str(f.label)], lambda f: list(f.headings)):
        for one in kind.fields:
            words = [bare(word) for word in sure(one)]
            fits = [h for word in words for h in headings if named[h] == word and h not in found]
            if fits and one.name not in found.values():
                found[fits[0]] = one.name
    return {heading: found[heading] for heading in headings if heading in found}


def unclear(kind: type[Kind], columns: Mapping[str, str], options: Mapping[str, Any]) -> list[str]:
    """What must be said before the rows can be checked: missing columns, days or numbers that can be read two ways."""
    return list(questions(kind, columns, options).values())


def questions(kind: type[Kind], columns: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, str]:
    """The same by what answers it: the columns, the order of days, the decimal mark."""
    found = {}
    mapped = set(columns.values())
    missing = [
        str(one.label) for one in kind.fields if (one.required or one.name in kind.key) and one.name not in mapped
    ]
    if missing:
        found["columns"] = _("Say which column is: %(fields)s.") % {"fields": ", ".join(missing)}
    types = {one.type for one in kind.fields if one.name in mapped}
    if "date" in types and not options.get("dates"):
        found["dates"] = _(
            "Say how days are written: whether 03/04 is in March or in April cannot be told from this file."
        )
    if types & {"decimal", "share"} and not options.get("decimal"):
        found["decimal"] = _(
            "Say what the decimal mark is: whether 1,234 is more than a thousand cannot be told from this file."
        )
    return found


def options_for(kind: type[Kind], head: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str]:
    """Delimiter, encoding and sheet as they were found; the order of days and the decimal mark, where they can be told."""
    fields = {heading: kind.field(name) for heading, name in columns.items()}
    seen = dict(zip(head["headings"], head["columns"], strict=False))
    return {
        "encoding": head["encoding"],
        "delimiter": head["delimiter"],
        "sheet": head.get("sheet", ""),
        "dates": order_of([seen[h] for h, one in fields.items() if one.type == "date" and h in seen]),
        "decimal": mark_of([seen[h] for h, one in fields.items() if is_number(one) and h in seen]),
    }


def is_number(one: Field) -> bool:
    return one.type in ("decimal", "share", "integer")


def order_of(columns: list[Mapping[str, Any]]) -> str:
    """The one order in which all days of these columns can be read; empty where there are two."""
    days, first, day, month = (sum(c[n] for c in columns) for n in ("days", "year_first", "day_first", "month_first"))
    if first == days:
        return "ymd"
    if bool(day) == bool(month):
        return ""
    return "dmy" if day else "mdy"


def mark_of(columns: list[Mapping[str, Any]]) -> str:
    """The one decimal mark with which all numbers of these columns can be read; empty where there are two."""
    comma, point, open_ = (sum(c[n] for c in columns) for n in ("comma", "point", "unclear"))
    if comma and not point:
        return ","
    if point and not comma:
        return "."
    return "" if open_ or comma else "."
