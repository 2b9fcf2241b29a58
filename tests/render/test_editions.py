"""The editions of one rendering: the same pages for the screen, for two kinds of printer, and with notes for the office."""

import base64
import hashlib
import io
import re
from collections import Counter

import pikepdf
import pytest
from django.test import override_settings
from PIL import Image

from acr_program.render import editions, look, profile
from acr_program.render.checking import InputError
from acr_program.render.client import Pool
from acr_program.render.document import compose

from . import example
from .reading import words

pytestmark = [pytest.mark.process, pytest.mark.demand("P9")]


def inputs(whole=None):
    whole = (whole or example.full()) | editions.of_office()
    whole["sections"][-1]["origin"] = {"source": "Notes", "deviation": "The third item was added for this customer."}
    return whole


@pytest.fixture(scope="module")
def press(printers_profile):
    """A renderer of an office that has its printer's profile."""
    with override_settings(ACR_PRINT_PROFILE=printers_profile):
        pool = Pool(size=1)
        yield pool
        pool.stop()


@pytest.fixture(scope="module")
def four(press):
    return press.render(compose(inputs()), {})


@pytest.fixture(scope="module")
def brief(press):
    """A document whose pages are no multiple of four."""
    whole = example.short() | {"layout": "full"}
    whole["sections"] = whole["sections"][:1]
    return press.render(compose(inputs(whole)), {})


def opened(rendered, edition):
    return pikepdf.open(io.BytesIO(rendered.files[edition]))


@pytest.mark.demand("features, 38")
def test_all_of_them_break_alike(four):
    assert four.pages == {"screen": 12, "print": 12, "cmyk": 12, "internal": 12}
    assert four.warnings == []


def test_the_screen_edition_is_the_one_made_alone(press, four):
    assert press.render(compose(inputs() | {"editions": ["screen"]}), {}).files["screen"] == four.files["screen"]


def test_all_of_them_come_out_the_same_again(press, four):
    again = press.render(compose(inputs()), {})

    assert {name: hashlib.sha256(data).digest() for name, data in again.files.items()} == {
        name: hashlib.sha256(data).digest() for name, data in four.files.items()
    }


@pytest.mark.parametrize("edition", ["print", "cmyk"])
def test_the_printer_gets_boxes_and_marks(four, edition):
    with opened(four, edition) as pdf:
        for page in pdf.pages:
            trim = [float(edge) for edge in page.TrimBox]
            bleed = [float(edge) for edge in page.BleedBox]
            media = [float(edge) for edge in page.MediaBox]
            assert (round(trim[2] - trim[0]), round(trim[3] - trim[1])) == (595, 842)
            assert all(abs(bleed[n] - trim[n]) >= 3 / 25.4 * 72 for n in range(4))
            assert all(abs(media[n] - trim[n]) > abs(bleed[n] - trim[n]) for n in range(4))


def test_the_print_edition_is_kept_for_long_with_its_colours(four):
    with opened(four, "print") as pdf:
        metadata = pdf.open_metadata()
        intent = pdf.Root.OutputIntents[0]

        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert (str(intent.S), str(intent.Info)) == ("/GTS_PDFA1", "IEC 61966-2-1 Default RGB Colour Space - sRGB")
        assert int(intent.DestOutputProfile.N) == 3


def test_the_printers_own_edition_carries_his_profile_and_claims_no_standard(four, printers_profile):
    with opened(four, "cmyk") as pdf:
        (intent,) = pdf.Root.OutputIntents

        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "Test printer")
        assert int(intent.DestOutputProfile.N) == 4
        assert intent.DestOutputProfile.read_bytes()[128:] == profile.read(printers_profile)[128:]
        assert "/Metadata" not in pdf.Root
        assert "/GTS_PDFXVersion" not in pdf.docinfo


def test_every_colour_is_ink_and_text_is_black_alone(four):
    inks, text = Counter(), Counter()
    with opened(four, "cmyk") as pdf:
        for stream in painted(pdf):
            for shown, space, amounts in colours(stream):
                inks[space] += 1
                if shown:
                    text[amounts] += 1

    assert set(inks) == {"/DeviceCMYK"}
    black = {(0, 0, 0, part) for part in (1, 0.68, 0.45)}
    accent, warn, cover = (0.85, 0.35, 0.25, 0.4), (0, 0.65, 0.9, 0.3), {(0, 0, 0, 0), (0.2, 0.04, 0.04, 0)}
    assert set(text) <= black | cover | {accent, warn}
    assert sum(text[one] for one in black) > 0.9 * text.total()


