"""Accepting a redline gives the new text and rejecting it the old, sign for sign, for whatever two texts there are (M3)."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st

from reviews.pages.composed import Composed, lines_of
from reviews.pages.differences import (
    Spot,
    accept,
    accepted,
    compare,
    drawn,
    joining,
    redline,
    reject,
    rejected,
    spots,
)

pytestmark = [pytest.mark.demand("M3")]

WORDS = st.one_of(
    st.sampled_from(
        ["net", "69,679.50", "harbour", "é", "e\u0301", "−", "<b>", "&amp;", "{{ customer.name }}", "\u200b", "🚢🏽"]
    ),
    st.text(max_size=8),
    st.integers(1, 400).map(lambda n: "ab" * n),  # words longer than a line of a page
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u2028", "\x85", "\x0b", ""])
TYPED = st.lists(st.tuples(WORDS, GAPS), max_size=25).map(lambda parts: "".join(word + gap for word, gap in parts))
MARKS = st.sampled_from(["p", "li", "h3", "blockquote", "td"])
HTML = st.lists(st.tuples(MARKS, TYPED), max_size=6).map(
    lambda blocks: "".join(f"<{mark}>{text}</{mark}>\n" for mark, text in blocks)
)
ANY = st.one_of(st.text(), TYPED, HTML)


@st.composite
def two_texts(draw: st.DrawFn) -> tuple[str, str]:
    """Any two; as often one made of the other by taking a stretch out, putting one in, or moving one."""
    old = draw(ANY)
    if draw(st.booleans()):
        return old, draw(ANY)
    places = st.integers(0, len(old))
    first, last = sorted((draw(places), draw(places)))
    rest, stretch = old[:first] + old[last:], old[first:last]
    at = draw(st.integers(0, len(rest)))
    return old, rest[:at] + draw(st.one_of(st.just(stretch), st.just(""), TYPED)) + rest[at:]


@given(texts=two_texts())
@example(texts=("", ""))
@example(texts=("", "\n"))
@example(texts=("\n\n\n", ""))
@example(texts=(" ", "\u00a0"))
@example(texts=("x" * 70_000, "x" * 69_999 + "y"))
@example(texts=("<p>One</p>\n<p>Two</p>", "<p>Two</p>\n<p>One</p>"))
def test_accepting_gives_the_new_text_and_rejecting_the_old(texts: tuple[str, str]):
    old, new = texts

    found = redline(old, new)

    assert (accept(found), reject(found)) == (new, old)


@given(texts=two_texts())
def test_what_did_not_change_is_marked_in_neither(texts: tuple[str, str]):
    """A redline that struck everything and wrote it anew would keep the first promise as well; it is no redline."""
    old, _new = texts

    assert all(run.same for spot in redline(old, old) for run in spot)


SECTION = st.tuples(st.sampled_from("abcdef"), HTML)
DOCUMENT = st.lists(SECTION, max_size=5, unique_by=lambda section: section[0])


def as_composed(document: list[tuple[str, str]]) -> list[Composed]:
    return [
        Composed(key, key.upper(), "", SafeString(html), [], [], "", "", "", lines_of({"html": html}))
        for key, html in document
    ]


@given(then=DOCUMENT, now=DOCUMENT)
def test_the_redline_of_two_documents_has_all_of_both(then: list[tuple[str, str]], now: list[tuple[str, str]]):
    """From what differs and what is the same each document comes back, section by section, line by line."""
    old, new = ({section.key: section for section in as_composed(one)} for one in (then, now))
    found, same = compare(list(new.values()), list(old.values()))
    told = {difference.section.key: difference for difference in found}

    assert {*told, *(section.key for section in same)} == {*old, *new}
    assert all(old[section.key].html == new[section.key].html for section in same)
    for key in told:
        before, after = old[key].lines if key in old else [], new[key].lines if key in new else []
        both = spots(before, after)
        assert (accepted(both), rejected(both)) == (after, before)


FEW = st.from_regex(r"[a-c<&]{1,3}( [a-c<&]{1,3}){0,2}", fullmatch=True)  # so few that nothing is cut


@given(old=st.lists(FEW, min_size=1, max_size=4), data=st.data())
def test_the_marks_on_the_page_say_the_same(old: list[str], data: st.DataObject):
    """What stands on the page, with its insertions kept or its strikes, is the new text or the old, but for line ends."""
    new = data.draw(st.permutations(old)) if data.draw(st.booleans()) else data.draw(st.just([*old[1:], "new one"]))
    page = joining("<br>", map(shown, spots(old, new)))

    assert read(page, kept="ins", struck="del") == squeezed(new)
    assert read(page, kept="del", struck="ins") == squeezed(old)


def shown(spot: Spot) -> SafeString:
    """A spot as the page has it; what stayed is left out there, and stands here for the comparison."""
    if all(run.same for run in spot):
        return joining("", (conditional_escape(run.new) for run in spot))
    return joining("", drawn(spot))


def read(page: str, *, kept: str, struck: str) -> str:
    without = re.sub(f"<{struck}>.*?</{struck}>", "", page)
    return squeezed([unescape(re.sub(f"</?{kept}>|<br>", "", without))])


def squeezed(lines: list[str]) -> str:
    return re.sub(r"\s|␣", "", "".join(lines))


@pytest.mark.parametrize("line", ["", "a", "the same", "<p></p>"], ids=["empty", "one sign", "few words", "mark-up"])
def test_the_same_line_fifty_thousand_times_is_looked_at_at_once(line: str):
    old, new = "\n".join([line] * 50_000), "\n".join([line] * 25_000 + ["other"] + [line] * 24_000)
    begun = time.process_time()

    found = redline(old, new)

    assert (accept(found), reject(found)) == (new, old)
    assert time.process_time() - begun < 2


def test_the_same_word_ten_thousand_times_is_looked_at_at_once():
    old, new = "ha " * 10_000, "ha " * 9_000 + "ho"
    begun = time.process_time()

    found = redline(old, new)

    assert (accept(found), reject(found)) == (new, old)
    assert time.process_time() - begun < 2
