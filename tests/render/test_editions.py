"""Three editions of one rendering: the same pages for the screen, for the printer, and with notes for the office."""

import hashlib
import io

import pikepdf
import pytest

from acr_program.render import client
from acr_program.render.document import compose

from . import example
from .reading import words

pytestmark = [pytest.mark.process, pytest.mark.demand("P9")]


def inputs():
    whole = example.full() | {"editions": ["screen", "print", "internal"]}
    whole["sections"][5]["origin"]["deviation"] = "The third item was added for this customer."
    return whole


@pytest.fixture(scope="module")
def three():
    return client.render(compose(inputs()))


def test_all_three_break_alike(three):
    assert three.pages == {"screen": 12, "print": 12, "internal": 12}
    assert three.warnings == []


def test_the_screen_edition_is_the_one_made_alone(three, full_pages):
    assert three.files["screen"] == full_pages.files["screen"]


def test_all_three_come_out_the_same_again(three):
    again = client.render(compose(inputs()))

    assert {name: hashlib.sha256(data).digest() for name, data in again.files.items()} == {
        name: hashlib.sha256(data).digest() for name, data in three.files.items()
    }


def test_the_printer_gets_boxes_marks_and_a_colour_profile(three):
    with pikepdf.open(io.BytesIO(three.files["print"])) as pdf:
        metadata = pdf.open_metadata()
        for page in pdf.pages:
            trim = [float(edge) for edge in page.TrimBox]
            bleed = [float(edge) for edge in page.BleedBox]
            media = [float(edge) for edge in page.MediaBox]
            assert (round(trim[2] - trim[0]), round(trim[3] - trim[1])) == (595, 842)
            assert all(abs(bleed[n] - trim[n]) >= 3 / 25.4 * 72 for n in range(4))
            assert all(abs(media[n] - trim[n]) > abs(bleed[n] - trim[n]) for n in range(4))
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert pikepdf.Name("/GTS_PDFA1") == pdf.Root.OutputIntents[0].S


def test_notes_for_the_office_stay_in_the_office(three):
    inside, outside = words(three.files["internal"]), words(three.files["screen"]) + words(three.files["print"])

    for note in (
        "Internal edition, not for the customer.",
        "Deviates from the standard",
        "Touch-point of Q1 1998 missed",
    ):
        assert note in " ".join(inside.split())
        assert note not in " ".join(outside.split())
