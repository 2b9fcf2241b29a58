"""What contributors wrote, brought down to the few elements the document knows.

The same text was cleaned when it was typed; it is cleaned again here, because the page is what counts
(docs/promises.md, rule 9; pitfall 24).
"""

import re
from html.parser import HTMLParser

import nh3

TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a", "sub", "sup"} | TABLE
ATTRIBUTES = {"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto"}
ALIKE = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}  # what a word processor pastes
DEEPEST = 20  # elements inside one another; the layout gives up at about 200

_alike = re.compile(rf"(</?)({'|'.join(ALIKE)})(?=[\s>/])", re.IGNORECASE)


class TooDeep(ValueError):
    """Mark-up nested beyond anything a person writes."""


def clean(html: str) -> str:
    """The text with its own elements only: no pictures, no styles, no addresses but web and mail."""
    html = _alike.sub(lambda hit: hit[1] + ALIKE[hit[2].lower()], html)
    html = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags={"script", "style", "title", "template", "svg", "math"},
        attribute_filter=attribute,
        link_rel=None,
    )
    if depth(html) > DEEPEST:
        raise TooDeep(f"has elements nested more than {DEEPEST} deep.")
    return html.strip()


def attribute(element: str, name: str, value: str) -> str | None:
    """Spans stay small, a scope means something, an address is whole."""
    if name in {"colspan", "rowspan"}:
        return value if value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= 12 else None
    if name == "scope":
        return value if value in {"row", "col"} else None
    if name not in ATTRIBUTES.get(element, ()):
        return None
    if name == "href":
        return value if re.match(r"(https?://|mailto:)", value.strip(), re.IGNORECASE) else None
    return value


def depth(html: str) -> int:
    walk = Walk()
    walk.feed(html)
    return walk.deepest


def by_heading(html: str) -> list[dict[str, str]]:
    """Clean text cut at its own headings, so that each can stand in the label columns: [{title, html}]."""
    walk = Walk()
    walk.feed(html)
    walk.close()
    cuts = walk.headings
    if not cuts:
        return [{"title": "", "html": html}] if html else []
    parts = [{"title": "", "html": html[: cuts[0][0]].strip()}]
    for index, (_, title, after) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(html)
        parts.append({"title": title.strip(), "html": html[after:end].strip()})
    return [part for part in parts if part["title"] or part["html"]]


class Walk(HTMLParser):
    """Reads clean mark-up for its depth and for the places of its outermost third-level headings."""

    def __init__(self) -> None:
        super().__init__()
        self.deepest = 0
        self.open: list[str] = []
        self.headings: list[tuple[int, str, int]] = []
        self._lines: list[int] = [0]
        self._start, self._title = -1, ""

    def feed(self, data: str) -> None:
        self._lines = [0, *(hit.end() for hit in re.finditer("\n", data))]
        super().feed(data)

    def place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            return
        if tag == "h3" and not self.open:
            self._start, self._title = self.place(), ""
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        if tag == "h3" and not self.open and self._start >= 0:
            self.headings.append((self._start, self._title, self.place() + len("</h3>")))
            self._start = -1

    def handle_data(self, data: str) -> None:
        if self._start >= 0:
            self._title += data
