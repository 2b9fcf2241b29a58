"""What differs between two versions is told word by word, and nothing in it becomes mark-up."""

from __future__ import annotations

import pytest

from reviews.pages.differences import passages

SAME = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (["97 of 100 in time"], ["96 of 100 in time"], "<del>97</del> <ins>96</ins> of 100 in time"),
        (["kept"], ["kept", "new"], "<ins>new</ins>"),
        (["kept", "old"], ["kept"], "<del>old</del>"),
        (["No figures on file."], ["Net value: 69,679"], "<del>No figures on file.</del><br><ins>Net value: 69,679</ins>"),
        (["a b c", "d e f"], ["a b x", "d e y"], "a b <del>c</del> <ins>x</ins><br>d e <del>f</del> <ins>y</ins>"),
        (["<b>late & lame"], ["<b>late & good"], "&lt;b&gt;late &amp; <del>lame</del> <ins>good</ins>"),
        ([f"{SAME} old"], [f"{SAME} new"], f"… {SAME.removeprefix('one two ')} <del>old</del> <ins>new</ins>"),
        (["same"], ["same"], ""),
    ],
)  # fmt: skip
def test_passages(old: list[str], new: list[str], shown: str):
    assert passages(old, new) == shown


def test_a_long_passage_is_shown_whole_and_at_once():
    old, new = " ".join(str(n) for n in range(5000)), " ".join(str(n) for n in range(1, 5001))

    shown = passages([old], [new])

    assert shown == f"<del>{old}</del><br><ins>{new}</ins>"
