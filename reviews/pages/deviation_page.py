"""A deviation from the standard: what would differ, who proposed it and why, and what may be done with it."""

from __future__ import annotations

from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.parts import Happening
from acr_program.workflow.ages import age_column
from acr_program.workflow.offers import Offer, offers
from reviews.choices import DeviationStatus as S
from reviews.models import Deviation
from reviews.prose import as_typed, marked_up
from reviews.texts import as_said

from .differences import passages
from .one import SHOWN, HeldPage
from .parts import named, tokens_of
from .timeline import happenings

DEVIATIONS = Table(
    columns=[
        Column("request", _("Review"), lambda d: str(d.request), link=True, sub="section.title"),
        Column("status", _("State")),
        age_column(lambda d: "warn" if d.status == S.PROPOSED else "neutral"),
        Column("reason", _("Why"), value=lambda d: markup.safe(d.reason[:160]), plain=lambda d: d.reason),
        Column("proposed_by", _("Proposed by"), "proposed_by.name", nowrap=True),
    ],
    sorts=[Sort("newest", _("newest"), "-id"), Sort("oldest", _("oldest"), "id")],
    noun=(_("deviation"), _("deviations")),
    also=[Column("section", _("Section"), "section.title"), Column("text", _("Text"))],
)


class DeviationPage(HeldPage[Deviation]):
    """One deviation as this reader sees it."""

    @property
    def title(self) -> str:
        return named(self.of.section.title, tokens_of(self.of.request))

    @cached_property
    def given(self) -> str:
        """The standard text as the review would say it."""
        said: str = as_said(self.of.section, self.of.request).body
        return said

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(self.of, self.user)

    @property
    def differs(self) -> SafeString:
        """Word by word, from the standard text to the one proposed."""
        return passages(lines(as_typed(self.given)), lines(as_typed(self.of.text)))

    @property
    def standard(self) -> SafeString:
        return as_set(self.given)

    @property
    def reads(self) -> SafeString:
        return as_set(self.of.text)

    @cached_property
    def happened(self) -> list[Happening]:
        entries = list(self.of.log().for_timeline()[:SHOWN])
        return happenings(entries, {Deviation: {self.of.pk: self.of.section.title}})


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_set(text: str) -> SafeString:
    """A standard text as the document sets it, its tokens as they are typed."""
    return mark_safe(marked_up(text))  # noqa: S308 - cleaned, or escaped piece by piece
