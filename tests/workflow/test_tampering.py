"""Whatever an intruder with SQL does to the log, `verify_log` names the row (P35)."""

from copy import deepcopy
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.timezone import now

from acr_program.workflow import triggers
from acr_program.workflow.edit import edit
from acr_program.workflow.log import LogSeal
from acr_program.workflow.seals import seal, verify
from tests.factories import fresh, make_account
from tests.fixtures import everybody

from .tampers import KINDS, added


@pytest.fixture(scope="module")
def made(once):
    def build():
        triggers.remove(connection)
        try:
            with time_machine.travel(now() - timedelta(minutes=20)) as clock:
                return a_log(everybody(), clock)
        finally:
            triggers.install(connection)

    return once(build)


@pytest.fixture
def log(made, unguarded):
    return deepcopy(made)


def a_log(people, clock):
    """Two accounts with rows sealed twice, and one that is not sealed yet."""
    accounts = [make_account("at_risk", manager=people["rep"]) for _ in range(2)]
    for account in accounts:
        edit(fresh(account), seen=3, by=people["admin"], city="Bremen", comment="They moved.")
    gap = added(accounts[0].log().last(), version=5)
    unused = gap.pk
    gap.delete()  # as a step that was rolled back leaves its number unused
    edit(fresh(accounts[1]), seen=4, by=people["admin"], city="Lima")
    clock.shift(timedelta(minutes=10))
    seal()
    edit(fresh(accounts[1]), seen=5, by=people["admin"], city="Kiel")
    clock.shift(timedelta(minutes=10))
    seal()
    edit(fresh(accounts[0]), seen=4, by=people["admin"], city="Ulm")
    rows, other = (list(account.log()) for account in accounts)
    return SimpleNamespace(
        accounts=accounts,
        rows=rows[:4],
        pks=[row.pk for row in rows],
        other=other[:4],
        late=other[5],
        fresh=rows[4],
        gap=unused,
        seals=list(LogSeal.objects.all()),
        somebody=people["stranger"].pk,
        elsewhere=ContentType.objects.get(model="program").pk,
    )


def test_there_are_fifty_kinds_and_more():
    assert len(KINDS) >= 50


def test_an_untouched_log_has_no_fault(log):
    assert list(verify(anchor=log.seals[1].hash)) == []


@pytest.mark.parametrize("name", KINDS)
def test_tampering_is_found_and_named(log, name):
    anchor = log.seals[1].hash

    expected = KINDS[name](log)

    faults = list(verify(anchor=anchor))
    assert [fault for fault in faults if expected in fault] != [], faults
