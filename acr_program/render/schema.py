"""The inputs of a document: plain data, all figures already computed. `check` says where they are wrong.

Amounts are texts such as "83500.53" so that no cent is lost; days are ISO texts; a figure that is not on file is None
and is printed as such, never as zero. Text fields are escaped; fields called html are cleaned mark-up.
"""

from typing import Any, Literal, NotRequired, TypedDict

from .atoms import Day, Html, Key, Line, Text, is_amount
from .checking import InputError, complete
from .clean import TooDeep
from .figures import Figures
from .look import Look
from .provenance import Provenance


class Company(TypedDict):
    name: Line
    office: NotRequired[Line]
    email: NotRequired[Line]


class Customer(TypedDict):
    name: Line
    code: NotRequired[Line]
    contact: NotRequired[Line]
    address: NotRequired[list[Line]]


class Year(TypedDict):
    """The year under review and the one before it; `span` in words: April 1997 to March 1998."""

    label: Line
    span: Line
    span_before: Line
    start: Day
    end: Day
    as_of: NotRequired[Day | None]


class Document(TypedDict):
    number: Line
    issued: Day
    audience: Line
    meeting: NotRequired[Day | None]
    template: NotRequired[Line]


class Origin(TypedDict):
    """Where a section comes from: printed in the margin of the internal edition only."""

    source: Line
    owner: NotRequired[Line]
    revision: NotRequired[Line]
    confirmed: NotRequired[Day | None]
    as_of: NotRequired[Day | None]
    stale: NotRequired[Text]
    deviation: NotRequired[Text]
    note: NotRequired[Text]


class Section(TypedDict):
    """What every section has. `lede` is three lines at most; `absent` says why there is nothing to show;
    `follows` lets a short section stand on the page of the one before it."""

    key: Key
    title: Line
    lede: NotRequired[Line]
    absent: NotRequired[Text]
    follows: NotRequired[bool]
    origin: NotRequired[Origin | None]


class Column(TypedDict):
    """`width` in columns of the page grid, six in all; the last column takes what is left."""

    label: Line
    width: NotRequired[int]
    figures: NotRequired[bool]


class Table(TypedDict):
    caption: Line
    columns: list[Column]
    rows: list[list[Text | int | None]]
    total: NotRequired[list[Text | int | None]]
    note: NotRequired[Text]


class Item(TypedDict):
    """A titled piece of text; one that was confirmed too long ago is stale and carries its date."""

    title: Line
    html: Html
    since: NotRequired[Line]
    confirmed: NotRequired[Day | None]
    stale: NotRequired[bool]


class Prose(Section):
    """Standard text, what a contributor wrote, a table: mark-up, titled items and tables, in this order."""

    kind: Literal["text", "input", "table"]
    html: NotRequired[Html]
    items: NotRequired[list[Item]]
    tables: NotRequired[list[Table]]


class Letter(Section):
    kind: Literal["letter"]
    greeting: Line
    html: Html
    closing: NotRequired[Line]
    name: NotRequired[Line]
    role: NotRequired[Line]


class FiguresSection(Section):
    """The big numbers, the chart and the table of the quarters; where `shows` names one picture or table, that alone."""

    kind: Literal["figures"]
    shows: NotRequired[Literal["", "numbers", "quarters", "table", "course", "promises", "days", "mix", "products"]]
    html: NotRequired[Html]


class LateReason(TypedDict):
    number: Line
    reason: NotRequired[Text]
    change: NotRequired[Text]


class Promise(Section):
    """Delivered against promised, order by order; where these are too many, a table that counts them. `note` is for the total."""

    kind: Literal["promise"]
    late: NotRequired[list[LateReason]]
    html: NotRequired[Html]
    tables: NotRequired[list[Table]]
    note: NotRequired[Text]


class Mix(Section):
    """What was bought, by category and product; tables where the year has none."""

    kind: Literal["mix"]
    html: NotRequired[Html]
    tables: NotRequired[list[Table]]


class Outcome(TypedDict):
    what: Line
    who: NotRequired[Line]
    due: NotRequired[Day | None]
    outcome: Literal["done", "late", "dropped", "open"]
    text: NotRequired[Text]


