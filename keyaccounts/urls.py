"""Key accounts: each part of the programme lists its routes; one line a part."""

from __future__ import annotations

from .plan.urls import routes as plan_routes
from .urls_filter import routes as filter_routes
from .urls_incubation import routes as incubation_routes
from .urls_panel import routes as panel_routes
from .urls_rounds import routes as rounds_routes
from .urls_value import routes as value_routes

app_name = "keyaccounts"
urlpatterns = [
    *rounds_routes,
    *filter_routes,
    *incubation_routes,
    *panel_routes,
    *value_routes,
    *plan_routes,
]
