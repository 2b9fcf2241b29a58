"""The page of demands says no more than tests and routes can show."""

import re

from django.conf import settings

from acr_program.people.access import declared

ROW = re.compile(r"^\| ([PRGK]-\d\d|N\d\.\d+) \| .+ \| `([\w:-]+)` \|$", re.MULTILINE)
FEATURE = re.compile(r"^\| (\d+) [^|]+ \| .+ \| (`[\w:-]+`(?:, `[\w:-]+`)*) \|$", re.MULTILINE)
MARK = re.compile(r"mark\.demand\(([^)]*)\)")


def met() -> dict[str, str]:
    return dict(ROW.findall((settings.BASE_DIR / "docs" / "demands.md").read_text()))


def features() -> dict[str, list[str]]:
    text = (settings.BASE_DIR / "docs" / "demands.md").read_text()
    return {f"features, {number}": re.findall(r"`([\w:-]+)`", pages) for number, pages in FEATURE.findall(text)}


def marked() -> set[str]:
    texts = [path.read_text() for path in (settings.BASE_DIR / "tests").rglob("test_*.py")]
    return {name for text in texts for marks in MARK.findall(text) for name in re.findall(r'"([^"]+)"', marks)}


def test_each_feature_that_is_there_has_a_test_and_a_page():
    names = {name for _where, name, _view in declared()}

    assert sorted(features().keys() - marked()) == []
    assert sorted(page for pages in features().values() for page in pages if page not in names) == []
    assert len(features()) >= 22


def test_each_demand_that_is_met_has_a_test():
    assert sorted(met().keys() - marked()) == []


def test_each_demand_that_is_met_has_a_page():
    names = {name for _where, name, _view in declared()}

    assert sorted(page for page in met().values() if page not in names) == []


def test_no_demand_stands_twice():
    text = (settings.BASE_DIR / "docs" / "demands.md").read_text()
    found = re.findall(r"\b(?:[PRGK]-\d\d|N\d\.\d+)\b", text)

    assert sorted({name for name in found if found.count(name) > 1}) == []
