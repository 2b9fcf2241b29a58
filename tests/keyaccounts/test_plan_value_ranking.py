"""All customers in one ranking by a declared formula, both its ends, and the account's place in its plan (N2.1, N2.2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.actions.figures import recompute
from accounts.models import Account
from keyaccounts.plan.value_formula import ranking_for
from tests.accounts.realdata import load
from tests.acting import make_user, office
from tests.factories import make_account
from tests.reviews.work import queries_of

from .making_plan import a_plan
from .making_worth import margin_told, quarter_back, sold

pytestmark = pytest.mark.django_db
RANKING = "keyaccounts:value-ranking"


@pytest.fixture
def five():
    """Best to worst: much at a good margin, told nothing, much at a poor one, nothing bought, sold at a loss."""
    names = {"Alpha": 1000, "Beta": 900, "Gamma": 2000, "Delta": 0, "Epsilon": 500}
    accounts = {name: make_account(name=name) for name in names}
    for name, net in names.items():
        sold(accounts[name], net, back=1 if net else 9)
    for name, percent in (("Alpha", 60), ("Gamma", 10), ("Epsilon", "-20")):
        margin_told(accounts[name], percent)
    return accounts


def places(ranking, accounts):
    return [(one.place, accounts_of(accounts)[one.account], one.value) for one in ranking.rows]


def accounts_of(accounts):
    return {account.pk: name for name, account in accounts.items()}


@pytest.mark.demand("N2.1", "N2.2")
def test_customers_are_ranked_by_net_value_times_margin(five):
    ranking = ranking_for(office("manager"))

    assert ranking.middle == 10
    assert places(ranking, five) == [
        (1, "Alpha", Decimal("600.00")), (2, "Gamma", Decimal("200.00")), (3, "Beta", Decimal("90.00")),
        (4, "Delta", Decimal("0.00")), (5, "Epsilon", Decimal("-100.00")),
    ]  # fmt: skip


def test_where_no_margin_is_told_of_anybody_net_value_counts():
    large, small = make_account(), make_account()
    sold(small, 100)
    sold(large, 900)

    ranking = ranking_for(office("manager"))

    assert [(one.account, one.value) for one in ranking.rows] == [(large.pk, 900), (small.pk, 100)]
    assert ranking.middle is None


def test_four_complete_quarters_count_and_the_newest_margin_told_for_them():
    account = make_account()
    for back in (0, 1, 4, 5):
        sold(account, 100, back)
    margin_told(account, 50, back=3)
    margin_told(account, 30, back=2)
    margin_told(account, 90, back=1, replaced_at=now())
    margin_told(account, 80, back=0)
    margin_told(account, 70, back=5)

    ranking = ranking_for(office("manager"))

    row = ranking.rows[0]
    assert (row.net, row.margin, row.value) == (200, 30, 60)
    assert (ranking.begins, ranking.ends) == (quarter_back(4), quarter_back(0))


def test_equal_values_share_a_place():
    accounts = [make_account() for _n in range(3)]
    for account, net in zip(accounts, (50, 50, 10), strict=True):
        sold(account, net)

    assert [one.place for one in ranking_for(office("manager")).rows] == [1, 1, 3]


def test_who_is_no_customer_or_has_no_quarter_on_file_is_not_ranked():
    sold(make_account("prospect"), 100)
    sold(make_account("closed"), 100)
    make_account()
    at_risk = make_account("at_risk")
    sold(at_risk, 5)

    assert [one.account for one in ranking_for(office("manager")).rows] == [at_risk.pk]


def test_the_ranking_costs_two_queries_however_many_customers(five, django_assert_num_queries):
    reader = office("manager")
    ranking_for(reader)  # their roles are read once

    with django_assert_num_queries(2):
        ranking_for(reader)


def test_nobody_stands_at_both_ends(five):
    ranking = ranking_for(office("manager"))
    everybody = {account.pk for account in five.values()}
    names = accounts_of(five)

    for most, best, worst in (
        (2, ["Alpha", "Gamma"], ["Epsilon", "Delta"]),
        (9, ["Alpha", "Gamma", "Beta"], ["Epsilon", "Delta"]),
    ):
        ends = [[names[one.account] for one in end] for end in ranking.ends_of(everybody, most)]
        assert ends == [best, worst]


@pytest.mark.demand("N2.1", "N2.2")
def test_the_page_declares_the_formula_and_shows_both_ends(five, client):
    client.force_login(office("manager"))

    page = client.get(reverse(RANKING))

    assert queries_of(client, reverse(RANKING)) <= 8

    assert "net value of the last four complete quarters, times the newest margin" in page.text
    ranking = page.context["page"]
    assert [line.account.name for line in ranking.best] == ["Alpha", "Gamma", "Beta"]
    assert [line.account.name for line in ranking.worst] == ["Epsilon", "Delta"]
    assert "not told: 10 %" in page.text


def test_each_sees_their_own_with_the_place_among_all(five, client):
    client.force_login(five["Gamma"].manager)

    page = client.get(reverse(RANKING))

    assert [(line.of.place, line.account.name) for line in page.context["page"].best] == [(2, "Gamma")]
    assert not any(name in page.text for name in ("Alpha", "Beta", "Delta", "Epsilon"))


def test_who_sees_no_customer_is_told_so(five, client):
    client.force_login(make_user("contributor"))

    page = client.get(reverse(RANKING))

    assert page.status_code == 200
    assert "You see no customer" in page.text
    assert "Alpha" not in page.text


def test_a_customer_is_found_by_its_name_wherever_it_stands(five, client):
    client.force_login(office("manager"))

    page = client.get(reverse(RANKING), {"show": 10, "search": "delt"})

    assert [(line.of.place, line.account.name) for line in page.context["page"].found] == [(4, "Delta")]
    assert client.get(reverse(RANKING), {"show": "nonsense", "search": "%"}).status_code == 200


@pytest.mark.demand("N2.1", "N2.2")
def test_a_plan_shows_the_place_of_its_account(five, client):
    plan = a_plan(account=five["Beta"])
    client.force_login(plan.account.manager)

    page = client.get(reverse("keyaccounts:plan-part", args=[plan.pk, "value"]))

    said = page.context["page"].panels[0].said
    assert (said["row"].place, said["count"]) == (3, 5)
    assert "of 5 customers" in page.text
    assert reverse(RANKING) in page.text


def test_a_plan_of_a_customer_without_figures_says_so(client):
    plan = a_plan()
    client.force_login(plan.account.manager)

    assert "Not ranked" in client.get(reverse("keyaccounts:plan-part", args=[plan.pk, "value"])).text


def test_the_customers_of_a_real_company_have_their_places():
    manager = office("manager")
    accounts = load(manager)
    Account.objects.update(status="active")
    recompute([account.pk for account in accounts.values()], by=manager, source="Orders", as_of=quarter_back(0))
    last = max(Account.objects.values_list("performance__quarter_begins_on", flat=True).exclude(performance=None))

    ranking = ranking_for(manager, on=last)

    names = {account.pk: account.name for account in accounts.values()}
    values = [one.value for one in ranking.rows]
    assert len(values) == Account.objects.filter(performance__quarter_begins_on__lt=last).distinct().count() > 80
    assert values == sorted(values, reverse=True)
    best, worst = ranking.ends_of(set(names), 3)
    assert "Save-a-lot Markets" in {names[one.account] for one in best}
    assert all(low.value <= high.value for low in worst for high in best)
