"""What a first version of the requirements begins with: to be adapted to the company before it comes into force (K-05)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .choices_incubation import Direction, MeasureKind, Origin


def first_measures(currency: str) -> list[dict[str, Any]]:
    """Requirements, one checkpoint and indicators of potential, with targets to enter and lower ones to stay."""
    return [
        of(MeasureKind.REQUIREMENT, "net-value", _("Net value of twelve months"), currency, Origin.NET_YEAR, 100_000, 80_000),
        of(MeasureKind.REQUIREMENT, "growth", _("Growth on the year before"), "%", Origin.GROWTH, 5, 0),
        of(MeasureKind.REQUIREMENT, "share-of-wallet", _("Share of wallet"), "%", Origin.WALLET, 40, 30),
        of(
            MeasureKind.REQUIREMENT, "days-to-pay", _("Days until they pay"), _("days"), Origin.PEOPLE, 45, 60,
            direction=Direction.AT_MOST, words=_("On average over the invoices of the quarter."),
        ),
        of(
            MeasureKind.CHECKPOINT, "joint-meetings", _("Meetings of both managements"), "", Origin.PEOPLE, 1, 1,
            words=_("In which somebody who decides took part on either side."),
        ),
        of(
            MeasureKind.INDICATOR, "joint-projects", _("Joint projects under way"), "", Origin.PEOPLE, 2, 2,
            words=_("Work to which both companies have given people."),
        ),
        of(MeasureKind.INDICATOR, "satisfaction", _("Satisfaction"), "", Origin.SATISFACTION, 8, 7),
    ]  # fmt: skip


def of(
    kind: str, key: str, title: str, unit: str, origin: str, entry: int, maintain: int, *,
    direction: str = Direction.AT_LEAST, words: str = "",
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": kind, "key": key, "title": title, "unit": unit, "origin": origin, "direction": direction, "words": words,
        "entry_target": Decimal(entry), "maintain_target": Decimal(maintain),
    }  # fmt: skip
