"""What every test may ask for."""

import pytest
from django.test import Client


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
