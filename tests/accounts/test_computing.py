"""Figures by quarter, computed from order lines."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import recompute
from accounts.models import Account, OrderLine, Performance
from accounts.quarters import Line, computed, quarter_of
from acr_program.workflow.edit import begin_many
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_account

from .orders import order

FIRST, SECOND = date(2025, 1, 1), date(2025, 4, 1)
DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def compute(people):
    def run(*accounts, source="Order system", as_of=DAY):
        return recompute([account.pk for account in accounts], by=people["admin"], source=source, as_of=as_of)

    return run


def test_each_day_lies_in_a_quarter():
    days = ["2025-01-01", "2025-03-31", "2025-04-01", "2025-12-31"]

    assert [quarter_of(date.fromisoformat(day)) for day in days] == [FIRST, FIRST, SECOND, date(2025, 10, 1)]


def test_orders_become_the_figures_of_their_quarter(compute):
    account = make_account()
    order(
        account,
        "2025-01-10",
        ("3", "9.99", "0.15"),
        ("1", "0.01", "0.05", "Jam"),
        required="2025-02-01",
        shipped="2025-02-01",
    )
    order(account, "2025-03-31", ("2", "10"), required="2025-04-02", shipped="2025-04-03")  # late
    order(account, "2025-03-31", ("1", "1"), shipped="2025-04-03")  # nothing was promised
    order(account, "2025-03-31", ("1", "1"), required="2025-04-02")  # not yet shipped
    order(account, "2025-04-01", ("1", "5", "1"))  # given away

    assert compute(account) == {(account.pk, FIRST), (account.pk, SECOND)}

    one, two = account.performance.all()
    assert one.net == Decimal("25.4745") + Decimal("0.0095") + 22
    assert (one.orders, one.shipped, one.promised, one.on_time) == (4, 3, 2, 1)
    assert {name: Decimal(net) for name, net in one.mix.items()} == {
        "Cheese": Decimal("47.4745"),
        "Jam": Decimal("0.0095"),
    }
    assert (two.net, two.orders, two.shipped, two.mix) == (0, 1, 0, {"Cheese": "0.00000000"})
    assert (one.source, one.as_of) == ("Order system", DAY)


def test_an_order_is_shipped_with_its_last_line_and_promised_for_its_earliest_day(compute):
    account = make_account()
    lines = order(account, "2025-01-10", ("1", "1"), ("1", "1"), required="2025-02-01", shipped="2025-01-20")
    OrderLine.objects.filter(pk=lines[1].pk).update(shipped_on="2025-02-02", required_on="2025-03-01")
    half = order(account, "2025-01-10", ("1", "1"), ("1", "1"), required="2025-02-01", shipped="2025-01-20")
    OrderLine.objects.filter(pk=half[1].pk).update(shipped_on=None)

    compute(account)

    (quarter,) = account.performance.all()
    assert (quarter.orders, quarter.shipped, quarter.promised, quarter.on_time) == (2, 1, 1, 0)


def test_an_order_whose_lines_differ_in_their_day_counts_once_where_it_began(compute):
    account = make_account()
    lines = order(account, "2025-04-01", ("1", "1"), ("1", "2"))
    OrderLine.objects.filter(pk=lines[1].pk).update(ordered_on="2025-03-31")

    compute(account)

    assert [(q.quarter_begins_on, q.orders, q.net) for q in account.performance.all()] == [(FIRST, 1, 3)]


def test_sums_are_exact_and_rounded_once():
    """A thousand lines of a third of a cent each; floats or a rounding in between would tell another sum."""
    line = Line("1", "", Decimal("0.01"), Decimal("0.33"), Decimal("0.0001"), FIRST, None, None)
    figures = computed([line._replace(number=str(n // 143)) for n in range(1000)])[FIRST]

    assert figures["mix"] == {"": "3.29967000"}
    assert figures["net"] == Decimal("3.299670")


def test_computing_again_changes_nothing(compute):
    account = make_account()
    order(account, "2025-01-10", ("3", "9.99", "0.15"))
    compute(account)
    before = fresh(account).version, account.performance.values().get()

    assert compute(account, source="Another run", as_of=date(2026, 2, 1)) == set()
    assert (fresh(account).version, account.performance.values().get()) == before


def test_a_changed_quarter_is_logged_with_what_stood(compute):
    account = make_account()
    order(account, "2025-01-10", ("3", "10"))
    order(account, "2025-04-10", ("1", "7"))
    compute(account)
    OrderLine.objects.filter(quantity=3).update(quantity=4)

    assert compute(account, source="Corrected", as_of=date(2026, 2, 1)) == {(account.pk, FIRST)}

    entry = account.log().last()
    ((name, (old, new)),) = entry.detail.data["changed"].items()
    assert name == "performance 2025-01-01"
    assert [Decimal(old["net"]), Decimal(new["net"]), new["orders"]] == [30, 40, 1]
    assert [q.source for q in account.performance.all()] == ["Corrected", "Order system"]


def test_a_quarter_without_lines_goes_unless_it_was_never_computed(compute):
    account = make_account()
    Performance.objects.create(
        account=account, quarter_begins_on=SECOND, net=5, orders=1, shipped=1, on_time=0, source="By hand", as_of=DAY
    )
    order(account, "2025-01-10", ("3", "10"))
    compute(account)
    account.order_lines.all().delete()

    assert compute(account) == {(account.pk, FIRST)}

    assert [q.source for q in account.performance.all()] == ["By hand"]
    assert account.log().last().detail.data["changed"]["performance 2025-01-01"][1] is None


def test_only_the_office_has_figures_computed(people):
    account = make_account(manager=people["rep"])

    with pytest.raises(PermissionDenied, match="the program office"):
        recompute([account.pk], by=people["rep"], source="x", as_of=DAY)
    assert recompute([account.pk], by=people["clock"], source="x", as_of=DAY) == set()


def test_many_accounts_cost_as_many_queries_as_few(people, compute):
    accounts = begin_many([Account(name=f"N{n}", country="Chile") for n in range(60)], by=people["admin"])
    for account in accounts:
        order(account, "2025-01-10", ("3", "10"), number=f"N{account.pk}")

    def cost(some):
        OrderLine.objects.filter(account__in=some).update(quantity=4)
        with CaptureQueriesContext(connection) as queries:
            assert len(compute(*some)) == len(some)
        return len([q for q in queries if "SAVEPOINT" not in q["sql"]])

    compute(*accounts)
    assert cost(accounts[:2]) == cost(accounts[2:]) <= 8
