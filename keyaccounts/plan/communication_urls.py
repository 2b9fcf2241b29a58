"""Where readers, the team card and proposals of an account plan are found."""

from __future__ import annotations

from acr_program.people.access import public, reads, route

from ..models import AccountPlan
from ..urls_rounds import GET, POST
from . import communication_link as link
from . import communication_views as views

TEAM = public("the customer, by the link in the mail; its team opens with its token")
WORDS = public("the customer, by the link in the mail; it opens with the token of the plan")
plan = reads(AccountPlan, via="for_page")
communication_routes = [
    route("plans/<int:pk>/readers/", views.readers_page, name="plan-readers", access=plan, methods=GET),
    route("plans/<int:pk>/readers/add/", views.put_on, name="plan-put-on", access=plan, methods=POST),
    route("plans/<int:pk>/readers/remind/", views.readers_remind, name="plan-remind", access=plan, methods=POST),
    route("plans/<int:pk>/readers/<int:person>/off/", views.reader_off, name="plan-reader-off", access=plan, methods=POST),
    route("plans/<int:pk>/team/", views.team_page, name="plan-team", access=plan, methods=GET),
    route("plans/<int:pk>/team/publish/", views.team_publish, name="plan-team-publish", access=plan, methods=POST),
    route("plans/<int:pk>/team/close/", views.team_close, name="plan-team-close", access=plan, methods=POST),
    route("plans/<int:pk>/proposals/", views.proposals_page, name="plan-proposals", access=plan, methods=GET),
    route("plans/<int:pk>/proposals/<int:proposal>/", views.proposal_page, name="plan-proposal", access=plan, methods=GET),
    route(
        "plans/<int:pk>/proposals/<int:proposal>/take/", views.proposal_take, name="plan-take", access=plan, methods=POST
    ),
    route(
        "plans/<int:pk>/proposals/<int:proposal>/keep/", views.proposal_keep, name="plan-keep", access=plan, methods=POST
    ),
    route("team/<str:token>/", link.team_by_link, name="team-by-link", access=TEAM, methods=GET),
    route("agreed/<str:token>/words/", link.propose_by_link, name="plan-propose", access=WORDS),
]  # fmt: skip
