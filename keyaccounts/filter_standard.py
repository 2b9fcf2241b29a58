"""What a company's first filter begins with; from then on it is the company's own: changed, weighed anew, removed (K-09)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from .choices_filter import Basis, Compare, CriterionKind, KnownFact

Words = Any
BAR = Decimal(60)


def computed(
    key: str, title: Words, fact: KnownFact, compare: Compare, threshold: int | None = None, weight: int = 0
) -> Any:
    """A criterion that what is on file answers; without a weight it is a must-have."""
    said = {"basis": Basis.COMPUTED, "fact": fact, "compare": compare, "guidance": ""}
    return named(key, title, weight) | said | {"threshold": None if threshold is None else Decimal(threshold)}


def judged(key: str, title: Words, guidance: Words, weight: int = 0) -> Any:
    return named(key, title, weight) | {"basis": Basis.JUDGED, "guidance": guidance}


def named(key: str, title: Words, weight: int) -> dict[str, Any]:
    kind = CriterionKind.WEIGHTED if weight else CriterionKind.MUST
    return {"key": key, "title": title, "kind": kind, "weight": weight}


STANDARD = (
    computed("years", _("A customer for at least two years"), KnownFact.YEARS, Compare.AT_LEAST, 2),
    computed("rfp", _("No request for proposal is open"), KnownFact.RFP, Compare.HOLDS_NOT),
    judged(
        "sponsor", _("A sponsor at the customer"),
        _("Somebody who decides there wants to work with us more closely, and has said so. 0: nobody is known; 3: one "
          "person has said so; 5: several who decide have, in writing."),
    ),
    computed("net", _("Net value of at least 100,000 in the year"), KnownFact.NET, Compare.AT_LEAST, 100_000, 30),
    computed("growth", _("Grows by at least 5 % in the year"), KnownFact.GROWTH, Compare.AT_LEAST, 5, 20),
    computed("satisfaction", _("Satisfied: at least 7 of 10"), KnownFact.SATISFACTION, Compare.AT_LEAST, 7, 15),
    judged(
        "potential", _("Room to grow together"),
        _("What they buy elsewhere that we could deliver, and whether they would let us. 0: none; 3: one field is known; "
          "5: several fields, with figures."), 20,
    ),
    judged(
        "fit", _("Fits what we are good at"),
        _("Whether what they need is what we do best. 0: hardly; 3: in most fields; 5: in all of them, and they value it."), 15,
    ),
)  # fmt: skip
