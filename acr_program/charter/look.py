"""The company's logo and colour: what may be chosen, and how every document is given them."""

from __future__ import annotations

import base64
import io
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from acr_program.files import images
from acr_program.files.errors import NotTaken
from acr_program.files.models import StoredFile
from acr_program.files.store import store
from acr_program.render import editions
from acr_program.render.look import LOGO_BYTES, TEXT, WHITE, contrast, nearest, pale, readable

from .models import Program

LOOK = ("accent", "logo")
LARGEST = 2 << 20  # bytes of a picture as it is sent
SIDE, SMALLEST = 4_000, 40  # pixels: decoded here, so no more than this; fewer would be a blot on paper
DRAWN = (1_000, 400)  # pixels in which it is kept: 400 to the inch on the cover
PNG = "image/png"


def default() -> str:
    """The colour of a document whose company has chosen none."""
    return editions.tokens("screen")["accent"]


def look_of(program: Program) -> dict[str, Any]:
    """What stands in the inputs of a document; nothing where the company has chosen nothing."""
    accent = {"accent": program.accent} if program.accent else {}
    logo = {"logo": base64.b64encode(program.logo.read(_("the logo"))).decode()} if program.logo else {}
    return {"look": accent | logo} if accent or logo else {}


def why_unreadable(color: str) -> str:
    """The sentence about a colour in which words cannot be read, with the nearest in which they can; empty where they can."""
    if readable(color):
        return ""
    words = _(
        "The contrast of %(color)s with white is %(has)s to 1, and words printed in it or on it need %(needs)s to 1. "
        "The nearest colour that has it is %(nearest)s."
    )
    said = {"color": color, "has": f"{contrast(color, WHITE):.1f}", "needs": f"{TEXT:.1f}", "nearest": nearest(color)}
    return words % said


def drawn_anew(data: bytes) -> bytes:
    """The picture as a small PNG on white: drawn from its pixels, so that nothing else of the file is kept.

    Raises NotTaken with a sentence where it is no whole PNG or JPEG, or too large or too small a picture.
    """
    check_kind(data)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as sent:
            if max(sent.size) > SIDE or min(sent.size) < SMALLEST:
                words = _("A logo is between %(least)d and %(most)d pixels wide and high; this one has %(w)d by %(h)d.")
                raise NotTaken(words % {"least": SMALLEST, "most": SIDE, "w": sent.width, "h": sent.height})
            picture = sent.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise images.broken() from error
    picture.thumbnail(DRAWN, Image.Resampling.LANCZOS)
    page = Image.new("RGB", picture.size, WHITE)
    page.paste(picture, mask=picture)
    return small(page)


def check_kind(data: bytes) -> None:
    if len(data) > LARGEST:
        raise NotTaken(_("The file is larger than 2 MB. Send a smaller one."))
    if data.startswith(images.PNG):
        images.check_png(data)
    elif data.startswith(images.JPEG):
        images.check_jpeg(data)
    elif b"<svg" in data[:4096].lower():
        raise NotTaken(
            _("An SVG can hold scripts and addresses, so it is not taken. Save the logo as a PNG and send that.")
        )
    else:
        raise NotTaken(
            _("By its content this is neither a PNG nor a JPEG picture. Save the logo as a PNG and send that.")
        )


def small(page: Image.Image) -> bytes:
    """As it is where that is small enough for every document to carry, else in 256 colours."""
    for picture in (page, page.quantize(256, dither=Image.Dither.NONE)):
        done = io.BytesIO()
        picture.save(done, "PNG", optimize=True)
        if done.tell() <= LOGO_BYTES:
            return done.getvalue()
    raise NotTaken(_("The picture has too much in it for a logo: choose one with plainer colours, or a smaller one."))


def keep_logo(data: bytes) -> StoredFile:
    return store(data, PNG)


def sample(accent: str) -> dict[str, str]:
    """The colours of a cover in this accent, for the sample beside the form."""
    chosen = accent or default()
    return {"accent": chosen, "text": pale(chosen, 0.75), "quiet": pale(chosen, 0.55)}
