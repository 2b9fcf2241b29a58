"""The screen edition as a reader with a screen reader, a search engine or a printer would find it."""

import io
import itertools
import re
from collections import Counter

import pikepdf
import pytest

from acr_program.render import client
from acr_program.render.document import compose

from . import example, reading

pytestmark = pytest.mark.process


def elements(pdf):
    """Every structure element, in reading order."""

    def walk(node):
        for kid in kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from walk(kid)

    def kids(node):
        found = node.get("/K", [])
        return list(found) if isinstance(found, pikepdf.Array) else [found]

    yield from walk(pdf.Root.StructTreeRoot)


def words(data):
    return re.sub(r"\s+", " ", reading.words(data))


@pytest.fixture(scope="module")
def pdf(full_pages):
    with pikepdf.open(io.BytesIO(full_pages.files["screen"])) as document:
        yield document


def test_twelve_pages_without_a_complaint(full_pages, pdf):
    assert full_pages.pages == {"screen": 12}
    assert len(pdf.pages) == 12
    assert full_pages.warnings == []


@pytest.mark.demand("R-17")
def test_it_says_that_it_is_accessible_and_what_it_is(pdf):
    metadata = pdf.open_metadata()

    assert metadata["pdfuaid:part"] == "1"
    assert metadata["dc:title"] == "Annual Customer Review 1997/98: QUICK-Stop"
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert all(str(page.get("/Tabs")) == "/S" for page in pdf.pages if "/Annots" in page)


def test_headings_descend_without_a_gap(pdf):
    levels = [int(str(element.S)[2]) for element in elements(pdf) if re.fullmatch(r"/H[1-6]", str(element.S))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))


def test_every_picture_has_its_figures_in_words(pdf):
    alternatives = [str(element.Alt) for element in elements(pdf) if str(element.S) == "/Figure"]

    assert len(alternatives) == 6
    assert alternatives[1].startswith(
        "Net value by quarter, this year and the year before. Q2 1997 25,170, a year before"
    )
    assert "not on file" in alternatives[1]


def test_every_table_cell_is_read_with_its_heads(pdf):
    tags = Counter(str(element.S) for element in elements(pdf))
    cells = [element for element in elements(pdf) if str(element.S) == "/TD"]

    assert tags["/Table"] == 8
    assert tags["/Caption"] == 8
    assert len(cells) > 150
    heads = {bytes(element.ID) for element in elements(pdf) if str(element.S) == "/TH"}
    assert all(named_heads(cell) and named_heads(cell) <= heads for cell in cells)


def named_heads(cell):
    """The heads that a screen reader says before it reads a cell."""
    attributes = cell.get("/A", [])
    attributes = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return {bytes(head) for one in attributes for head in one.get("/Headers", [])}


@pytest.mark.demand("R-17")
def test_whatever_is_painted_is_tagged_or_decoration(pdf):
    """PDF/UA-1, 7.1: content is either in the structure or marked as an artifact."""
    shows = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "Do", "sh"}

    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            depth += (operator in {"BDC", "BMC"}) - (operator == "EMC")
            assert operator not in shows or depth, f"{operator} on page {number} is neither content nor artifact"


def test_every_link_has_words_and_stands_in_the_structure(pdf):
    links = [note for page in pdf.pages for note in page.get("/Annots", [])]

    tagged = [element for element in elements(pdf) if str(element.S) == "/Link"]
    assert len(tagged) == len(links) == 14  # ten sections in the contents, four people to write to
    assert all("/StructParent" in note for note in links)
    assert [str(note.Contents) for note in links][::6] == [
        "A letter to Horst Kloss", "What we undertook last year", "mailto:laura.callahan@northwind.example",
    ]  # fmt: skip


def test_the_outline_names_the_sections(pdf):
    with pdf.open_outline() as outline:
        (whole,) = outline.root
        sections = [item.title for item in whole.children]

    assert whole.title == "Annual Customer Review 1997/98 QUICK-Stop"
    assert sections[:4] == ["Contents", "A letter to Horst Kloss", "The year in figures", "Delivered against promised"]
    assert len(sections) == 11


def test_no_type_but_ours(pdf):
    fonts = {
        str(font.BaseFont).split("+")[1] for page in pdf.pages for font in page.Resources.get("/Font", {}).values()
    }

    assert fonts == {"EB-Garamond", "EB-Garamond-Italic", "Inter", "Inter-Semi-Bold"}


def test_the_text_comes_in_the_order_it_is_read(full_pages):
    text = words(full_pages.files["screen"])
    order = ["At a glance", "Dear Mr Kloss,", "Yours sincerely,", "Seventeen orders, one every three weeks",
             "In figures", "Late orders", "Every order of the year", "By category", "What it came to", "Service news",
             "One by one", "What we undertake", "What we ask of you", "Your team", "Notes on the figures"]  # fmt: skip

    place = 0
    for one in order:
        assert one in text[place:], f"{one} is not read after what stands before it"
        place = text.index(one, place)


def test_what_is_not_on_file_says_so(full_pages, short_pages):
    assert "not on file" in words(full_pages.files["screen"])

    text = words(short_pages.files["screen"])
    assert "No figures are on file for April 1997 to March 1998, so none are stated and no chart is drawn." in text
    assert "Nothing is on file for this section." in text
    assert short_pages.warnings == []


def test_nothing_but_the_given_dates(full_pages):
    raw = full_pages.files["screen"]

    assert set(re.findall(rb"D:(\d{8})", raw)) <= {b"19980513"}


def test_a_place_with_a_long_name_stays_beside_the_letter():
    """Broken within its own column: it does not run into the words of the letter."""
    inputs = example.short()
    inputs["customer"]["address"] = ["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"]

    said = reading.words(client.render(compose(inputs)).files["screen"])

    assert "Llanfair" in said
    assert inputs["customer"]["address"][0] not in said.splitlines()
