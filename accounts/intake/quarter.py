"""Rows that tell something of an account in a quarter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.intake.fields import Bad, Field, plain
from acr_program.intake.kinds import Row

from ..actions.stated import Place, from_lines_already
from ..quarters import quarter_of
from .lookup import OfAccounts

WRITTEN = re.compile(r"(?:(\d{4})\s*[-/ ]?\s*Q([1-4])|Q([1-4])\s*[-/ ]?\s*(\d{4}))", re.IGNORECASE)


@dataclass(frozen=True)
class Quarter(Field):
    """Q1 1998, 1998-Q1, or a day that lies in it."""

    def reader(self, options: Mapping[str, Any]) -> Callable[[Any], Any]:
        as_day = Field.reader(self, options)

        def read(cell: Any) -> str:
            if match := WRITTEN.fullmatch(plain(cell)):
                year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
                return date(year, quarter * 3 - 2, 1).isoformat()
            try:
                said = as_day(cell)
            except Bad:
                raise Bad(_("“%(text)s” is no quarter: write it like Q1 1998") % {"text": plain(cell)[:40]}) from None
            return quarter_of(date.fromisoformat(said)).isoformat() if said else ""

        return read


QUARTER = Quarter("quarter", gettext_lazy("Quarter"), "date", required=True, headings=("period", "Quartal"))


class OfQuarters(OfAccounts):
    """The account is the first part of a row's key, the quarter the last. What order lines tell is not told otherwise."""

    taken: dict[Place, str]

    def prepare(self, rows: list[Row]) -> None:
        self.find({row.key[0] for row in rows})
        places = [place for row in rows if self.stated(row) and (place := self.place(row))]
        self.taken = from_lines_already(places) if places else {}

    def place(self, row: Row) -> Place | None:
        """The account's number and the quarter's first day; None of an account that is not known."""
        account = self.known.get(row.key[0])
        return (account, date.fromisoformat(row.key[-1])) if account else None

    def stated(self, row: Row) -> bool:
        """Whether the row tells net value or orders."""
        raise NotImplementedError

    def objection(self, row: Row) -> str:
        return super().objection(row) or self.told_by_lines(row)

    def told_by_lines(self, row: Row) -> str:
        place = self.place(row) if self.stated(row) else None
        return self.taken.get(place, "") if place else ""

    def too_late(self, rows: list[Row]) -> dict[int, str]:
        """Order lines may have come since the preview."""
        return {row.number: sentence for row in rows if (sentence := self.told_by_lines(row))}
