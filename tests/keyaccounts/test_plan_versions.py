"""What a version of a plan keeps, what of it the next year begins with, and what reading the whole of it costs (N4.1, N4.6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from keyaccounts.models import AccountPlan, Event, PlanRow
from keyaccounts.models.plan_row import Part
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.by_link import shown_of
from keyaccounts.plan.content import content_of, value_of
from keyaccounts.plan.kinds import kinds
from keyaccounts.plan.quality import quality_of, with_demands
from keyaccounts.plan.whole import rows_of
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making_actions import HOW, at
from .making_plan import CELL, a_plan, add, keep_text, say_three, token_of, with_mail
from .making_relation import SEEN

pytestmark = pytest.mark.django_db
KPI = {"what": "On time", "aim": "least", "target": Decimal(95), "unit": "%"}


@pytest.fixture
def plan():
    """One that says something in every way in which a value is kept: words, days, moments, numbers, people, lists of people."""
    plan = a_plan("draft", make_account())
    rep = plan.account.manager
    say_three(plan)
    keep_text(plan, "value", "Sie kaufen, weil wir „nachts“ antworten.\nUnd 'günstig' sind.")
    add(plan, "cells", **CELL, margin=Decimal("12.50"))
    add(plan, "worth", begins_on=date(2026, 7, 1), months=3, revenue=Decimal("1234567890.10"), source="Sales")
    add(plan, "people", name="Ada Amt", division="Pumps", influence="decides", strength=3, ours=False, owner=rep,
        contact=plan.account.contacts.first(), last_on=date(2026, 11, 2))  # fmt: skip
    finding = add(plan, "research", **SEEN)
    add(
        plan,
        "opportunities",
        what="Pumps",
        finding=finding,
        owner=make_user("rep", is_active=False),
        worth=Decimal("0.05"),
    )
    helpers = [make_user("contributor", name="Zoe Helper"), make_user("contributor", name="Al Helper")]
    action = add(plan, "actions", what="Show them", objective=plan.objective_rows.get(), owner=rep, helpers=helpers,
                 due=localdate(), **HOW)  # fmt: skip
    add(plan, "resources", action=action, what="Engineers", days=Decimal("2.25"), money=Decimal(8000))
    role = add(plan, "team", title="Service", person=rep)
    add(plan, "skills", role=role, kind="skill", what="Negotiating", needed=4, present=0)
    add(plan, "special-skills", role=role, kind="behaviour", what="Speaks Danish", needed=2, present=2)
    add(plan, "kpis", **KPI, agreed_on=date(2026, 3, 1))
    add(plan, "contributors", part="relation", side="outside", name="Ina Institute")
    asked_at = datetime(2026, 11, 30, 9, 5, 7, 123456, tzinfo=UTC)
    Event.objects.create(plan=plan, kind="query", what="When?", asked_at=asked_at, score=Decimal("7.5"), changed_by=rep)
    return plan


def test_read_at_once_every_row_says_what_it_says_read_by_itself(plan):
    """The control of the reading in one query: the plain one, table after table."""
    models = {one for one in PlanRow.__subclasses__() if not one._meta.abstract}

    found = rows_of(fresh(plan), models)

    for model in models:
        plain = list(model.objects.filter(plan=plan).order_by("pk"))
        names = [one.name for one in (*model._meta.concrete_fields, *model._meta.many_to_many) if one.name != "plan"]
        assert [(row.pk, [value_of(row, name) for name in names]) for row in found[model]] == [
            (row.pk, [value_of(row, name) for name in names]) for row in plain
        ]
        assert [getattr(row, one.attname) for row in found[model] for one in model._meta.concrete_fields] == [
            getattr(row, one.attname) for row in plain for one in model._meta.concrete_fields
        ]
    assert sum(bool(rows) for rows in found.values()) > 10


def test_the_whole_plan_is_read_in_four_queries_however_much_it_says(plan):
    plan = fresh(plan)
    assert plan.account.name  # read with the plan
    costs = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            content = content_of(plan)
        costs.append(len(queries))
        for n in range(5):
            add(plan, "opportunities", what=f"One more {n}", owner=make_user("rep"))
    assert costs == [4, 4]
    rows = content["parts"]["actions"]["rows"]["actions"]
    assert [(row["what"], row["helpers"]) for row in rows] == [("Show them", ["Al Helper", "Zoe Helper"])]
    assert content["parts"]["direction"]["rows"]["cells"][0]["margin"] == "12.50"


def test_the_page_of_what_changed_costs_no_more_than_any_record(plan, client):
    rep = plan.account.manager
    plan = take(plan, "share", rep)
    keep_text(plan, "daily", "They ask every week.")
    client.force_login(rep)
    url = reverse("keyaccounts:plan-changes", args=[plan.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)

    assert "They ask every week." in answer.text
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 15


@pytest.mark.demand("N7.7")
def test_in_next_years_plan_a_key_figure_is_to_be_agreed_anew(plan):
    later = begin_plan(plan.membership, by=plan.account.manager, year=plan.year + 1)

    figure = later.objective_rows.get(kind="kpi")
    assert (figure.what, figure.target, figure.unit) == ("On time", Decimal(95), "%")
    assert figure.agreed_on is None
    assert plan.objective_rows.get(kind="kpi").agreed_on == date(2026, 3, 1)


@pytest.mark.demand("N7.7")
def test_the_customer_is_asked_in_next_years_plan_for_what_it_agreed_to_last_year(plan, client):
    later = begin_plan(plan.membership, by=plan.account.manager, year=plan.year + 1)
    later = take(fresh(later), "share", plan.account.manager, contact=with_mail(plan.account))

    assert [one.what for one in shown_of(token_of(later)).open_figures] == ["On time"]


def test_every_row_that_is_carried_over_is_one_of_the_declared_kinds(plan):
    later = begin_plan(plan.membership, by=plan.account.manager, year=plan.year + 1)

    for model in {one.model for one in kinds()} - {Part}:
        for row in model.objects.filter(plan=later):
            assert any(one.model is model and one.is_carried(row) for one in kinds())


def test_what_a_plan_lacks_is_counted_by_the_day_on_which_it_is_looked_at(plan):
    """Put into SQL once a day: tomorrow it asks about tomorrow."""
    met = []
    for days in (0, 1, 0, 93):
        with at((now() + timedelta(days=days)).date()):
            found = {one.demand.name: one.met for one in quality_of(fresh(plan)).asked}
            met.append((found["demand_actions_late"], found["demand_value_fresh"]))

    assert met == [(True, True), (False, True), (True, True), (False, False)]


def test_the_list_says_of_each_plan_what_its_own_page_says(plan, client):
    others = [a_plan("in_force"), a_plan("shared")]

    listed = with_demands(AccountPlan.objects.visible_to(office("manager")).for_list())

    assert {one.pk: quality_of(one).score for one in listed} == {
        one.pk: quality_of(fresh(one)).score for one in (plan, *others)
    }
