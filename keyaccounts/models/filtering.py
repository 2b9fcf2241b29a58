"""The first filter, in versions: must-have and weighted criteria, and what each was tried out on (K-08, K-09)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.book import once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import filter_rules
from ..choices_filter import OF_YES_NO, Basis, Compare, CriterionKind, KnownFact
from ..choices_filter import FilterStatus as S

COMMENT = "acr_program.workflow.forms.CommentForm"


class FilterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> FilterQuerySet:
        return self if filter_rules.readers(user) else self.none()

    def in_force(self) -> FilterVersion | None:
        return self.filter(status=S.PUBLISHED).first()

    def for_page(self) -> FilterQuerySet:
        return self.select_related("published_by")


class FilterVersion(Machine):
    """One version of the first filter. `bar` is the least total, in points; the weights of its criteria add up to `most`.

    `words` says what it changes, `published_on` when it came in force.
    """

    STATES = S

    number = models.PositiveIntegerField(_("version"), unique=True)
    bar = models.DecimalField(_("least total"), max_digits=7, decimal_places=1, default=Decimal(0))
    words = models.CharField(_("what it changes"), max_length=400, blank=True)
    published_on = models.DateField(_("in force since"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("published by")
    )  # fmt: skip
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)
    account_id = None

    objects = FilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the first filter")
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="filter_status_known"),
            models.CheckConstraint(condition=Q(bar__gte=0), name="filter_bar_from_nought"),
            models.UniqueConstraint(fields=["status"], condition=Q(status=S.PUBLISHED), name="filter_one_published"),
            models.UniqueConstraint(fields=["status"], condition=Q(status=S.DRAFT), name="filter_one_draft"),
        )

    def __str__(self) -> str:
        return gettext("First filter, version %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:filter", self.pk)

    @property
    def is_draft(self) -> bool:
        return bool(self.status == S.DRAFT)

    @property
    def listed(self) -> list[FilterCriterion]:
        """Its criteria in their order, read once for a page or a click."""
        return once(f"criteria of filter {self.pk} at {self.version}", lambda: list(self.criteria.all()))

    @property
    def most(self) -> int:
        """What the weights add up to."""
        return sum(criterion.weight for criterion in self.listed)

    @property
    def is_tried(self) -> bool:
        """Whether somebody has tried it out on past decisions as it stands now."""
        return bool(self.tryouts.filter(at_version=self.version).exists())

    @step(
        status, S.DRAFT, S.DRAFT, label=_("Try it out on past decisions"), by=[program_managers],
        needs=[filter_rules.has_criteria],
    )  # fmt: skip
    def try_out(self, *, by: User) -> None:
        """What it would have decided is kept with who tried it, and shown decision by decision (K-09, M15)."""

    @step(
        status, S.DRAFT, S.PUBLISHED, label=_("Publish"), by=[program_managers], form=COMMENT,
        needs=[filter_rules.has_criteria, filter_rules.bar_in_reach, filter_rules.is_tried],
    )  # fmt: skip
    def publish(self, *, by: User, comment: str) -> None:
        """Nominations scored from now on are scored by it; the version before retires, and its scorecards stay as they are."""
        self.published_on, self.published_by, self.words = localdate(), by, comment[:400]
        self.retire_before()

    def retire_before(self) -> None:
        """One version is in force: whichever it was retires."""
        from acr_program.workflow.perform import perform

        for before in FilterVersion.objects.filter(status=S.PUBLISHED):
            perform(before, "retire", by=User.objects.clock(), seen=before.version)

    @step(status, S.DRAFT, S.DISCARDED, label=_("Discard the draft"), by=[program_managers], kind="danger")
    def discard(self, *, by: User) -> None:
        """It is never published; what it said stays on its page, and its number is not given again."""

    @step(status, S.PUBLISHED, S.RETIRED, label=_("Retire"), by=[the_clock], kind="quiet")
    def retire(self, *, by: User) -> None:
        """Follows from the next version's publication: no nomination is scored by it any more (feature 74)."""


class FilterCriterion(models.Model):
    """One criterion of one version: a must-have, or a weight in points; computed from a fact on file, or judged.

    `key` is the same in every version that keeps it, so that what was judged by the same words can be found again.
    """

    version = models.ForeignKey(FilterVersion, models.CASCADE, related_name="criteria")
    key = models.SlugField(_("key"), max_length=40)
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("what it does"), max_length=8, choices=CriterionKind.choices)
    weight = models.PositiveSmallIntegerField(_("weight, in points"), default=0)
    title = models.CharField(_("criterion"), max_length=160)
    guidance = models.TextField(_("guidance for whoever judges"), max_length=1000, blank=True)
    basis = models.CharField(_("where the answer comes from"), max_length=8, choices=Basis.choices)
    fact = models.CharField(_("computed from"), max_length=12, choices=KnownFact.choices, blank=True)
    compare = models.CharField(_("is met when it"), max_length=9, choices=Compare.choices, blank=True)
    threshold = models.DecimalField(_("threshold"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("criterion of the filter")
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CriterionKind.values), name="filtercriterion_kind_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="filtercriterion_basis_known"),
            models.CheckConstraint(condition=Q(fact__in=["", *KnownFact.values]), name="filtercriterion_fact_known"),
            models.CheckConstraint(
                condition=Q(compare__in=["", *Compare.values]), name="filtercriterion_compare_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=CriterionKind.MUST, weight=0) | Q(kind=CriterionKind.WEIGHTED, weight__gt=0),
                name="filtercriterion_weighs_if_weighted",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.JUDGED, fact="", compare="", threshold=None)
                | Q(basis=Basis.COMPUTED, compare__in=OF_YES_NO, threshold=None) & ~Q(fact="")
                | Q(basis=Basis.COMPUTED, compare__in=[Compare.AT_LEAST, Compare.AT_MOST], threshold__isnull=False) & ~Q(fact=""),
                name="filtercriterion_says_how",
            ),
            models.UniqueConstraint(fields=["version", "key"], name="filtercriterion_key_once"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Criteria are changed in a draft alone: by those of a version that was in force, decisions were made."""
        if not self.version.is_draft:
            raise TypeError("A criterion of a version that is no draft is never changed: draft another version.")
        super().save(*args, **options)

    @property
    def wording(self) -> tuple[Any, ...]:
        """What a judgement by it was about: the same wherever nothing but its weight or place differs."""
        return self.key, self.title, self.guidance, self.fact, self.compare, self.threshold


class TryOut(models.Model):
    """What one version, as it stood at `at_version`, would have made of the past decisions, and who looked (M15).

    `to_pass` and `to_fail` are the scorecards that flip, `unsaid` those of which it cannot be said.
    """

    version = models.ForeignKey(FilterVersion, models.CASCADE, related_name="tryouts")
    at_version = models.PositiveIntegerField(_("state of the draft"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("tried by"))
    at = models.DateTimeField(_("tried at"), default=now)
    decisions = models.PositiveIntegerField(_("past decisions"))
    to_pass = models.JSONField(_("would pass now"), default=list)
    to_fail = models.JSONField(_("would fail now"), default=list)
    unsaid = models.JSONField(_("cannot be said"), default=list)

    class Meta:
        verbose_name = _("try-out of the filter")
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["version", "at_version"], name="tryout_once_a_state"),)

    def __str__(self) -> str:
        return gettext("Try-out of %(version)s") % {"version": self.version}
