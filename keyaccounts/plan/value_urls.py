"""Where the ranking of customers and the risk register are found."""

from __future__ import annotations

from acr_program.people.access import route, signed_in

from ..urls_rounds import GET
from . import value_pages

value_routes = [
    route("plans/ranking/", value_pages.ranking_page, name="value-ranking", access=signed_in, methods=GET),
    route("plans/risks/", value_pages.risks_page, name="risk-register", access=signed_in, methods=GET),
]
