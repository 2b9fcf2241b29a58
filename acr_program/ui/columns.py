"""What a list's columns and sorts are: declared once in an app's tables.py, read by lists.ListPage and by exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui import markup, phrases, tones

PAGE = 50
NOT_SET = gettext_lazy("not set")
PLAIN = frozenset({str, int, float, bool, date, datetime, Decimal})
Getter = Callable[[Any], Any]


class Sort:
    """A declared order: its key in the address, its word, its fields. Each has an index that ends in id."""

    def __init__(self, key: str, label: Any, *fields: str) -> None:
        if not fields or fields[-1].lstrip("-") not in ("id", "pk"):
            raise ValueError(f"The sort {key!r} must end in id, or two rows could change places between pages.")
        self.key, self.label, self.fields = key, label, fields

    def turned(self) -> tuple[str, ...]:
        """The same, the other way round."""
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.fields)


@dataclass(frozen=True)
class Column:
    """One column. `value` is an attribute path ("account.name") or a function of the row; by default the key itself.

    link: the row's name leads to its page (True: get_absolute_url, or a function giving the address); the first column
    should. sub: what stands small under the value. sort: the key of the sort its head offers. num: figures, at the end.
    empty: the word for nothing. plain: the value for exports where it differs from what is shown.
    """

    key: str
    label: Any
    value: str | Getter | None = None
    link: bool | Getter = False
    sub: str | Getter | None = None
    sort: str = ""
    num: bool = False
    nowrap: bool = False
    whole: bool = False
    hidden_label: bool = False
    empty: Any = NOT_SET
    plain: Getter | None = None

    @property
    def attrs(self) -> SafeString:
        """What each cell of this column says of itself; its name is read out where rows become cards."""
        looks = (("num", self.num), ("nowrap", self.nowrap), ("table__whole", self.whole))
        words = " ".join(word for word, is_so in looks if is_so)
        named = markup.attribute("data-label", "" if self.hidden_label else self.label)
        return markup.attribute("class", words) + named

    @cached_property
    def read(self) -> Getter:
        return reader(self.value if self.value is not None else self.key)

    @cached_property
    def read_sub(self) -> Getter:
        return reader(self.sub) if self.sub else lambda row: ""

    def raw(self, row: Any) -> Any:
        """The value itself, for exports."""
        return self.plain(row) if self.plain else self.read(row)

    def cell(self, row: Any) -> Any:
        """What the cell shows."""
        shown = self.draw(row, self.read(row))
        sub = self.read_sub(row)
        if self.link:
            url = self.link(row) if callable(self.link) else row.get_absolute_url()
            return markup.link(shown, url, sub) if url else markup.under(shown, sub)
        return markup.under(shown, sub) if sub else shown

    def draw(self, row: Any, value: Any) -> Any:
        """A value by its kind: a state as a badge, a day with its weekday, a figure grouped, nothing in words."""
        if isinstance(value, SafeString):
            return value
        if value is None or value == "":
            return markup.quiet(self.empty) if str(self.empty) else ""
        if isinstance(value, Enum):
            return markup.badge(tones.label_of(value), tones.tone_of(value))
        if self.value is None and isinstance(row, Model) and (known := tones_for(type(row), self.key)) is not None:
            return markup.badge(tones.label_of(row, self.key), known.get(value, "neutral"))
        return words(value)


def words(value: Any) -> Any:
    """A plain value as people read it."""
    if isinstance(value, datetime):
        return phrases.moment(value)
    if isinstance(value, date):
        return phrases.day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return phrases.number(value) if isinstance(value, (int, float, Decimal)) else str(value)


@lru_cache(maxsize=1024)
def tones_for(model: type[Model], key: str) -> dict[str, str] | None:
    """The tones of a field that is a state; None for any other field."""
    return tones.tones_of(model, key) if hasattr(model, f"get_{key}_display") else None


def reader(what: str | Getter) -> Getter:
    """What reads a value by its path, stopping quietly where something on the way is missing."""
    if callable(what):
        return what
    steps = what.split(".")

    def read(row: Any) -> Any:
        for step in steps:
            row = getattr(row, step, None)
            if row is None:
                return None
            if type(row) not in PLAIN and callable(row) and not isinstance(row, Promise):
                row = row()
        return row

    return read


@dataclass(frozen=True)
class Table:
    """What a list shows, how it may be sorted, and what one of its rows is called."""

    columns: Sequence[Column]
    sorts: Sequence[Sort]
    noun: tuple[Any, Any] = (gettext_lazy("entry"), gettext_lazy("entries"))
    size: int = PAGE
    pick: bool = False  # ticks in front of the rows, for bulk steps
    reads: Sequence[str] = ()  # the fields that a page of it shows, where the rows have many more
    also: Sequence[Column] = ()  # what stands small under other columns: columns of their own in an export

    @property
    def exported(self) -> list[Column]:
        return [*self.columns, *self.also]
