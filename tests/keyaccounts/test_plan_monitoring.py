"""Objectives against what came of them, value against plan, opportunities to results (N9.0, N9.1, N9.2, N9.4, N9.5)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.outbox.models import Message
from acr_program.workflow.clock import escalate, remind
from keyaccounts.plan.actions_clock import wait_for_owners
from keyaccounts.plan.content import content_of, public_rows
from keyaccounts.plan.monitoring_objectives import verdict_of
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, take
from tests.desk.asking import questions, text
from tests.factories import make_account

from .making_actions import at, december, waiting
from .making_monitoring import LEVEL, a_level, add_url, days_ago, evaluated, let_see, many_deliveries, page
from .making_plan import GOAL, a_plan, add
from .making_worth import margin_told, quarter_back, sold

pytestmark = pytest.mark.django_db
FIGURE = {"what": "Complaints a month", "aim": "most", "target": 3}
JOINT = {"what": "One price list for all plants"}


@pytest.fixture
def plan():
    return a_plan(account=make_account(manager=make_user("rep", reports_to=make_user("leader"))))


@pytest.fixture
def rep(plan, client):
    client.force_login(plan.account.manager)
    return client


def check_url(plan, row):
    return reverse("keyaccounts:plan-checked", args=[plan.pk, row.pk])


def tomorrow():
    return localdate() + timedelta(days=1)


def demanded(plan, key):
    return next(one.met for one in quality_of(fresh(plan)).of("monitoring").asked if one.demand.key == key)


# Target, actual, next check


@pytest.mark.demand("N9.0", "N9.5")
@pytest.mark.parametrize(
    ("kind", "said", "verdict"),
    [
        ("service-levels", {"aim": "least", "target": 95, "actual": 95}, "met"),
        ("service-levels", {"aim": "least", "target": 95, "actual": 94}, "missed"),
        ("kpis", {"aim": "most", "target": 3, "actual": 3}, "met"),
        ("kpis", {"aim": "most", "target": 3, "actual": 4}, "missed"),
        ("kpis", {"aim": "most", "target": 3}, "not_measured"),
        ("goals", {"aim": "least", "target": 10, "actual": 4}, "on_the_way"),
        ("goals", {"aim": "least", "target": 10, "actual": 4, "due": "over"}, "missed"),
        ("goals", {"aim": "least", "target": 10, "actual": 4, "due": "ahead"}, "on_the_way"),
        ("goals", {"aim": "least", "actual": 4}, "not_measured"),
        ("joint-goals", {"percent": 100, "narrative": "All signed."}, "met"),
        ("joint-goals", {"percent": 60, "narrative": "Two left."}, "on_the_way"),
        ("joint-goals", {"percent": 60, "narrative": "Two left.", "due": "over"}, "missed"),
        ("joint-goals", {}, "not_measured"),
    ],
)
def test_an_objective_is_met_missed_or_on_the_way(plan, kind, said, verdict):
    days = {"over": days_ago(1), "ahead": tomorrow()}
    said = {name: days.get(value, value) for name, value in said.items()}

    assert verdict_of(add(plan, kind, what="An objective", **said)) == verdict


@pytest.mark.demand("N9.0")
def test_target_actual_and_next_check_of_every_objective_stand_in_one_table(plan, rep):
    owner = make_user("rep", name="Olga Owner")
    add(plan, "goals", **GOAL, aim="least", target=10, actual=4, unit="plants", next_check=december(20), owner=owner)
    add(plan, "kpis", **FIGURE)
    a_level(plan, actual=97)
    add(plan, "joint-goals", **JOINT, percent=40, narrative="The lists are compared.")

    words = text(rep.get(page(plan)))

    for said in (
        "At least 10 plants",
        "4 plants",
        "Olga Owner",
        "At most 3",
        "97 %",
        "40 %",
        "The lists are compared.",
    ):
        assert said in words
    assert "1 of 4 objectives are met." in words
    assert not demanded(plan, "targets")


@pytest.mark.demand("N9.0")
def test_an_overdue_check_is_reminded_by_the_clock_and_goes_up(plan):
    owner = make_user("rep", reports_to=make_user("leader"))
    with at(december(1)):
        level = a_level(plan, next_check=december(15), owner=owner)
        wait_for_owners()
        assert waiting(level) == []
    with at(december(9)):
        wait_for_owners()
        (one,) = waiting(level)
        assert (one.person, one.step, one.what) == (owner, "check", "Check against its target: Answered within a day")
        assert wait_for_owners() == 0
    for day, count in ((14, 0), (15, 1), (16, 2)):
        with at(december(day), 10):
            remind(now())
            assert Message.objects.filter(kind="reminder", person=owner).count() == count, day
            assert not demanded(plan, "checks") or day < 16
    with at(december(22), 10):
        escalate(now())
        assert "Answered within a day" in Message.objects.get(kind="escalation", person=owner.reports_to).text


@pytest.mark.demand("N9.0")
def test_a_check_without_an_owner_waits_for_the_account_manager_and_closes_with_its_plan(plan):
    with at(december(14)):
        level = a_level(plan, next_check=december(15))
        assert [one.person for one in waiting(level)] == [plan.account.manager]

        take(plan, "archive", make_user("manager"), comment="It is over.")
        wait_for_owners()

        assert waiting(level) == []


@pytest.mark.demand("N9.0", "N9.5")
def test_what_a_check_found_is_kept_by_its_owner_with_a_reason_and_the_next_day(plan, as_person):
    owner = make_user("contributor")
    level = a_level(plan, next_check=localdate(), owner=owner)
    assert len(waiting(level)) == 1
    client, ahead = as_person(owner), (localdate() + timedelta(days=30)).isoformat()
    assert client.get(check_url(plan, level)).status_code == 200
    sent = {
        "actual": "91",
        "as_of": localdate().isoformat(),
        "miss": "",
        "next_check": ahead,
        "base": '{"revision": 1}',
    }

    for wrong, field in (
        ({}, "miss"),
        ({"next_check": localdate().isoformat()}, "next_check"),
        ({"actual": ""}, "actual"),
    ):
        answer = client.post(check_url(plan, level), sent | wrong)
        assert answer.status_code == 400
        assert field in answer.context["form"].errors
    assert client.post(check_url(plan, level), sent | {"miss": "Two of us were ill."}).status_code == 302

    level = fresh(level)
    assert (level.actual, level.miss, level.revision) == (Decimal(91), "Two of us were ill.", 2)
    assert waiting(level) == []
    assert "Two of us were ill." in text(client.get(page(plan)))


@pytest.mark.demand("N9.0")
def test_nobody_but_the_team_and_the_owner_says_what_a_check_found(plan, as_person):
    level = a_level(plan, next_check=localdate())
    client = as_person(let_see(plan, make_user("contributor")))

    for answer in (client.get(check_url(plan, level)), client.post(check_url(plan, level), {"actual": "99"})):
        assert answer.status_code == 403
        assert "is written by" in text(answer)
    assert check_url(plan, level) not in client.get(page(plan)).text
    assert fresh(level).actual is None


@pytest.mark.demand("N9.0")
def test_two_who_checked_the_same_are_shown_both(plan, rep):
    level = a_level(plan)
    ahead = (localdate() + timedelta(days=30)).isoformat()
    sent = {"actual": "97", "as_of": localdate().isoformat(), "miss": "", "next_check": ahead}
    base = rep.get(check_url(plan, level)).context["form"].packed()
    assert rep.post(check_url(plan, level), sent | {"base": base}).status_code == 302

    answer = rep.post(check_url(plan, level), sent | {"base": base, "actual": "96"})

    assert answer.status_code == 409
    assert "Both wordings stand below" in answer.text
    assert fresh(level).actual == 97


# Reasons


@pytest.mark.demand("N9.5")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("service-levels", LEVEL | {"actual": "90"}),
        ("kpis", FIGURE | {"actual": "5"}),
        ("goals", GOAL | {"aim": "least", "target": 9, "actual": "2", "due": "2026-01-31"}),
    ],
)
def test_a_target_that_is_missed_asks_why(plan, rep, kind, said):
    sent = said | {"as_of": localdate().isoformat()}

    answer = rep.post(add_url(plan, kind), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["miss"])
    assert "The target is missed: say why." in answer.text

    assert rep.post(add_url(plan, kind), sent | {"miss": "A strike."}).status_code == 302
    assert plan.objective_rows.get().miss == "A strike."
    assert demanded(plan, "reasons")


@pytest.mark.demand("N9.5")
def test_a_reason_that_is_missing_is_to_be_mended(plan, rep):
    level = a_level(plan, actual=90)

    assert not demanded(plan, "reasons")
    assert "Missed, and nobody says why" in text(rep.get(page(plan)))
    type(level).objects.filter(pk=level.pk).update(actual=95)
    assert demanded(plan, "reasons")


# Joint goals


@pytest.mark.demand("N9.2")
def test_a_joint_goal_says_percent_and_words(plan, rep):
    sent = JOINT | {"percent": "40"}

    answer = rep.post(add_url(plan, "joint-goals"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["narrative"])
    assert rep.post(add_url(plan, "joint-goals"), sent | {"percent": "101", "narrative": "x"}).status_code == 400
    assert rep.post(add_url(plan, "joint-goals"), sent | {"narrative": "The lists are compared."}).status_code == 302

    goal = plan.objective_rows.get()
    assert (goal.kind, goal.percent, goal.narrative) == ("joint", 40, "The lists are compared.")
    assert demanded(plan, "progress")


@pytest.mark.demand("N9.2")
def test_the_customer_reads_how_far_a_joint_goal_is_and_not_what_we_say_among_us(plan):
    add(plan, "joint-goals", **JOINT, percent=40, narrative="They are slow.")

    (rows,) = [rows for kind, rows in public_rows(content_of(plan)) if kind.key == "joint-goals"]

    assert [sorted(row) for row in rows] == [["due", "percent", "what"]]
    assert "They are slow." not in str(rows)


# Value


@pytest.fixture
def valued(plan):
    sold(plan.account, 1000, back=2)
    margin_told(plan.account, 20, back=2)
    add(plan, "worth", begins_on=quarter_back(2), months=3, revenue=800, margin=25, source="Team")
    add(plan, "worth", begins_on=quarter_back(-1), months=3, revenue=1600, margin=25, source="Team")
    return plan


@pytest.mark.demand("N9.1")
def test_value_and_profitability_stand_by_period_planned_against_actual(valued, rep):
    words = text(rep.get(page(valued)))

    assert "1 of 1 periods that are over came up to their planned revenue." in words
    begun = words.index("Value and profitability")
    for said in ("800", "1,000", "125 %", "25 %", "20 %", "200", "1,600", "400"):
        assert said in words[begun:]


@pytest.mark.demand("N9.1")
def test_the_margin_is_for_those_who_see_the_account(valued, as_person):
    reader = let_see(valued, make_user("contributor"))
    hidden = "What is earned of it is shown to those who see the account itself."

    words = text(as_person(reader).get(page(valued)))
    assert "125 %" in words
    assert "Margin told" not in words
    assert hidden in words

    for person in (
        valued.account.manager,
        valued.account.manager.reports_to,
        make_user("executive"),
        make_user("auditor"),
    ):
        words = text(as_person(person).get(page(valued)))
        assert "Margin told" in words
        assert hidden not in words


# Opportunities


# What it costs


def fill(plan):
    many_deliveries(plan)
    for _round in range(3):
        need = add(plan, "research", words="They grow", side="inside", source="Kim")
        won = add(plan, "opportunities", what="Valves", finding=need, state="won", gained=5, result="Signed.")
        add(plan, "goals", **GOAL, opportunity=won, owner=make_user("rep"), aim="least", target=3, actual=1)
        a_level(plan, actual=90, next_check=days_ago(3))
        add(plan, "joint-goals", **JOINT, percent=40, narrative="Half.")
        evaluated(plan, make_user("executive"))


def test_the_part_costs_fifteen_queries_however_much_stands_in_it(valued, rep):
    fill(valued)
    once = len(questions(rep, page(valued)))
    fill(valued)

    assert once == len(questions(rep, page(valued)))
    assert once <= 15
