"""Where panels are reached. Whoever is recused from an account finds none of its paths (feature 70)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from acr_program.people.access import reads, role, route, steps
from acr_program.people.choices import Role
from acr_program.people.roles import holder_of, program_managers
from acr_program.workflow.views import take_step

from .models import Ballot, Membership, PanelReview, PanelSession
from .views import panel, panel_reviews

GET, POST = ("GET", "HEAD"), ("POST",)
sees_panels = holder_of(
    _("the program office, an auditor or an executive"), Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE,
)  # fmt: skip
session = reads(PanelSession, via="for_page")
review = reads(PanelReview, via="for_page")
planner = replace(session, says=str(program_managers.title), predicate=program_managers)
routes = [
    route("panels/", panel.panel_list, name="panels", access=role(sees_panels), methods=GET),
    route("panels/new/", panel.new_panel, name="new-panel", access=role(program_managers)),
    route("panels/accounts/", panel.account_list, name="panel-accounts", access=role(sees_panels), methods=GET),
    route("panels/<int:pk>/", panel.panel_page, name="panel", access=session, methods=GET),
    route("panels/<int:pk>/edit/", panel.edit_panel, name="edit-panel", access=planner),
    route("panels/<int:pk>/minutes/", panel.minutes, name="panel-minutes", access=session, methods=POST),
    route("panels/<int:pk>/steps/<slug:name>/", take_step, name="panel-step", access=steps(PanelSession)),
    route("panels/accounts/<int:pk>/", panel_reviews.review_page, name="panel-review", access=review, methods=GET),
    route("panels/accounts/<int:pk>/since/", panel_reviews.since, name="panel-since", access=review, methods=GET),
    route("panels/accounts/<int:pk>/recuse/", panel_reviews.recuse_from, name="recuse", access=review),
    route("panels/accounts/<int:pk>/steps/<slug:name>/", take_step, name="panel-review-step", access=steps(PanelReview)),
    route("panels/ballots/<int:pk>/", panel.ballot_page, name="ballot", access=reads(Ballot), methods=GET),
    route("panels/ballots/<int:pk>/steps/<slug:name>/", take_step, name="ballot-step", access=steps(Ballot)),
    route("members/<int:pk>/letter/", panel_reviews.letter, name="outcome-letter", access=reads(Membership), methods=POST),
]  # fmt: skip
