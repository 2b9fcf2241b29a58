"""What an account has to show to enter the programme and, separately, to stay in it; in versions (K-05)."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.ui.phrases import number as figure
from acr_program.workflow.book import once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import incubation_rules as rules
from ..choices_incubation import OURS_ALONE, Direction, MeasureKind, Origin, Threshold
from ..choices_incubation import StandardStatus as S


class StandardQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> StandardQuerySet:
        """What is or was in force can be read by everybody with a part in the program; drafts by those who oversee it."""
        if overseers(user):
            return self
        return self.filter(status__in=[S.PUBLISHED, S.RETIRED]) if user.roles else self.none()

    def in_force(self) -> Standard | None:
        found: Standard | None = self.filter(status=S.PUBLISHED).first()
        return found

    def for_page(self) -> StandardQuerySet:
        return self.select_related("made_by").prefetch_related("measures")


class Standard(Machine):
    """One version of what is asked: its measures, each with a target to enter and a target to stay (K-05).

    An incubation keeps the version it began with; a re-review goes by the one in force when it is opened.
    """

    STATES = S

    number = models.PositiveIntegerField(_("version"), unique=True)
    words = models.CharField(_("what changed"), max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    published_on = models.DateField(_("in force since"), null=True, editable=False)
    retired_on = models.DateField(_("in force until"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)
    account_id = None

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the requirements")
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="standard_status_known"),
            models.UniqueConstraint(fields=["status"], condition=Q(status=S.DRAFT), name="standard_one_draft"),
        )

    def __str__(self) -> str:
        return gettext("Requirements, version %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:standard", self.pk)

    @property
    def is_draft(self) -> bool:
        return bool(self.status == S.DRAFT)

    @step(
        status, S.DRAFT, S.PUBLISHED, label=_("Put in force"), by=[program_managers],
        needs=[rules.has_both_thresholds],
    )  # fmt: skip
    def publish(self, *, by: User) -> None:
        """Incubations that begin from now on go by it; those that run keep the version they began with."""
        self.published_on = localdate()

    @step(status, S.DRAFT, S.DISCARDED, label=_("Discard the draft"), by=[program_managers], kind="danger")
    def discard(self, *, by: User) -> None:
        """It never comes into force."""

    @step(status, S.PUBLISHED, S.RETIRED, label=_("Retire"), by=[the_clock], kind="quiet")
    def retire(self, *, by: User) -> None:
        """A newer version is in force; what was measured by this one stays true."""
        self.retired_on = localdate()


class MeasureQuerySet(models.QuerySet[Any]):
    def told(self) -> MeasureQuerySet:
        """Those whose values people say."""
        return self.filter(origin=Origin.PEOPLE)


class Measure(models.Model):
    """One requirement, checkpoint or indicator of a version: what is measured, which way, and its two targets (K-05, K-13).

    `key` is the same in every version that asks for the same, so that readings can be followed through the years.
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="measures", verbose_name=_("version"))
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=MeasureKind.choices)
    title = models.CharField(_("measure"), max_length=120)
    words = models.TextField(_("what it means here"), max_length=1000, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices, default=Direction.AT_LEAST)
    origin = models.CharField(_("where its value comes from"), max_length=12, choices=Origin.choices)
    entry_target = models.DecimalField(_("target to enter"), max_digits=16, decimal_places=4, null=True, blank=True)
    maintain_target = models.DecimalField(_("target to stay"), max_digits=16, decimal_places=4, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place"))

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        ordering = ("standard", "place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="measure_direction_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="measure_origin_known"),
            models.UniqueConstraint(fields=["standard", "key"], name="measure_once_a_version"),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.INDICATOR)
                | Q(entry_target__isnull=False)
                | Q(maintain_target__isnull=False),
                name="measure_that_decides_has_a_target",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Measures are written while their version is a draft, and stand afterwards."""
        if not self.standard.is_draft:
            raise TypeError("A measure of a version that was in force is never changed: begin another version.")
        super().save(*args, **options)

    @property
    def decides(self) -> bool:
        return self.kind != MeasureKind.INDICATOR

    @property
    def is_ours_alone(self) -> bool:
        """Whether customers are not told of it."""
        return self.origin in OURS_ALONE

    @property
    def told(self) -> bool:
        """Whether people say its value."""
        return self.origin == Origin.PEOPLE

    def target(self, kind: str) -> Decimal | None:
        """To enter, or to stay."""
        return self.entry_target if kind == Threshold.ENTRY else self.maintain_target

    def said(self, value: Decimal | None) -> str:
        """A value of this measure as people read it: 45.5 %; to two places, never rounded to where it would look met."""
        if value is None:
            return gettext("not known")
        way = ROUND_FLOOR if self.direction == Direction.AT_LEAST else ROUND_CEILING
        short = value.quantize(Decimal("0.01"), way)
        shown = figure(short.normalize() if short % 1 else short.quantize(Decimal(1)))
        return f"{shown} {self.unit}".strip()

    def asks(self, target: Decimal | None) -> str:
        """A target in words: at least 40 %."""
        return f"{self.get_direction_display()} {self.said(target)}" if target is not None else gettext("not asked")

    @property
    def to_enter(self) -> str:
        return self.asks(self.entry_target)

    @property
    def to_stay(self) -> str:
        return self.asks(self.maintain_target)


def measures_of(standard: Standard) -> list[Measure]:
    """In their order, read once for a page or a click; those of a version in force do not change any more."""
    rows = Measure.objects.filter(standard=standard.pk)
    return once(f"measures of standard {standard.pk}", lambda: list(rows))
