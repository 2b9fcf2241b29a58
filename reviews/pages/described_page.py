"""What the pages of the process show: one version, what it says otherwise than another, who followed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.people.models import User
from acr_program.people.roles import overseers
from acr_program.ui.parts import Figure
from reviews.actions.describing import WORDS
from reviews.choices import ENDED
from reviews.choices_process import ProcessStatus as S
from reviews.models import DescribedStep, ProcessVersion, ReviewRequest
from reviews.process.conformance import Share, share_of
from reviews.process.described import Described, described

from .differences import passages
from .one import VersionPage


class ProcessPage(VersionPage[ProcessVersion]):
    """One version as one person sees it."""

    SAYS = {
        "create": gettext_lazy("began this version"), "edit": gettext_lazy("edited it"),
        "publish": gettext_lazy("put it in force"), "retire": gettext_lazy("retired it"),
        "discard": gettext_lazy("discarded it"),
    }  # fmt: skip

    @property
    def oversees(self) -> bool:
        return overseers(self.user)

    @cached_property
    def steps(self) -> list[Described]:
        return described(self.of)

    @cached_property
    def bound(self) -> int:
        """Reviews under way that keep this version until they close."""
        return ReviewRequest.objects.filter(process=self.of).exclude(status__in=ENDED).count()

    @property
    def note(self) -> str:
        """What the version is to reviews now."""
        bound = ngettext("%(n)d review under way keeps it", "%(n)d reviews under way keep it", self.bound)
        bound = bound % {"n": self.bound}
        return {
            S.DRAFT: _("not in force yet"),
            S.PUBLISHED: _("new reviews are bound to it; %(bound)s") % {"bound": bound},
            S.RETIRED: _("no new review is bound to it; %(bound)s") % {"bound": bound},
            S.DISCARDED: _("discarded, never in force"),
        }[S(self.of.status)]

    @cached_property
    def figures(self) -> list[Figure]:
        """How many of the delivered reviews that are bound to it followed it (G-02), for those who oversee it."""
        if not self.oversees or self.of.status in (S.DRAFT, S.DISCARDED):
            return []
        return [figure_of(share_of(self.of))]


def figure_of(share: Share) -> Figure:
    note = _("%(followed)d of %(all)d") % {"followed": share.followed, "all": share.all}
    return Figure("–" if share.percent is None else f"{share.percent} %", share.label, note)


@dataclass(frozen=True)
class Changed:
    """One step in which two versions differ: its texts with what was struck and what is new, its days before and now."""

    step: Described
    texts: list[tuple[str, SafeString]]
    days: list[tuple[str, str, str]]


@dataclass
class ProcessChanges:
    """What `now` says otherwise than `then`."""

    now: ProcessVersion
    then: ProcessVersion

    @cached_property
    def changes(self) -> list[Changed]:
        found = [changed(old, new) for old, new in zip(described(self.then), described(self.now), strict=True)]
        return [one for one in found if one.texts or one.days]

    @property
    def says(self) -> str:
        """How much differs, in one sentence."""
        number = len(self.changes)
        if not number:
            return _("Nothing differs: every step has the same words and the same days.")
        words = ngettext(
            "%(n)d step differs, the others are the same.", "%(n)d steps differ, the others are the same.", number
        )
        return words % {"n": number}


def changed(old: Described, new: Described) -> Changed:
    texts = [
        (label_of(name), shown)
        for name in WORDS
        if (shown := passages(lines_of(old.words, name), lines_of(new.words, name)))
    ]
    days = [
        (_("%(stage)s, %(way)s") % {"stage": stage, "way": way}, str(before), str(now))
        for (stage, *earlier), (_same, *later) in zip(old.days, new.days, strict=True)
        for way, before, now in zip((_("digitally"), _("in print")), earlier, later, strict=True)
        if before != now
    ]
    return Changed(new, texts, days)


def lines_of(words: DescribedStep, name: str) -> list[str]:
    return str(getattr(words, name)).splitlines()


def label_of(name: str) -> str:
    of: Any = DescribedStep._meta.get_field(name)
    return capfirst(str(of.verbose_name))


def others_of(process: ProcessVersion, user: User) -> list[ProcessVersion]:
    """The other versions that this person may read, the latest first."""
    return list(ProcessVersion.objects.visible_to(user).exclude(pk=process.pk).for_page())


def compared_with(process: ProcessVersion, others: Sequence[ProcessVersion], asked: str) -> ProcessVersion | None:
    """The version that was asked for; else the one before, else the next; None where there is no other."""
    chosen = [one for one in others if str(one.pk) == asked]
    earlier = [one for one in others if one.number < process.number]
    return next(iter([*chosen, *earlier, *reversed(others)]), None)
