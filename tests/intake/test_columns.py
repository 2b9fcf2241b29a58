"""What the cells of a column have in common is the same, whether they are seen one by one or many at once."""

from __future__ import annotations

import random
import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest

from acr_program.intake.reading import PARSER

CELLS: list[Any] = [
    "", None, "2026-01-15", "15.01.2026", "01/31/2026", "03.04.2026", "1,5", "1.5", "1.234", "1.234,50", "1,234.50",
    "1,234,567", "1.234.567", "0.125", "12 %", "€ 9.90", "Chai", "Chai 2026-01-15", "12345678901234567890123456789012",
    "x" * 80, " 7 ", "²", "-3",
]  # fmt: skip
TYPED: list[Any] = [1, 1.0, True, ["day", "2026-01-15"], ["error", "#N/A"], 2.5]


@pytest.fixture(scope="module")
def reader() -> Any:
    """The reader's module, which is part of a program of its own."""
    spec = spec_from_file_location("reader_columns", PARSER / "columns.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    assert "reader_columns" not in sys.modules


@pytest.mark.parametrize("cells", [CELLS, TYPED, CELLS + TYPED], ids=["texts", "typed", "both"])
def test_many_at_once_are_seen_as_one_by_one(reader: Any, cells: list[Any]) -> None:
    given = random.Random(7).choices(cells, k=600)
    at_once, one_by_one = reader.Column(), reader.Column()

    for begin in range(0, len(given), 200):
        at_once.see_all(tuple(given[begin : begin + 200]))
    for cell in given:
        one_by_one.see(cell, 1)

    assert vars(at_once) == vars(one_by_one)
    assert at_once.filled == sum(cell not in (None, "") for cell in given)
    assert len(at_once.samples) == 4


def test_what_is_counted(reader: Any) -> None:
    days, figures = reader.Column(), reader.Column()
    days.see_all(("15.01.2026", "15.01.2026", "2026-01-15", "01/31/2026", "03.04.2026", None))
    figures.see_all(("1,5", "1,5", "1.234", "2.50", ""))

    assert (days.filled, days.days, days.day_first, days.month_first, days.year_first) == (5, 5, 2, 1, 1)
    assert days.samples == ["15.01.2026", "2026-01-15", "01/31/2026", "03.04.2026"]
    assert (figures.numbers, figures.comma, figures.point, figures.unclear) == (4, 2, 1, 1)
