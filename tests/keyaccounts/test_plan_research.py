"""Research of our own and from outside, and the opportunities that were found by it (N3.8, N3.9)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from keyaccounts.models import Finding, Opportunity
from tests.acting import office

from .making_plan import a_plan, add
from .making_relation import SEEN, at, part, said, unmet

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan()


@pytest.mark.demand("N3.8")
@pytest.mark.parametrize(
    ("sides", "flag"),
    [
        ((), ""),
        (("inside",), "All research is our own: add what somebody independent says."),
        (("outside",), "All research is from outside: add what our own people know."),
        (("inside", "outside"), ""),
    ],
)
def test_a_plan_with_one_kind_of_research_only_is_flagged(plan, client, sides, flag):
    for side in sides:
        add(plan, "research", **SEEN | {"side": side})

    found, page = said(client, plan, "research")
    client.force_login(office("manager"))
    listed = client.get(reverse("keyaccounts:plans"), {"research": "one"})

    assert found["flag"] == flag
    assert ("One kind of research only." in page.text) == bool(flag)
    assert (str(plan.account) in listed.text) == bool(flag)
    wanted = {"own_research": "inside", "other_research": "outside"}
    assert {key for key, side in wanted.items() if side not in sides} == unmet(plan) & wanted.keys()


@pytest.mark.demand("N3.8")
def test_each_finding_of_research_says_its_side_and_its_source(plan, client):
    client.force_login(plan.account.manager)
    sent = {"words": "They grow.", "on": "2026-09-01", "state": "open", "source": "Their report"}

    assert client.post(at("plan-add", plan, "research"), sent).status_code == 400
    assert client.post(at("plan-add", plan, "research"), sent | {"side": "inside", "source": ""}).status_code == 400
    assert client.post(at("plan-add", plan, "research"), sent | {"side": "outside"}).status_code == 302

    assert Finding.objects.get(plan=plan).side == "outside"


@pytest.mark.demand("N3.9")
def test_an_opportunity_is_linked_to_the_finding_it_came_from(plan, client):
    finding = add(plan, "research", **SEEN)
    need = Finding.objects.create(
        plan=plan, kind="need", words="Fewer suppliers.", source="Kim", changed_by=plan.account.manager
    )
    add(plan, "opportunities", what="One contract for all", finding=need)
    led = said(client, plan, "research")[0]["led"]
    assert [(one.finding.pk, [str(row) for row in one.opportunities]) for one in led] == [
        (finding.pk, []), (need.pk, ["One contract for all"]),
    ]  # fmt: skip

    form = client.get(led[0].add_url).context["form"]
    assert str(form["finding"].value()) == str(finding.pk)
    sent = {"what": "Pumps for the second plant", "finding": finding.pk, "state": "open"}
    assert client.post(led[0].add_url, sent).status_code == 302

    assert Opportunity.objects.get(finding=finding).what == "Pumps for the second plant"
    assert "Pumps for the second plant" in client.get(part(plan)).text
    assert "led" not in unmet(plan)