class FollowUps(Section):
    """What became of last year's commitments, failures included; what is to be said of all of it stands before."""

    kind: Literal["follow"]
    html: NotRequired[Html]
    outcomes: NotRequired[list[Outcome]]


class Commitment(TypedDict):
    side: NotRequired[Literal["us", "you"]]
    what: Line
    who: NotRequired[Line]
    due: NotRequired[Day | None]
    measure: NotRequired[Text]


class Commitments(Section):
    """The coming year: an outlook, then what each side undertakes."""

    kind: Literal["commitments"]
    html: NotRequired[Html]
    commitments: NotRequired[list[Commitment]]


class Person(TypedDict):
    name: Line
    role: NotRequired[Line]
    title: NotRequired[Line]
    office: NotRequired[Line]
    email: NotRequired[Line]


class Team(Section):
    kind: Literal["team"]
    people: NotRequired[list[Person]]


class Note(TypedDict):
    title: Line
    html: Html
    as_of: NotRequired[Day | None]


class Notes(Section):
    """Source, rule and date of each figure."""

    kind: Literal["notes"]
    notes: NotRequired[list[Note]]


AnySection = Prose | Letter | FiguresSection | Promise | Mix | FollowUps | Commitments | Team | Notes


class Inputs(TypedDict):
    """Everything a document is made of; the same inputs give the same bytes. `profile` is the hash of the printer's
    colour profile, which an edition in CMYK was or is to be made with."""

    version: Literal[1]
    locale: Literal["en-GB", "en-US"]
    currency: Line
    company: Company
    customer: Customer
    year: Year
    document: Document
    sections: list[AnySection]
    layout: NotRequired[Literal["full", "short"]]
    editions: NotRequired[list[Literal["screen", "print", "cmyk", "internal"]]]
    profile: NotRequired[Line]
    glance: NotRequired[list[Line]]
    look: NotRequired[Look | None]
    figures: NotRequired[Figures | None]
    provenance: NotRequired[Provenance | None]


RESERVED = {"contents"}  # ids the template uses itself


def check(inputs: Any) -> dict[str, Any]:
    """The inputs complete and cleaned, or an InputError that names the place."""
    try:
        full: dict[str, Any] = complete(inputs, Inputs)
    except TooDeep as error:
        raise InputError("inputs", f"a text {error}") from error
    full["editions"] = list(dict.fromkeys(full["editions"])) or ["screen"]
    taken = set(RESERVED)
    for index, section in enumerate(full["sections"]):
        if section["key"] in taken:
            raise InputError(f"inputs.sections[{index}].key", f"{section['key']!r} is taken.")
        taken.add(section["key"])
        for place, table in enumerate(section.get("tables", [])):
            check_table(table, f"inputs.sections[{index}].tables[{place}]")
    if full["figures"]:
        check_figures(full["figures"], "inputs.figures")
    return full


def check_table(table: dict[str, Any], path: str) -> None:
    """Every row has a cell for every column."""
    wide = len(table["columns"])
    if not 1 <= wide <= 8:
        raise InputError(f"{path}.columns", f"has {wide} columns; a page carries one to eight.")
    rows = [(f"rows[{index}]", row) for index, row in enumerate(table["rows"])]
    for name, row in [*rows, *([("total", table["total"])] if table["total"] else [])]:
        if len(row) != wide:
            raise InputError(f"{path}.{name}", f"has {len(row)} cells; the table has {wide} columns.")


def check_figures(figures: dict[str, Any], path: str) -> None:
    """What is to be printed as a number is one, and every measure has a value for each quarter."""
    if not len(figures["quarters"]) <= 4:
        raise InputError(f"{path}.quarters", "a year has four quarters.")
    for index, one in enumerate(figures["numbers"]):
        check_shown([one["value"]], one["shown"], f"{path}.numbers[{index}].value")
    for index, one in enumerate(figures["measures"]):
        if len(one["quarters"]) != len(figures["quarters"]):
            raise InputError(f"{path}.measures[{index}].quarters", "needs one value for each quarter.")
        check_shown([one["year"], *one["quarters"]], one["shown"], f"{path}.measures[{index}]")


def check_shown(values: list[Any], shown: str, path: str) -> None:
    for value in values:
        if shown != "text" and type(value) is str and not is_amount(value):
            raise InputError(path, f"expected a number or shown as text, found {value[:60]!r}.")
