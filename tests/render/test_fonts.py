"""The document's type: there, cut to still weights, the same bytes each time."""

import io

import fontpkg
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from acr_program.render import fonts, health, measure
from acr_program.render.client import Pool
from acr_program.render.document import compose
from acr_program.render.fonts import FACES, Face

from . import example
from .reading import words


@pytest.fixture
def uninstalled(monkeypatch):
    """The packages of type are not there."""

    def nowhere(family, **_):
        raise fontpkg.FamilyNotInstalled(family)

    monkeypatch.setattr(fontpkg, "path", nowhere)
    for kept in (fonts.assets, measure.metrics):
        kept.cache_clear()
    yield
    for kept in (fonts.assets, measure.metrics):
        kept.cache_clear()


@pytest.fixture
def emptied(tmp_path, monkeypatch):
    """No cut fonts on this machine yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_every_face_has_its_rule_and_its_file():
    assert fonts.missing() == []
    assert fonts.rules().count("@font-face") == len(FACES)
    assert sorted(fonts.assets()) == sorted(face.asset for face in FACES)


def test_a_face_stands_still():
    for face, data in zip(FACES, fonts.assets().values(), strict=True):
        font = TTFont(io.BytesIO(data))
        assert "fvar" not in font
        assert {ord("€"), ord("ß"), ord("Ł"), ord("−"), ord("’")} <= set(font.getBestCmap()), face


def test_it_is_cut_once(emptied, monkeypatch):
    face = Face("Inter", "normal", 400)
    first = fonts.still(face)
    monkeypatch.setattr(fonts, "cut", lambda *_: pytest.fail("it was cut again"))

    assert fonts.still(face) == first


def test_the_same_bytes_each_time():
    original = fonts.source(FACES[0]).read_bytes()

    assert fonts.cut(original, 400) == fonts.cut(original, 400)


def test_a_machine_without_a_cache_gets_its_fonts_all_the_same(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/no/such/place")

    assert fonts.still(Face("Inter", "normal", 400)) == fonts.assets()["fonts/Inter-400-normal"]


@pytest.mark.process
@pytest.mark.usefixtures("uninstalled")
def test_without_its_type_a_document_is_set_in_the_next_of_the_stack():
    pool = Pool(size=1)
    try:
        rendered = pool.render(compose(example.full()), {})
    finally:
        pool.stop()

    with pikepdf.open(io.BytesIO(rendered.files["screen"])) as pdf:
        used = {str(font.BaseFont).split("+")[1] for page in pdf.pages for font in page.Resources.Font.values()}
    assert used
    assert not {"EB-Garamond", "Inter", "Inter-Semi-Bold"} & used
    assert "Seventeen orders, one every three weeks" in " ".join(words(rendered.files["screen"]).split())
    assert rendered.warnings == []


@pytest.mark.usefixtures("uninstalled")
def test_a_missing_family_is_reported_and_left_out():
    assert fonts.missing() == ["EB Garamond", "Inter"]
    assert fonts.rules() == ""
    assert fonts.assets.__wrapped__() == {}
    assert health.remarks()[0] == (
        "Documents fall back on other type, because these fonts are not installed: EB Garamond, Inter."
    )
