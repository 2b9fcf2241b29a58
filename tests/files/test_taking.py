"""Only files on the list are taken, whatever they are called (P29)."""

import time

import pytest

from acr_program.files.errors import NotTaken
from acr_program.files.taking import take

from .hostile import BAD, GOOD, NAMES, bomb, pdf


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
def test_what_people_work_with_is_taken_as_what_it_is(name):
    kind, data = GOOD[name]

    assert take(data, name)[0].key == kind
    assert take(data, name)[1] == name


@pytest.mark.demand("P29")
@pytest.mark.parametrize("name", BAD)
def test_what_is_something_else_is_refused_in_a_sentence(name):
    with pytest.raises(NotTaken) as refusal:
        take(BAD[name], name)

    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("name", [name for name in NAMES if NAMES[name]])
def test_names_are_plain(name):
    assert take(pdf(), name)[1] == NAMES[name]


def test_a_name_of_dots_alone_has_no_ending_to_trust():
    with pytest.raises(NotTaken, match="does not end so"):
        take(pdf(), "...pdf")


def test_a_bomb_is_refused_without_being_unpacked():
    data, started = bomb(), time.perf_counter()

    with pytest.raises(NotTaken, match="unpacks to far more"):
        take(data, "bomb.docx")

    assert time.perf_counter() - started < 0.5
    assert len(data) < 500_000


def test_ten_megabytes_are_looked_at_in_a_moment():
    import random

    noise = random.Random(1).randbytes(9 << 20)
    started = time.perf_counter()

    assert take(pdf()[:-7] + noise + b"\n%%EOF\n", "scan.pdf")[0].key == "pdf"
    assert time.perf_counter() - started < 3
