"""How a logged step is said on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

_said: dict[str, dict[str, str | Promise]] = {}
_outcomes: dict[str, dict[str, Outcome]] = {}


class Outcome(NamedTuple):
    """What is so once a step is taken, to be followed by the thing it was taken on; and what follows from it."""

    done: str | Promise
    then: str | Promise = ""
    now: Callable[[Any], str] | None = None  # what follows from this one, said to whoever took it

    def follows(self, obj: Any) -> str:
        return self.now(obj) if self.now else str(self.then)


def say(model: type[models.Model], **sentences: str | Promise) -> None:
    """Say the steps of a machine as deeds, to follow a name: say(Account, win="won the account as a customer")."""
    _said.setdefault(model._meta.label_lower, {}).update(sentences)


def deed_of(content_type: Any, step: str) -> str:
    """The step as a deed; empty where its app has not said one."""
    return str(_said.get(f"{content_type.app_label}.{content_type.model}", {}).get(step, ""))


def tell_outcomes(model: type[models.Model], **outcomes: Outcome) -> None:
    """Say what each step of a machine leads to: tell_outcomes(Account, close=Outcome("The account is closed", "…"))."""
    _outcomes.setdefault(model._meta.label_lower, {}).update(outcomes)


def outcome_of(model: Any, step: str) -> Outcome:
    """What the step leads to, as its app says it; else that it is done, by its label."""
    known = _outcomes.get(model._meta.label_lower, {}).get(step)
    return known or Outcome(_("“%(step)s” is done") % {"step": model.declared_steps()[step].label})


def done_sentence(obj: Any, step: str) -> str:
    """What happened to which thing, and what follows: whole sentences."""
    outcome = outcome_of(type(obj), step)
    done = _("%(done)s: %(thing)s.") % {"done": outcome.done, "thing": obj.in_a_sentence}
    return f"{done} {outcome.follows(obj)}".strip()


def label_of(content_type: Any, step: str) -> str:
    """The label of the step that wrote the entry; “began” and “edited” for the two that are no steps."""
    if step == "create":
        return _("Began")
    if step == "edit":
        return _("Edited")
    declared = content_type.model_class().declared_steps().get(step) if content_type.model_class() else None
    return str(declared.label) if declared else step


def done_as(content_type: Any, step: str) -> str:
    """The step as a deed; by its label where its app has not said one."""
    label = label_of(content_type, step)
    return deed_of(content_type, step) or label[:1].lower() + label[1:]


def took_back(deed: str) -> str:
    return _("took back: %(deed)s") % {"deed": deed}


def tone_of(content_type: Any, state: str) -> str:
    model = content_type.model_class()
    return model.tone_of(state) if model and state else "neutral"
