"""Whatever a version of the document says is compared: a comma in a note is found, and so is one figure in a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from reviews.pages.composed import compared
from reviews.pages.differences import compare
from tests.render.example import full, short

pytestmark = [pytest.mark.demand("M4", "features, 54")]
NOT_SAID = {"origin", "key", "kind", "shown", "places", "follows", "version", "editions", "number of version", "issued"}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of each text and number that is printed for the customer."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_SAID and (*path, name) != ("document", "number"):
                yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path


def changed(inputs: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The same with one sign or one unit more in one place."""
    inputs = deepcopy(inputs)
    *way, last = path
    at: Any = inputs
    for step in way:
        at = at[step]
    value = at[last]
    at[last] = (
        value + 1 if isinstance(value, int) else value.replace("</p>", ",</p>", 1) if "</p>" in value else f"{value},"
    )
    return inputs


@pytest.mark.parametrize("inputs", [full(), short()], ids=["full", "short"])
def test_each_text_and_each_figure_that_changes_is_found_and_nothing_else(inputs: dict[str, Any]):
    now = compared(inputs)

    counts = {path: len(compare(compared(changed(inputs, path)), now)[0]) for path in leaves(inputs)}

    assert {path: count for path, count in counts.items() if count != 1} == {}
    assert compare(compared(deepcopy(inputs)), now)[0] == []


def test_the_walk_looks_at_all_kinds():
    assert len(list(leaves(full()))) > 400


def test_a_changed_figure_stands_beside_what_it_is_of():
    inputs = full()
    figures = inputs["figures"]["quarters"]
    other = changed(inputs, ("figures", "quarters", 1, "orders"))

    (found,) = compare(compared(other), compared(inputs))[0]

    assert f"<del>{figures[1]['orders']}</del><ins>{figures[1]['orders'] + 1}</ins>" in found.shown
    assert figures[1]["label"] in found.shown


def test_words_that_are_set_in_another_way_are_told():
    inputs = full()
    other = deepcopy(inputs)
    place = next(n for n, section in enumerate(inputs["sections"]) if "<p>" in (section.get("html") or ""))
    html = inputs["sections"][place]["html"]
    other["sections"][place]["html"] = html.replace("<p>", "<p><strong>", 1).replace("</p>", "</strong></p>", 1)

    (found,) = compare(compared(other), compared(inputs))[0]

    assert found.label == "Layout changed"
