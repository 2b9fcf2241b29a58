"""The one list machinery: columns, two to four declared sorts, pages by keyset, counts to 1,000.

In an app's tables.py:

    REQUESTS = Table(
        columns=[
            Column("number", _("Request"), link=True, sub=lambda r: r.account.name),
            Column("status", _("State")),                                   # a field with an enum of tones: a badge
            Column("meeting_on", _("Meeting"), sort="meeting"),             # a date: Thu 10 Dec
        ],
        sorts=[Sort("meeting", _("Meeting"), "meeting_on", "id"), Sort("newest", _("Newest"), "-created_at", "-id")],
        noun=(_("request"), _("requests")),
    )

In the view: `page = ListPage(request, queryset_or_filterset, REQUESTS)`; in the template: `<c-list :of="page" />`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from acr_program.ui import keyset, markup, phrases, tabled, walking
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.filters import all_of
from acr_program.ui.walking import ENOUGH

__all__ = ["ENOUGH", "Column", "ListPage", "Sort", "Table"]


@dataclass(frozen=True)
class Head:
    """A column's head: its word, and the link that sorts by it."""

    column: Column
    url: str
    direction: str  # ascending, descending, or empty

    @property
    def attrs(self) -> SafeString:
        words = " ".join(word for word, is_so in (("num", self.column.num), ("table__sort", self.url)) if is_so)
        return markup.attribute("class", words) + markup.attribute("aria-sort", self.direction)


class Row(NamedTuple):
    """One row: what it is of, and its cells, drawn."""

    of: Any
    cells: SafeString


class Choice(NamedTuple):
    """One sort in the menu."""

    label: Any
    url: str
    current: bool


