"""What differs between two versions is told word by word, and nothing in it becomes mark-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.pages.differences import accepted, passages, rejected, spots

SAME = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (["97 of 100 in time"], ["96 of 100 in time"], "<del>97</del><ins>96</ins> of 100 in time"),
        (["kept"], ["kept", "new"], "<ins>new</ins>"),
        (["kept", "old"], ["kept"], "<del>old</del>"),
        (["No figures on file."], ["Net value: 69,679"], "<del>No figures on file.</del><br><ins>Net value: 69,679</ins>"),
        (["a b c", "d e f"], ["a b x", "d e y"], "a b <del>c</del><ins>x</ins><br>d e <del>f</del><ins>y</ins>"),
        (["<b>late & lame"], ["<b>late & good"], "&lt;b&gt;late &amp; <del>lame</del><ins>good</ins>"),
        ([f"{SAME} old"], [f"{SAME} new"], f"… {SAME.removeprefix('one two ')} <del>old</del><ins>new</ins>"),
        (["We ship, as promised."], ["We ship as promised."], "We ship<del>,</del> as promised."),
        (["Net 69,679.50 in all"], ["Net 69,679.51 in all"], "Net <del>69,679.50</del><ins>69,679.51</ins> in all"),
        (["two  spaces here"], ["two spaces here"], "two<del>␣␣</del><ins>␣</ins>spaces here"),
        (["late by one years"], ["late in two years"], "late <del>by one</del><ins>in two</ins> years"),
        (["same"], ["same"], ""),
    ],
)  # fmt: skip
def test_passages(old: list[str], new: list[str], shown: str):
    assert passages(old, new) == shown


def test_a_long_passage_is_shown_whole_and_at_once():
    old, new = " ".join(str(n) for n in range(5000)), " ".join(str(n) for n in range(1, 5001))

    shown = passages([old], [new])

    assert shown == f"<del>{old}</del><br><ins>{new}</ins>"


LINE = st.lists(
    st.sampled_from(["net", "69,679.50", "1998", ",", ".", " ", "  ", "\u00a0", "late", "harbour", "é", "_", "<b>", "&", "−"]),
    min_size=1, max_size=12,
).map("".join)  # fmt: skip
TEXT = st.lists(LINE, max_size=6)


@pytest.mark.demand("M3")
@given(old=TEXT, new=TEXT)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(old: list[str], new: list[str]):
    found = spots(old, new)

    assert (accepted(found), rejected(found)) == (new, old)


@pytest.mark.demand("M4", "features, 54")
@given(text=TEXT.filter(bool), data=st.data())
def test_one_sign_that_changes_is_shown(text: list[str], data: st.DataObject):
    place = data.draw(st.integers(0, len(text) - 1))
    at = data.draw(st.integers(0, len(text[place]) - 1))
    sign = data.draw(st.sampled_from([sign for sign in "0,x " if sign != text[place][at]]))
    changed = [*text]
    changed[place] = text[place][:at] + sign + text[place][at + 1 :]

    shown = passages(text, changed)

    assert ("<del>" in shown, "<ins>" in shown) == (True, True)
