"""Whom we know at the customer, and how well: divisions, strength, and who decides but is hardly known (N3.1, N3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _

from acr_program.ui.phrases import names

from ..choices_plan import Influence
from ..models import PersonMap


class Strength(models.IntegerChoices):
    """How strong the tie to one person is, from 0 to 4."""

    NOBODY = 0, _("Nobody of us knows them")
    MET = 1, _("We have met")
    TALKS = 2, _("We talk now and then")
    TRUSTS = 3, _("They trust us")
    SPEAKS = 4, _("They speak for us")

    tones = nonmember({0: "bad", 1: "warn", 2: "info", 3: "good", 4: "good"})


TOP = max(Strength.values)
HARDLY = (Strength.NOBODY, Strength.MET)


@dataclass(frozen=True)
class Division:
    """One division of the customer with its people, the best known first; `ours` where any of them deals with our own."""

    name: str
    ours: bool
    people: tuple[PersonMap, ...]

    @property
    def known(self) -> int:
        return sum(1 for one in self.people if one.strength)

    @property
    def strength(self) -> float:
        """The mean of its people, from 0 to 4."""
        return strength_of(self.people)

    @property
    def tone(self) -> str:
        return Strength.tones[int(self.strength + 0.5)]

    @property
    def deciders(self) -> str:
        return names(one for one in self.people if one.influence == Influence.DECIDES)

    @property
    def owners(self) -> str:
        """Who of us looks after somebody there."""
        return names({one.owner.pk: one.owner for one in self.people if one.owner}.values())


def strength_of(people: Iterable[PersonMap]) -> float:
    marks = [one.strength for one in people]
    return sum(marks) / len(marks) if marks else 0.0


def divisions_of(people: Iterable[PersonMap]) -> list[Division]:
    """All divisions, those that deal with our own first; a name is the same however it is spaced or capitalised."""
    found: dict[str, list[PersonMap]] = {}
    for one in people:
        found.setdefault(" ".join(one.division.split()).casefold(), []).append(one)
    made = [
        Division(rows[0].division, any(one.ours for one in rows), tuple(sorted(rows, key=best_first)))
        for rows in found.values()
    ]
    return sorted(made, key=lambda one: (not one.ours, one.name.casefold()))


def best_first(one: PersonMap) -> tuple[int, str, int]:
    return -one.strength, one.name.casefold(), one.pk


def hardly_known(people: Iterable[PersonMap]) -> list[PersonMap]:
    """Those who decide and whom we have met at most."""
    return [one for one in people if one.influence == Influence.DECIDES and one.strength in HARDLY]
