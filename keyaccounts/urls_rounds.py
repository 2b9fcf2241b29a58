"""Where rounds and memberships are reached."""

from __future__ import annotations

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import reads, route, steps
from acr_program.workflow.views import take_step

from .models import Membership, NominationRound
from .views import rounds

GET, POST = ("GET", "HEAD"), ("POST",)
membership = reads(Membership, via="for_page")
routes = [
    route("rounds/<int:pk>/", rounds.round_page, name="round", access=reads(NominationRound), methods=GET),
    route("rounds/<int:pk>/steps/<slug:name>/", take_step, name="round-step", access=steps(NominationRound)),
    route("members/<int:pk>/", rounds.membership_page, name="membership", access=membership, methods=GET),
    route("members/<int:pk>/steps/<slug:name>/", take_step, name="membership-step", access=steps(Membership)),
    *beside_routes("members/<int:pk>/", "membership", Membership),
]
