"""What every test may ask for."""

import os

import pytest
from django.test import Client

from acr_program.config.needs import find_browser

from .fixtures import emptied_past_the_guard, hooks, later, mails, nothing_kept, once, people  # noqa: F401 (fixtures for every test)


def pytest_collection_modifyitems(items):
    """Tests in a browser need one: without it they are left out with a word, and fail where CI is set."""
    if find_browser() or os.environ.get("CI"):
        return
    left_out = pytest.mark.skip(reason="No browser was found; `make test` says how to install one.")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(left_out)


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
