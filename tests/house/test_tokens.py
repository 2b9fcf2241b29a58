"""What is drawn without the request holds no form: the form would carry no token, and its click would be refused (P23)."""

import re

import pytest
from django.conf import settings

from .files import python_files

DRAWN = re.compile(r"render_to_string\(\s*\"([^\"]+\.html)\"((?:[^()]|\([^()]*\))*)\)")
PARTS = re.compile(r"{% include \"([^\"]+)\"")
FORM = re.compile(r"csrf_token|<c-steps?\b")


def without_request(source: str) -> list[str]:
    return [name for name, rest in DRAWN.findall(source) if "request" not in re.sub(r"\"[^\"]*\"", "", rest)]


def holds_a_form(name: str) -> bool:
    text = (settings.BASE_DIR / "templates" / name).read_text()
    return bool(FORM.search(text)) or any(holds_a_form(part) for part in PARTS.findall(text))


def test_what_is_drawn_without_the_request_holds_no_form():
    sources = [(settings.BASE_DIR / path).read_text() for path in python_files() if path.parts[0] != "tests"]
    drawn = {name for source in sources for name in without_request(source)}

    assert len(drawn) > 3
    assert sorted(name for name in drawn if holds_a_form(name)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('render_to_string("reviews/meeting_panel.html", context)', True),
        ('render_to_string("reviews/meeting_panel.html", {"a": of(b)}, request)', False),
        ('render_to_string("reviews/meeting_panel.html", context, request=request)', False),
    ],
)
def test_it_sees_what_it_looks_for(source, found):
    assert bool(without_request(source)) is found
    assert holds_a_form("reviews/meeting_panel.html")
