"""Components get what they declare, and nothing stands in a template that the content policy would refuse."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if path.relative_to(ROOT / "templates").parts[0] not in ("mail", "pdf")]
COMPONENTS = sorted((ROOT / "templates/cotton").rglob("*.html"))

VALUE = r"(?:\"(?:\{%.*?%\}|\{\{.*?\}\}|[^\"])*\"|'(?:\{%.*?%\}|\{\{.*?\}\}|[^'])*'|[^\s\"'>]+)"
TAG = re.compile(rf"<c-(?!slot\b|vars\b)([\w.-]+)((?:\s+[:\w.@-]+(?:={VALUE})?)*)\s*/?>", re.DOTALL)
VARS = re.compile(r"<c-vars\s+([^>]*?)/?>")
NAME = re.compile(rf"([:\w.@-]+)(?:={VALUE})?", re.DOTALL)
SLOT = re.compile(r"<c-slot\s+name=\"([\w-]+)\"")
USE = re.compile(r"<c-(?!slot\b|vars\b)")
PASSED_ON = ("hx-", "data-", "aria-", "id")


def place(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@cache
def source(path: Path) -> str:
    """A template without its comments, where components are named but not used."""
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)


def names(attributes: str) -> set[str]:
    return {name.lstrip(":") for name in NAME.findall(attributes)}


def component(name: str) -> Path:
    return ROOT / "templates/cotton" / (name.replace(".", "/").replace("-", "_") + ".html")


@cache
def declared(name: str) -> set[str]:
    found = VARS.search(component(name).read_text())
    return names(found[1]) if found else set()


@cache
def passes_on(name: str) -> bool:
    return "{{ attrs }}" in component(name).read_text()


def test_a_tag_of_a_component_can_be_read_whole() -> None:
    """No {% if %} around attributes: hand over a value that is empty."""
    texts = {place(path): source(path) for path in TEMPLATES}

    assert [path for path, text in texts.items() if len(TAG.findall(text)) != len(USE.findall(text))] == []
    assert len(texts) > 150


def test_a_component_gets_only_what_it_declares() -> None:
    wrong = []
    for path in TEMPLATES:
        for name, attributes in TAG.findall(source(path)):
            unknown = names(attributes) - declared(name)
            if passes_on(name):
                unknown = {word for word in unknown if not word.startswith(PASSED_ON)}
            wrong += [f"{place(path)}: <c-{name}> does not know {word}" for word in sorted(unknown)]

    assert wrong == []


def test_a_slot_is_declared_by_some_component_used_here() -> None:
    unknown = {}
    for path in TEMPLATES:
        text = source(path)
        known = set().union(*(declared(name) for name, _attributes in TAG.findall(text)))
        unknown[place(path)] = set(SLOT.findall(text)) - known

    assert {path: slots for path, slots in unknown.items() if slots} == {}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_its_props_and_two_lines_of_comment(path: Path) -> None:
    text = path.read_text()

    assert text.startswith("<c-vars "), "Props come first, each with a default, so that nothing leaks in from the page."
    assert len(re.findall(r"\{#.+?#\}", text.split("<", 2)[1] + text)) >= 2
    assert re.findall(r"\s([:\w-]+)(?=[\s/])(?!=)", re.sub(VALUE, '""', VARS.search(text)[1] + " ")) == []


def test_no_template_has_inline_style_or_script() -> None:
    found = []
    for path in PAGES:
        text = source(path)
        scripts = re.findall(r"<script\b[^>]*>", text)
        own = [tag for tag in scripts if "src=" not in tag and "application/json" not in tag]
        found += [
            (place(path), what) for what in [*re.findall(r"\sstyle=|<style\b|\son[a-z]+=\"|javascript:", text), *own]
        ]

    assert found == []
    assert len(PAGES) > 100


def test_a_component_is_shown_in_the_style_guide() -> None:
    guide = "".join(source(part) for part in (ROOT / "templates/ui").rglob("*.html"))
    through_others = "".join(source(part) for part in COMPONENTS) + source(ROOT / "templates/base.html")

    assert [path.stem for path in COMPONENTS if f"<c-{path.stem.replace('_', '-')}" not in guide + through_others] == []
    assert len(COMPONENTS) > 25


def test_style_sheets_speak_in_tokens() -> None:
    """tokens.css alone holds raw colours; app.css names every part once, in order.

    What leaves the house (the document, the evidence pack) has a sheet of its own that stands alone.
    """
    css = ROOT / "static/css"
    parts = [
        path
        for path in css.rglob("*.css")
        if path.name not in ("tokens.css", "app.css", "evidence.css") and "pdf" not in path.parts
    ]

    raw = {
        path.name: found
        for path in parts
        if (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text()))
    }
    imported = re.findall(r'url\("([^"]+)"\)', (css / "app.css").read_text())

    assert raw == {}
    assert sorted(imported) == sorted(str(path.relative_to(css)) for path in [*parts, css / "tokens.css"])
    assert imported[:4] == ["reset.css", "tokens.css", "base.css", "layout.css"]
    assert imported[-1] == "utilities.css"


@pytest.mark.parametrize("path", sorted((ROOT / "static/css/components").glob("*.css")), ids=lambda path: path.stem)
def test_a_component_of_css_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 130


@pytest.mark.parametrize(
    ("fragment", "seen"),
    [("<b>5 < 6</b>", "&lt;b&gt;5 &lt; 6&lt;/b&gt;"), (SafeString("<b>said</b>"), "<b>said</b>")],
)
def test_what_another_app_shows_on_a_page_is_mark_up_only_where_it_says_so(fragment: str, seen: str) -> None:
    assert Template("{% load ui %}{% drawn fragment %}").render(Context({"fragment": fragment})) == seen
