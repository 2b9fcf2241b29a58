"""Where whoever has an objective says what its check found."""

from __future__ import annotations

from acr_program.people.access import reads, route

from ..models import AccountPlan
from .monitoring_views import checked

plan = reads(AccountPlan, via="for_page")
monitoring_routes = [
    route("plans/<int:pk>/objectives/<int:row>/checked/", checked, name="plan-checked", access=plan),
]  # fmt: skip
