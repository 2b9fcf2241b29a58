"""What somebody would change in the template or the process, and what became of it (R-10, R-25)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.absent import without_absent
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import RequestStatus
from ..choices_feedback import SuggestionKind
from ..choices_feedback import SuggestionStatus as S
from ..choices_voices import Source
from ..tokens import spoken
from .rep_feedback import RepFeedback
from .request import ReviewRequest
from .template import Section, TemplateVersion
from .touch_point import TouchPoint

FORMS = "reviews.forms.feedback"


def stage_named(stage: str) -> str:
    return str(RequestStatus(stage).label) if stage in RequestStatus.values else stage


class SuggestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> SuggestionQuerySet:
        """Whoever sees the review it came from, and whoever made it; the office and auditors see all."""
        rows = self
        if not user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR):
            seen = Q(feedback__request__in=ReviewRequest.objects.visible_to(user).values("pk"))
            rows = self.filter(seen | Q(suggested_by__in=[user.pk, *user.stands_in_for]))
        found: SuggestionQuerySet = without_absent(rows, user, "feedback__request__account")
        return found

    def for_page(self) -> SuggestionQuerySet:
        return self.select_related(
            "feedback__request__account", "feedback__request__year", "feedback__request__rep__reports_to",
            "section__template", "suggested_by", "adopted_in", "touch",
        )  # fmt: skip


class Suggestion(Machine):
    """One change that somebody suggested, wherever it came from, until the program manager adopts or declines it."""

    STATES = S
    READS = (
        "feedback__request__account",
        "feedback__request__year",
        "feedback__request__rep",
        "section__template",
        "suggested_by",
    )

    source = models.CharField(
        _("where it came from"), max_length=12, choices=Source.choices, default=Source.MEETING, editable=False
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="suggestions",
        verbose_name=_("suggested by"),
        editable=False,
    )
    feedback = models.ForeignKey(
        RepFeedback, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("feedback"), editable=False
    )
    touch = models.ForeignKey(
        TouchPoint, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("touch-point"), editable=False
    )
    kind = models.CharField(_("of what"), max_length=8, choices=SuggestionKind.choices)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    stage = models.CharField(_("step of the process"), max_length=20, blank=True)
    words = models.TextField(_("what should change"), max_length=1000)
    answer = models.TextField(_("what was answered"), max_length=1000, blank=True, editable=False)
    adopted_in = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, blank=True, related_name="suggestions", editable=False,
        verbose_name=_("adopted in"),
    )  # fmt: skip
    adopted_stage = models.CharField(
        _("step of the process that took it up"), max_length=20, blank=True, editable=False
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.NEW, protected=True)

    objects = SuggestionQuerySet.as_manager()

    BEGINS_AWAITS = (Await(_("Adopt the suggestion or decline it"), Role.MANAGER, "adopt", days=10),)

    class Meta:
        verbose_name = _("suggestion")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="suggestion_status_known"),
            models.CheckConstraint(condition=Q(kind__in=SuggestionKind.values), name="suggestion_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=SuggestionKind.TEMPLATE, section__isnull=False, stage="")
                | (Q(kind=SuggestionKind.PROCESS, section=None) & ~Q(stage="")),
                name="suggestion_of_section_or_stage",
            ),
        )
        indexes = (models.Index(fields=["status", "-id"], name="suggestion_by_status"),)

    def __str__(self) -> str:
        words = gettext("Suggestion on “%(what)s” · %(of)s")
        return words % {"what": self.about, "of": self.feedback.request if self.feedback else self.suggested_by.name}

    def get_absolute_url(self) -> str:
        return address_of("reviews:suggestion", self.pk)

    @property
    def account_id(self) -> int | None:
        return self.feedback.request.account_id if self.feedback else None

    @property
    def waiter(self) -> User:
        return self.suggested_by

    @property
    def about(self) -> str:
        """The section, or the stage of a review, as people name it."""
        if self.section:
            return spoken(self.section.title)
        return stage_named(self.stage)

    @property
    def audience(self) -> str:
        """For which readers the template is that it would change; of a change of the process, none."""
        return self.section.template.audience if self.section else ""

    @property
    def adopted_by(self) -> str:
        """What took it up: the version of the template, or the step of the process."""
        return str(self.adopted_in) if self.adopted_in else stage_named(self.adopted_stage)

    @step(
        status, S.NEW, S.ADOPTED, label=_("Adopt it"), by=[program_managers], form=f"{FORMS}.AdoptForm",
        tells=[rules.who_suggested],
    )  # fmt: skip
    def adopt(
        self, *, by: User, comment: str, adopted_in: TemplateVersion | None = None, adopted_stage: str = ""
    ) -> None:
        """It is or will be changed so; the word says how, and what took it up: a version of the template or a step."""
        self.answer, self.adopted_in, self.adopted_on = comment, adopted_in, localdate()
        self.adopted_stage = adopted_stage or (self.stage if adopted_in is None else "")

    @step(
        status, S.NEW, S.DECLINED, label=_("Decline it"), by=[program_managers], form=f"{FORMS}.DeclineForm", kind="quiet",
        tells=[rules.who_suggested],
    )  # fmt: skip
    def decline(self, *, by: User, comment: str) -> None:
        """It stays as it is; the word says why."""
        self.answer = comment
