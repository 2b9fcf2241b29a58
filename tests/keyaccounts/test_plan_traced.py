"""Opportunities are traced from the finding to their result (N9.4)."""

from __future__ import annotations

import pytest

from keyaccounts.plan.monitoring_traced import traced
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user
from tests.desk.asking import text
from tests.factories import make_account

from .making_monitoring import page
from .making_plan import GOAL, a_plan, add

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan(account=make_account(manager=make_user("rep", reports_to=make_user("leader"))))


@pytest.fixture
def rep(plan, client):
    client.force_login(plan.account.manager)
    return client


def demanded(plan, key):
    return next(one.met for one in quality_of(fresh(plan)).of("monitoring").asked if one.demand.key == key)


@pytest.mark.demand("N9.4")
def test_each_opportunity_is_traced_from_the_finding_to_its_result(plan, rep):
    need = add(plan, "research", words="Their plant in Kiel grows", side="inside", source="Kim")
    won = add(
        plan,
        "opportunities",
        what="Valves for Kiel",
        finding=need,
        worth=5000,
        state="won",
        gained=6200,
        result="Signed.",
    )
    add(plan, "opportunities", what="Pumps for Ulm", worth=900, state="lost", result="Too dear.")
    add(plan, "opportunities", what="Service in Linz", state="pursued")
    goal = add(plan, "goals", **GOAL, opportunity=won)

    found = traced(plan.opportunity_rows.select_related("finding"), [goal])
    assert [one.row.what for one in found.traces] == ["Valves for Kiel", "Pumps for Ulm", "Service in Linz"]
    assert (found.gained, found.expected, found.traces[0].goals) == (6200, 5000, (goal,))

    words = text(rep.get(page(plan)))
    assert "1 of 2 that are decided came to fruition: 6,200" in words
    for said in ("Found by: Their plant in Kiel grows", "Too dear.", "Signed.", "All plants served by one team"):
        assert said in words


@pytest.mark.demand("N9.4")
def test_a_decided_opportunity_without_a_result_is_to_be_mended(plan, rep):
    row = add(plan, "opportunities", what="Valves for Kiel", state="won", result="Signed.")

    assert not demanded(plan, "traced")
    assert "What it brought is not counted" in text(rep.get(page(plan)))
    type(row).objects.filter(pk=row.pk).update(gained=1)
    assert demanded(plan, "traced")
    type(row).objects.filter(pk=row.pk).update(result="")
    assert not demanded(plan, "traced")
