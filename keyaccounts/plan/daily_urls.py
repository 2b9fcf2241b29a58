"""Where somebody says what an insight became, and that they were in touch with a person at the customer."""

from __future__ import annotations

from acr_program.people.access import reads, route

from ..models import AccountPlan
from .daily_views import in_touch, led

plan = reads(AccountPlan, via="for_page")
daily_routes = [
    route("plans/<int:pk>/insights/<int:row>/led/", led, name="plan-insight-led", access=plan),
    route("plans/<int:pk>/people/<int:row>/in-touch/", in_touch, name="plan-in-touch", access=plan),
]  # fmt: skip
