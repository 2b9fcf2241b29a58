"""The company's logo and colour: chosen by the manager, checked by content and contrast, in every document from then on."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from acr_program.charter.look import LARGEST, drawn_anew, look_of, why_unreadable
from acr_program.charter.models import Program
from acr_program.files.errors import NotTaken
from acr_program.jobs.work import drain
from acr_program.render.look import LOGO_BYTES, is_logo
from acr_program.render.models import Rendering
from acr_program.workflow.seals import verify
from reviews.models import Document
from tests.desk.asking import text
from tests.factories import fresh, make_program, make_request, office
from tests.reviews.work import answer, signed_in

pytestmark = [pytest.mark.django_db]
URL = "/program/1/look/"
ACCENT = "#7a1f3d"


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def picture(size: tuple[int, int] = (300, 100), kind: str = "PNG", mode: str = "RGB", **how: Any) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, (200, 30, 60, 0)[: len(mode)]).save(data, kind, **how)
    return data.getvalue()


def send(program: Program, data: bytes | None = None, person: Any = None, **given: Any) -> Any:
    sent = {"seen": fresh(program).version, "accent": ""} | given
    if data is not None:
        sent["logo"] = SimpleUploadedFile("logo.png", data)
    return signed_in(person or office("manager")).post(URL, sent)


# The colour


def test_a_colour_is_kept_as_it_is_written_in_small_letters():
    program = make_program()

    assert send(program, accent="7A1F3D").status_code == 302
    assert fresh(program).accent == ACCENT
    assert ACCENT in signed_in(office("manager")).get(URL).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("#ffb000", "The contrast of #ffb000 with white is 1.8 to 1, and words printed in it or on it need 4.5 to 1."),
        ("#777777", "The nearest colour that has it is #767676."),
        ("red", "A colour is written with six signs behind a #"),
        ("#12345", "A colour is written with six signs behind a #"),
        ("url(x)", "A colour is written with six signs behind a #"),
    ],
)
def test_one_that_cannot_be_read_or_is_none_is_refused_with_the_nearest(typed: str, says: str):
    program = make_program()

    refused = send(program, accent=typed)

    assert refused.status_code == 400
    assert says in text(refused)
    assert typed in refused.content.decode()
    assert fresh(program).accent == ""


def test_the_nearest_that_is_named_is_taken():
    nearest = why_unreadable("#ffb000").rstrip(".").rsplit(" ", 1)[1]

    assert why_unreadable(nearest) == ""
    assert send(make_program(), accent=nearest).status_code == 302


def test_the_database_takes_nothing_but_a_colour():
    make_program()

    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.update(accent="red")


# The logo


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_a_picture_is_kept_as_a_small_png_on_white(kind: str, mode: str):
    program = make_program()

    assert send(program, picture(kind=kind, mode=mode)).status_code == 302

    kept = fresh(program).logo
    with Image.open(io.BytesIO(kept.read())) as found:
        assert (found.format, found.mode, found.size) == ("PNG", "RGB", (300, 100))
        assert mode != "RGBA" or found.getpixel((0, 0)) == (255, 255, 255)
    assert is_logo(base64.b64encode(kept.read()).decode())


def test_nothing_but_its_pixels_is_kept():
    note = PngInfo()
    note.add_text("Comment", "made at home by Pat")

    assert b"Pat" not in drawn_anew(picture(pnginfo=note))


def test_a_large_picture_is_made_small_enough_for_every_document():
    noise = Image.effect_noise((2_000, 2_000), 120).convert("RGB")
    data = io.BytesIO()
    noise.save(data, "JPEG", quality=60)

    with pytest.raises(NotTaken, match="too much in it"):
        drawn_anew(data.getvalue())
    assert len(drawn_anew(picture((3_900, 1_500)))) <= LOGO_BYTES


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (SVG, "An SVG can hold scripts and addresses"),
        (b"<html><svg/></html>", "An SVG can hold scripts and addresses"),
        (b"GIF89a" + b"\0" * 40, "neither a PNG nor a JPEG"),
        (b"%PDF-1.7", "neither a PNG nor a JPEG"),
        (picture()[:-20], "The picture is not whole"),
        (picture()[:60] + b"\0" * 30 + picture()[90:], "not whole"),
        (picture() + b"<?php x(); ?>", "Something stands behind the end"),
        (picture((4_001, 50)), "between 40 and 4000 pixels"),
        (picture((300, 20)), "between 40 and 4000 pixels"),
        (picture() + b"\0" * LARGEST, "larger than 2 MB"),
        (b"", "The file is empty."),
    ],
    ids=[
        "svg",
        "html",
        "gif",
        "pdf",
        "cut off",
        "broken inside",
        "polyglot",
        "too wide",
        "too flat",
        "too heavy",
        "empty",
    ],
)
def test_what_is_no_whole_picture_is_refused_with_its_reason(data: bytes, says: str):
    program = make_program()

    refused = send(program, data)

    assert refused.status_code == 400
    assert says in text(refused)
    assert fresh(program).logo is None


def test_it_is_shown_beside_the_form_and_taken_away_again():
    program = make_program()
    send(program, picture(), accent=ACCENT)
    client = signed_in(office("manager"))

    shown = client.get("/program/1/logo/")
    assert "/program/1/logo/" in client.get(URL).content.decode()
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")

    send(program, accent=ACCENT)
    assert fresh(program).logo is not None
    send(program, accent=ACCENT, no_logo="on")
    assert fresh(program).logo is None
    assert client.get("/program/1/logo/").status_code == 404


def test_the_manager_alone_chooses_and_a_page_that_is_out_of_date_says_so():
    program = make_program()

    assert send(program, accent=ACCENT, person=office("admin")).status_code == 403
    late = send(program, accent=ACCENT, seen=99)

    assert late.status_code == 409
    assert fresh(program).accent == ""


def test_it_is_logged_with_what_stood_before_and_can_be_taken_back():
    program = make_program()
    send(program, accent=ACCENT)
    entry = program.log().last()

    assert entry.detail.data["changed"] == {"accent": ["", ACCENT]}
    signed_in(office("manager")).post(reverse("workflow:undo", args=[entry.pk]))
    assert fresh(program).accent == ""


# The documents


def made(request: Any) -> tuple[Document, dict[str, Any]]:
    """The newest version, as the renderer makes it, and the inputs that are kept of it."""
    answer(request, "We shipped what we promised.")
    drain(["render.rendering"])
    document = fresh(fresh(request).latest_document())
    job = Rendering.latest(document)
    assert job is not None
    assert job.inputs is not None
    return document, json.loads(job.inputs.read())


def test_without_one_the_inputs_say_nothing_of_it():
    assert look_of(make_program()) == {}


@pytest.mark.process
@pytest.mark.demand("P9")
def test_a_document_keeps_the_look_it_was_made_with_and_comes_out_the_same_again(capsys):
    from django.core.management import call_command

    program = make_program()
    send(program, picture(), accent=ACCENT)
    document, inputs = made(make_request("gathering", sections=1))
    send(program, accent="#1f3d7a", no_logo="on")

    call_command("rerender", f"R{document.request_id}-{document.number}", "--verify")

    assert inputs["look"]["accent"] == ACCENT
    kept = base64.b64decode(inputs["look"]["logo"])
    assert hashlib.sha256(kept).digest() != hashlib.sha256(picture()).digest()
    assert "DIFFERENT" not in capsys.readouterr().out
    other, later = made(make_request("gathering", sections=1))
    assert later["look"] == {"accent": "#1f3d7a"}
    assert other.manifest.file("screen.pdf").file != document.manifest.file("screen.pdf").file
