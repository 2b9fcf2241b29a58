"""The plan's page, its parts, its quality and what changed since (feature 76; N1.1 to N1.5, N4.1, N4.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.actions import change
from keyaccounts.choices_plan import PartKey
from keyaccounts.models.plan_row import Part
from keyaccounts.plan.format import demands
from keyaccounts.plan.pages import lines_of, since
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, office
from tests.reviews.work import queries_of

from .making_plan import CELL, WAYS, a_plan, add, keep_text

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def plan():
    return a_plan()


def at(name, plan, *more):
    return reverse(f"keyaccounts:{name}", args=[plan.pk, *more])


@pytest.mark.demand("features, 76")
def test_the_quality_is_the_share_of_the_weight_of_the_demands_that_are_met(plan):
    free = sum(one.weight for one in demands() if one.most is not None)  # nothing there, nothing wrong
    whole = sum(one.weight for one in demands())
    assert quality_of(fresh(plan)).score == round(100 * free / whole)

    add(plan, "opportunities", what="Service")

    quality = quality_of(fresh(plan))
    gained = 3 + 1  # the opportunity, and the part is fresh
    assert quality.score == round(100 * (free + gained) / whole)
    assert str(quality.open[0].says) == "Say what comes first: a goal with a priority."


@pytest.mark.demand("N4.1")
def test_each_part_says_its_age_and_a_part_that_nobody_touched_is_flagged(plan):
    keep_text(plan, "value", "They grow.")
    Part.objects.filter(plan=plan, key="daily").update(touched_at=now() - timedelta(days=100))

    found = {line.part.key: line.state[0] for line in lines_of(fresh(plan))}

    assert found["value"] == "Open ends"
    assert found["daily"] == "Stale"
    assert found["actions"] == "Untouched"


@pytest.mark.parametrize("who", ["rep", "manager", "executive"])
@pytest.mark.parametrize("status", WAYS)
def test_the_plans_page_costs_few_queries(status, who, client):
    plan = a_plan(status)
    client.force_login(plan.account.manager if who == "rep" else office(who))

    assert queries_of(client, at("plan", plan)) <= MOST

    page = client.get(at("plan", plan)).text
    assert all(str(PartKey(key).label) in page for key in PartKey.values)


def test_the_pages_that_lead_to_a_plan_cost_few_queries(plan, client):
    client.force_login(plan.account.manager)

    for of in (plan.membership, plan.account):
        assert queries_of(client, of.get_absolute_url()) <= MOST
        assert plan.get_absolute_url() in client.get(of.get_absolute_url()).text


@pytest.mark.parametrize("part", PartKey.values)
def test_each_parts_page_costs_few_queries(plan, part, client):
    add(plan, "cells", **CELL)
    client.force_login(plan.account.manager)

    assert queries_of(client, at("plan-part", plan, part)) <= MOST


def test_the_list_costs_few_queries_however_long(client):
    client.force_login(office("manager"))
    plans = [a_plan() for _n in range(3)]

    assert queries_of(client, reverse("keyaccounts:plans")) <= 8

    page = client.get(reverse("keyaccounts:plans")).text
    assert all(one.get_absolute_url() in page for one in plans)


@pytest.mark.demand("N4.4")
def test_who_has_opened_it_is_shown(plan, client):
    reader = make_user("executive", name="Eva Executive")
    client.force_login(reader)
    assert "Keep that I have opened it" in client.get(at("plan", plan)).text

    assert client.post(at("plan-opened", plan)).status_code == 302

    assert "Eva Executive" in client.get(at("plan", plan)).text
    assert plan.readings.get().first_at is not None


@pytest.mark.demand("N4.3")
def test_what_is_on_file_of_the_customer_is_read_from_the_account_and_not_copied(client):
    plan = a_plan("shared")
    account, before = plan.account, plan.account.name
    newcomer = make_user("rep", name="Nora Newcomer")
    client.force_login(office("manager"))

    change(
        account, by=office("admin"), seen=account.version, name="Nordwind Antriebe", country="Chile", manager=newcomer,
        customer_since=localdate() - timedelta(days=800),
    )  # fmt: skip

    for page in (client.get(at("plan", plan)).text, client.get(reverse("keyaccounts:plans")).text):
        assert "Nordwind Antriebe" in page
        assert "Nora Newcomer" in page
    assert "for 2 years" in client.get(at("plan", plan)).text
    assert "Chile" in client.get(at("plan", plan)).text
    assert plan.snapshots.get().content["account"] == before


def test_people_talk_beside_a_plan_and_say_that_they_are_on_it(plan, client):
    client.force_login(plan.account.manager)
    page = plan.get_absolute_url()

    assert client.post(f"{page}comments/", {"text": "Is the plant in Lyon in it?"}).status_code == 302
    assert client.post(f"{page}on-it/").status_code == 302

    shown = client.get(page).text
    assert "Is the plant in Lyon in it?" in shown
    assert "You are on it until" in shown
    client.force_login(make_user("rep"))
    assert client.post(f"{page}comments/", {"text": "Let me in."}).status_code == 404


@pytest.mark.demand("N1.1", "N1.2", "N1.5")
def test_lines_are_crossed_with_sectors_and_the_inherited_listed(plan, client):
    add(plan, "cells", **CELL)
    add(plan, "cells", line="Pumps", sector="Food", chosen="inherited")
    client.force_login(plan.account.manager)

    page = client.get(at("plan-part", plan, "direction"))

    said = page.context["page"].panels[0].said
    assert said["sectors"] == ["Chemicals", "Food"]
    assert [line for line, _cells in said["rows"]] == ["Pumps", "Valves"]
    assert [str(one) for one in said["inherited"]] == ["Pumps · Food"]
    assert "In these by accident or history" in page.text


@pytest.mark.demand("N1.3", "N1.4")
def test_a_cell_that_we_chose_says_why_and_what_is_not_known_is_remarked(plan, client):
    client.force_login(plan.account.manager)
    said = CELL | {"reason": "", "as_of": "2026-11-30"}
    assert client.post(at("plan-add", plan, "cells"), said).status_code == 400
    assert client.post(at("plan-add", plan, "cells"), said | {"chosen": "inherited"}).status_code == 302

    page = client.get(at("plan-part", plan, "direction"))

    assert "No reason is given" in page.text
    asked = {one.demand.key: one.met for one in page.context["page"].line.quality.asked}
    assert asked | {"cells": True, "reasons": False, "figures": False} == asked


def test_the_same_cell_stands_once(plan, client):
    client.force_login(plan.account.manager)
    said = CELL | {"as_of": "2026-11-30"}
    assert client.post(at("plan-add", plan, "cells"), said).status_code == 302

    assert client.post(at("plan-add", plan, "cells"), said | {"reason": "Twice."}).status_code == 400


def test_what_changed_since_the_agreed_version_is_told_part_by_part():
    plan = a_plan("in_force")
    assert since(plan).parts == []
    keep_text(plan, "blueprint", "Another direction.")
    add(plan, "cells", **CELL)

    found = since(plan)

    assert [one.part.key for one in found.parts] == ["direction", "blueprint"]
    assert [(row.what, row.name) for row in found.parts[0].rows] == [("new", "Valves")]
    assert found.parts[1].text.new == "Another direction."


def test_the_page_of_the_membership_leads_to_the_plan_and_begins_it(client):
    from .making import a_membership

    membership = a_membership("incubating")
    client.force_login(membership.account.manager)
    page = reverse("keyaccounts:membership", args=[membership.pk])
    assert "Begin the plan of the year" in client.get(page).text

    client.post(reverse("keyaccounts:begin-plan", args=[membership.pk]))

    assert membership.plans.get().get_absolute_url() in client.get(page).text
