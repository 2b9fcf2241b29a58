"""People, findings and a reader of the relationship diagnostic, for its tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from keyaccounts.plan.quality import quality_of
from tests.acting import fresh

ADA = {"name": "Ada Amt", "division": "Pumps", "influence": "decides", "strength": 3, "ours": True}
BO = {"name": "Bo Berg", "division": "Purchasing", "influence": "influences", "strength": 1, "ours": False}
CY = {"name": "Cy Cole", "division": "pumps ", "influence": "uses", "strength": 0, "ours": False}
SEEN = {
    "words": "They build a second plant.",
    "side": "inside",
    "source": "Their plant manager",
    "on": date(2026, 9, 1),
}


def part(plan: Any) -> str:
    return reverse("keyaccounts:plan-part", args=[plan.pk, "relation"])


def at(name: str, plan: Any, *more: Any) -> str:
    return reverse(f"keyaccounts:{name}", args=[plan.pk, *more])


def said(client: Client, plan: Any, n: str) -> tuple[dict[str, Any], Any]:
    """What the panel `n` of the part's page is drawn from, for the account manager."""
    client.force_login(plan.account.manager)
    page = client.get(part(plan))
    assert page.status_code == 200
    fragments = {
        one.template.removeprefix("keyaccounts/plan_relation_"): one.said for one in page.context["page"].panels
    }
    return fragments[f"{n}.html"], page


def unmet(plan: Any) -> set[str]:
    return {one.demand.key for one in quality_of(fresh(plan)).of("relation").asked if not one.met}
