"""Where the rescue plan is started, actions are done and customer data are refreshed."""

from __future__ import annotations

from acr_program.people.access import reads, route, signed_in

from ..models import AccountPlan
from ..urls_rounds import GET, POST
from . import actions_views as views

plan = reads(AccountPlan, via="for_page")
routes = [
    route("plans/data/", views.data_page, name="plan-data", access=signed_in, methods=GET),
    route("plans/<int:pk>/rescue/start/", views.start_rescue, name="plan-rescue", access=plan, methods=POST),
    route("plans/<int:pk>/rescue/rest/", views.rest_rescue, name="plan-rescue-rest", access=plan, methods=POST),
    route("plans/<int:pk>/actions/<int:row>/done/", views.action_done, name="plan-done", access=plan, methods=POST),
    route("plans/<int:pk>/data/<int:row>/refreshed/", views.refreshed, name="plan-refreshed", access=plan, methods=POST),
]  # fmt: skip
