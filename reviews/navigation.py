"""What the reviews put into the shell: links for those who use them, and the year at a glance on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.desk.glances import glance
from acr_program.people.choices import Role
from acr_program.people.roles import program_office
from acr_program.ui import nav

SEES_REQUESTS = (Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)
SEES_TEMPLATES = (Role.LEADER, Role.ADMIN, Role.MANAGER, Role.AUDITOR)


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    from .pages.year import year_at_a_glance

    nav.entry(_("Requests"), "reviews:requests", "list", order=20, visible=holds(*SEES_REQUESTS))
    nav.entry(_("Board"), "reviews:board", "board", order=22, visible=holds(*SEES_REQUESTS))
    nav.entry(_("Request a review"), "reviews:new", "plus", order=24, visible=holds(Role.REP))
    nav.entry(_("Yearly requests"), "reviews:yearly", "calendar", "office", order=25, visible=program_office)
    nav.entry(_("Template"), "reviews:templates", "document", "program", order=20, visible=holds(*SEES_TEMPLATES))
    glance(year_at_a_glance)


def holds(*roles: str) -> Any:
    return lambda user: user.has(*roles)
