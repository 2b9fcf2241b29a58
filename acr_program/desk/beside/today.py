"""What was said to somebody, on their first page until they have seen to it."""

from __future__ import annotations

from acr_program.people.models import User

from ..glances import Glance, glance
from ..models import Mention

SHOWN = 8


@glance
def mentions(user: User) -> Glance | None:
    """One query."""
    rows = Mention.objects.first_for(user, SHOWN + 1)
    return Glance("desk/mentions.html", {"mentions": rows[:SHOWN], "more": len(rows) > SHOWN}) if rows else None
