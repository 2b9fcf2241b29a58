"""The quarterly word of everybody whose text the reviews reuse: asked once, remembered, and missed if it never comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, role, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.days import add_working_days
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from ..choices_library import ANSWERED, Answer, TouchKind
from ..choices_library import TouchStatus as S
from ..quarters import ends_on, first_working_day, label_of
from ..rules import the_managers
from .content import ContentItem, Revision

DAYS = 10
WHEN: dict[str, Any] = {"days": DAYS, "remind": 5, "again": 8, "escalate": DAYS}  # working days from the day of asking
FORMS = "reviews.forms.touching"


@role(_("the contributor who was asked"))
def asked_contributor(user: User, touch: Any) -> bool:
    return touch.kind == TouchKind.CONTRIBUTOR and user.acts_as(touch.person_id)


@role(_("the star performer who was asked"))
def asked_star(user: User, touch: Any) -> bool:
    return touch.kind == TouchKind.STAR and user.acts_as(touch.person_id)


def the_person(touch: Any) -> list[User]:
    return [touch.person]


def as_contributor(touch: Any) -> list[User]:
    return [touch.person] if touch.kind == TouchKind.CONTRIBUTOR else []


def as_star(touch: Any) -> list[User]:
    return [touch.person] if touch.kind == TouchKind.STAR else []


class TouchQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> TouchQuerySet:
        """The office sees all; everybody their own, and a leader those of the people who report to them."""
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR):
            return self
        own = [user.pk, *user.stands_in_for]
        return self.filter(Q(person__in=own) | Q(person__reports_to__in=own))

    def for_page(self) -> TouchQuerySet:
        return self.select_related("person__reports_to")

    def of(self, quarter: date) -> TouchQuerySet:
        return self.filter(quarter=quarter)

    def overdue(self) -> TouchQuerySet:
        """Asked so long ago that the answer is due, or never answered at all."""
        before = add_working_days(localdate(), -DAYS)
        return self.filter(Q(status=S.MISSED) | Q(status=S.ASKED, asked_on__lt=before))

    def by_function(self) -> TouchQuerySet:
        """Once for each function that the person answers for, by its name as `function`."""
        return self.annotate(function=F("person__functions__name"))


class TouchPoint(Machine):
    """What one person is asked in one quarter: of a contributor whether their texts hold, of a star what meetings taught."""

    STATES = S
    READS = ("person__reports_to",)
    ON_ITS_PAGE = ("report_change",)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="touch_points", verbose_name=_("person")
    )
    kind = models.CharField(_("asked as"), max_length=12, choices=TouchKind.choices, default=TouchKind.CONTRIBUTOR)
    quarter = models.DateField(_("quarter"))  # its first day
    asked_on = models.DateField(_("asked on"), null=True, blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    lesson = models.TextField(_("what the meetings taught"), max_length=4000, blank=True)
    status = FSMField(_("status"), choices=S.choices, default=S.SCHEDULED, protected=True)
    account_id = None

    objects = TouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("touch-point")
        ordering = ("-quarter", "person__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="touch_status_known"),
            models.CheckConstraint(condition=Q(kind__in=TouchKind.values), name="touch_kind_known"),
            models.UniqueConstraint(fields=["person", "kind", "quarter"], name="touch_once_a_quarter"),
        )
        indexes = (models.Index(fields=["status", "quarter"], name="touch_by_status"),)

    def __str__(self) -> str:
        return gettext("Touch-point %(quarter)s with %(name)s") % {"quarter": self.label, "name": self.person.name}

    def get_absolute_url(self) -> str:
        return address_of("reviews:touch-point", self.pk)

    @property
    def label(self) -> str:
        return label_of(self.quarter)

    @property
    def ends_on(self) -> date:
        return ends_on(self.quarter)

    @property
    def opens_on(self) -> date:
        """The quarter's first working day."""
        return first_working_day(self.quarter)

    @property
    def due_on(self) -> date:
        return add_working_days(self.asked_on or self.opens_on, DAYS)

    @property
    def is_answered(self) -> bool:
        return self.status in ANSWERED

    @property
    def is_late(self) -> bool:
        return self.status == S.MISSED or (self.status == S.ASKED and self.due_on < localdate())

    def owned(self) -> list[ContentItem]:
        """The texts that the person answers for now and that documents say."""
        return list(ContentItem.objects.owned_by([self.person_id]).in_use().for_page())

    def also_told(self) -> list[User]:
        """Of what stays undone the program manager hears as well as the lead."""
        return the_managers(self)

    @step(
        status, S.SCHEDULED, S.ASKED, label=_("Ask now"), by=[program_managers, the_clock], tells=[the_person],
        mail="touch_point",
        awaits=[
            Await(_("Say whether your texts still hold"), as_contributor, "report_change", **WHEN),
            Await(_("Say what your meetings taught"), as_star, "answer", **WHEN),
        ],
    )  # fmt: skip
    def ask(self, *, by: User) -> None:
        """The person gets a mail with a link, is reminded twice, and after ten working days their lead is told (R-09)."""
        self.asked_on = localdate()

    @step(
        status, [S.ASKED, S.MISSED], S.CONFIRMED, label=_("Nothing has changed"), holder="person", by=[asked_contributor]
    )  # fmt: skip
    def confirm_unchanged(self, *, by: User) -> None:
        """Every text asked about is fresh until the end of the quarter in which it is asked about next."""
        self.answered_on = localdate()

    @step(
        status, [S.ASKED, S.MISSED], S.CHANGED, label=_("Say what has changed"), holder="person", by=[asked_contributor],
        form=f"{FORMS}.ChangesForm", tells=[the_managers],
    )  # fmt: skip
    def report_change(self, *, by: User, answers: Sequence[dict[str, Any]] = ()) -> None:
        """What is new waits for the program manager as a proposed text; what has not changed is fresh."""
        self.answered_on = localdate()

    @step(
        status, [S.ASKED, S.MISSED], S.ANSWERED, label=_("Say what your meetings taught"), holder="person", by=[asked_star],
        form=f"{FORMS}.LessonForm",
    )  # fmt: skip
    def answer(self, *, by: User, lesson: str, about: str = "", words: str = "") -> None:
        """The program manager reads it among the lessons; what should change goes to the suggestions (R-10)."""
        self.lesson, self.answered_on = lesson, localdate()

    @step(
        status,
        [S.SCHEDULED, S.ASKED],
        S.MISSED,
        label=_("Missed"),
        by=[the_clock],
        tells=[the_person],
        mail="touch_missed",
    )
    def lapse(self, *, by: User) -> None:
        """The quarter is over without an answer: the texts are stale until somebody says that they hold."""


class Question(models.Model):
    """One text that a touch-point asks about, and what was said of it; without a text, whether something is new at all."""

    touch = models.ForeignKey(TouchPoint, models.CASCADE, related_name="questions")
    item = models.ForeignKey(ContentItem, models.PROTECT, null=True, related_name="questions")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices, blank=True)
    words = models.TextField(_("what is new"), max_length=4000, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")  # the text proposed with it

    class Meta:
        verbose_name = _("question of a touch-point")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(answer__in=["", *Answer.values]), name="question_answer_known"),
            models.UniqueConstraint(fields=["touch", "item"], name="question_once_a_text"),
        )

    def __str__(self) -> str:
        return f"{self.touch}: {self.item or ''}"
