"""Key accounts: each part of the programme lists its routes; one line a part."""

from __future__ import annotations

from .urls_incubation import routes as incubation_routes
from .urls_rounds import routes as rounds_routes

app_name = "keyaccounts"
urlpatterns = [
    *rounds_routes,
    *incubation_routes,
]
