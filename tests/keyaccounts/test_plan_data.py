"""The register of customer data: what, what for, from where, kept where, kept right how, and what is overdue (N4.8 to N4.12)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from keyaccounts.models import DataItem
from keyaccounts.plan.actions_clock import wait_for_owners
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, office
from tests.factories import make_account
from tests.reviews.work import queries_of

from .making_actions import at, click, december, page, waiting
from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
ITEM = {
    "item": "Who signs for what", "purpose": "To know whom to ask", "source": "Their purchasing department",
    "place": "CRM, contacts", "access": "The account team", "refresh": 90,
}  # fmt: skip


@pytest.fixture
def plan():
    with at(december(1)):
        yield a_plan("in_force")


def an_item(plan, refreshed_on=date(2026, 11, 1), **said):
    return add(plan, "data", **({"owner": plan.account.manager, "refreshed_on": refreshed_on} | ITEM | said))


@pytest.mark.demand("N4.8", "N4.9", "N4.10", "N4.11", "N4.12")
def test_each_item_says_what_what_for_from_where_kept_where_for_whom_how_often_and_whose(plan, as_person):
    client, url = as_person(plan.account.manager), reverse("keyaccounts:plan-add", args=[plan.pk, "data"])
    typed = ITEM | {"owner": plan.account.manager.pk, "refreshed_on": "2026-11-01"}
    for missing in (*ITEM, "owner"):
        answer = client.post(url, typed | {missing: ""})
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [missing])
    assert client.post(url, typed | {"refresh": "0"}).status_code == 400
    assert client.post(url, typed | {"refreshed_on": "2026-12-02"}).status_code == 400

    assert client.post(url, typed).status_code == 302

    text = client.get(page(plan, "blueprint")).text
    assert [
        said for said in (*(ITEM[key] for key in ITEM if key != "refresh"), "every 90 days") if said not in text
    ] == []
    assert plan.dataitem_rows.get().due == date(2027, 1, 30)


@pytest.mark.demand("N4.12")
def test_what_is_due_waits_for_its_owner_by_the_clock_and_its_leader_hears_where_it_does_not(plan):
    owner = make_user("contributor")
    item = an_item(plan, date(2026, 11, 18), refresh=30, owner=owner)  # due on the eighteenth of December
    assert waiting(item) == []
    with at(december(10)):
        wait_for_owners()
        assert waiting(item) == []
    with at(december(11)):
        wait_for_owners()
        wait_for_owners()
        row = waiting(item)[0]
    assert (row.person, row.what) == (owner, f"Refresh customer data: {ITEM['item']}")
    assert [moment.date() for moment in (row.due_at, row.remind_at, row.escalate_at)] == [
        december(18), december(18), december(25),
    ]  # fmt: skip
    assert len(waiting(item)) == 1


@pytest.mark.demand("N4.12")
def test_refreshed_today_by_one_click_it_waits_no_more(plan, as_person):
    owner = make_user("contributor")
    item = an_item(plan, date(2026, 11, 1), refresh=20, owner=owner)
    assert [row.person for row in waiting(item)] == [owner]  # overdue as it is named
    client = as_person(owner)
    assert "Refreshed today" in client.get(page(plan, "blueprint")).text

    assert click(client, "plan-refreshed", plan, item).status_code == 302

    assert (fresh(item).refreshed_on, fresh(item).due, waiting(item)) == (december(1), december(21), [])
    assert click(as_person(make_user("executive")), "plan-refreshed", plan, item).status_code == 403


def test_what_was_never_refreshed_is_due_at_once(plan):
    assert an_item(plan, None).due == december(1)


@pytest.mark.demand("N4.12")
def test_what_is_overdue_is_marked_listed_and_asked_for(plan, as_person):
    late, fine = an_item(plan, date(2026, 10, 1), refresh=30, item="Late item"), an_item(plan, item="Fine item")
    other = a_plan("in_force", make_account())
    an_item(other, date(2026, 10, 10), refresh=30, item="Late elsewhere")

    text = as_person(plan.account.manager).get(page(plan, "blueprint")).text
    assert "Overdue for 31 days" in text
    unmet = {one.demand.key for one in quality_of(fresh(plan)).of("blueprint").asked if not one.met}
    assert "overdue" in unmet

    def listed(person, **asked):
        answer = as_person(person).get(reverse("keyaccounts:plan-data"), asked)
        return [str(row.of) for row in answer.context["page"].rows]

    assert listed(office("manager"), when="overdue") == ["Late item", "Late elsewhere"]
    assert listed(plan.account.manager, when="overdue") == ["Late item"]
    assert listed(plan.account.manager) == [str(late), str(fine)]
    assert listed(make_user("contributor")) == []


def test_the_list_costs_few_queries_however_long(plan, as_person):
    for n in range(5):
        an_item(plan, item=f"Item {n}")
    client = as_person(office("manager"))
    page_of_all = reverse("keyaccounts:plan-data")

    assert queries_of(client, page_of_all) <= 8

    assert client.get(page_of_all).text.count("Item ") >= 5


def test_next_years_plan_takes_the_register_over(plan):
    from keyaccounts.plan.beginning import begin_plan

    an_item(plan)
    following = begin_plan(plan.membership, by=plan.account.manager, year=2027)
    assert [row.due for row in DataItem.objects.filter(plan=following)] == [date(2027, 1, 30)]
