"""What every test may ask for."""

import os
from collections import Counter, defaultdict

import pytest
from django.test import Client
from hypothesis import settings as hypothesis_settings

from acr_program.config.needs import find_browser

from .fixtures import (  # noqa: F401 (fixtures for every test)
    django_db_setup,
    emptied_past_the_guard,
    hooks,
    later,
    mails,
    nothing_kept,
    once,
    people,
)  # fmt: skip

# What an example costs says how busy the machine is, not whether the rule holds.
hypothesis_settings.register_profile("rules", deadline=None)
hypothesis_settings.load_profile("rules")


LONG = {"browser": 20, "process": 8, "slow": 2}  # about so many times as long as another test


def pytest_collection_modifyitems(items):
    """What takes longest begins first where several work; tests in a browser need one.

    Without a browser they are left out with a word, and fail where CI is set.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=long_ones_first(items))
    if find_browser() or os.environ.get("CI"):
        return
    left_out = pytest.mark.skip(reason="No browser was found; `make test` says how to install one.")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(left_out)


def long_ones_first(items):
    """The key of a test among all: folders that share one office and one browser together, then files by their likely length.

    The tests of a file stay in their order.
    """
    takes, marks = Counter(), defaultdict(list)
    for item in items:
        mine = {mark.name for mark in item.iter_markers()}
        takes[item.path] += max([1, *(LONG[name] for name in mine & LONG.keys())])
        marks[item.path.parent].append("browser" in mine)
    shared = {folder for folder, in_browser in marks.items() if all(in_browser)}

    def place(item):
        folder = item.path.parent
        return (0, str(folder)) if folder in shared else (1, ""), -takes[item.path], str(item.path)

    return place


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser's program, for Playwright's executable_path."""
    found = find_browser()
    assert found, "No browser was found; `make test` says how to install one."
    return found


@pytest.fixture
def client() -> Client:
    """A browser that keeps cookies; errors of the program fail the test."""
    return Client()


@pytest.fixture
def as_person():
    """A client signed in as somebody: as_person(user).get("/")."""

    def sign_in(person, **options) -> Client:
        client = Client(**options)
        client.force_login(person)
        return client

    return sign_in
