"""Where the programme, its rounds and its memberships are reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import reads, role, route, steps
from acr_program.people.choices import Role
from acr_program.people.roles import holder_of, program_managers
from acr_program.workflow.views import take_step

from .models import Membership, NominationRound
from .rules import nominators
from .views import rounds, settings

GET, POST = ("GET", "HEAD"), ("POST",)
sees = holder_of(
    _("everybody but contributors"),
    Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR,
)  # fmt: skip
sees_all = holder_of(
    _("the program office, an auditor or an executive"), Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR
)
membership = reads(Membership, via="for_page")
routes = [
    route("", rounds.overview, name="overview", access=role(sees), methods=GET),
    route("members/", rounds.membership_list, name="memberships", access=role(sees), methods=GET),
    route("re-reviews/", rounds.re_review_list, name="re-reviews", access=role(sees), methods=GET),
    route("nominate/", rounds.nominate, name="nominate", access=role(nominators)),
    route("rounds/", rounds.round_list, name="rounds", access=role(sees_all), methods=GET),
    route("rounds/<int:pk>/", rounds.round_page, name="round", access=reads(NominationRound), methods=GET),
    route("rounds/<int:pk>/steps/<slug:name>/", take_step, name="round-step", access=steps(NominationRound)),
    route("members/<int:pk>/", rounds.membership_page, name="membership", access=membership, methods=GET),
    route("members/<int:pk>/steps/<slug:name>/", take_step, name="membership-step", access=steps(Membership)),
    *beside_routes("members/<int:pk>/", "membership", Membership),
    route("settings/", settings.settings_page, name="settings", access=role(sees_all), methods=GET),
    route("settings/programme/", settings.edit_programme, name="edit-programme", access=role(program_managers)),
    route("settings/tiers/new/", settings.edit_tier, name="new-tier", access=role(program_managers)),
    route("settings/tiers/<int:tier>/", settings.edit_tier, name="tier", access=role(program_managers)),
    route(
        "settings/tiers/<int:tier>/drop/", settings.drop_tier, name="drop-tier", access=role(program_managers), methods=POST
    ),
]  # fmt: skip
