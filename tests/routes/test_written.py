"""The table of paths that people read is the one the code keeps."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from acr_program.people.checks import LIBRARIES
from acr_program.people.management.commands import routes


def test_the_written_table_is_the_one_in_the_code():
    call_command("routes", "--check")


def test_a_table_that_differs_is_refused(monkeypatch, tmp_path):
    """The check is no empty gesture: a row less is noticed, and writing mends it."""
    monkeypatch.setattr(routes, "PLACE", tmp_path / "routes.md")
    routes.PLACE.write_text(routes.as_markdown().replace("| `/mail/` |", "| `/post/` |"))

    with pytest.raises(CommandError, match=r"run manage\.py routes"):
        call_command("routes", "--check")
    call_command("routes", stdout=StringIO())
    call_command("routes", "--check")


def test_every_library_named_has_its_rule():
    assert set(routes.RULES) == set(LIBRARIES)
