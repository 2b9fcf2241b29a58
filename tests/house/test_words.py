"""Nothing half done is left in the code, and no printing (ARCHITECTURE.md)."""

import re

import pytest
from django.conf import settings

from .files import python_files, templates

UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")


@pytest.mark.parametrize("path", [*python_files(), *templates()], ids=str)
def test_nothing_is_left_for_later(path):
    assert UNDONE.findall((settings.BASE_DIR / path).read_text()) == []
