"""No page holds style or script of its own: the content policy forbids both (docs/promises.md, rule 18)."""

import re

import pytest
from django.conf import settings

from .files import templates

PAGES = [path for path in templates() if path.suffix == ".html" and path.parts[1] not in ("mail", "pdf")]
FORBIDDEN = {
    "a style of its own": re.compile(r"<style\b"),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL),
    "a handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.DOTALL),
    "a script of its own": re.compile(r"<script\b(?![^>]*\b(src|type=\"application/json\")\b)"),
    "a javascript address": re.compile(r"(?i)(href|src|action)\s*=\s*[\"']\s*javascript:"),
}


def test_no_inline_style_or_script():
    texts = {str(path): (settings.BASE_DIR / path).read_text() for path in PAGES}
    found = [(path, what) for path, text in texts.items() for what, rule in FORBIDDEN.items() if rule.search(text)]

    assert found == []
    assert len(texts) > 100


@pytest.mark.parametrize(
    ("mark_up", "what"),
    [
        ("<p\n style='x'>", "a style attribute"),
        ("<a onclick='x()'>", "a handler"),
        ("<script>x()</script>", "a script of its own"),
        ("<style>", "a style of its own"),
        ("<a href='javascript:x'>", "a javascript address"),
    ],
)
def test_the_walk_sees_what_it_looks_for(mark_up, what):
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(mark_up)] == [what]
