import pytest

from acr_program.workflow import triggers
from tests.factories import make_account


@pytest.fixture
def account(people):
    """A prospect with one row in its log."""
    return make_account("prospect", manager=people["rep"])


@pytest.fixture
def unguarded(db):
    """The log's tables without their guard, as an intruder with SQL would make them."""
    from django.db import connection

    triggers.remove(connection)
