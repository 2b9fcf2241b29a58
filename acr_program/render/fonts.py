"""The document's type: EB Garamond and Inter out of their packages, cut to five still weights.

A variable font is instantiated by WeasyPrint for each document and stamped with the time, so the same document would
not give the same bytes twice (docs/promises.md, rule 6). Still fonts do, and cost nothing to embed.
"""

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

VARIATIONS = ("fvar", "gvar", "avar", "HVAR", "MVAR", "STAT", "cvar")


@dataclass(frozen=True)
class Face:
    """One font file of the document and what the style sheet calls it."""

    family: str
    style: str
    weight: int

    @property
    def asset(self) -> str:
        return f"fonts/{self.family.replace(' ', '')}-{self.weight}-{self.style}"

    @property
    def rule(self) -> str:
        return (
            f'@font-face {{ font-family: "{self.family}"; font-style: {self.style}; '
            f'font-weight: {self.weight}; src: url("asset:{self.asset}"); }}'
        )


FACES = (
    Face("EB Garamond", "normal", 400),
    Face("EB Garamond", "italic", 400),
    Face("EB Garamond", "normal", 700),
    Face("Inter", "normal", 400),
    Face("Inter", "normal", 600),
)


def missing() -> list[str]:
    """Families of the document that are not installed; the pages then fall back on whatever the system has."""
    return sorted({face.family for face in FACES if source(face) is None})


def rules() -> str:
    """The @font-face rules of every face there is."""
    return "\n".join(face.rule for face in FACES if source(face) is not None)


@cache
def assets() -> dict[str, bytes]:
    """Every face's file under the name its rule asks for."""
    return {face.asset: still(face) for face in FACES if source(face) is not None}


def source(face: Face) -> Path | None:
    try:
        return Path(fontpkg.path(face.family, weight=face.weight, style=face.style))
    except fontpkg.FontpkgError:
        return None


def still(face: Face) -> bytes:
    """The face without its axes: cut once for each version of the package, then read from the user's cache."""
    path = source(face)
    assert path is not None
    original = path.read_bytes()
    digest = hashlib.sha256(f"{face} {tool()} ".encode() + original).hexdigest()
    kept = cache_folder() / f"{digest}.ttf"
    if kept.exists():
        return kept.read_bytes()
    made = cut(original, face.weight)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(made)
        os.replace(file.name, kept)
    except OSError:
        pass  # a folder that cannot be written costs two seconds at the next start, no document
    return made


def cache_folder() -> Path:
    """Where cut fonts are kept: they belong to the machine, not to the office's data."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "acr-program" / "fonts"


def cut(original: bytes, weight: int) -> bytes:
    font = TTFont(io.BytesIO(original), recalcTimestamp=False, recalcBBoxes=False)
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    if "wght" in axes and axes["wght"].defaultValue != weight:
        # Kerning stays that of the regular weight: varying it takes longer than all outlines together.
        font["GDEF"].table.VarStore = None
        font["GDEF"].table.Version = 0x00010002
        place = {tag: axis.defaultValue for tag, axis in axes.items()} | {"wght": weight}
        font = instantiateVariableFont(font, place, inplace=True, static=True, optimize=False)
    for table in VARIATIONS:
        if table in font:
            del font[table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def tool() -> str:
    try:
        return f"fonttools {version('fonttools')}"
    except PackageNotFoundError:
        return "fonttools"
