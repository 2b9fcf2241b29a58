"""Typed text as the document takes it: tokens filled, paragraphs and lists marked up, everything else escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any, NamedTuple

from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from acr_program.render.checking import InputError
from acr_program.render.clean import TooDeep, clean

from .markup import faults_in, is_rich
from .tokens import NAMES

LONGEST = 20_000  # characters of one standard text
TOLD = 10  # objections at most; whoever has more of them mends these first
NAMED = r"\{\{([^{}\n]{0,80})\}\}"
MARKS = re.compile(rf"{NAMED}|\{{\{{|\{{%")
BRACES = re.compile(rf"{NAMED}|\{{%|[{{}}]")


class Objection(NamedTuple):
    """What a text cannot be filled with, and the line it stands in."""

    line: int
    why: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(why)s") % {"line": self.line, "why": self.why}


def objections(text: str) -> list[Objection]:
    """Tokens that nobody knows or that are not closed, and instructions, of which a text has none; the first ten."""
    return list(islice(_objections(text, MARKS), TOLD))


def fault_in(text: str) -> str:
    """Why a standard text cannot be saved, with the line; nothing where it can. Braces stand around tokens alone (P24)."""
    if len(text) > LONGEST:
        return _("The text has %(length)d characters; %(most)d are the most.") % {"length": len(text), "most": LONGEST}
    if is_rich(text) and (wrong := faults_in(text)):
        return str(Objection(*wrong[0]))
    return next(map(str, _objections(text, BRACES)), "")


def faults(text: str) -> list[Objection]:
    """Every brace that belongs to no known token; the first ten."""
    return list(islice(_objections(text, BRACES), TOLD))


def filled(text: str, tokens: Mapping[str, Any], *, braces: bool = False) -> str:
    """The text with its tokens put in from plain data, in one pass: no engine reads it, so there is nothing to reach.

    With `braces`, those that stand alone are words. Raises InputError where something else stands between braces, a
    token has no value, or what is put in is no text.
    """
    plain = dict(_plain(tokens))
    if odd := [name for name, value in plain.items() if type(value) is not str]:
        raise InputError(f"tokens.{odd[0]}", _("is no plain text."))
    if not braces and len(text) > LONGEST:
        raise InputError("text", fault_in(text))
    pattern = MARKS if braces else BRACES
    if fault := next(_objections(text, pattern, plain.keys()), None):
        raise InputError("text", str(fault))
    return pattern.sub(lambda mark: plain[mark[1].strip()], text)


def _plain(tokens: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tokens.items():
        if isinstance(value, Mapping):
            yield from _plain(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _objections(text: str, pattern: re.Pattern[str], known: Any = NAMES) -> Iterator[Objection]:
    for mark in pattern.finditer(text):
        if why := _why_not(mark, known):
            yield Objection(text.count("\n", 0, mark.start()) + 1, why)


def _why_not(mark: re.Match[str], known: Any) -> str:
    if mark[0] == "{%":
        return _("a text has no instructions: write the two signs {% apart, or leave them out.")
    if mark[1] is None and mark[0] == "{{":
        return _("a token begins with {{ and has to end with }} in the same line.")
    if mark[1] is None:
        return _("“%(found)s” belongs to no token. Two braces stand before and behind its name, and nowhere else.") % {
            "found": mark[0]
        }
    name = mark[1].strip()
    if name in known:
        return ""
    like = get_close_matches(name, sorted(known), n=1)
    if like:
        return _("there is no token “%(name)s”; did you mean “%(like)s”?") % {"name": name, "like": like[0]}
    return _("there is no token “%(name)s”; choose one from the list.") % {"name": name}


def paragraphs(text: str) -> str:
    """Blank lines part paragraphs; lines that begin with a dash are a list; a line that begins with # is a heading."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]
    return "".join(_block(block.split("\n")) for block in blocks)


def marked_up(text: str, tokens: Mapping[str, Any] | None = None) -> str:
    """A standard text as mark-up: rich text as its editor keeps it, cleaned again; anything else as contributors type it.

    With `tokens` they are filled: escaped, so that no value becomes mark-up. Raises InputError where it cannot be.
    """
    if not is_rich(text):
        return paragraphs(text if tokens is None else filled(text, tokens))
    try:
        return clean(text if tokens is None else filled(text, _escaped(tokens)))
    except TooDeep as error:
        raise InputError("text", str(error)) from error


def _escaped(tokens: Mapping[str, Any]) -> dict[str, str]:
    return {name: html.escape(value) if type(value) is str else value for name, value in _plain(tokens)}


def as_typed(text: str) -> str:
    """A standard text as somebody types it who has no editor: paragraphs, lists and headings by their marks."""
    if not is_rich(text):
        return text
    text = re.sub(r"<li>\s*(?:<p>)?", "- ", re.sub(r"\s*\n\s*", " ", clean(text)))
    text = re.sub(r"<h[34]>", "# ", text)
    text = re.sub(r"(?:</p>)?\s*</li>\s*|<br>\s*", "\n", text)
    text = re.sub(r"</(?:p|ul|ol|h3|h4|blockquote|tr|table)>\s*", "\n\n", text)
    lines = [line.strip() for line in html.unescape(strip_tags(text)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _block(lines: list[str]) -> str:
    """The headings a block begins with, then a list or a paragraph; flat, for a text may hold any number of them."""
    at = next((at for at, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    heads = "".join(f"<h3>{escape(line[2:].strip())}</h3>" for line in lines[:at])
    rest = lines[at:]
    if not rest:
        return heads
    if all(line.lstrip().startswith("- ") for line in rest):
        return heads + "<ul>" + "".join(f"<li>{escape(line.lstrip()[2:].strip())}</li>" for line in rest) + "</ul>"
    return heads + "<p>" + "<br>".join(escape(line.strip()) for line in rest) + "</p>"
