"""The relationship map as a picture: all divisions of the customer, everybody in them, and how strong each tie is (feature 77)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.ui.charts.paper import WIDTH, Chart, Key, short, unit
from acr_program.ui.phrases import number

from ..models import PersonMap
from .relation_people import TOP, Division, Strength, strength_of

SPINE, LEFT, RIGHT = 8, 26, WIDTH - 2  # the line that is us; where divisions begin and end
TITLE, HEAD, ROW, FOOT, GAP = 22, 28, 38, 4, 12
ROUND = 12  # the radius of a person's mark
COLUMN = (RIGHT - LEFT - 16) / 2
SUMMARY = 200  # what the words at the end of a division's head take


@dataclass(frozen=True)
class RelationMap(Chart):
    """Two columns of people in each division; the number in a mark and its tone are the strength, the bar from us the mean."""

    divisions: list[Division] = field(default_factory=list)

    template = "keyaccounts/plan_relation_picture.html"

    @cached_property
    def placed(self) -> tuple[list[dict[str, str]], list[tuple[Division, float]], float]:
        """The heads of the two groups with their place, each division with its top, and where the last one ends."""
        titles: list[dict[str, str]] = []
        tops: list[tuple[Division, float]] = []
        y = 0.0
        groups = ((True, _("Deal with our own division")), (False, _("In the wider organisation")))
        for ours, title in groups:
            mine = [one for one in self.divisions if one.ours == ours]
            if mine:
                titles.append({"said": title, "x": unit(LEFT), "y": unit(y + 15)})
                y += TITLE
            for one in mine:
                tops.append((one, y))
                y += tall(one) + GAP
        return titles, tops, y - GAP

    @property
    def titles(self) -> list[dict[str, str]]:
        return self.placed[0]

    @property
    def height(self) -> str:
        return unit(self.placed[2] + 2)

    @property
    def spine(self) -> dict[str, str]:
        """The line that is us, from the first division to the last."""
        tops = [top for _one, top in self.placed[1]]
        return {"x": unit(SPINE), "top": unit(tops[0] + HEAD / 2), "end": unit(tops[-1] + HEAD / 2)}

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return [self.draw(one, top) for one, top in self.placed[1]]

    def draw(self, one: Division, top: float) -> dict[str, Any]:
        thick = 2 + 2 * one.strength
        return {
            "name": short(one.name, RIGHT - LEFT - SUMMARY), "name_x": unit(LEFT + 10), "text_y": unit(top + 18),
            "said": known_of(one), "said_x": unit(RIGHT - 10), "x": unit(LEFT), "y": unit(top),
            "width": unit(RIGHT - LEFT), "height": unit(tall(one)), "tone": one.tone,
            "tie": {
                "x": unit(SPINE), "y": unit(top + HEAD / 2 - thick / 2), "width": unit(LEFT - SPINE), "height": unit(thick),
            },
            "people": [self.person(person, n, top + HEAD) for n, person in enumerate(one.people)],
        }  # fmt: skip

    def person(self, one: PersonMap, n: int, top: float) -> dict[str, Any]:
        x, y = LEFT + 8 + n % 2 * COLUMN, top + n // 2 * ROW + ROUND
        room = COLUMN - 3 * ROUND
        return {
            "x": unit(x + ROUND), "y": unit(y), "radius": unit(ROUND), "text_y": unit(y + 4.5),
            "strength": str(one.strength), "tone": Strength.tones[one.strength], "name_x": unit(x + 2 * ROUND + 6),
            "name": short(one.name, room), "name_y": unit(y - 1), "note_y": unit(y + 14),
            "note": short(one.get_influence_display(), room),
        }  # fmt: skip

    @property
    def legend(self) -> list[Key]:
        good = _("3 and 4: they trust us, they speak for us")
        few = [Key(f"{one.value}: {one.label}", tone=Strength.tones[one.value]) for one in list(Strength)[:3]]
        return [*few, Key(good, tone=Strength.tones[TOP])]

    @property
    def heads(self) -> list[Any]:
        return [_("Person"), _("Division"), _("Deals with us"), _("Influence"), _("Strength"), _("Looked after by")]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        return [
            (
                person.name,
                [
                    division.name, _("yes") if person.ours else _("no"), person.get_influence_display(),
                    f"{person.strength}: {Strength(person.strength).label}", person.owner.name if person.owner else _("nobody"),
                ],
            )
            for division in self.divisions
            for person in division.people
        ]  # fmt: skip


def tall(one: Division) -> float:
    """The height of a division: its head, and a row for two of its people."""
    return HEAD + ROW * ceil(len(one.people) / 2) + FOOT


def known_of(one: Division) -> str:
    said = {"known": one.known, "all": len(one.people), "strength": number(one.strength, 1)}
    return _("%(known)d of %(all)d known, strength %(strength)s") % said


def sentence_of(divisions: list[Division]) -> str:
    """What the map shows, in words."""
    people = [person for one in divisions for person in one.people]
    said = {
        "known": sum(1 for one in people if one.strength), "all": len(people), "n": len(divisions),
        "strength": number(strength_of(people), 1), "top": TOP,
    }  # fmt: skip
    words = ngettext(
        "Of %(all)d people in %(n)d division we know %(known)d; the strength is %(strength)s of %(top)d on average.",
        "Of %(all)d people in %(n)d divisions we know %(known)d; the strength is %(strength)s of %(top)d on average.",
        len(divisions),
    )
    return words % said


def map_of(divisions: list[Division]) -> RelationMap:
    return RelationMap(sentence_of(divisions), divisions)
