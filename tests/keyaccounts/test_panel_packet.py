"""A frozen packet does not move when the data beneath it do (K-14, M14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accounts.actions import say_fact
from accounts.models import Account, Performance
from acr_program.workflow.edit import edit
from keyaccounts.packets import drawn, gathered, hash_of, moved, part_of
from tests.desk.asking import questions
from tests.factories import fresh, make_account, make_user, office, take

from .making_panel import a_panel, again, scheduled, voting

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db) -> Account:
    account = make_account(name="Nordhandel")
    quarters = [(date(2026, 4, 1), "1200.50", 4), (date(2026, 7, 1), "1500", 5)]
    for begins, net, orders in quarters:
        Performance.objects.create(
            account=account, quarter_begins_on=begins, net=Decimal(net), orders=orders, shipped=orders, promised=orders,
            on_time=orders - 1, source="Orders", as_of=date(2026, 10, 1),
        )  # fmt: skip
    return account


def change(account: Account) -> None:
    """Everything that a packet tells of: figures, facts, name, manager."""
    Performance.objects.filter(account=account, orders=5).update(net=Decimal("9.99"))
    now = fresh(account)
    say_fact(
        now, by=office("admin"), seen=now.version, kind="rfp", since_on=localdate(), reason="Their buyer told us."
    )  # fmt: skip
    now = fresh(account)
    edit(now, seen=now.version, by=office("admin"), name="Südhandel", manager=make_user("rep"))


@pytest.mark.demand("K-14", "M14")
def test_a_frozen_packet_does_not_move_when_the_data_beneath_it_do(account, as_person):
    review = voting(account=account)
    before, member = review.packet, review.chair
    shown = as_person(member).get(review.get_absolute_url()).content.decode()

    change(account)

    after = again(review)
    assert (after.packet, after.packet_hash) == (before, hash_of(before))
    page = as_person(member).get(review.get_absolute_url()).content.decode()
    for words in ("1,200.5", "1,500"):
        assert words in shown
        assert words in page
    assert "Their buyer told us." not in page
    table = part_of(after.packet, "account")
    assert table is not None
    assert table.rows[0] == ["Account", "Nordhandel"]


@pytest.mark.demand("K-14", "M14")
def test_what_has_moved_since_stands_outside_the_packet(account, as_person):
    review = voting(account=account)
    assert moved(review.packet, gathered([review])[review.pk]) == []

    change(account)

    lines = moved(review.packet, gathered([again(review)])[review.pk])
    told = {(line.part, line.name): (line.then, line.now) for line in lines}
    assert told["The account", "Account"] == ("Nordhandel", "Südhandel")
    assert [then for (part, _name), (then, _now) in told.items() if part == "On file"] == [""]
    page = as_person(review.chair).get(f"{review.get_absolute_url()}since/").content.decode()
    assert "Südhandel" in page
    assert "Their buyer told us." in page


@pytest.mark.demand("K-14")
def test_the_packet_tells_figures_facts_way_and_account(account):
    packet = drawn(voting(account=account).packet)

    assert [part.key for part in packet][:2] == ["account", "way"]
    figures = next(part for part in packet if part.key == "figures")
    assert figures.rows[0][1:4] == ["1,500", "5", "80 %"]
    way = next(part for part in packet if part.key == "way")
    assert way.rows[0][-1] == "They grow by a fifth each year."


def test_packets_of_many_accounts_take_as_many_queries_as_that_of_one():
    session = a_panel()
    loaded = [again(scheduled(session)) for _number in range(3)]
    costs = []
    for reviews in (loaded[:1], loaded):
        with CaptureQueriesContext(connection) as queries:
            found = gathered(reviews)
        costs.append(len(queries))
        assert set(found) == {review.pk for review in reviews}

    assert costs[0] == costs[1]


@pytest.mark.demand("K-14")
def test_the_pages_of_panels_cost_little_whatever_stands_on_them(as_person):
    session = a_panel()
    reviews = [scheduled(session) for _number in range(4)]
    take(session, "open_voting", session.chair)
    client = as_person(session.chair)

    costs = {
        url: len(questions(client, url))
        for url in (
            session.get_absolute_url(), reviews[0].get_absolute_url(), "/key-accounts/panels/",
            "/key-accounts/panels/accounts/",
        )
    }  # fmt: skip

    assert costs["/key-accounts/panels/"] <= 8
    assert costs["/key-accounts/panels/accounts/"] <= 8
    assert max(costs.values()) <= 15, costs
