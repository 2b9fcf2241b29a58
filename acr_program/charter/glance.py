"""On Today: whoever may set the program up is led there first."""

from __future__ import annotations

from acr_program.desk.glances import Glance
from acr_program.people.models import User
from acr_program.people.roles import program_managers

from .shell import frame


def set_up_first(user: User) -> Glance | None:
    """No query: the frame of the page knows whether there is a program."""
    return Glance("charter/set_up_first.html", {}) if not frame().company and program_managers(user) else None
