"""The kinds of text a document's inputs are made of: a line, a day, an amount, clean mark-up."""

import re
from datetime import date
from typing import Annotated, Literal

from markupsafe import Markup

from .checking import Rule
from .clean import clean


def is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_amount(value: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,8})?", value))


def marked(value: str) -> str:
    return Markup(clean(value))  # noqa: S704 - cleaned in the same breath


Line = Annotated[str, Rule(longest=400)]
Text = Annotated[str, Rule(longest=4_000)]
Key = Annotated[
    str, Rule("a short lower-case name", lambda value: re.fullmatch(r"[a-z][a-z0-9-]{0,60}", value), longest=61)
]
Html = Annotated[str, Rule(longest=400_000, convert=marked)]  # 60,000 typed characters, each at its longest escape
Day = Annotated[str, Rule("a day such as 1998-05-27", is_day, longest=10)]
Amount = Annotated[str, Rule('an amount such as "83500.53"', is_amount, longest=26)]
Share = Annotated[str, Rule('a share such as "0.9412"', is_amount, longest=26)]
As = Literal["number", "money", "percent", "text"]
