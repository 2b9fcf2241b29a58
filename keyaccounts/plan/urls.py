"""Where account plans are found."""

from __future__ import annotations

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import public, reads, route, signed_in, steps
from acr_program.workflow.views import take_step

from ..models import AccountPlan, Membership
from ..urls_rounds import GET, POST
from . import by_link, views
from .actions_urls import routes as actions_routes
from .communication_urls import communication_routes
from .daily_urls import daily_routes
from .monitoring_urls import monitoring_routes
from .value_urls import value_routes

SHARED = public("the customer, by the link in the mail; the plan opens with its token")
plan = reads(AccountPlan, via="for_page")
routes = [
    route("plans/", views.plan_list, name="plans", access=signed_in, methods=GET),
    route("plans/<int:pk>/", views.plan_page, name="plan", access=plan, methods=GET),
    route("plans/<int:pk>/parts/<slug:part>/", views.part_page, name="plan-part", access=plan, methods=GET),
    route("plans/<int:pk>/changes/", views.changes_page, name="plan-changes", access=plan, methods=GET),
    route("plans/<int:pk>/opened/", views.opened, name="plan-opened", access=plan, methods=POST),
    route("plans/<int:pk>/confirmed/", views.confirmed, name="plan-confirmed", access=plan),
    route("plans/<int:pk>/rows/<slug:kind>/add/", views.add, name="plan-add", access=plan),
    route("plans/<int:pk>/rows/<slug:kind>/<int:row>/", views.change, name="plan-row", access=plan),
    route("plans/<int:pk>/rows/<slug:kind>/<int:row>/drop/", views.drop, name="plan-drop", access=plan, methods=POST),
    route("plans/<int:pk>/steps/<slug:name>/", take_step, name="plan-step", access=steps(AccountPlan)),
    *beside_routes("plans/<int:pk>/", "plan", AccountPlan),
    route(
        "members/<int:pk>/plan/", views.begin, name="begin-plan", access=reads(Membership, via="for_page"), methods=POST
    ),
    route("agreed/<str:token>/", by_link.page, name="plan-by-link", access=SHARED),
    *actions_routes,
    *value_routes,
    *communication_routes,
    *daily_routes,
    *monitoring_routes,
]  # fmt: skip
