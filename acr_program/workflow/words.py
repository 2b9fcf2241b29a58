"""How a logged step is said on a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def label_of(content_type: Any, step: str) -> str:
    """The label of the step that wrote the entry; «began» and «edited» for the two that are no steps."""
    if step == "create":
        return _("Began")
    if step == "edit":
        return _("Edited")
    declared = content_type.model_class().declared_steps().get(step) if content_type.model_class() else None
    return str(declared.label) if declared else step


def tone_of(content_type: Any, state: str) -> str:
    model = content_type.model_class()
    return model.tone_of(state) if model and state else "neutral"
