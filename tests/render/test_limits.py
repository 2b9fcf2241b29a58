"""P26: documents that would never end are ended, their author is told why, and the next one is none the worse."""

import pytest

from acr_program.render.client import Limits, Pool
from acr_program.render.errors import RenderError

pytestmark = [pytest.mark.process, pytest.mark.demand("P26")]


def uses(levels):
    groups = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels))
    return f'<svg><defs><g id="g0"><rect width="1" height="1"/></g>{groups}</defs><use href="#g{levels - 1}"/></svg>'


BOMBS = [
    ('<div style="display:flex">' * 14, "cpu"),
    (uses(9), "cpu"),
    ("<table>" + "<tr><td>a<td>b<td>c" * 20_000 + "</table>", "memory|cpu"),
    ('<p style="break-before:page">x' * 5_000, "cpu"),
    ("<style>@page{size:1px;margin:0}</style><p>" + "word " * 2_000, "cpu"),
    ("<p>" + "word " * 1_000_000, "cpu|memory"),
    ("<div>" * 300, "depth"),
    ('<p style="font-size:1e9px">x', "broken"),
    ("<table><tr><td colspan=1000000000>x</table>", "memory"),
    ("<p>" + "<b>x</b>" * 400_000, "memory|cpu"),
]


@pytest.mark.parametrize(("body", "kinds"), BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_is_told_in_a_sentence_and_the_next_document_is_fine(tight, page, body, kinds):
    with pytest.raises(RenderError) as caught:
        tight.render(page(body), {})

    assert caught.value.kind in kinds.split("|")
    assert caught.value.permanent
    assert caught.value.sentence.startswith("The document ")
    assert tight.render(page("<p>fine"), {}).pages == {"screen": 1}


def test_the_reason_names_the_limit(tight, page):
    with pytest.raises(RenderError) as caught:
        tight.render(page('<div style="display:flex">' * 14), {})

    assert caught.value.sentence == (
        "The document took more than 1 s of computing: shorten its longest table or take lists out of each other."
    )


def test_a_document_that_waits_instead_of_computing_meets_the_clock(page):
    pool = Pool(size=1, limits=Limits(cpu=20, wall=1))  # the flex boxes alone would take all 20
    try:
        with pytest.raises(RenderError) as caught:
            pool.render(page('<div style="display:flex">' * 14), {})
    finally:
        pool.stop()

    assert caught.value.kind == "wall"
    assert not caught.value.permanent


def test_the_limits_of_the_office():
    assert Limits() == Limits(cpu=20, memory=1 << 30, file=64 << 20, wall=30)