class ListPage:
    """One page of a list: two queries, whatever the number of rows (three with `everything`)."""

    def __init__(
        self,
        request: HttpRequest,
        rows: Any,
        table: Table,
        *,
        everything: QuerySet[Any] | None = None,
        name: str = "",
    ) -> None:
        self.request, self.table, self.everything = request, table, everything
        self.filters = None if isinstance(rows, QuerySet) else rows
        self.queryset: QuerySet[Any] = rows if isinstance(rows, QuerySet) else rows.qs
        self.prefix = f"{name}-" if name else ""  # two lists on one page keep their addresses apart
        self.id = f"{name or 'list'}"
        self.known: Any = None  # by which name it can be exported (ui.known)
        self.record: dict[str, str] = {}  # on the page of one record: how an address elsewhere names it
        self.views: Any = None  # the views kept of it
        self.bar: Any = None  # what can be done with ticked rows

    # --- what is asked for ---

    @cached_property
    def asked(self) -> str:
        """The sort's key as the address says it, with a minus when turned; the first sort if it says nothing known."""
        word = self.request.GET.get(f"{self.prefix}sort", "")
        return word if word.removeprefix("-") in {sort.key for sort in self.table.sorts} else self.table.sorts[0].key

    @cached_property
    def sort(self) -> Sort:
        return next(sort for sort in self.table.sorts if sort.key == self.asked.removeprefix("-"))

    @cached_property
    def keys(self) -> list[keyset.Key]:
        fields = self.sort.turned() if self.asked.startswith("-") else self.sort.fields
        return keyset.keys(self.queryset, fields)

    # --- the rows ---

    @cached_property
    def found(self) -> tuple[list[Any], bool, bool]:
        """The rows of this page in order, whether there are some before, and whether there are some after."""
        at = keyset.read(self.request.GET.get(f"{self.prefix}page", ""), self.asked, self.keys)
        values, back = at or ([], False)
        keys = [key.turned() for key in self.keys] if back else self.keys
        order = [key.order() for key in keys]
        rows: list[Any] = []
        for stretch in keyset.stretches(keys, values) if values else [None]:
            if missing := self.table.size + 1 - len(rows):
                queryset = walking.begun_at(self.queryset, stretch) if stretch else self.queryset
                rows += walking.first_rows(self.read(queryset), order, missing, lambda: self.number > ENOUGH)
        more, rows = len(rows) > self.table.size, rows[: self.table.size]
        return (rows[::-1], more, True) if back else (rows, bool(values), more)

    def read(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """With no more fields than the page shows and its order needs, where the table says which these are."""
        if not self.table.reads:
            return queryset
        stored = (key.path for key in self.keys if key.path not in queryset.query.annotations)
        return queryset.only(*self.table.reads, *stored)

    def every_row(self) -> QuerySet[Any]:
        """All rows in their order, whatever page is shown: what an export writes."""
        return self.queryset.order_by(*[key.order() for key in self.keys])

    @property
    def objects(self) -> list[Any]:
        return self.found[0]

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(of, self.draw(of)) for of in self.objects]

    @property
    def drawn(self) -> SafeString:
        """The whole table."""
        return tabled.table_of(self)

    @cached_property
    def opened(self) -> list[tuple[Column, str, str]]:
        """How each column's cells begin and end; the first is the row's head."""
        first, *others = self.table.columns
        return [
            (first, '<th role="rowheader" scope="row">', "</th>"),
            *((column, f'<td role="cell"{column.attrs}>', "</td>") for column in others),
        ]

    def draw(self, of: Any) -> SafeString:
        """All cells of a row in one string: a template that drew each of them cost half the page's time."""
        return SafeString("".join(f"{begin}{markup.safe(c.cell(of))}{end}" for c, begin, end in self.opened))

    @property
    def sorts(self) -> list[Choice]:
        return [Choice(s.label, self.address(sort=s.key), s is self.sort) for s in self.table.sorts]

    @cached_property
    def heads(self) -> list[Head]:
        return [self.head(column) for column in self.table.columns]

    def head(self, column: Column) -> Head:
        sort = next((sort for sort in self.table.sorts if sort.key == column.sort), None)
        if sort is None:
            return Head(column, "", "")
        turned = self.asked.startswith("-")
        direction = "" if sort is not self.sort else self.direction(sort, turned)
        return Head(column, self.address(sort=f"-{sort.key}" if direction and not turned else sort.key), direction)

    @staticmethod
    def direction(sort: Sort, turned: bool) -> str:
        return "descending" if sort.fields[0].startswith("-") != turned else "ascending"

    @property
    def picks(self) -> bool:
        """Whether ticks stand in front of the rows: not where nothing could be done with them."""
        return self.table.pick and (self.bar is None or bool(self.bar.steps))

    # --- where else one may go ---

    @cached_property
    def next_url(self) -> str:
        return self.page_url(self.objects[-1], back=False) if self.objects and self.found[2] else ""

    @cached_property
    def previous_url(self) -> str:
        return self.page_url(self.objects[0], back=True) if self.objects and self.found[1] else ""

    @property
    def first_url(self) -> str:
        return self.address()

    def page_url(self, row: Any, back: bool) -> str:
        return self.address(page=keyset.cursor(self.keys, row, self.asked, back))

    def address(self, **changes: str) -> str:
        """This list's address with other words in it; any change but of the page begins at the first page."""
        words = self.said | {f"{self.prefix}{word}": [said] for word, said in changes.items()}
        query = urlencode(words, doseq=True) or all_of(self.request)
        return f"{self.request.path}?{query}" if query else self.request.path

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """What the address says, without its page and without what it leaves empty."""
        lists = self.request.GET.lists()
        return {word: values for word, values in lists if word != f"{self.prefix}page" and any(values)}

    @property
    def query(self) -> str:
        """Filters and sort without the page: what an export link or a saved view carries."""
        said = {word: values for word, values in self.said.items() if word != "view"}
        return urlencode(said | self.record, doseq=True)

    @property
    def export_url(self) -> str:
        """Where this very list is asked for as a file; empty where it has no name."""
        return f"{reverse('exports:start', args=[self.known.name])}?{self.query}" if self.known else ""

    # --- how many ---

    @cached_property
    def number(self) -> int:
        """Rows found, counted to one past a thousand."""
        rows = self.queryset.values("pk")  # without what each row would be told
        order = [key.order() for key in self.keys] if walking.by_value(rows) else []
        return rows.order_by(*order)[: ENOUGH + 1].count()

    @cached_property
    def total(self) -> str:
        """27 requests; 27 of 148 requests; 1,000+ requests."""
        noun = str(self.table.noun[0] if self.number == 1 else self.table.noun[1])
        if self.everything is None:
            return f"{counted(self.number)} {noun}"
        whole = self.everything.order_by()[: ENOUGH + 1].count()
        if whole == self.number:
            return f"{counted(self.number)} {noun}"
        words = {"found": counted(self.number), "all": counted(whole), "noun": str(self.table.noun[1])}
        return _("%(found)s of %(all)s %(noun)s") % words


def counted(number: int) -> str:
    return f"{phrases.number(ENOUGH)}+" if number > ENOUGH else phrases.number(number)
