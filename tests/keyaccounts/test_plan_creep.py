"""Delivered against promised: exactly what was neither promised nor paid is found, with its price (N9.3, M18)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from keyaccounts.models import Promise
from keyaccounts.plan import writing
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.kinds import find
from keyaccounts.plan.monitoring_creep import UNPAID_EXTRA, creep_of
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh
from tests.desk.asking import text

from .making_monitoring import add_url, delivered, many_deliveries, page
from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def rep(plan, client):
    client.force_login(plan.account.manager)
    return client


def found(plan):
    return creep_of(Promise.objects.filter(plan=plan).select_related("covers"))


def listed(plan):
    """Each finding and its price; the same rows as the database finds them."""
    findings = found(plan).findings
    assert {one.row.pk for one in findings} == set(
        Promise.objects.filter(UNPAID_EXTRA, plan=plan).values_list("pk", flat=True)
    )
    return [(one.what, one.price) for one in findings]


TWO = [("Stock in Ulm", Decimal("3400.50")), ("Drawings of their old plant", Decimal(1200))]


@pytest.mark.demand("N9.3", "M18")
def test_of_many_deliveries_exactly_the_two_that_are_neither_promised_nor_paid_are_found(plan, rep):
    many_deliveries(plan)

    creep = found(plan)
    assert listed(plan) == TWO
    assert (creep.delivered, creep.promised, creep.paid, creep.worth) == (11, 7, 2, Decimal("4600.50"))
    assert creep.findings[0].why == "We said that we do not: Stock at the customer's"
    assert creep.findings[1].why == "It stands on neither list"

    words = text(rep.get(page(plan)))
    assert "2 of 11 deliveries were neither promised nor paid" in words
    assert "3,400.5" in words
    assert words.count("Unpaid extra Why it is one") == 1
    assert "Special packaging" in words  # delivered, in the list alone


@pytest.mark.demand("N9.3", "M18")
@pytest.mark.parametrize(
    ("which", "change", "left"),
    [
        ("refused", {"paid": True}, TWO[1:]),
        ("unlisted", {"covers": "service"}, TWO[:1]),
        ("refused", {"covers": None}, TWO),
        ("unlisted", {"price": Decimal(5000)}, [("Drawings of their old plant", Decimal(5000)), TWO[0]]),
    ],
    ids=["paid", "promised", "on no list", "dearer"],
)
def test_one_thing_changed_changes_the_list(plan, which, change, left):
    made = many_deliveries(plan)
    change = {name: made[value] if name == "covers" and value else value for name, value in change.items()}

    kind, row = find("deliveries"), made[which]
    writing.keep_row(plan, kind, row.pk, by=plan.account.manager, mine=change, read={"revision": row.revision})

    assert listed(plan) == left


@pytest.mark.demand("N9.3", "M18")
def test_one_delivery_more_is_one_finding_more_and_none_where_it_is_covered(plan):
    made = many_deliveries(plan)

    delivered(plan, "One more call", covers=made["service"])
    assert listed(plan) == TWO
    delivered(plan, "A gift", price=10)
    assert [what for what, _price in listed(plan)] == ["Stock in Ulm", "Drawings of their old plant", "A gift"]
    other = a_plan()
    assert listed(other) == []


@pytest.mark.demand("N9.3", "M18")
def test_an_unpaid_extra_is_not_written_down_without_a_price(plan, rep):
    service = add(plan, "we-do", what="Service")
    sent = {"what": "Drawings", "on": localdate().isoformat(), "price": "", "covers": ""}

    answer = rep.post(add_url(plan, "deliveries"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["price"])
    assert "say what it would have cost" in answer.text

    for settled in ({"price": "120"}, {"paid": "on"}, {"covers": service.pk}):
        assert rep.post(add_url(plan, "deliveries"), sent | settled).status_code == 302
    assert listed(plan) == [("Drawings", Decimal(120))]


@pytest.mark.parametrize(
    ("said", "field"), [({"on": "2031-01-01"}, "on"), ({"on": ""}, "on"), ({"price": "-1"}, "price")]
)
def test_a_delivery_that_cannot_be_is_refused(plan, rep, said, field):
    sent = {"what": "Drawings", "on": localdate().isoformat(), "price": "120"} | said

    answer = rep.post(add_url(plan, "deliveries"), sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])


def test_a_delivery_is_promised_as_something_of_its_own_plan_and_not_as_another_delivery(plan, rep):
    many_deliveries(plan)
    add(a_plan(), "we-do", what="Another customer's")

    choices = [
        str(label) for _key, label in rep.get(add_url(plan, "deliveries")).context["form"].fields["covers"].choices
    ]

    assert choices == [
        "On neither list: it is an extra", "We do: Service within a day", "We do: Training of their people",
        "We do not: Stock at the customer's",
    ]  # fmt: skip


def test_deliveries_stay_in_their_year_and_a_promise_that_was_delivered_is_not_taken_off(plan, rep):
    made = many_deliveries(plan)

    after = begin_plan(plan.membership, by=plan.account.manager, year=plan.year + 1)
    assert set(after.promise_rows.values_list("kind", flat=True)) == {"do", "do_not"}

    service = fresh(made["service"])
    drop = add_url(plan, "we-do").replace("/add/", f"/{service.pk}/drop/")
    rep.post(drop, {"seen": service.revision})
    assert Promise.objects.filter(pk=service.pk).exists()


def test_an_extra_without_a_price_is_to_be_mended(plan):
    def priced():
        return next(one.met for one in quality_of(fresh(plan)).of("monitoring").asked if one.demand.key == "priced")

    delivered(plan, "Covered", covers=add(plan, "we-do", what="Service"))
    assert priced()
    delivered(plan, "Drawings")
    assert not priced()
    assert found(plan).unpriced == 1
