"""A document in a company's own colour, with its logo: both stand in its inputs, and come out the same again (P9)."""

import base64
import colorsys
import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NotRequired, TypedDict

from acr_program.files.errors import NotTaken
from acr_program.files.images import PNG, check_png

from . import editions, profile
from .checking import Rule

WHITE = "#ffffff"
TEXT = 4.5  # the contrast that words need with what they stand on (WCAG 2.2, 1.4.3)
LOGO_BYTES = 72_000  # of the picture as it stands in the inputs of each document
COLOR = re.compile(r"#[0-9a-f]{6}")
NAME = {"accent", "cover-text", "cover-quiet"}  # tokens that follow the accent
COMMENT, IN_MARGIN = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"@(?:top|bottom)-[a-z-]+\s*\{[^}]*\}")
FLAT = re.compile(r"([^{}]+)\{([^{}]*)\}")


def is_color(value: str) -> bool:
    return bool(COLOR.fullmatch(value)) and readable(value)


def is_logo(value: str) -> bool:
    """Whether this is a small PNG picture, whole, in base64."""
    try:
        data = base64.b64decode(value, validate=True)
        if not data.startswith(PNG) or len(data) > LOGO_BYTES:
            return False
        check_png(data)
    except (NotTaken, ValueError):
        return False
    return True


class Look(TypedDict):
    """The company's colour, which text is printed in and on, and its logo."""

    accent: NotRequired[Annotated[str, Rule("a colour such as #17495a, dark enough to be read", is_color, longest=7)]]
    logo: NotRequired[Annotated[str, Rule("a small PNG in base64", is_logo, longest=100_000)]]


def parts(color: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def as_hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))


def luminance(color: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How well one stands out from the other, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str) -> bool:
    """Whether words can be read in it on white, and in white on it; lines, which need less, can be seen then as well."""
    return contrast(color, WHITE) >= TEXT


def nearest(color: str) -> str:
    """The colour itself where it is readable; else the same hue, no darker than it has to be."""
    if readable(color):
        return color
    hue, light, full = colorsys.rgb_to_hls(*parts(color))
    tried = (as_hex(*colorsys.hls_to_rgb(hue, light * step / 200, full)) for step in range(199, -1, -1))
    return next(found for found in tried if readable(found))


def mixed(color: str, share: float) -> str:
    """White with what is left of the colour."""
    red, green, blue = (share + (1 - share) * part for part in parts(color))
    return as_hex(red, green, blue)


def pale(color: str, share: float) -> str:
    """A pale tint of the colour that can be read on it: the share of white, or as much more as that takes."""
    shares = (share + (1 - share) * step / 20 for step in range(21))
    return next(tint for one in shares if contrast(tint := mixed(color, one), color) >= TEXT)


def tokens(look: dict[str, Any] | None, edition: str) -> dict[str, str]:
    """The plain values that the look puts in place of the edition's own; nothing where there is no colour."""
    if not look or not (accent := look["accent"]):
        return {}
    found = {"accent": accent, "cover_text": pale(accent, 0.75), "cover_quiet": pale(accent, 0.55)}
    if editions.ALL[edition].inks:
        return {name: profile.ink(*parts(color)) for name, color in found.items()}
    return found


def style(look: dict[str, Any] | None, edition: str) -> str:
    """The rules that name these tokens, said again with their values; they come after the edition's own."""
    own = tokens(look, edition)
    if not own:
        return ""
    values = editions.tokens(edition) | own
    said = "\n".join(f"{selector} {{ {'; '.join(declared)} }}" for selector, declared in rules(edition))
    return re.sub(r"var\(--([\w-]+)\)", lambda hit: values[hit[1].replace("-", "_")], said)


@cache
def rules(edition: str) -> list[tuple[str, list[str]]]:
    """Each rule of the edition's sheets that names one of the tokens, with the declarations that do."""
    return list(naming(IN_MARGIN.sub("", COMMENT.sub("", editions.text(edition)))))


def naming(css: str) -> Iterator[tuple[str, list[str]]]:
    for selector, body in FLAT.findall(css):
        declared = [one.strip() for one in body.split(";") if any(f"var(--{name})" in one for name in NAME)]
        if declared:
            yield selector.strip(), declared


def assets(look: dict[str, Any] | None) -> dict[str, bytes]:
    """The pictures that the pages name, as the renderer is handed them: for the screen, and in the printer's inks."""
    if not look or not look.get("logo"):
        return {}
    data = base64.b64decode(look["logo"], validate=True)
    return {"logo": data} | ({"logo-in-inks": profile.in_inks(data)} if profile.digest() else {})


def logo_of(look: dict[str, Any] | None, edition: str) -> str:
    """By which name the pages of this edition ask for the logo; nothing where there is none."""
    if not look or not look["logo"]:
        return ""
    return "logo-in-inks" if editions.ALL[edition].inks else "logo"
