"""Whether every customer is told the same: the share of sections that are the standard, by version of the template (M20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from acr_program.ui.parts import Figure
from reviews.choices import Audience

FREE = Q(locked=False)
SAME = Q(locked=False, deviation=None)


@dataclass(frozen=True)
class Share:
    """Of some delivered documents: their sections that may differ, those that do not, and the locked ones apart."""

    name: str
    documents: int
    free: int
    same: int
    locked: int

    @property
    def departures(self) -> int:
        return self.free - self.same

    @property
    def said(self) -> str:
        """Cut off, not rounded: a hundred is said of everything alone."""
        return f"{100 * self.same // self.free} %" if self.free else _("none to compare")


@dataclass(frozen=True)
class Consistency:
    versions: list[Share]
    whole: Share

    @property
    def heads(self) -> str:
        words = (
            _("Template"), _("Documents"), _("Sections compared"), _("Identical to the standard"), _("Departures"),
            _("Locked sections"),
        )  # fmt: skip
        return "|".join(words)

    @property
    def figures(self) -> list[Figure]:
        whole = self.whole
        return [
            Figure(whole.documents, _("delivered documents")),
            Figure(whole.said, _("of sections that may differ say the standard")),
            Figure(whole.departures, _("departures"), tone="warn" if whole.departures else ""),
        ]


def consistency_of(rows: QuerySet[Any]) -> Consistency:
    """The rows of the list, as they are filtered, by version of the template: one query."""
    names = ("section__template__audience", "section__template__number")
    found = (
        rows.order_by().select_related(None).values(*names)
        .annotate(documents=Count("document", distinct=True), free=Count("pk", filter=FREE), same=Count("pk", filter=SAME),
                  locked=Count("pk", filter=~FREE))
        .order_by(*names)
    )  # fmt: skip
    versions = [
        Share(named(row[names[0]], row[names[1]]), row["documents"], row["free"], row["same"], row["locked"])
        for row in found
    ]
    sums = {name: sum(getattr(one, name) for one in versions) for name in ("documents", "free", "same", "locked")}
    return Consistency(versions, Share(_("All"), **sums))


def named(audience: str, number: int) -> str:
    return _("%(audience)s template, version %(number)s") % {"audience": Audience(audience).label, "number": number}
