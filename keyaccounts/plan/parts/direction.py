"""Portfolio direction: lines of business crossed with sectors, each cell with its reason, margin and growth (N1.1 to N1.5).

The worked example of a part: its kind of rows, a remark beside a row, two panels, and what it demands.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment
from acr_program.ui.phrases import number

from ...choices_plan import Chosen, PartKey
from ...models import PortfolioCell
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..row_forms import RowForm

PART = PartKey.DIRECTION


class CellForm(RowForm):
    """A cell that we chose says why (N1.3); a figure says as of when by itself (N1.4)."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("chosen") == Chosen.DELIBERATE and not given.get("reason"):
            self.add_error("reason", say("You are in this on purpose: say why."))
        return given


def remark(cell: PortfolioCell) -> str:
    """What is wrong with it, in a few words."""
    if not cell.reason:
        return say("No reason is given")
    return "" if cell.margin is not None and cell.growth else say("Margin or growth is not known")


def margin_of(cell: PortfolioCell) -> str:
    return "" if cell.margin is None else say("%(margin)s %%") % {"margin": number(cell.margin.normalize())}


CELLS = kind(
    Kind(
        "cells", PART, PortfolioCell, _("Lines of business and sectors"), one=_("cell"),
        add=_("Add a line in a sector"),
        empty=_("No line of business is written down yet: begin with the largest one, and the sector it is in."),
        columns=[
            Column("line", _("Line of business"), sub="sector"),
            Column("chosen", _("Deliberate or inherited")),
            Column("reason", _("Why we are in it"), whole=True, empty=_("no reason")),
            Column("margin", _("Margin"), margin_of, num=True, empty=_("not known")),
            Column("growth", _("Growth"), empty=_("not known")),
            Column("as_of", _("As of"), nowrap=True),
        ],
        fields=("line", "sector", "chosen", "reason", "margin", "growth", "as_of"),
        form=CellForm, remark=remark,
    )
)  # fmt: skip


def crossing(plan: Any, user: Any) -> Fragment | None:
    """Lines down, sectors across (N1.2), and the cells that nobody chose (N1.5)."""
    cells = list(PortfolioCell.objects.filter(plan=plan))
    if not cells:
        return None
    sectors = sorted({one.sector for one in cells})
    at = {(one.line, one.sector): one for one in cells}
    rows = [(line, [at.get((line, sector)) for sector in sectors]) for line in sorted({one.line for one in cells})]
    inherited = [one for one in cells if one.chosen == Chosen.INHERITED]
    return Fragment("keyaccounts/plan_crossing.html", {"sectors": sectors, "rows": rows, "inherited": inherited})


hang(PART, crossing)

# No page demands that a plan has inherited cells: only that each says why, and how it pays.
OPEN_FIGURES = Q(margin=None) | Q(growth="")
demand(
    Demand(PART, "cells", _("Write down the lines of business and sectors you are in."), "portfoliocell", weight=2),
    Demand(PART, "reasons", _("Give a reason for each cell of the portfolio."), "portfoliocell", Q(reason=""), most=0),
    Demand(PART, "figures", _("Say margin and growth of each cell."), "portfoliocell", OPEN_FIGURES, most=0),
)
