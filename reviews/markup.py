"""Rich text as its editor sends it: what a standard text may hold, and the line and reason of everything else (P24, P30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from ipaddress import ip_address
from itertools import islice
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from acr_program.render.clean import ALIKE, ATTRIBUTES, TAGS, clean

RICH = re.compile(r"\s*<(?:p|h3|h4|ul|ol|blockquote|table)>")
ANY_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)
BLOCK_ENDS = re.compile(r"(</(?:p|h3|h4|li|ul|ol|blockquote|tr|table)>|<(?:ul|ol|blockquote|table)>)(?!\n)")
WITHOUT_MEANING = {"div", "span", "u", "s", "hr"}  # pasted along with words; the words stay, the element goes
SAYS_NOTHING = {"class", "id", "dir", "lang", "title", "target", "start"}  # dropped in silence
LINKS = {"http", "https", "mailto"}
TOLD = 10


def is_rich(text: str) -> bool:
    """Whether the text is mark-up as the editor keeps it, and not lines as contributors type them."""
    return RICH.match(text) is not None


def has_tags(text: str) -> bool:
    return ANY_TAG.search(text) is not None


def tidy(html: str) -> str:
    """Clean mark-up with each block on a line of its own, so that a line can be named; raises TooDeep."""
    return BLOCK_ENDS.sub(r"\1\n", clean(html)).strip()


def faults_in(html: str) -> list[tuple[int, str]]:
    """What cannot stand in a text, with its line, the first ten."""
    found = Faults()
    try:
        found.feed(html)
        if found.rawdata.startswith("<"):
            found.tell(_("“%(words)s” begins a tag that does not end."), words=found.rawdata)
        found.close()
    except AssertionError:  # how the parser of the standard library gives up on a declaration that never ends
        found.told.append((found.getpos()[0], _("it holds a declaration that is no text.")))
    return list(islice(sorted(found.told), TOLD))


class Faults(HTMLParser):
    """Walks through mark-up as it was sent and writes down every element, attribute and address that is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[int, str]] = []

    def tell(self, sentence: str, **named: str) -> None:
        self.told.append((self.getpos()[0], sentence % {key: value[:60] for key, value in named.items()}))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS and tag not in ALIKE and tag not in WITHOUT_MEANING:
            self.tell(
                _("<%(tag)s> cannot stand in a text: words, headings, lists, quotes, tables and links can."), tag=tag
            )
            return
        for name, value in attrs:
            self.attribute(tag, name, value or "")

    handle_startendtag = handle_starttag

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name == "rel" and not set(value.lower().split()) - {"noopener", "noreferrer", "nofollow"}:
            return
        if name not in ATTRIBUTES.get(tag, ()) and name not in SAYS_NOTHING:
            self.tell(
                _("“%(name)s” cannot stand in <%(tag)s>: a text has no styles, scripts or pictures."),
                name=name,
                tag=tag,
            )
        elif name == "href" and (why := why_no_link(value)):
            self.told.append((self.getpos()[0], why))

    def handle_decl(self, decl: str) -> None:
        self.tell(_("<!%(words)s> cannot stand in a text."), words=decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.tell(_("<?%(words)s> cannot stand in a text."), words=data)

    def handle_comment(self, data: str) -> None:
        self.tell(_("a comment, <!--%(words)s-->, cannot stand in a text: nobody would read it."), words=data)


def why_no_link(address: str) -> str:
    """Why a customer's document cannot lead there; empty where it can."""
    if "{" in address:
        return _("a token stands in the text, not in the address of a link.")
    try:
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", address))
        host = parts.hostname or ""
    except ValueError:
        return _("“%(address)s” is no address.") % {"address": address[:60]}
    if parts.scheme.lower() not in LINKS:
        return _("“%(address)s” is no address of the web and no mail address.") % {"address": address[:60]}
    if parts.scheme.lower() != "mailto" and (not host or is_inside(host)):
        return _("“%(address)s” leads into a private network: no customer can open it.") % {"address": address[:60]}
    return ""


def is_inside(host: str) -> bool:
    """Whether a name or number is one of a machine or network of its own, in whichever way numbers are written."""
    host = host.rstrip(".").lower()
    if host in ("localhost", "metadata") or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa")):
        return True
    if re.fullmatch(r"[0-9a-fx.]*", host) and re.fullmatch(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+))*", host):
        return is_private(".".join(map(str, octets(host))))
    return ":" in host and is_private(host)


def octets(host: str) -> Iterator[int]:
    """The four numbers of an address written as one to four of any base, as browsers read them."""
    *first, last = (int(part, base_of(part)) for part in host.split(".")[:4])
    yield from first
    for place in range(3 - len(first), -1, -1):
        yield (last >> (8 * place)) & 255


def base_of(part: str) -> int:
    if part.startswith("0x"):
        return 16
    return 8 if re.fullmatch(r"0[0-7]+", part) else 10


def is_private(number: str) -> bool:
    try:
        return not ip_address(number).is_global
    except ValueError:
        return True