def painted(pdf):
    yield from (page for page in pdf.pages)
    yield from (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form")


def colours(stream):
    """Every piece of text with the colour it is filled with, and every other colour that is chosen."""
    space, amounts = "/DeviceGray", (0,)
    for step in pikepdf.parse_content_stream(stream):
        operator, operands = str(step.operator), [*step.operands]
        if operator in {"rg", "RG", "g", "G", "sh"}:
            yield False, operator, ()
        if operator in {"k", "K"}:
            yield False, "/DeviceCMYK", ()
        if operator in {"cs", "CS"}:
            space = str(operands[0])
            yield False, space, ()
        if operator == "scn":
            amounts = tuple(float(one) for one in operands)
        if operator in {"Tj", "TJ"}:
            yield True, space, amounts


@pytest.mark.demand("features, 38")
@pytest.mark.parametrize("edition", ["print", "cmyk"])
def test_a_printed_booklet_can_be_stitched(brief, edition):
    assert brief.pages["screen"] % 4 != 0
    assert brief.pages[edition] == brief.pages["screen"] + -brief.pages["screen"] % 4

    text = words(brief.files[edition]).split("\f")

    last = brief.pages["screen"]
    assert f"Page {last} of {last}" in text[last - 1]
    assert {page.strip() for page in text[last:]} == {""}


def test_blank_leaves_have_boxes_and_tags_like_the_others(brief):
    with opened(brief, "print") as pdf:
        assert {tuple(map(float, page.TrimBox)) for page in pdf.pages} == {tuple(map(float, pdf.pages[0].TrimBox))}
        assert [int(page.StructParents) for page in pdf.pages] == [*range(len(pdf.pages))]


def test_an_office_without_a_printers_profile_has_three_editions():
    with override_settings(ACR_PRINT_PROFILE=""):
        assert editions.of_office() == {"editions": ["screen", "print", "internal"]}


@pytest.mark.usefixtures("press")
def test_another_printers_inks_are_not_taken_for_the_same():
    later = inputs() | {"profile": "0" * 64}

    with pytest.raises(InputError, match="another colour profile now, or none: name the one of then"):
        compose(later)


def test_notes_for_the_office_stay_in_the_office(four):
    inside = " ".join(words(four.files["internal"]).split())
    outside = " ".join((words(four.files["screen"]) + words(four.files["print"])).split())

    for note in (
        "Internal edition, not for the customer.",
        "Deviates from the standard: The third item was added for this customer.",
        "Touch-point of Q1 1998 missed",
        "Data as of 6 May 1998",
    ):
        assert note in inside
        assert note not in outside


def test_margin_notes_say_who_when_and_of_what_day():
    whole = example.full() | {"editions": ["internal"]}
    whole["sections"][1]["origin"] = {
        "source": "Lines of orders", "owner": "Laura Callahan", "revision": "4", "confirmed": "1998-05-07",
    }  # fmt: skip

    page = compose(whole)["internal"]

    (note,) = re.findall(r'<aside class="provenance">\s*<p><b>Lines of orders.*?</aside>', page, re.DOTALL)
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", note)).strip().replace(" ,", ",")
    assert said == "Lines of orders Laura Callahan, revision 4, confirmed 7 May 1998 Data as of 6 May 1998"


@pytest.fixture(scope="module")
def in_own_colours(press):
    """A document with the company's own colour and logo, in every edition."""
    data = io.BytesIO()
    Image.new("RGB", (120, 40), (200, 30, 60)).save(data, "PNG")
    own = {"accent": "#7a1f3d", "logo": base64.b64encode(data.getvalue()).decode()}
    whole = inputs(example.short() | {"look": own})
    return press.render(compose(whole), look.assets(own))


def test_the_printers_edition_has_a_companys_colour_and_logo_in_his_inks_alone(in_own_colours):
    with opened(in_own_colours, "cmyk") as pdf:
        spaces = {space for stream in painted(pdf) for _shown, space, _amounts in colours(stream)}
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert [str(one.ColorSpace) for one in pictures] == ["/DeviceCMYK"]

    assert spaces == {"/DeviceCMYK"}
    assert in_own_colours.warnings == []


def test_the_other_editions_have_the_logo_as_it_is(in_own_colours):
    for edition in ("screen", "print", "internal"):
        with opened(in_own_colours, edition) as pdf:
            pictures = [
                one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
            ]
            assert [str(one.ColorSpace) for one in pictures] == ["/DeviceRGB"]
