"""What people honestly send: the pages that they are led to, and the forms that stand there as they stand there."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

LEFT_OUT = ("account_", "mfa_", "socialaccount_", "admin:", "theme")  # signing in has proofs of its own
NEVER_READ = {"/static"}


class Sent(NamedTuple):
    """One request: its view, its path, what stands in its query, and what is typed (None where it only looks)."""

    name: str
    path: str
    query: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...] | None

    @property
    def url(self) -> str:
        return self.path + (f"?{urlencode(self.query)}" if self.query else "")


class Page(HTMLParser):
    """The links and the forms of a page; of each choice what is chosen, of each tick that it is set."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []
        self.kept: dict[str, list[tuple[str, str]]] = {}
        self.ids: list[str] = []
        self.fields: list[tuple[str, str]] | None = None
        self.choice = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.links += [given[name] for name in ("href", "src", "hx-get") if given.get(name)]
        if tag == "form":
            self.fields = []
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), self.fields))
            self.ids.append(given.get("id", ""))
        elif tag == "select":
            self.choice = given.get("name", "")
        elif tag == "option" and self.choice and given.get("value"):
            self.put(given, self.choice, given["value"], first="selected" not in given)
        elif tag in ("input", "textarea", "button") and given.get("name"):
            self.put(given, given["name"], given.get("value", "on"))

    def put(self, given: dict[str, str], name: str, value: str, *, first: bool = False) -> None:
        """A field belongs to the form around it, or to the one it names."""
        fields = self.kept.setdefault(given["form"], []) if given.get("form") else self.fields
        if fields is not None and not (first and any(known == name for known, _value in fields)):
            fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.fields = None
        elif tag == "select":
            self.choice = ""

    def sendings(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        return [
            (method, action, fields + self.kept.get(name, []))
            for name, (method, action, fields) in zip(self.ids, self.forms, strict=True)
        ]


def view_of(path: str) -> str:
    """The name of our view behind the path; empty where there is none of ours."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if name.startswith(LEFT_OUT) else name


def record(client: Any, starts: list[str], *, many: int) -> list[Sent]:
    """Follow every link from these pages on, so many times a view; each page and each form on it, once."""
    visits, found, ahead, known = Counter[str](), {}, list(starts), set()
    while ahead:
        url = ahead.pop(0)
        parts = urlsplit(url)
        name = view_of(parts.path)
        if not name or url in known or visits[name] >= many:
            continue
        known.add(url)
        visits[name] += 1
        answer = client.get(url)
        if answer.status_code == 302:
            ahead.append(urljoin(url, answer.headers["Location"]))
        if answer.status_code != 200:
            continue
        sent = Sent(name, parts.path, tuple(parse_qsl(parts.query)), None)
        found[sent.url, ()] = sent
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        page = Page(answer.content.decode())
        ahead += [urljoin(url, link) for link in page.links if not link.startswith(("#", "http", "mailto"))]
        for method, action, fields in page.sendings():
            goal = urlsplit(urljoin(url, action or url))
            form = view_of(goal.path)
            if method == "get" and form:
                ahead.append(f"{goal.path}?{urlencode(fields)}")
            elif form and visits[f"form {form}"] < many:
                visits[f"form {form}"] += 1
                typed = tuple(field for field in fields if field[0] != "csrfmiddlewaretoken")
                found[goal.path, typed] = Sent(form, goal.path, tuple(parse_qsl(goal.query)), typed)
    return list(found.values())
