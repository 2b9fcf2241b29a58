"""Bars beside a table stand at its rows, however many lines a name takes."""

import io
import re

import pikepdf
import pytest

from acr_program.render import client
from acr_program.render.document import compose
from acr_program.render.measure import lines_of

from . import example

ACCENT = (0x17, 0x49, 0x5A)
LABELS = 72  # points from the left within which the first column of a table begins
LONG = "Confectionery, biscuits and sweet preserves"

LINES = [
    ("Beverages", 1),
    ("Grains/Cereals", 1),
    (LONG, 3),
    ("Meat, poultry and game", 2),
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", 3),
]


@pytest.mark.parametrize(("name", "lines"), LINES)
def test_lines_of_a_name(name, lines):
    assert lines_of(name, 28.5, 8.2) == lines


@pytest.mark.process
def test_rows_and_bars_stand_side_by_side():
    """Rules under the rows and bars are both drawn: each bar lies between two rules, near the upper one."""
    inputs = example.full() | {"editions": ["screen"]}
    inputs["sections"] = [section for section in inputs["sections"] if section["kind"] == "mix"]
    inputs["figures"]["categories"][1]["name"] = LONG
    inputs["figures"]["products"] = []

    html = compose(inputs)
    with pikepdf.open(io.BytesIO(client.render(html).files["screen"])) as pdf:
        rules, bars = drawn(pdf.pages[-1])

    assert len(bars) == len(inputs["figures"]["categories"])
    gaps = [min(rule - bar for rule in rules if rule - bar > -0.5) for bar in bars]
    assert max(gaps) - min(gaps) < 0.6  # of a point


def drawn(page):
    """Heights on the page at which table rules and the tops of accent bars are, in points from its foot."""
    rules, bars, stack, matrix, fill = [], [], [], pikepdf.Matrix(), None
    for step in pikepdf.parse_content_stream(page):
        operator, values = str(step.operator), step.operands
        if operator == "q":
            stack.append((matrix, fill))
        elif operator == "Q":
            matrix, fill = stack.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, values)) @ matrix
        elif operator == "rg":
            fill = tuple(round(float(value) * 255) for value in values)
        elif operator == "m":
            x, y = matrix.transform((float(values[0]), float(values[1])))
            if x < LABELS:
                rules.append(y)
        elif operator == "re" and fill == ACCENT:
            x, y, wide, tall = map(float, values)
            ends = [matrix.transform((x, y))[1], matrix.transform((x + wide, y + tall))[1]]
            if abs(abs(ends[0] - ends[1]) - 3.6 / 25.4 * 72) < 0.1:
                bars.append(max(ends))
    return rules, bars


def test_a_name_that_is_too_close_to_tell_has_no_picture(monkeypatch):
    inputs = example.full()
    monkeypatch.setattr("acr_program.render.charts.lines_of", lambda *_: None)

    assert re.search("Share of net value by category", compose(inputs)["screen"]) is None
