"""Whether a review followed the process, or where it left it: found in one query for however many reviews (G-02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, StringAgg, Subquery, Value
from django.utils.translation import gettext_lazy as _

from acr_program.charter.models import ProgramYear
from acr_program.workflow.log import LogDetail, LogEntry
from reviews.choices import Audience, ContributionStatus, DeviationStatus
from reviews.choices import RequestStatus as S
from reviews.models import Deviation, InformationRequest, ProcessVersion, ReviewRequest
from reviews.models.seeing import RequestQuerySet

JUDGED = (S.DELIVERED, S.MET, S.CLOSED)  # what was delivered has gone through the process, or round it
# What the program does by itself as soon as it can: taken by a person, something stood in its way.
BY_ITSELF = ("request_approval", "send_to_print", "deliver_digital")
WENT_WITHOUT = "start_compiling"  # a person starts it where the program would still wait for optional sections

# Where a review leaves the process, in words; each is an annotation of the same name.
LEFT = {
    "left_short_notice": _("on short notice"), "left_waived": _("without a section"),
    "left_deviated": _("another text than the standard"),
    "left_early": _("compiled by hand before every optional section was in"),
    "left_by_hand": _("sent on by hand, where the program could not go on by itself"),
    "left_reopened": _("opened again after the seal"),
}  # fmt: skip


def left() -> dict[str, Any]:
    """For each way out of the process, whether the review took it."""
    mine = OuterRef("pk")
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(ReviewRequest), object_id=mine)
    waived = InformationRequest.objects.filter(request=mine, status=ContributionStatus.WAIVED)
    deviated = Deviation.objects.filter(request=mine, status=DeviationStatus.ALLOWED)
    return {
        "left_short_notice": ExpressionWrapper(~Q(short_notice_reason=""), output_field=BooleanField()),
        "left_waived": Exists(waived.order_by()),
        "left_deviated": Exists(deviated.order_by()),
        "left_early": Exists(log.filter(step=WENT_WITHOUT, by__is_system=False).order_by()),
        "left_by_hand": Exists(log.filter(step__in=BY_ITSELF, by__is_system=False).order_by()),
        "left_reopened": Exists(log.filter(step="reopen").order_by()),
    }


ANY: Q = (
    Q(left_short_notice=True)
    | Q(left_waived=True)
    | Q(left_deviated=True)
    | Q(left_early=True)
    | Q(left_by_hand=True)
    | Q(left_reopened=True)
)


def judged(year: ProgramYear | None = None) -> RequestQuerySet:
    """The reviews of a year that were delivered, each with where it left the process."""
    rows = ReviewRequest.objects.filter(status__in=JUDGED)
    return (rows.filter(year=year) if year else rows).annotate(**left())


def strayed(year: ProgramYear) -> RequestQuerySet:
    """Those that did not follow it."""
    return judged(year).filter(ANY)


def ways_out(review: Any) -> list[str]:
    """Where one review that knows it left the process, in words."""
    return [str(words) for name, words in LEFT.items() if getattr(review, name)]


def with_reasons(reviews: RequestQuerySet) -> RequestQuerySet:
    """Each with the reasons that were given where it left the process (R-02), under the names that `departures` reads."""
    mine = OuterRef("pk")
    deviated = Deviation.objects.filter(request=mine, status=DeviationStatus.ALLOWED).order_by().values("request")
    waived = InformationRequest.objects.filter(request=OuterRef(mine), status=ContributionStatus.WAIVED)
    return reviews.annotate(
        why_short_notice=F("short_notice_reason"),
        why_waived=said(InformationRequest, Subquery(waived.order_by().values("pk")), "waive"),
        why_deviated=Subquery(deviated.annotate(words=StringAgg("reason", AND)).values("words")),
        why_early=said(ReviewRequest, [mine], WENT_WITHOUT),
        why_by_hand=said(ReviewRequest, [mine], *BY_ITSELF),
        why_reopened=said(ReviewRequest, [mine], "reopen"),
    )


AND = Value(" · ")  # what people typed mostly ends as a sentence does


def said(model: type[Any], about: Any, *steps: str) -> Subquery:
    """What people said when they took these steps of these things."""
    kind = ContentType.objects.get_for_model(model)
    words = LogDetail.objects.filter(
        entry__content_type=kind, entry__object_id__in=about, entry__step__in=steps, entry__by__is_system=False
    ).exclude(comment="")
    rows = words.order_by().values("entry__content_type").annotate(words=StringAgg("comment", AND))
    return Subquery(rows.values("words"))


@dataclass(frozen=True)
class Departure:
    """One way out of the process, and the reason that was given; empty where none was asked for then."""

    way: str
    reason: str


def departures(review: Any) -> list[Departure]:
    """Where one review that knows it left the process, and why."""
    return [
        Departure(str(words), getattr(review, name.replace("left_", "why_")) or "")
        for name, words in LEFT.items()
        if getattr(review, name)
    ]


@dataclass(frozen=True)
class Share:
    """Of the delivered reviews of an audience, how many followed the process."""

    label: str
    followed: int
    all: int

    @property
    def percent(self) -> int | None:
        return 100 * self.followed // self.all if self.all else None


class Followed:
    """How many reviews of a year followed the process: counted in one query (G-02)."""

    def __init__(self, year: ProgramYear) -> None:
        counts = judged(year).order_by(F("process__number").desc(nulls_last=True)).values("audience", "process__number")
        self.rows = list(counts.annotate(n=Count("pk"), strays=Count("pk", filter=ANY)))

    def share(self, label: str, **which: Any) -> Share:
        """Of the rows that have these values."""
        rows = [row for row in self.rows if all(row[name] == value for name, value in which.items())]
        return Share(label, sum(row["n"] - row["strays"] for row in rows), sum(row["n"] for row in rows))

    @property
    def by_audience(self) -> list[Share]:
        """For each audience, and of all."""
        return [*(self.share(str(one.label), audience=one.value) for one in Audience), self.share(str(_("All")))]

    @property
    def by_version(self) -> list[Share]:
        """For each version of the process that they are bound to, the latest first."""
        numbers = dict.fromkeys(row["process__number"] for row in self.rows)
        label = _("Version %(number)s")
        none = _("Bound to none: taken over as they were")
        return [self.share(str(label % {"number": n} if n else none), process__number=n) for n in numbers]


def share_of(process: ProcessVersion) -> Share:
    """Of the delivered reviews that are bound to one version, how many followed it: one query."""
    found = judged().filter(process=process).order_by().aggregate(n=Count("pk"), strays=Count("pk", filter=ANY))
    return Share(str(_("Followed it")), found["n"] - found["strays"], found["n"])


def of_review(review: ReviewRequest) -> list[str]:
    """Where this one left it so far: one query."""
    found: Any = ReviewRequest.objects.filter(pk=review.pk).annotate(**left()).only("pk").first()
    return ways_out(found) if found else []


def as_read(review: ReviewRequest, states: Collection[str], log: Sequence[LogEntry]) -> list[str]:
    """The same for a page that has read it all: the states of its parts and deviations, and its own log whole."""
    found = SimpleNamespace(
        left_short_notice=review.short_notice_reason != "",
        left_waived=ContributionStatus.WAIVED in states,
        left_deviated=DeviationStatus.ALLOWED in states,
        left_early=any(entry.step == WENT_WITHOUT and not entry.by.is_system for entry in log),
        left_by_hand=any(entry.step in BY_ITSELF and not entry.by.is_system for entry in log),
        left_reopened=any(entry.step == "reopen" for entry in log),
    )
    return ways_out(found)
