"""Hourly seals, their head outside, and what they prove (P35)."""

import re
from datetime import UTC, datetime, timedelta

from acr_program.jobs import clock
from acr_program.outbox.models import Message
from acr_program.workflow.edit import edit
from acr_program.workflow.log import ROOT_HASH, LogEntry, LogSeal
from acr_program.workflow.seals import seal, verify
from tests.factories import fresh, make_account, take


def test_a_seal_covers_what_was_written_since_the_last(people, later):
    first = make_account("active", manager=people["rep"])
    later(minutes=10)
    one = seal()
    take(first, "flag_risk", people["rep"], comment="Trouble.")
    later(minutes=10)
    two = seal()

    rows = list(LogEntry.objects.values_list("pk", flat=True))
    assert (one.first_entry, one.last_entry, one.count, one.previous) == (rows[0], rows[-2], len(rows) - 1, ROOT_HASH)
    assert (two.first_entry, two.last_entry, two.count, two.previous) == (rows[-1], rows[-1], 1, one.hash)
    assert list(verify(anchor=two.hash)) == []


def test_rows_that_others_may_still_join_wait_for_the_next_seal(account):
    assert seal() is None
    assert LogSeal.objects.count() == 0


def test_a_clock_put_back_leaves_no_row_unsealed(account, people, later):
    """A row with a lower number and a later date waits, and what comes after it waits with it."""
    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    later.to(noon)
    edit(fresh(account), seen=1, by=people["admin"], city="Bremen")
    later.to(noon - timedelta(hours=1))
    edit(fresh(account), seen=2, by=people["admin"], city="Kiel")
    later.to(noon - timedelta(minutes=30))
    first = seal()
    later.to(noon + timedelta(minutes=10))
    second = seal()

    assert [first.count + second.count, second.count] == [LogEntry.objects.count(), 2]
    assert list(verify(anchor=second.hash)) == []


def test_nothing_new_is_no_seal(account, later):
    later(minutes=10)
    seal()

    assert seal() is None


def test_the_head_goes_outside_once_a_day(account, people, later, settings):
    settings.ACR_ANCHOR_EMAIL = "notary@example.org"
    later.to(datetime(2027, 3, 1, 10, tzinfo=UTC))
    for hour in range(30):
        edit(fresh(account), seen=hour + 1, by=people["admin"], city=f"City {hour}")
        later(hours=1)
        clock.tick()

    heads = [
        re.findall("[0-9a-f]{64}", row.text)[0] for row in Message.objects.filter(kind="seal").order_by("created_at")
    ]
    assert len(heads) == 2
    assert LogSeal.objects.filter(hash__in=heads).count() == 2
    assert list(verify(anchor=heads[1])) == []


def test_a_tail_cut_with_its_seal_is_found_by_the_head_kept_outside(people, later, unguarded):
    """Without the anchor such a cut cannot be told from a log that ended there."""
    account = make_account("prospect", manager=people["rep"])
    later(minutes=10)
    seal()
    take(account, "win", people["admin"])
    later(minutes=10)
    head = seal().hash

    LogSeal.objects.filter(hash=head).delete()
    LogEntry.objects.filter(object_id=account.pk, step="win").delete()
    type(account).objects.filter(pk=account.pk).update(status="prospect", version=1)

    assert list(verify()) == []
    assert list(verify(anchor=head)) == [
        f"No seal has the head {head[:16]}… that was kept outside: the log was cut or rewritten."
    ]
