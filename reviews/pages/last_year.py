"""The document beside the account's last delivered review: what is new, gone and changed since (M3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.files.errors import Corrupt
from reviews.choices import DocumentStatus, RequestStatus
from reviews.models import Document

from .composed import Composed, compared, inputs_of_versions
from .differences import Difference, compare

DELIVERED = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)


def delivered_before(document: Document) -> Document | None:
    """The sealed document of the account's last delivered review; of the same audience where there was one."""
    request = document.request
    rows = Document.objects.filter(
        request__account=request.account_id, request__status__in=DELIVERED, status=DocumentStatus.SEALED,
        request__year__begins_on__lt=request.year.begins_on, manifest__isnull=False,
    )  # fmt: skip
    found = rows.select_related("manifest", "request__account", "request__year")
    last = [found.filter(request__audience=request.audience), found.exclude(request__audience=request.audience)]
    for same in last:
        if one := same.order_by("-request__year__begins_on", "-pk").first():
            return one
    return None


@dataclass
class LastYear:
    """One version of the document, and the one that the customer has from the year before."""

    of: Document

    @cached_property
    def then(self) -> Document | None:
        return delivered_before(self.of)

    @cached_property
    def read(self) -> tuple[list[Composed], list[Composed], str]:
        """What both say, and the sentence why one of them is not shown."""
        if self.then is None:
            return [], [], ""
        try:
            inputs = inputs_of_versions([self.of, self.then])
        except Corrupt as corrupt:
            return [], [], corrupt.sentence
        now, then = compared(inputs.get(self.of.pk)), compared(inputs.get(self.then.pk))
        if not (now and then):
            return [], [], _("What one of the two was made of is not on file, so they are not compared.")
        return now, then, ""

    @property
    def trouble(self) -> str:
        return self.read[2]

    @cached_property
    def result(self) -> tuple[list[Difference], list[Composed]]:
        now, then, trouble = self.read
        return ([], []) if trouble else compare(now, then)

    @property
    def same(self) -> list[Composed]:
        return self.result[1]

    @cached_property
    def groups(self) -> list[tuple[Any, str, list[Difference]]]:
        """New, changed and gone, each with an anchor; what is empty is left out."""
        now, then = ({section.key for section in side} for side in self.read[:2])
        found = self.result[0]
        new = [one for one in found if one.section.key not in then]
        gone = [one for one in found if one.section.key not in now]
        changed = [one for one in found if one.section.key in now & then]
        groups = [(_("New"), "new", new), (_("Changed"), "changed", changed), (_("Gone"), "gone", gone)]
        return [group for group in groups if group[2]]

    @property
    def says(self) -> str:
        """Two sections are new, three changed, one gone, four the same."""
        number = {anchor: len(found) for _title, anchor, found in self.groups}
        if not number:
            return _("Nothing differs: every section says the same as then.")
        words = [
            ngettext("%(n)d section is new", "%(n)d sections are new", number.get("new", 0)),
            ngettext("%(n)d has changed", "%(n)d have changed", number.get("changed", 0)),
            ngettext("%(n)d is gone", "%(n)d are gone", number.get("gone", 0)),
            ngettext("%(n)d is the same", "%(n)d are the same", len(self.same)),
        ]
        counts = [number.get("new", 0), number.get("changed", 0), number.get("gone", 0), len(self.same)]
        return ", ".join(said % {"n": count} for said, count in zip(words, counts, strict=True) if count) + "."
