"""The figures of a real company, against sums reckoned here by other means: fractions, straight from the file."""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import pytest

from accounts.actions import recompute
from accounts.models import Account, Performance

from .realdata import load, rows

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


def hundredths(text):
    """A price or a share as a whole number of hundredths: the noise of floats is cut where it is nearest."""
    return Fraction(floor(Fraction(text) * 100 + Fraction(1, 2)), 100)


def cents(value):
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


@pytest.fixture
def reckoned():
    """Of each customer and quarter: net value, orders, shipped, late and net value by category, as fractions."""
    nets, mix = defaultdict(Fraction), defaultdict(Fraction)
    orders, shipped, late = defaultdict(set), defaultdict(set), defaultdict(set)
    for row in rows("order_lines.csv"):
        year, month, _day = row["order_date"].split("-")
        key = row["customer_id"], date(int(year), {0: 1, 1: 4, 2: 7, 3: 10}[(int(month) - 1) // 3], 1)
        net = int(row["quantity"]) * hundredths(row["unit_price"]) * (1 - hundredths(row["discount"]))
        nets[key] += net
        mix[key, row["category"]] += net
        orders[key].add(row["order_id"])
        if row["shipped_date"]:
            shipped[key].add(row["order_id"])
            if row["shipped_date"] > row["required_date"]:
                late[key].add(row["order_id"])
    return nets, orders, shipped, late, mix


@pytest.fixture
def computed(people, time_machine):
    time_machine.move_to(datetime(1998, 5, 11, 12, tzinfo=UTC))
    accounts = load(people["admin"])
    changed = recompute(
        [account.pk for account in accounts.values()],
        by=people["admin"],
        source="Order system",
        as_of=date(1998, 5, 11),
    )
    found = {(q.account.code, q.quarter_begins_on): q for q in Performance.objects.select_related("account")}
    assert len(changed) == len(found)
    return found


def test_the_quarters_of_all_who_ever_bought_equal_sums_reckoned_by_other_means(computed, reckoned):
    nets, orders, shipped, late, mix = reckoned

    assert computed.keys() == nets.keys()
    assert len({code for code, _quarter in computed}) == 89
    for key, q in computed.items():
        assert cents(Fraction(q.net)) == cents(nets[key]), key
        assert Fraction(q.net) == nets[key], key  # nothing has been rounded yet
        counts = len(orders[key]), len(shipped[key]), len(shipped[key]), len(shipped[key]) - len(late[key])
        assert (q.orders, q.shipped, q.promised, q.on_time) == counts, key
        assert {(key, c): Fraction(net) for c, net in q.mix.items()} == {
            k: net for k, net in mix.items() if k[0] == key
        }


def test_the_totals_are_those_given_with_the_data(computed):
    quarters = computed.values()

    assert sum(q.net for q in quarters).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("1265793.04")
    totals = [sum(getattr(q, name) for q in quarters) for name in ("orders", "shipped", "on_time")]
    assert totals == [830, 809, 809 - 37]


def test_two_customers_who_never_ordered_have_no_figures(computed):
    without = Account.objects.filter(performance__isnull=True).values_list("code", flat=True)

    assert len(without) == 2
