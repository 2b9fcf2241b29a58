"""How a logged step is said on a page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

_said: dict[str, dict[str, str | Promise]] = {}


def say(model: type[models.Model], **sentences: str | Promise) -> None:
    """Say the steps of a machine as deeds, to follow a name: say(Account, win="won the account as a customer")."""
    _said.setdefault(model._meta.label_lower, {}).update(sentences)


def deed_of(content_type: Any, step: str) -> str:
    """The step as a deed; empty where its app has not said one."""
    return str(_said.get(f"{content_type.app_label}.{content_type.model}", {}).get(step, ""))


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
