"""What a contributor enters line by line beside the text of a section: commitments, and issues that are open (R-25)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import IssueState, SectionKind, Side


class Line(models.Model):
    """One line of a section: what, who, by when. They belong to the section, and are replaced with it as one."""

    WORDS: ClassVar[tuple[str, ...]] = ("what", "who")  # the fields whose words are printed, and counted

    part = models.ForeignKey("reviews.InformationRequest", models.CASCADE, related_name="%(class)ss")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=300)
    who = models.CharField(_("who"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("part", "place")

    def __str__(self) -> str:
        return self.what

    @classmethod
    def replace(cls, part: Any, lines: Iterable[dict[str, Any]]) -> int:
        """Put these lines in the place of those there were; how many words they have."""
        rows = [cls(part=part, place=place, **line) for place, line in enumerate(lines, start=1)]
        cls.of(part).delete()
        cls._default_manager.bulk_create(rows)
        return sum(row.words for row in rows)

    @classmethod
    def of(cls, part: Any) -> models.QuerySet[Self]:
        return cls._default_manager.filter(part=part)

    @property
    def words(self) -> int:
        return sum(len(str(getattr(self, name)).split()) for name in self.WORDS)


class Commitment(Line):
    """One thing that one side undertakes for the coming year. Ours become follow-ups once the document is delivered."""

    WORDS = ("what", "who", "measure")

    side = models.CharField(_("who undertakes it"), max_length=3, choices=Side.choices, default=Side.US)
    measure = models.CharField(_("seen by"), max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("commitment")
        constraints: ClassVar[Any] = (
            models.UniqueConstraint(fields=["part", "place"], name="commitment_one_a_place"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="commitment_side_known"),
        )


class Issue(Line):
    """One matter between us and the customer, and how it stands, as the customer reads it."""

    WORDS = ("what", "who", "outcome")

    state = models.CharField(_("how it stands"), max_length=8, choices=IssueState.choices, default=IssueState.OPEN)
    outcome = models.CharField(_("in words"), max_length=400, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("issue")
        constraints: ClassVar[Any] = (
            models.UniqueConstraint(fields=["part", "place"], name="issue_one_a_place"),
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
        )


LINES: dict[str, type[Commitment] | type[Issue]] = {
    SectionKind.COMMITMENTS: Commitment,
    SectionKind.FOLLOW_UPS: Issue,
}


def line_of(kind: str) -> type[Commitment] | type[Issue] | None:
    """What a section of this kind takes line by line; None where it is text alone."""
    return LINES.get(kind)
