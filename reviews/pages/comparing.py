"""The text of one version beside what its reader knows: what they saw last, the version and the year before, the standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from acr_program.files.errors import Corrupt
from acr_program.people.models import User
from acr_program.ui.phrases import moment
from reviews.choices import DocumentStatus
from reviews.conditions import applies
from reviews.models import Document, Seen

from .composed import Composed, compared, composed, inputs_of_versions
from .differences import Comparison, compare
from .standard import from_standard, standards_of

SEEN, VERSION, YEAR, STANDARD = "seen", "version", "year", "standard"


@dataclass
class Comparing:
    """One version for one reader; `asked` is what they want it compared with, `url` where they are."""

    of: Document
    reader: User
    asked: str
    url: str

    # What it says

    @cached_property
    def read(self) -> tuple[dict[int, dict[str, Any]], str]:
        """The inputs of the versions, or the sentence that says why they are not shown."""
        try:
            return inputs_of_versions([self.of, *self.known.values()]), ""
        except Corrupt as corrupt:
            return {}, corrupt.sentence

    @property
    def trouble(self) -> str:
        return self.read[1]

    @property
    def as_of(self) -> dict[str, Any]:
        """Company, customer and year as the document names them; empty where its inputs are not on file."""
        return self.read[0].get(self.of.pk, {})

    @cached_property
    def sections(self) -> list[Composed]:
        """The document's sections from the inputs that the digest covers."""
        return composed(self.as_of)

    @property
    def stale(self) -> list[Composed]:
        """Sections with something in them that was confirmed too long ago."""
        return [section for section in self.sections if section.stale]

    # What it is compared with

    @cached_property
    def versions(self) -> list[Any]:
        """This version and those before it, and what was sealed for years before: the latest first, with when it was shown."""
        request = self.of.request
        same = Q(request=request.pk, number__lte=self.of.number)
        past = Q(
            request__account=request.account_id, request__audience=request.audience, status=DocumentStatus.SEALED,
            request__year__begins_on__lt=request.year.begins_on,
        )  # fmt: skip
        of_account = Document.objects.filter(
            request__account=request.account_id
        )  # so that the index on accounts serves
        shown = Seen.objects.by(self.reader).filter(approval__document=OuterRef("pk")).order_by("at").values("at")
        rows: Any = of_account.filter(same | past, manifest__isnull=False).annotate(shown_at=Subquery(shown[:1]))
        rows = rows.select_related("manifest", "request__year")
        return sorted(rows, key=lambda row: (row.request.year.begins_on, row.number), reverse=True)

    @property
    def shown_at(self) -> datetime | None:
        """When the reader was shown this version, if that is kept."""
        return next((row.shown_at for row in self.versions if row.pk == self.of.pk), None)

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the reader was shown last, the version before where that is another, and the year before."""
        found: dict[str, Any] = {}
        earlier = [row for row in self.versions if row.request_id == self.of.request_id and row.pk != self.of.pk]
        past = [row for row in self.versions if row.request_id != self.of.request_id]
        seen = next((row for row in earlier if row.shown_at), None)
        for key, row in ((SEEN, seen), (VERSION, earlier[0] if earlier else None), (YEAR, past[0] if past else None)):
            if row and row not in found.values():  # the same text needs no second tab
                found[key] = row
        return found

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """In the order in which they are offered; each a click away."""
        if not self.sections:
            return []
        now, found = compared(self.as_of), []
        for key, document in self.known.items():
            then = compared(self.read[0].get(document.pk))
            name = self.name_of(key, document) if then else ""
            found.append(self.one(key, LABELS[key], name, compare(now, then) if then else ([], [])))
        if template := standards_of([self.of]).get(self.of.pk):
            name = str(self.of.request.template)
            wanted = [row for row in template if applies(row, self.of.request.account)]
            found.append(self.one(STANDARD, LABELS[STANDARD], name, from_standard(now, wanted)))
        return found

    def one(self, key: str, label: Any, name: str, result: tuple[Any, Any]) -> Comparison:
        return Comparison(key, label(), name, *result, f"{self.url}?against={key}#differs", key == self.chosen)

    @property
    def chosen(self) -> str:
        """What it is compared with: as asked, else with what there is."""
        there = [*self.known, STANDARD]
        return self.asked if self.asked in there else there[0]

    @property
    def comparison(self) -> Comparison | None:
        return next((one for one in self.comparisons if one.current), None)

    @staticmethod
    def name_of(key: str, document: Any) -> str:
        if key == SEEN:
            return _("version %(n)d, shown to you %(at)s") % {"n": document.number, "at": moment(document.shown_at)}
        words = _("version %(n)d of this review") if key == VERSION else _("the review of %(year)s")
        return words % {"n": document.number, "year": document.request.year.label}


LABELS = {
    SEEN: lambda: _("What you saw last"),
    VERSION: lambda: _("The version before"),
    YEAR: lambda: _("The review before"),
    STANDARD: lambda: _("The standard"),
}
