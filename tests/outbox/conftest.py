from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import now

from acr_program.jobs.models import Duty
from acr_program.outbox.post import post

from .smtp import Server


@pytest.fixture(autouse=True)
def own_templates(settings):
    """Mails of the tests' own, so that no wording of the program's is tested here by accident."""
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], Path(__file__).parent / "templates"]}, *others]


@pytest.fixture
def smtp(settings):
    with Server() as server:
        settings.MAILERS = server.mailer
        yield server


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user("ada@example.com", "Ada Lovelace")


@pytest.fixture
def thing(db):
    """Any row can be what a mail is about."""
    return Duty.objects.create(name="Northwind, executive review 2026", due_at=now())


@pytest.fixture
def send_one(thing, person):
    """One queued mail to one person."""

    def send(**options):
        options = {"key": "k", "to": [person], "template": "note", "context": {"by_name": "Bo"}} | options
        return post(thing, **options)[0]

    return send
