"""What keeps names and titles from forging a mail: every link in it is one that we built (P32)."""

import re
import secrets
from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Control, direction and private-use characters, what parts a word unseen, and the marks of private values.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff⟦⟧]"
)
DOTS = ".\u3002\uff0e\uff61"
SCHEME = re.compile(r"[:\uff1a](?=[/\\\uff0f])")
LOOSE = re.compile(r"\b(mailto|tel|sms|callto|facetime|javascript|data|vbscript|file)[:\uff1a]", re.IGNORECASE)
DOTTED = re.compile(rf"(?<=\w)([{DOTS}])(?=[^\W\d_])|(?<=[^\W\d_])([{DOTS}])(?=\d)|(?<=[\w])(@|\uff20)(?=\w)")
QUAD = re.compile(rf"\d+(?:[{DOTS}]\d+){{3,}}")
TAGS = re.compile(r"(<style\b.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE)
LINKED = re.compile(r"""\b(?:href|src|action|background|poster)\s*=\s*(["']?)([^"'>\s]*)\1""", re.IGNORECASE)
BREAK = "\u200b"  # unseen, and no mail program reads an address across it


class Trusted(str):
    """A link or address that we built ourselves: it goes into the mail as it is."""

    __slots__ = ()


class ForeignLink(Exception):
    """A mail template links to something that was not given to it as Trusted."""


class Ours:
    """Stands for our own links while the rest of a rendered mail is defused, and puts them back."""

    def __init__(self) -> None:
        self._nonce = secrets.token_hex(8)
        self._kept: list[tuple[str, bool]] = []

    def hide(self, value: Any) -> Any:
        """The same context with every Trusted value behind a mark that nobody can guess."""
        if isinstance(value, Trusted):
            return self._mark(value, private=False)
        if isinstance(value, Mapping):
            return {name: self.hide(part) for name, part in value.items()}
        if type(value) is list:
            return [self.hide(part) for part in value]
        return value

    def hide_private(self, names: Mapping[str, str]) -> dict[str, SafeString]:
        """Secrets of a mail stay marks in the row, and are put in when it is sent."""
        return {name: self._mark(name, private=True) for name in names}

    def _mark(self, text: str, *, private: bool) -> SafeString:
        self._kept.append((text, private))
        return mark_safe(f"QZ{self._nonce}N{len(self._kept) - 1}QZ")  # noqa: S308  our own letters and digits

    def show(self, text: str, *, html: bool) -> str:
        def put(match: re.Match[str]) -> str:
            kept, private = self._kept[int(match[1])]
            if private:
                return mark_of(kept)
            return escape(kept) if html else kept

        return re.sub(rf"QZ{self._nonce}N(\d+)QZ", put, text)

    def is_mark(self, text: str) -> bool:
        """Whether a link is one of ours alone, or a letter to one."""
        return re.fullmatch(rf"(?:mailto:)?QZ{self._nonce}N\d+QZ", text) is not None


def mark_of(name: str) -> str:
    """How a secret of a mail is shown to whoever reads it in the outbox."""
    return f"⟦{name}⟧"


def fill_in(text: str, private: Mapping[str, str], *, html: bool) -> str:
    """The mail with its secrets, as it is sent."""
    for name, value in private.items():
        text = text.replace(mark_of(name), escape(value) if html else value)
    return text


def defuse(text: str) -> str:
    """Break whatever a mail program would turn into a link; people read the same words."""
    text = INVISIBLE.sub("", text)
    text = LOOSE.sub(r"\1: ", SCHEME.sub(": ", text))
    text = DOTTED.sub(lambda found: found[0] + BREAK, text)
    return QUAD.sub(lambda found: re.sub(f"([{DOTS}])", rf"\1{BREAK}", found[0]), text)


def defuse_html(page: str, ours: Ours) -> str:
    """The same between the tags; what the tags link to must be ours."""
    parts = TAGS.split(page)
    for place, part in enumerate(parts):
        if not place % 2:
            parts[place] = defuse(part)
            continue
        for _quote, target in LINKED.findall(part):
            if not ours.is_mark(target):
                raise ForeignLink(target)
    return "".join(parts)


def one_line(text: str) -> str:
    return " ".join(text.split())
