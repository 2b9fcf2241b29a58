"""Typed text as the document takes it: tokens filled, paragraphs and lists marked up, everything else escaped."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import escape
from liquid import Environment, StrictUndefined

_environment = Environment(undefined=StrictUndefined, autoescape=False)


def filled(text: str, tokens: dict[str, Any]) -> str:
    """The text with its tokens filled from plain data; raises where a token is unknown."""
    return _environment.from_string(text).render(**tokens) if "{" in text else text


def paragraphs(text: str) -> str:
    """Blank lines part paragraphs; lines that begin with a dash are a list; a line that begins with # is a heading."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]
    return "".join(_block(block.split("\n")) for block in blocks)


def _block(lines: list[str]) -> str:
    if lines[0].startswith("# "):
        rest = "\n".join(lines[1:]).strip()
        return f"<h3>{escape(lines[0][2:].strip())}</h3>" + (paragraphs(rest) if rest else "")
    if all(line.lstrip().startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{escape(line.lstrip()[2:].strip())}</li>" for line in lines) + "</ul>"
    return "<p>" + "<br>".join(escape(line.strip()) for line in lines) + "</p>"
