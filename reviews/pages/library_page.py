"""Pages of the content library: one text with where it is used, one wording of it, and what will be stale on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from acr_program.people.models import User
from acr_program.workflow.offers import Offer, offers
from reviews.actions.library import may_propose
from reviews.choices import ENDED, TemplateStatus
from reviews.choices_library import RevisionStatus as S
from reviews.models import ContentItem, ReviewRequest, Revision, TemplateVersion
from reviews.models.template import STANDARD_TEXT
from reviews.prose import as_typed

from .deviation_page import as_set, lines
from .differences import passages
from .one import OnePage

SHOWN = 12


@dataclass
class ItemPage:
    """One standard text as one person sees it."""

    of: ContentItem
    user: User

    @property
    def reads(self) -> SafeString:
        return as_set(self.of.current.text) if self.of.current else SafeString("")

    @property
    def stale(self) -> bool:
        return self.of.is_stale(localdate())

    @cached_property
    def may_propose(self) -> bool:
        return may_propose(self.user, self.of)

    @cached_property
    def offers(self) -> list[Offer]:
        """What may be said of the text in use: that it still holds."""
        if self.of.current is None:
            return []
        self.of.current.item = self.of
        return offers(self.of.current, self.user)

    @cached_property
    def revisions(self) -> list[Revision]:
        return list(self.of.revisions.select_related("author").order_by("-number")[: 4 * SHOWN])

    @property
    def proposed(self) -> list[Revision]:
        return [one for one in self.revisions if one.status == S.PROPOSED]

    @cached_property
    def others(self) -> list[ContentItem]:
        """The texts of the same section for everybody, or for other business units."""
        same = ContentItem.objects.filter(audience=self.of.audience, key=self.of.key).exclude(pk=self.of.pk)
        return list(same.select_related("current"))

    # Where it is used

    @cached_property
    def versions(self) -> list[TemplateVersion]:
        said = TemplateVersion.objects.filter(
            audience=self.of.audience, sections__key=self.of.key, sections__kind__in=STANDARD_TEXT
        )
        return list(said.exclude(status=TemplateStatus.RETIRED).order_by("-number"))

    @cached_property
    def live(self) -> QuerySet[Any]:
        """Reviews under way whose document says this text, or will: those of its business unit, or of none with its own."""
        rows = ReviewRequest.objects.filter(
            audience=self.of.audience, template__sections__key=self.of.key, template__sections__kind__in=STANDARD_TEXT
        ).exclude(status__in=ENDED)
        if self.of.unit:
            return rows.filter(business_unit=self.of.unit)
        own = [item.unit for item in self.others if item.unit and item.current_id]
        return rows.exclude(business_unit__in=own)

    @cached_property
    def live_count(self) -> int:
        return self.live.count()

    @cached_property
    def live_shown(self) -> list[ReviewRequest]:
        """The next to meet; those that leave the standard there are named as such on their own pages."""
        rows = self.live.filter(pk__in=ReviewRequest.objects.visible_to(self.user).values("pk"))
        return list(rows.select_related("account", "year").order_by("meeting_on", "pk")[:SHOWN])

    @property
    def used_by(self) -> str:
        words = ngettext("%(n)d review under way says it", "%(n)d reviews under way say it", self.live_count)
        return words % {"n": self.live_count}


class RevisionPage(OnePage[Revision]):
    """One wording: what differs from the one it replaces, or would replace."""

    @cached_property
    def before(self) -> Revision | None:
        """The one in use for what is proposed; for what was accepted, the one accepted before it."""
        others = self.of.item.revisions.exclude(pk=self.of.pk)
        if self.of.status in (S.PROPOSED, S.REJECTED):
            return others.filter(status=S.CURRENT).first()
        earlier = others.accepted().filter(accepted_at__lte=self.of.accepted_at, number__lt=self.of.number)
        found: Revision | None = earlier.order_by(F("accepted_at").desc(), "-number").first()
        return found

    @property
    def differs(self) -> SafeString:
        return (
            passages(lines(as_typed(self.before.text)), lines(as_typed(self.of.text)))
            if self.before
            else SafeString("")
        )

    @property
    def reads(self) -> SafeString:
        return as_set(self.of.text)

    @property
    def stale(self) -> bool:
        return self.of.status == S.CURRENT and self.of.is_stale(localdate())


def stale_by(day: date) -> QuerySet[Any]:
    """The texts in use that will be stale on that day unless somebody says that they hold: reading it changes nothing (M12)."""
    rows = Revision.objects.stale(day).filter(item__in=ContentItem.objects.in_use())
    return rows.select_related("item__function__contributor").order_by(
        F("fresh_until").asc(nulls_first=True), "item__audience", "item__title"
    )


def meetings_on(day: date, user: User) -> list[ReviewRequest]:
    """Reviews under way that meet their customer on that day."""
    rows = ReviewRequest.objects.visible_to(user).filter(meeting_on=day).exclude(status__in=ENDED)
    return list(rows.select_related("account", "year")[:SHOWN])
