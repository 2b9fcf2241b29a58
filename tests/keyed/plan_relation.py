"""The relationship diagnostic in the lists that all tests share: a plan whose map, team, history and research are full."""

from __future__ import annotations

from datetime import date

from acr_program.people.models import User
from tests.keyaccounts.making_plan import add

from . import Slice
from .plan import of

PEOPLE = (
    ("Ada Amt", "Pumps", "decides", 3, True), ("Bo Berg", "Pumps", "uses", 4, True), ("Cy Cole", "Pumps", "blocks", 0, True),
    ("Di Dahl", "Group purchasing", "decides", 1, False), ("Ed Eng", "Group purchasing", "influences", 2, False),
)  # fmt: skip


def furnish(people: dict[str, User]) -> None:
    rep = people["everything"]
    plan = of(rep)
    for name, division, influence, strength, ours in PEOPLE:
        add(plan, "people", name=name, division=division, influence=influence, strength=strength, ours=ours, owner=rep)
    add(plan, "team", title="Account manager", person=rep)
    add(plan, "team", title="Translator", does="Speaks for both sides.")
    add(plan, "history", what="They moved to Basel.", on=date(2015, 5, 1), who="Kim Kunde", source="Their report")
    add(plan, "notes", words="Never mention the fire.", source="Kim Kunde", pinned=True)
    finding = add(plan, "research", words="They build a second plant.", side="inside", source="Their plant manager")
    add(plan, "opportunities", what="Pumps for the second plant", finding=finding)


SLICE = Slice(furnish=furnish)
