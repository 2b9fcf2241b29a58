"""Charts: a picture says its finding in a sentence, its table says all its figures, no figure leaves the paper."""

import re
from itertools import pairwise

import pytest
from django.test import RequestFactory
from django_cotton.utils import render_component
from hypothesis import given
from hypothesis import strategies as st

from acr_program.ui import charts
from acr_program.ui.charts.paper import round_step, round_up
from acr_program.ui.sample import pictures

figures = st.floats(0, 1e6, allow_nan=False)


def draw(chart: charts.Chart) -> str:
    return render_component(RequestFactory().get("/"), "chart", of=chart)


@pytest.mark.parametrize("chart", pictures(), ids=lambda chart: type(chart).__name__)
def test_a_picture_has_its_sentence_and_its_table(chart: charts.Chart) -> None:
    html = draw(chart)

    assert f'role="img" aria-label="{chart.sentence}"' in html
    assert html.count("<tr>") == len(chart.lines) + 1
    assert {len(values) for _name, values in chart.lines} == {len(chart.heads) - 1}


@given(st.lists(st.tuples(st.text(max_size=40), figures, st.one_of(st.none(), figures)), max_size=8))
def test_bars_stay_on_the_paper(rows: list[tuple[str, float, float | None]]) -> None:
    bars = charts.Bars("x", [charts.Bar(name, value, beyond=more, goal=more) for name, value, more in rows])

    ends = [bars.left + float(bar[key]) for bar in bars.drawn for key in ("width", "beyond") if bar[key]]

    assert all(bars.left <= end <= 480 - 51 for end in ends)


@given(st.lists(st.lists(figures, min_size=3, max_size=3), min_size=1, max_size=6))
def test_stacks_stay_on_the_paper(rows: list[list[float]]) -> None:
    stack = charts.Stack("x", [charts.Part(n) for n in range(3)], [("Name", values) for values in rows])

    ends = [float(mark["x"]) + float(mark["width"]) for row in stack.drawn for mark in row["marks"]]

    assert all(end <= 480 - 51 for end in ends)


def test_a_hole_in_a_line_is_not_bridged() -> None:
    lines = charts.Lines("x", ["a", "b", "c", "d"], [charts.Line("y", [1, None, 3, 4])])

    assert [len(path.split()) for path in lines.drawn[0]["paths"]] == [1, 2]


def test_a_line_without_points_is_drawn_as_nothing() -> None:
    assert "polyline" not in draw(charts.Lines("Nothing yet", ["a"], [charts.Line("y", [None])]))


@pytest.mark.parametrize(
    "chart",
    [charts.Bars("x"), charts.Funnel("x"), charts.Stack("x"), charts.Lines("x"), charts.Radar("x"), charts.Grid("x")],
)
def test_no_figures_at_all_break_nothing(chart: charts.Chart) -> None:
    assert re.search(r'role="img"', draw(chart))


@given(st.floats(1e-3, 1e9))
def test_scales_end_on_round_numbers(value: float) -> None:
    end = round_up(value)

    assert value <= end * 1.001
    assert end <= value * 2.6
    assert abs(end / round_step(value / 4) - round(end / round_step(value / 4))) < 1e-6


def test_the_words_at_the_ends_of_lines_stand_apart_and_in_their_order():
    close = [("a", 4.3), ("b", 4.1), ("c", 4.2), ("d", 1.0)]
    lines = charts.Lines("x", ["then", "now"], [charts.Line(name, [3, value]) for name, value in close], low=1, high=5)

    heights = {label["said"]: float(label["said_y"]) for label in lines.drawn}

    stood = sorted(heights.values())
    assert all(after - before >= 14 for before, after in pairwise(stood))
    assert heights["4.3"] < heights["4.2"] < heights["4.1"] < heights["1"]
    assert stood[-1] <= lines.height


def test_bars_of_marks_show_where_their_scale_ends():
    bars = charts.Bars("x", [charts.Bar("a", 2.5), charts.Bar("b", 5)], high=5)

    half, whole = (float(bar["width"]) for bar in bars.drawn)

    assert half * 2 == pytest.approx(whole, abs=0.2)
    assert bars.end["said"] == "5"
    assert ">5</text>" in draw(bars)
    assert charts.Bars("x", [charts.Bar("a", 2)]).end == {}
