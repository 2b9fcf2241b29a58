"""The whole programme on one page: how many stand where, who since when, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.models import User
from acr_program.ui.phrases import day

from ..choices import HOLDING, LIVE
from ..choices import MembershipStatus as S
from ..models import Membership, NominationRound, Programme, Words, programme_words, the_programme
from ..models.memberships import sees_all
from ..tables import SOON
from ..ways import ways_of
from .picture import Ways, way_of

SHOWN = 40
PLACE = Case(*(When(status=status, then=place) for place, status in enumerate(reversed(LIVE))))


@dataclass(frozen=True)
class Stage:
    """How many stand at one state, and the list of them."""

    label: str
    count: int
    tone: str
    url: str


@dataclass
class Overview:
    """The programme for one reader: what they may see of it, in a number of queries that does not grow with it."""

    user: User

    @property
    def called(self) -> Words:
        return programme_words()

    @cached_property
    def programme(self) -> Programme:
        return the_programme()

    @property
    def sees_all(self) -> bool:
        return sees_all(self.user)

    @property
    def is_written(self) -> bool:
        return self.programme.pk is not None

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many stand at each live state, and whose re-review is overdue or due soon; one query."""
        today, holding = localdate(), Q(status__in=HOLDING)
        soon = Q(re_review_on__gte=today, re_review_on__lte=today + timedelta(days=SOON))
        rows = Membership.objects.visible_to(self.user).order_by()
        return rows.aggregate(
            overdue=Count("pk", filter=holding & Q(re_review_on__lt=today)),
            due=Count("pk", filter=holding & soon),
            **{status.value: Count("pk", filter=Q(status=status)) for status in LIVE},
        )

    @property
    def stages(self) -> list[Stage]:
        to = reverse("keyaccounts:memberships")
        return [
            Stage(self.said(status), self.counted[status], S.tones[status], f"{to}?status={status.value}")
            for status in LIVE
        ]

    def said(self, status: S) -> str:
        return self.called.titles if status == S.KEY_ACCOUNT else str(status.label)

    @property
    def total(self) -> int:
        return sum(self.counted[status] for status in LIVE)

    @property
    def overdue(self) -> int:
        return self.counted["overdue"]

    @property
    def due_soon(self) -> int:
        return self.counted["due"]

    @cached_property
    def shown(self) -> list[Membership]:
        """Those in the programme first, then the others from the panel back to the nomination; the longest there first."""
        rows = Membership.objects.visible_to(self.user).live().for_list()
        return list(rows.order_by(PLACE, "pk")[:SHOWN])

    @cached_property
    def picture(self) -> Ways | None:
        if not self.shown:
            return None
        ways = ways_of(self.shown)
        return Ways(self.finding, [way_of(row, ways[row.pk]) for row in self.shown], _("Account"))

    @property
    def finding(self) -> str:
        """The sentence above the picture."""
        holding = self.counted[S.KEY_ACCOUNT] + self.counted[S.IN_RE_REVIEW]
        called = {"n": holding, "one": self.called.one, "many": self.called.many}
        said = ngettext("%(n)d %(one)s", "%(n)d %(many)s", holding) % called
        coming = self.total - holding
        more = ngettext("%(n)d account on its way", "%(n)d accounts on their way", coming) % {"n": coming}
        late = ngettext("%(n)d re-review overdue", "%(n)d re-reviews overdue", self.overdue) % {"n": self.overdue}
        return _("%(holding)s, %(coming)s, %(late)s.") % {"holding": said, "coming": more, "late": late}

    @property
    def has_more(self) -> bool:
        return self.total > len(self.shown)

    @cached_property
    def round(self) -> NominationRound | None:
        return NominationRound.objects.visible_to(self.user).first()

    @property
    def round_says(self) -> str:
        if self.round is None:
            return _("No round has been opened yet.")
        if self.round.takes_nominations:
            return _("Nominations are open until %(day)s.") % {"day": day(self.round.closes_on)}
        return str(self.round.get_status_display())
