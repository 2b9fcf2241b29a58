"""Key accounts: each part of the programme lists its routes; one line a part."""

from __future__ import annotations

from .urls_rounds import routes as rounds_routes
from .urls_value import routes as value_routes

app_name = "keyaccounts"
urlpatterns = [
    *rounds_routes,
    *value_routes,
]
