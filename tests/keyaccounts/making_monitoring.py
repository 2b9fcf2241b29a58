"""What stands in the part on monitoring, for tests: objectives, deliveries, evaluations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.people.models import User
from keyaccounts.models import PlanReading

from .making_plan import add

LEVEL = {"what": "Answered within a day", "aim": "least", "target": 95, "unit": "%"}
MARKS = {"trust": 7, "fit": 8, "access": 4, "words": "I asked three of their plants."}


def days_ago(count: int) -> date:
    return localdate() - timedelta(days=count)


def a_level(plan: Any, **said: Any) -> Any:
    return add(plan, "service-levels", **(LEVEL | said))


def delivered(plan: Any, what: str, **said: Any) -> Any:
    return add(plan, "deliveries", what=what, **({"on": localdate()} | said))


def many_deliveries(plan: Any) -> dict[str, Any]:
    """Promised, paid and covered ones, and exactly two that are neither: one on no list, one that we said we do not do."""
    service = add(plan, "we-do", what="Service within a day")
    training = add(plan, "we-do", what="Training of their people")
    no_stock = add(plan, "we-do-not", what="Stock at the customer's")
    for month in range(1, 6):
        delivered(plan, f"Service call {month}", covers=service)
    delivered(plan, "Training in Kiel", covers=training, price=900)
    delivered(plan, "Training in Ulm, as an extra day", covers=training, price=450, paid=True)
    delivered(plan, "Special packaging", price=300, paid=True)
    delivered(plan, "Stock in Kiel over the summer", covers=no_stock, price=2000, paid=True)
    return {
        "unlisted": delivered(plan, "Drawings of their old plant", price=1200),
        "refused": delivered(plan, "Stock in Ulm", covers=no_stock, price="3400.50"),
        "service": service,
    }


def evaluated(plan: Any, by: User, **said: Any) -> Any:
    return add(plan, "evaluations", by, **(MARKS | said))


def let_see(plan: Any, person: User) -> User:
    """On the list of those who must see the plan."""
    PlanReading.objects.create(plan=plan, person=person, listed=True)
    return person


def page(plan: Any) -> str:
    return reverse("keyaccounts:plan-part", args=[plan.pk, "monitoring"])


def add_url(plan: Any, kind: str) -> str:
    return reverse("keyaccounts:plan-add", args=[plan.pk, kind])
