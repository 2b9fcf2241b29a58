"""Skills down, roles across: what each seat on the team needs against what whoever holds it brings (N6.2, N6.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Skill, TeamRole


@dataclass(frozen=True)
class SkillCell:
    """One skill at one seat, each from 0 to 4."""

    needed: int
    present: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def words(self) -> str:
        return _("%(present)d of %(needed)d") % {"present": self.present, "needed": self.needed}

    @property
    def tone(self) -> str:
        if not self.short:
            return "good"
        return "warn" if self.short == 1 else "bad"


@dataclass(frozen=True)
class SkillRow:
    """One skill over all seats; `special` is asked by this account alone."""

    what: str
    special: bool
    cells: list[SkillCell | None]

    @property
    def needed(self) -> int:
        return max(one.needed for one in self.cells if one)

    @property
    def present(self) -> int:
        """The best of the team."""
        return max(one.present for one in self.cells if one)

    @property
    def is_covered(self) -> bool:
        """Somebody on the team brings what is needed, be it at another seat."""
        return self.present >= self.needed


@dataclass(frozen=True)
class SkillGrid:
    roles: list[TeamRole]
    rows: list[SkillRow]

    @property
    def short(self) -> int:
        """How many seats lack something."""
        return sum(1 for row in self.rows for cell in row.cells if cell and cell.short)

    @property
    def uncovered(self) -> list[SkillRow]:
        """What nobody on the team brings."""
        return [row for row in self.rows if not row.is_covered]


def grid_of(rows: Iterable[Skill]) -> SkillGrid:
    """Of these skills; one that a seat names twice counts by its larger need."""
    found = sorted(rows, key=lambda one: (one.role_id, one.pk))
    roles = list({one.role_id: one.role for one in found}.values())
    at: dict[tuple[str, bool], dict[int, SkillCell]] = {}
    for one in found:
        cells = at.setdefault((one.what.strip(), one.special), {})
        before = cells.get(one.role_id)
        if before is None or one.needed > before.needed:
            cells[one.role_id] = SkillCell(one.needed, one.present)
    lines = [
        SkillRow(what, special, [cells.get(role.pk) for role in roles])
        for (what, special), cells in sorted(at.items(), key=lambda item: (item[0][1], item[0][0].casefold()))
    ]
    return SkillGrid(roles, lines)
