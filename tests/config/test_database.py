"""Design rule 14, and the limits on PostgreSQL: what each connection is told."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

SQLITE = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20000, "temp_store": 2}
POSTGRES = {
    "lock_timeout": "10s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "30s", "jit": "off",
}  # fmt: skip


def asked(statement, names):
    answers = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"{statement} {name}")
            answers[name] = cursor.fetchone()[0]
    return answers


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_waits_its_turn_and_keeps_references():
    assert asked("PRAGMA", SQLITE) == SQLITE
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
def test_postgresql_waits_for_nothing_without_end():
    assert asked("SHOW", POSTGRES) == POSTGRES


def test_whatever_the_database_no_page_is_one_long_transaction():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    assert connection.settings_dict["CONN_MAX_AGE"] != 0
