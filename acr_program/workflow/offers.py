"""What a person may do with an object now, and why not what is shut."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import the_clock

from .machine import Machine
from .steps import Step


@dataclass(frozen=True)
class Offer:
    """One step as a person is offered it; `unmet` are the reasons it is shut, `main` the one that comes first."""

    step: Step
    unmet: list[str]
    main: bool = False

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def label(self) -> str:
        return str(self.step.label)

    @property
    def form(self) -> str | None:
        return self.step.form

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def danger(self) -> bool:
        return self.step.kind == "danger"


def offers(obj: Machine, user: User, apart: Collection[str] = ()) -> list[Offer]:
    """The steps this person may take now, in the order declared; a blocked one says why.

    `apart` names those that a page offers in a place of their own: they are not looked at.
    """
    made: list[Offer] = []
    for step in obj.outgoing():
        if step.name not in apart and step.is_for(user, obj):
            unmet = obj.unmet(step)
            main = not unmet and not step.kind and not any(offer.main for offer in made)
            made.append(Offer(step, unmet, main))
    return made


def next_step(obj: Machine) -> str:
    """The line under the offers: the next step and who takes it; one that leads to another state before one that stays."""
    only_back = {name for step in obj.declared_steps().values() for name in step.undo}
    by_hand = [
        s
        for s in obj.outgoing()
        if s.kind != "danger"
        and not (s.kind == "quiet" and s.name in only_back)
        and any(role is not the_clock for role in s.by)
    ]
    if not by_hand:
        return _("What follows happens by itself.") if obj.outgoing() else _("Nothing more is to be done here.")
    ahead = min(by_hand, key=lambda step: (step.kind == "quiet", step.target == obj.status))
    return is_next(ahead)


def is_next(ahead: Step) -> str:
    people = _(" or ").join(str(role.title) for role in ahead.by if role is not the_clock)
    return _("Next: %(step)s. It is for %(who)s.") % {"step": ahead.label, "who": people}
