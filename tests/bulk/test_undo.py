"""A whole act taken back: each row by the rule of one, the last first; what stays is named with its reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.workflow.log import LogEntry
from tests.desk.asking import text
from tests.factories import fresh, make_account, take

pytestmark = pytest.mark.django_db
RUN = ["bulk.BulkRun"]


@pytest.fixture
def accounts(people):
    return [make_account("active", manager=people["rep"]) for _ in range(3)]


@pytest.fixture
def manager(people, as_person):
    return as_person(people["manager"])


def flagged(client, accounts):
    """The accounts flagged as one act, whose results are there."""
    picked = {"step": "flag_risk", "pick": [account.pk for account in accounts]}
    bulk = Bulk.objects.get(pk=client.post("/bulk/of/accounts/", picked).url.split("/")[2])
    client.post(f"/bulk/{bulk.pk}/confirm/", {"comment": "They are up for sale."})
    drain(RUN)
    return fresh(bulk)


def looked_at(client, bulk):
    return Bulk.objects.get(pk=client.post(f"/bulk/{bulk.pk}/undo/").url.split("/")[2])


def test_the_results_offer_to_undo_and_nothing_happens_before_it_is_looked_at(manager, accounts):
    bulk = flagged(manager, accounts)
    assert "Undo: 3 rows…" in text(manager.get(f"/bulk/{bulk.pk}/"))
    undo = looked_at(manager, bulk)
    page = text(manager.get(f"/bulk/{undo.pk}/"))

    assert "Undo “Flag a risk”: 3 rows" in page
    assert "becomes: Active" in page
    assert [fresh(account).status for account in accounts] == ["at_risk"] * 3


def test_each_row_goes_back_and_says_so(manager, people, accounts):
    undo = looked_at(manager, flagged(manager, accounts))
    manager.post(f"/bulk/{undo.pk}/confirm/")
    drain(RUN)

    assert [fresh(account).status for account in accounts] == ["active"] * 3
    assert [row.object_id for row in undo.rows.all()] == [account.pk for account in reversed(accounts)]
    assert {row.says for row in undo.rows.all()} == {"is at “Active” again"}
    assert {e.undoes for e in LogEntry.objects.filter(step="recover", by=people["manager"])} == {"flag_risk"}


def test_what_cannot_go_back_is_named_and_the_others_go(manager, people, accounts):
    bulk = flagged(manager, accounts)
    take(accounts[1], "recover", people["leader"], comment="A plan is agreed.")
    undo = looked_at(manager, bulk)
    row = undo.rows.get(object_id=accounts[1].pk)
    manager.post(f"/bulk/{undo.pk}/confirm/")
    drain(RUN)

    assert (row.outcome, row.says[:45]) == ("shut", "Somebody has gone on since, so it stays. Lena")
    assert {r.outcome for r in undo.rows.exclude(pk=row.pk)} == {"done"}
    assert [entry.step for entry in accounts[1].log()][-2:] == ["flag_risk", "recover"]


def test_what_happens_between_the_look_and_the_turn_is_seen(manager, people, accounts, mails):
    undo = looked_at(manager, flagged(manager, accounts))
    mails()
    manager.post(f"/bulk/{undo.pk}/confirm/")
    drain(RUN)

    assert {row.outcome for row in undo.rows.all()} == {"refused"}
    assert all("A mail about it has left already" in row.says for row in undo.rows.all())
    assert [fresh(account).status for account in accounts] == ["at_risk"] * 3


def test_once_undone_the_results_lead_to_what_became_of_it(manager, accounts):
    bulk = flagged(manager, accounts)
    undo = looked_at(manager, bulk)
    manager.post(f"/bulk/{undo.pk}/confirm/")
    drain(RUN)
    page = manager.get(f"/bulk/{bulk.pk}/").content.decode()

    assert undo.get_absolute_url() in page
    assert "Undo: " not in page
    assert manager.post(f"/bulk/{undo.pk}/undo/").url == undo.get_absolute_url()


def test_a_step_without_a_way_back_offers_none(people, as_person):
    client, prospect = as_person(people["admin"]), make_account("prospect", manager=people["rep"])
    answer = client.post("/bulk/of/accounts/", {"step": "win", "pick": [prospect.pk]})
    bulk = Bulk.objects.get(pk=answer.url.split("/")[2])
    client.post(f"/bulk/{bulk.pk}/confirm/")
    drain(RUN)

    assert fresh(prospect).status == "active"
    assert "Undo: " not in text(client.get(f"/bulk/{bulk.pk}/"))
    assert client.post(f"/bulk/{bulk.pk}/undo/", follow=True).redirect_chain == [(f"/bulk/{bulk.pk}/", 302)]


def test_nobody_else_takes_it_back(manager, people, as_person, accounts):
    bulk = flagged(manager, accounts)

    assert as_person(people["admin"]).post(f"/bulk/{bulk.pk}/undo/").status_code == 404


def test_looking_at_many_rows_costs_what_few_cost(manager, people, accounts):
    costs = []
    for rows in (accounts[:1], accounts[1:]):
        bulk = flagged(manager, rows)
        with CaptureQueriesContext(connection) as queries:
            manager.post(f"/bulk/{bulk.pk}/undo/")
        costs.append(len(queries))

    assert costs[0] == costs[1]
