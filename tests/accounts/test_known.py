"""What is known of an account: facts, pinned notes, entered figures; all of it in the account's log."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accounts.actions import Entered, end_fact, enter_figure, keep_figures, pin, say_fact, take_down
from acr_program.workflow.errors import Refused, Stale
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_absence, make_account

FIRST, SECOND, DAY = date(2025, 1, 1), date(2025, 4, 1), date(2025, 5, 2)


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def account(people):
    return make_account(manager=people["rep"])


def seen(account):
    return fresh(account).version


def changed(account):
    return account.log().last().detail.data["changed"]


def say(account, by, kind="rfp"):
    return say_fact(account, by=by, seen=seen(account), kind=kind, since_on=DAY, reason="Their buyer told us.")


def test_a_fact_holds_until_it_is_ended(account, people):
    fact = say(account, people["rep"])
    assert (fact.said_by, fact.ended_on) == (people["rep"], None)
    assert changed(account)["fact"][1]["reason"] == "Their buyer told us."
    with pytest.raises(Refused, match="holds already, since 2 May 2025"):
        say(account, people["admin"])

    ended = end_fact(fact, by=people["leader"], seen=seen(account), reason="We won it.")

    assert (ended.ended_by, ended.ended_on, ended.ended_reason) == (people["leader"], localdate(), "We won it.")
    assert account.log().last().comment == "We won it."
    say(account, people["admin"])
    with pytest.raises(Refused, match="ended already"):
        end_fact(fact, by=people["rep"], seen=seen(account), reason="Again.")
    assert account.facts.count() == 2


def test_a_fact_does_not_end_before_it_began(account, people):
    fact = say(account, people["rep"])

    with pytest.raises(Refused, match="before the day it began"):
        end_fact(fact, by=people["rep"], seen=seen(account), reason="x", ended_on=date(2025, 5, 1))


def test_a_note_is_pinned_and_taken_down(account, people):
    note = pin(account, by=people["leader"], seen=seen(account), text="Never mention the fire.")
    assert changed(account) == {"note": [None, "Never mention the fire."]}

    down = take_down(note, by=people["rep"], seen=seen(account))

    assert (down.taken_down_by, down.taken_down_at is not None) == (people["rep"], True)
    assert changed(account) == {"note": ["Never mention the fire.", None]}
    with pytest.raises(Refused, match="taken down already"):
        take_down(note, by=people["rep"], seen=seen(account))
    assert account.notes.get().text == "Never mention the fire."


def enter(account, by, value="12.5", **more):
    told = {"kind": "margin", "quarter_begins_on": DAY, "value": Decimal(value), "source": "Controlling", "as_of": DAY}
    return enter_figure(account, by=by, seen=seen(account), **(told | more))


def test_a_correction_keeps_what_stood(account, people):
    first = enter(account, people["rep"])
    assert (first.quarter_begins_on, first.said_by) == (SECOND, people["rep"])

    second = enter(account, people["admin"], "13")

    assert [(f.value, f.replaced_at is None) for f in account.figures.order_by("pk")] == [
        (Decimal("12.5"), False),
        (13, True),
    ]
    (old, new) = changed(account)["figure margin 2025-04-01"]
    assert [Decimal(old["value"]), Decimal(new["value"])] == [Decimal("12.5"), 13]
    version = seen(account)
    assert enter(account, people["rep"], "13.00001") == second
    assert (seen(account), account.figures.count()) == (version, 2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "100.01"}, "“Margin, %” lies between -100 and 100; 100.01 does not."),
        ({"kind": "satisfaction", "value": "-1"}, "between 0 and 10"),
        ({"kind": "wallet", "value": "NaN"}, "between 0 and 100"),
        ({"source": "  "}, "Say where the figure comes from."),
    ],
)
def test_a_figure_that_cannot_be_is_refused(account, people, wrong, sentence):
    with pytest.raises(Refused) as refusal:
        enter(account, people["rep"], **wrong)

    assert sentence in refusal.value.sentence
    assert not account.figures.exists()


def test_who_may_say_what_is_known(account, people):
    for who in ("stranger", "second leader", "contributor", "auditor", "executive"):
        for act in (say, enter):
            with pytest.raises(PermissionDenied):
                act(account, people[who])
        with pytest.raises(PermissionDenied):
            pin(account, by=people[who], seen=seen(account), text="x")
    make_absence(people["leader"], people["second leader"])
    enter(account, type(people["leader"]).objects.get(pk=people["second leader"].pk))


def test_what_was_read_is_what_is_changed(account, people):
    """The second click on one page is stale: nothing is said twice."""
    read = seen(account)
    pin(account, by=people["rep"], seen=read, text="Once.")

    with pytest.raises(Stale):
        pin(account, by=people["rep"], seen=read, text="Once.")
    with pytest.raises(Stale):
        say_fact(account, by=people["rep"], seen=read, kind="rfp", since_on=DAY, reason="x")
    with pytest.raises(Stale):
        enter_figure(
            account,
            by=people["rep"],
            seen=read,
            kind="margin",
            quarter_begins_on=DAY,
            value=Decimal(1),
            source="x",
            as_of=DAY,
        )


def test_figures_of_many_accounts_in_as_many_queries_as_of_few(people):
    accounts = [make_account(manager=people["rep"]) for _ in range(8)]

    def keep(some, value):
        rows = [Entered(a.pk, kind, DAY, Decimal(value), "CRM", DAY) for a in some for kind in ("margin", "wallet")]
        with CaptureQueriesContext(connection) as queries:
            done = keep_figures(rows, by=people["admin"])
        return len(done), len([q for q in queries if "SAVEPOINT" not in q["sql"]])

    assert keep(accounts[:2], 7)[0] == 4
    assert keep(accounts, 7)[0] == 12
    assert keep(accounts, 7) == (0, 2)
    (few, cost), (many, same) = keep(accounts[:2], 8), keep(accounts[2:], 8)
    assert (few, many, cost) == (4, 12, same)
    assert same <= 8
    assert fresh(accounts[0]).version == accounts[0].version + 2
    with pytest.raises(PermissionDenied):
        keep_figures([], by=people["rep"])


def test_the_last_of_two_figures_for_one_quarter_stands(account, people):
    rows = [Entered(account.pk, "wallet", day, Decimal(value), "CRM", DAY) for day, value in ((SECOND, 5), (DAY, 6))]

    assert keep_figures(rows, by=people["admin"]) == {(account.pk, "wallet", SECOND)}
    assert [figure.value for figure in account.figures.all()] == [6]
