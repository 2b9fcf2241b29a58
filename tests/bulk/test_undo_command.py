"""`manage.py undo TOKEN`: what stood before stands again, to the last field; and nothing where somebody went on (M22)."""

from io import StringIO

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command

from accounts.models import Account
from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_account, take

pytestmark = pytest.mark.django_db
WORD = {"comment": "Their owner sells."}


@pytest.fixture
def accounts(people):
    return [make_account("active", manager=people["rep"]) for _ in range(3)]


def dump():
    """All accounts as they stand, and what waits for somebody about them; without the count of their changes."""
    fields = [
        field.name for field in Account._meta.get_fields() if getattr(field, "attname", "") and field.name != "version"
    ]
    waiting = sorted(Obligation.objects.open().values_list("content_type", "object_id", "step"))
    return serializers.serialize("json", Account.objects.order_by("pk"), fields=fields), waiting


def undo(*words, by):
    out = StringIO()
    call_command("undo", *words, f"--by={by.email}", stdout=out)
    return out.getvalue()


@pytest.fixture
def flagged(people, accounts, as_person):
    client = as_person(people["manager"])
    picked = {"step": "flag_risk", "pick": [account.pk for account in accounts]}
    bulk = Bulk.objects.get(pk=client.post("/bulk/of/accounts/", picked).url.split("/")[2])
    before = dump()
    client.post(f"/bulk/{bulk.pk}/confirm/", WORD)
    drain(["bulk.BulkRun"])
    assert dump() != before
    return str(bulk.pk), before


def test_a_whole_act_taken_back_gives_an_identical_dump(people, flagged):
    token, before = flagged
    said = undo(token, by=people["manager"])

    assert dump() == before
    assert said.count("Done. is at “Active” again") == 3
    assert list(verify()) == []


def test_a_dry_run_says_the_same_and_changes_nothing(people, flagged):
    token, _before = flagged
    stands = dump()
    said = undo(token, "--dry-run", by=people["manager"])

    assert said.count("Will be done. becomes: Active") == 3
    assert dump() == stands


def test_one_act_is_taken_back_by_its_number(people, accounts):
    before = dump()
    entry = take(accounts[0], "flag_risk", people["manager"], **WORD).taken.entry

    assert f"{entry.pk}  " in undo(by=people["manager"])
    assert "this can be taken back" in undo(str(entry.pk), "--dry-run", by=people["manager"])
    assert undo(str(entry.pk), by=people["manager"]) == f"{accounts[0]}: Active again.\n"
    assert dump() == before


def test_what_stays_says_why(people, accounts):
    entry = take(accounts[0], "flag_risk", people["manager"], **WORD).taken.entry
    take(accounts[0], "recover", people["leader"], **WORD)

    assert "Somebody has gone on since" in undo(str(entry.pk), "--dry-run", by=people["manager"])
    with pytest.raises(CommandError, match="Somebody has gone on since"):
        undo(str(entry.pk), by=people["manager"])


@pytest.mark.parametrize("token", ["999999", "no-such-token", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_theirs_is_not_found(people, token):
    with pytest.raises(CommandError, match="Nothing that Max Manager did"):
        undo(token, by=people["manager"])


def test_nobody_takes_back_what_another_did(people, flagged, accounts):
    token, _before = flagged
    with pytest.raises(CommandError, match="Nothing that Ada Admin did"):
        undo(token, by=people["admin"])
    with pytest.raises(CommandError, match="Nothing that Ada Admin did"):
        undo(str(fresh(accounts[0]).log().last().pk), by=people["admin"])


def test_somebody_who_may_not_sign_in_takes_nothing_back(people):
    people["manager"].is_active = False
    people["manager"].save()

    with pytest.raises(CommandError, match="may sign in"):
        undo(by=people["manager"])
