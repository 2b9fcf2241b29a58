"""On the page of a version of the template: the suggestions that it took up (R-10)."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from acr_program.ui.parts import Fragment
from acr_program.workflow.registry import panel
from reviews.models import Suggestion, TemplateVersion

SHOWN = 20


def register() -> None:
    """Called once from ReviewsConfig.ready."""
    panel(TemplateVersion, of_version)


def of_version(template: TemplateVersion, user: User) -> Any:
    """As far as this reader sees them, the latest first; nothing where it took up none."""
    rows = Suggestion.objects.visible_to(user).filter(adopted_in=template)
    found = list(rows.select_related("section", "suggested_by").order_by("-pk")[: SHOWN + 1])
    if not found:
        return None
    return Fragment("reviews/taken_up.html", {"taken_up": found[:SHOWN], "more": len(found) > SHOWN})
