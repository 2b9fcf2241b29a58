"""A company's own colour and logo: readable, in every edition, and the same bytes again (P9)."""

import base64
import hashlib
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from acr_program.render import client, editions, look
from acr_program.render.checking import InputError
from acr_program.render.document import compose
from acr_program.render.models import canonical

from . import example

ACCENT = "#7a1f3d"
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def picture(color=(200, 30, 60), size=(120, 40)):
    data = io.BytesIO()
    Image.new("RGB", size, color).save(data, "PNG")
    return data.getvalue()


def inputs(**how):
    logo = base64.b64encode(picture()).decode()
    return example.short() | {"look": {"accent": ACCENT, "logo": logo}} | how


def rendered(data):
    return client.render(compose(data), look.assets(data.get("look")))


# Contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#17495a", "#ffffff", 9.82)],
)
def test_the_contrast_is_the_one_of_the_guidelines(one, other, ratio):
    assert look.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert look.contrast(other, one) == look.contrast(one, other)


@given(color=COLORS)
def test_the_nearest_colour_can_be_read_and_is_the_same_where_it_could(color):
    found = look.nearest(color)

    assert look.readable(found)
    assert (found == color) is look.readable(color)


@given(color=COLORS.map(look.nearest))
def test_whatever_stands_on_it_can_be_read(color):
    assert min(look.contrast(look.pale(color, share), color) for share in (0.55, 0.75, 1)) >= look.TEXT


def test_the_nearest_keeps_the_hue():
    assert look.nearest("#ffb000") == "#9e6d00"


# What is refused


@pytest.mark.parametrize(
    "accent", ["#ffb000", "red", "#17495", "#17495A;", "#17495a}", "url(x)", "</style>", "#17495a\n", "var(--x)"]
)
def test_a_colour_that_is_none_or_cannot_be_read_is_refused(accent):
    with pytest.raises(InputError, match=r"inputs\.look\.accent"):
        compose(inputs(look={"accent": accent}))


@pytest.mark.parametrize(
    "logo",
    [
        "https://example.com/logo.png",
        base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
        base64.b64encode(picture()[:-8]).decode(),
        base64.b64encode(picture() + b"PK\x03\x04").decode(),
        "no base64",
    ],
    ids=["an address", "an SVG", "cut off", "something behind it", "no picture"],
)
def test_a_logo_that_is_no_small_whole_png_is_refused(logo):
    with pytest.raises(InputError, match=r"inputs\.look\.logo"):
        compose(inputs(look={"logo": logo}))


# The pages


@pytest.mark.parametrize("edition", ["screen", "print", "internal"])
def test_every_rule_that_names_the_accent_is_said_again(edition):
    said, sheet = look.style({"accent": ACCENT}, edition), editions.text(edition)
    named = len(re.findall(r"var\(--(?:accent|cover-text|cover-quiet)\)", sheet))

    assert named == len(re.findall(r"var\(--(?:accent|cover-text|cover-quiet)\)", str(look.rules(edition)))) > 8
    assert ACCENT in said
    assert "var(" not in said
    assert editions.tokens(edition)["accent"] not in said


def test_without_a_look_nothing_of_it_is_in_the_pages():
    plain = compose(example.short())["screen"]

    assert "<style>" not in plain
    assert "<img" not in plain
    assert compose(example.short() | {"look": None})["screen"] == plain


def test_the_charts_have_the_colour_too():
    whole = compose(example.full() | {"look": {"accent": ACCENT}})["screen"]

    assert f'fill="{ACCENT}"' in whole
    assert editions.tokens("screen")["accent"] not in whole


@pytest.mark.process
@pytest.mark.demand("P9")
def test_the_same_inputs_give_the_same_bytes_and_another_colour_others():
    first, again = rendered(inputs()), rendered(json.loads(canonical(inputs())))
    other = rendered(inputs(look={"accent": "#1f3d7a"}))

    digests = [hashlib.sha256(one.files["screen"]).hexdigest() for one in (first, again, other)]
    assert digests[0] == digests[1] != digests[2]
    assert first.warnings == []


@pytest.mark.process
def test_the_logo_stands_on_the_cover_with_the_companys_name():
    with_it, without = (rendered(inputs(look=one)).files["screen"] for one in (inputs()["look"], {"accent": ACCENT}))

    assert with_it.count(b"/Subtype /Image") == without.count(b"/Subtype /Image") + 1
    assert 'src="asset:logo" alt="Northwind Traders"' in compose(inputs())["screen"]
