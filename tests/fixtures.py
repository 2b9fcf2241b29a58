"""People, mail, time and hooks for every test; conftest.py hands them on."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.testcases import TransactionTestCase

from acr_program.workflow import triggers

from . import moulds


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """A copy of a database that was migrated once, where pytest-django would migrate one for each process of a run."""
    from django.conf import settings

    name = connection.creation._get_test_db_name()
    url = moulds.place(os.environ["DATABASE_URL"], name) if connection.vendor == "postgresql" else f"sqlite:///{name}"
    with django_db_blocker.unblock():
        moulds.empty.pour(url)
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        moulds.throw_away(url)


@pytest.fixture(autouse=True, scope="session")
def emptied_past_the_guard() -> Iterator[None]:
    """Emptying a test database has to get past the guard of the log, which stands again before the next test."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        from reviews.models import DescribedStep, ProcessVersion
        from reviews.process.first import first_version

        triggers.remove(connection)
        try:
            empty(self)
        finally:
            triggers.install(connection)
        first_version(ProcessVersion, DescribedStep)  # as every office has it from its first migration on

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps of the database for half a minute is not kept from one test to the next."""
    from acr_program.charter import shell
    from keyaccounts.models import words

    shell.drop()
    words.drop()
    yield
    shell.drop()
    words.drop()


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Make what takes long once for all tests of a file: its rows are put back after each test, and taken back at the end.

    A test that changes the objects themselves takes a deepcopy. Not for files whose tests commit (`transaction=True`).
    """

    def make(build: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return build()

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """One of each, made anew."""
    return everybody()


def everybody() -> dict[str, Any]:
    """One of each: the rep and the leaders of one account, the office, contributors, onlookers, and a stranger."""
    from acr_program.people.models import User

    from .factories import make_user

    leader = make_user("leader", name="Lena Leader")
    return {
        "leader": leader,
        "rep": make_user("rep", name="Rita Rep", reports_to=leader),
        "second leader": make_user("leader", name="Leo Leader"),
        "admin": make_user("admin", name="Ada Admin"),
        "manager": make_user("manager", name="Max Manager"),
        "contributor": make_user("contributor", name="Cora Contributor"),
        "second contributor": make_user("contributor", name="Carl Contributor"),
        "auditor": make_user("auditor", name="Aud Auditor"),
        "executive": make_user("executive", name="Eva Executive"),
        "stranger": make_user("rep", name="Sten Stranger", reports_to=make_user("leader", name="Other Leader")),
        "clock": User.objects.clock(),
    }


@pytest.fixture
def later(time_machine: Any) -> Callable[..., None]:
    """Let time pass: later(days=3); later.to(moment)."""
    from django.utils.timezone import now

    def wait(**span: float) -> None:
        time_machine.move_to(now() + timedelta(**span))

    wait.to = time_machine.move_to  # type: ignore[attr-defined]
    return wait


@pytest.fixture
def mails(db: None) -> Callable[[], list[Any]]:
    """Send what is queued, and give what was sent."""
    from django.core import mail

    from acr_program.jobs.work import drain

    def send() -> list[Any]:
        mail.outbox.clear()
        drain(["outbox.Message"])
        return list(mail.outbox)

    return send


@pytest.fixture
def hooks() -> Iterator[Any]:
    """Gates, consequences and panels that a test adds are taken away again."""
    from acr_program.workflow import registry

    books = (registry._gates, registry._consequences, registry._panels)
    kept = [{name: list(hung) for name, hung in book.items()} for book in books]
    yield registry
    for book, before in zip(books, kept, strict=True):
        book.clear()
        book.update(before)  # type: ignore[arg-type]
