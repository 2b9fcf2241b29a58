"""The log: chained, said in words, erasable where it names people, and closed to change (rule 16)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from acr_program.workflow import triggers
from acr_program.workflow.log import ROOT_HASH, LogDetail, LogEntry, LogSeal
from acr_program.workflow.seals import seal, verify
from tests.factories import make_absence, make_account, make_user, take


def test_each_row_follows_from_the_one_before_it(people):
    account = make_account("at_risk", manager=people["rep"])

    rows = list(account.log())

    assert [row.version for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [ROOT_HASH, rows[0].hash, rows[1].hash]
    assert [row.hash for row in rows] == [row.computed_hash() for row in rows]


def test_words_can_be_erased_and_the_chain_still_verifies(people):
    account = make_account("at_risk", manager=people["rep"])

    erased, _ = LogDetail.objects.filter(entry__account_id=account.pk).delete()

    assert erased == 1
    assert list(verify()) == []
    assert account.log().last().comment == ""


def test_the_same_words_leave_different_digests(people):
    """Erased words cannot be guessed back from their digest."""
    accounts = [make_account("at_risk", manager=people["rep"]) for _ in range(2)]

    digests = {account.log().last().detail_digest for account in accounts}

    assert len(digests) == 2


@pytest.mark.parametrize(
    ("table", "act"),
    [
        ("workflow_logentry", "UPDATE workflow_logentry SET step = step"),
        ("workflow_logentry", "DELETE FROM workflow_logentry"),
        ("workflow_logdetail", "UPDATE workflow_logdetail SET comment = comment"),
        ("workflow_logseal", "UPDATE workflow_logseal SET count = count"),
        ("workflow_logseal", "DELETE FROM workflow_logseal"),
    ],
)
def test_the_database_refuses_to_change_the_log(people, later, table, act):
    make_account("at_risk", manager=people["rep"])
    later(minutes=10)
    seal()

    with pytest.raises(DatabaseError, match=triggers.SAYS), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)

    assert LogEntry.objects.count() > LogSeal.objects.count() == 1


def test_the_guard_can_be_taken_off_and_put_on_twice(db):
    for change in (triggers.remove, triggers.remove, triggers.install, triggers.install):
        change(connection)


def test_a_log_row_says_what_was_done(people):
    account = make_account("active", manager=people["rep"])

    rows = list(account.log().for_timeline())

    assert [(row.label, row.by_name, row.tone, row.kind) for row in rows] == [
        ("Won as a customer", "Max Manager", "good", ""),
        ("Began", "Ada Admin", "neutral", ""),
    ]
    assert rows[0].sentence == "won the account as a customer"


def test_the_act_of_a_stand_in_names_both(people):
    account = make_account("active", manager=people["rep"])
    stand_in = make_user("rep", name="Sue Stand-in")
    make_absence(people["rep"], stand_in)

    entry = take(account, "flag_risk", stand_in, comment="Trouble.").taken.entry

    assert entry.by_name == "Sue Stand-in"


def test_an_account_tells_its_whole_story_in_one_query(people, django_assert_num_queries):
    account = make_account("at_risk", manager=people["rep"])

    with django_assert_num_queries(1):
        rows = [(row.by_name, row.comment) for row in LogEntry.objects.filter(account_id=account.pk).for_timeline()]

    assert rows == [("Max Manager", "As it is."), ("Max Manager", ""), ("Ada Admin", "")]


def test_a_sound_log_is_said_to_be_sound(account, capsys):
    call_command("verify_log")

    assert capsys.readouterr().out == f"All {LogEntry.objects.count()} rows of the log are as they were written.\n"


def test_a_forged_log_fails_the_command_and_names_the_row(account, unguarded, capsys):
    entry = account.log().get()
    LogEntry.objects.filter(pk=entry.pk).update(step="win")

    with pytest.raises(CommandError, match="The log has 1 fault"):
        call_command("verify_log")

    assert f"Log row {entry.pk} " in capsys.readouterr().err
