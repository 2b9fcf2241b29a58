"""Nothing half done is left in the code, and no printing (ARCHITECTURE.md)."""

import re

from django.conf import settings

from .files import python_files, templates

UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")


def test_nothing_is_left_for_later():
    paths = [*python_files(), *templates()]
    left = {str(path): found for path in paths if (found := UNDONE.findall((settings.BASE_DIR / path).read_text()))}

    assert left == {}
    assert len(paths) > 500


def test_what_people_read_is_quoted_in_one_way():
    """“So”, never in the angled marks of other languages."""
    paths = [*python_files(), *templates()]

    assert [str(path) for path in paths if re.search("[\u00ab\u00bb]", (settings.BASE_DIR / path).read_text())] == []
