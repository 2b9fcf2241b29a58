"""Finds the pages a person can reach: from Today along every link, one example of each kind of address."""

from __future__ import annotations

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext

# Django's own admin site is not ours to draw; a file and a machine's answer are no pages.
NOT_OURS = re.compile(r"^/(admin/|static/|sign-in/logout)|/files?/|/page/$|/receipt/$|\.(pdf|csv|xlsx)$")
NUMBER = re.compile(r"(?<=/)(\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/|$)")


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(str(given["href"]))


def kind_of(path: str) -> str:
    """The address with every number as N: /reviews/N/steps/accept/."""
    return NUMBER.sub("N", path)


def pages_of(context: BrowserContext, base: str, start: str = "/", most: int = 1000) -> dict[str, str]:
    """One address of each kind, in the order they were found."""
    found, waiting = {kind_of(start): start}, deque([start])
    while waiting and len(found) < most:
        path = waiting.popleft()
        answer = context.request.get(base + path)
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            found[kind_of(path)] = ""  # a file, or nothing
            continue
        links = Links()
        links.feed(answer.text())
        for link in links.found:
            where = urlsplit(urljoin(base + path, link))
            if where.netloc != urlsplit(base).netloc or where.scheme not in ("http", "https"):
                continue
            if NOT_OURS.search(where.path) or kind_of(where.path) in found:
                continue
            found[kind_of(where.path)] = where.path
            waiting.append(where.path)
    return {kind: path for kind, path in found.items() if path}
