"""Contributors' mark-up: what is left of it, and that hostile texts leave nothing behind."""

import re
from pathlib import Path

import pytest

from acr_program.render.clean import TooDeep, by_heading, clean

KEPT = [
    ("<p>Plain <b>bold</b> <i>slanted</i></p>", "<p>Plain <strong>bold</strong> <em>slanted</em></p>"),
    ("<h1>Big</h1><h5>small</h5>", "<h3>Big</h3><h4>small</h4>"),
    ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
    ('<a href="https://example.org" onclick="x()">there</a>', '<a href="https://example.org">there</a>'),
    ('<a href="mailto:a@example.org">write</a>', '<a href="mailto:a@example.org">write</a>'),
    ('<p style="position:fixed" class="x" id="letter">text</p>', "<p>text</p>"),
    ('<td colspan="99999999">x</td>', "x"),
    ('<table><tr><td colspan="2" rowspan="99">x</td></tr></table>',
     '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
    ('<!--[if gte mso 9]><xml><o:x/></xml><![endif]--><p class="MsoNormal"><span lang="DE">Word</span><o:p></o:p></p>',
     "<p>Word</p>"),
    ("a < b & c", "a &lt; b &amp; c"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "left"), KEPT, ids=range(len(KEPT)))
def test_what_is_left(typed, left):
    assert clean(typed) == left


HOSTILE = [
    line.replace("\\n", "\n").replace("\\0", "\0")
    for line in Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.demand("P28")
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_hostile_is_left(typed):
    left = clean(typed)

    elements = {name.lower() for name in re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", left)}
    attributes = re.findall(r"<[^>]*\s([a-z-]+)=", left)
    assert elements <= {"p", "strong", "em", "a", "h3", "table", "tbody", "tr", "td"}
    assert set(attributes) <= {"href"}
    assert not re.search(r"href=\"(?!https?:|mailto:)", left)


def test_cleaning_twice_changes_nothing():
    for typed in [*HOSTILE, *(one for one, _ in KEPT)]:
        assert clean(clean(typed)) == clean(typed)


def test_nesting_that_nobody_writes_is_refused():
    with pytest.raises(TooDeep):
        clean("<blockquote>" * 21 + "x")


def test_text_is_cut_at_its_own_headings():
    html = clean(
        "<p>before</p><h3>One &amp; only</h3>\n<p>first</p><blockquote><h3>inner</h3></blockquote><h3>Two</h3>"
    )

    assert by_heading(html) == [
        {"title": "", "html": "<p>before</p>"},
        {"title": "One & only", "html": "<p>first</p><blockquote><h3>inner</h3></blockquote>"},
        {"title": "Two", "html": ""},
    ]
