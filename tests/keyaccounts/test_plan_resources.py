"""What a plan takes, by action and in all, against what the account is worth; and the skills of the team (N6.1 to N6.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Figure, Performance
from keyaccounts.models import Action, TeamRole
from keyaccounts.plan.quality import quality_of
from keyaccounts.plan.resources_costs import costs_of
from keyaccounts.plan.resources_skills import grid_of
from tests.acting import fresh, make_user

from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def plan():
    return a_plan()


def part(plan):
    return reverse("keyaccounts:plan-part", args=[plan.pk, "resources"])


def an_action(plan, what, **of):
    said = {"measured": "m", "reviewed": "r", "told": "t", "changed_by": plan.account.manager} | of
    return Action.objects.create(plan=plan, what=what, **said)


def a_role(plan, title, person=None, **of):
    return TeamRole.objects.create(plan=plan, title=title, person=person, changed_by=plan.account.manager, **of)


def quarters(plan, *values):
    for number, value in enumerate(values):
        begins = date(2025 + number // 4, 1 + 3 * (number % 4), 1)
        Performance.objects.create(
            account=plan.account, quarter_begins_on=begins, net=Decimal(value), orders=1, shipped=1, on_time=0,
            source="Orders", as_of=begins,
        )  # fmt: skip


def margin(plan, value, begins=date(2025, 10, 1)):
    Figure.objects.create(
        account=plan.account, kind="margin", quarter_begins_on=begins, value=Decimal(value), source="Controlling",
        as_of=begins, said_by=plan.account.manager,
    )  # fmt: skip


@pytest.mark.demand("N6.1")
def test_lines_are_summed_by_action_and_in_all(plan, client):
    service, visits = an_action(plan, "Open a service desk"), an_action(plan, "Visit each plant")
    add(plan, "resources", action=service, what="Engineers", days=Decimal("12.5"), money=Decimal(0))
    add(plan, "resources", action=service, what="Rooms", days=Decimal(0), money=Decimal(8000))
    add(plan, "resources", action=visits, what="Travel", days=Decimal(4), money=Decimal("1500.50"))

    costs = costs_of(plan, plan.resourceline_rows.all())

    assert [(one.what, one.days, one.money) for one in costs.lines] == [
        ("Open a service desk", Decimal("12.5"), Decimal(8000)),
        ("Visit each plant", Decimal(4), Decimal("1500.5")),
    ]
    assert (costs.whole.days, costs.whole.money) == (Decimal("16.5"), Decimal("9500.5"))
    client.force_login(plan.account.manager)
    page = client.get(part(plan))
    assert "9,500.5" in page.text
    assert "16.5" in page.text


@pytest.mark.demand("N6.1")
def test_a_line_that_takes_nothing_is_refused_and_an_action_without_a_line_is_asked_for(plan, client):
    action = an_action(plan, "Open a service desk")
    an_action(plan, "Not done any more", state="dropped")
    client.force_login(plan.account.manager)
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "resources"])
    said = {"action": action.pk, "what": "Engineers", "days": "0", "money": "0"}

    answer = client.post(url, said)
    assert answer.status_code == 400
    assert "how many people-days" in answer.text
    met = {one.demand.name: one.met for one in quality_of(fresh(plan)).asked}
    assert not met["demand_resources_each"]
    assert client.post(url, said | {"days": "3"}).status_code == 302

    met = {one.demand.name: one.met for one in quality_of(fresh(plan)).asked}
    assert met["demand_resources_each"]
    assert met["demand_resources_lines"]


@pytest.mark.demand("N6.4")
@pytest.mark.parametrize(
    ("values", "percent", "money", "sentence", "tone"),
    [
        ((), None, 900, "No figures of this account are on file", "neutral"),
        ((2000, 2000, 3000, 3000), None, 900, "No margin of this account is on file", "neutral"),
        ((2000, 2000, 3000, 3000), 30, 900, "takes 30 % of what the account earns", "good"),
        ((2000, 2000, 3000, 3000), 30, 6000, "more than the account earns in a year: 200 %", "bad"),
        ((2000, 2000, 3000, 3000), -5, 900, "earns nothing at present", "warn"),
    ],
)
def test_the_cost_stands_against_what_the_account_earns(plan, values, percent, money, sentence, tone):
    quarters(plan, *values)
    if percent is not None:
        margin(plan, percent)
    add(plan, "resources", action=an_action(plan, "Visits"), what="Travel", days=Decimal(1), money=Decimal(money))

    said, shown = costs_of(plan, plan.resourceline_rows.all()).verdict

    assert sentence in said
    assert shown == tone


@pytest.mark.demand("N6.4")
def test_worth_is_the_last_four_quarters_and_the_newest_margin_that_holds(plan):
    quarters(plan, 99999, 1000, 2000, 3000, 4000)
    margin(plan, 10)
    margin(plan, 25, date(2026, 1, 1))
    add(plan, "resources", action=an_action(plan, "Visits"), what="Travel", days=Decimal(1), money=Decimal(500))

    costs = costs_of(plan, plan.resourceline_rows.all())

    assert (costs.net, costs.quarters, costs.margin) == (Decimal(10000), 4, Decimal(25))
    assert costs.earned == Decimal(2500)
    assert (costs.share, costs.share_earned) == (Decimal(5), Decimal(20))


@pytest.mark.demand("N6.2")
def test_skills_stand_as_a_grid_of_what_is_needed_against_what_is_present(plan, client):
    lead, service = a_role(plan, "Lead", make_user("rep", name="Lea Lead")), a_role(plan, "Service")
    add(plan, "skills", role=lead, kind="skill", what="Negotiating", needed=4, present=3)
    add(plan, "skills", role=service, kind="skill", what="Negotiating", needed=1, present=4)
    add(plan, "skills", role=service, kind="knowledge", what="Valves", needed=3, present=1)

    grid = grid_of(plan.skill_rows.all())

    assert [(row.what, [one and (one.present, one.needed) for one in row.cells]) for row in grid.rows] == [
        ("Negotiating", [(3, 4), (4, 1)]),
        ("Valves", [None, (1, 3)]),
    ]
    assert grid.short == 2
    assert [row.what for row in grid.uncovered] == ["Valves"]
    client.force_login(plan.account.manager)
    page = client.get(part(plan))
    assert "Nobody on the team brings yet: Valves." in " ".join(page.text.split())
    assert "2 short" in page.text
    assert "Lea Lead" in page.text


@pytest.mark.demand("N6.3")
def test_what_this_account_alone_asks_for_stands_in_a_list_of_its_own(plan, client):
    role = a_role(plan, "Service")
    add(plan, "skills", role=role, kind="skill", what="Welding", needed=2, present=2)
    client.force_login(plan.account.manager)
    said = {"role": role.pk, "kind": "behaviour", "what": "Speaks Danish", "needed": "3", "present": "0"}

    assert client.post(reverse("keyaccounts:plan-add", args=[plan.pk, "special-skills"]), said).status_code == 302

    lists = {
        one.kind.key: [str(line.row) for line in one.lines] for one in client.get(part(plan)).context["page"].lists
    }
    assert lists["skills"] == ["Welding"]
    assert lists["special-skills"] == ["Speaks Danish"]
    assert "this account alone" in client.get(part(plan)).text


def test_a_step_beyond_four_is_refused_in_a_sentence(plan, client):
    client.force_login(plan.account.manager)
    said = {"role": a_role(plan, "Service").pk, "kind": "skill", "what": "Welding", "needed": "5", "present": "0"}

    answer = client.post(reverse("keyaccounts:plan-add", args=[plan.pk, "skills"]), said)

    assert answer.status_code == 400
    assert "A step from 0 to 4, please." in answer.text


def test_the_full_page_costs_few_queries(plan, client, django_assert_max_num_queries):
    role, action = a_role(plan, "Service", make_user("rep")), an_action(plan, "Visits")
    quarters(plan, 1000)
    margin(plan, 20)
    for number in range(3):
        add(plan, "resources", action=action, what=f"Travel {number}", days=Decimal(1), money=Decimal(5))
        add(plan, "skills", role=role, kind="skill", what=f"Skill {number}", needed=3, present=1)
    client.force_login(plan.account.manager)
    client.get(part(plan))

    with django_assert_max_num_queries(MOST):
        assert client.get(part(plan)).status_code == 200
