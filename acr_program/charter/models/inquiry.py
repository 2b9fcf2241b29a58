"""What people ask the program office, and what it answers: the program manager is whom everybody asks (R-07)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, program_office
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import InquiryStatus as S

FORMS = "acr_program.charter.forms_questions"
TO_ANSWER = Await(_("Answer the question"), Role.MANAGER, "answer", days=2, remind=2)


class InquiryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> InquiryQuerySet:
        """Whoever asked, and the program office."""
        return self if program_office(user) else self.filter(asked_by=user)

    def for_page(self) -> InquiryQuerySet:
        return self.select_related("asked_by", "given_to")


class Inquiry(Machine):
    """One thing that somebody asks of the program office, with all that is said to it, until it is closed."""

    STATES = S
    READS = ("asked_by", "given_to")
    WAITER = "asked_by"
    BEGINS_AWAITS = (TO_ANSWER,)
    BEGINS_TELLS = (rules.the_managers,)
    BEGINS_MAIL = "question"
    ON_ITS_PAGE = ("answer",)

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="inquiries", verbose_name=_("asked by"), editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=now, editable=False)
    subject = models.CharField(_("in a few words"), max_length=120)
    words = models.TextField(_("what is asked"), max_length=4000)
    page = models.CharField(_("page it was asked from"), max_length=400, blank=True, editable=False)
    about = models.CharField(_("what that page is about"), max_length=200, blank=True, editable=False)
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("given to"),
        editable=False,
    )
    status = FSMField(_("status"), choices=S.choices, default=S.ASKED, protected=True)
    account_id = None

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the program office")
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(status__in=S.values), name="inquiry_status_known"),)
        indexes = (models.Index(fields=["status", "-id"], name="inquiry_by_status"),)

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return address_of("charter:question", self.pk)

    @property
    def waits_as(self) -> str:
        return gettext("“%(subject)s”, asked by %(name)s") % {"subject": self.subject, "name": self.asked_by.name}

    @property
    def thread(self) -> list[Reply]:
        """What was asked, then all that was said to it, the oldest first."""
        first = Reply(inquiry=self, by=self.asked_by, words=self.words, at=self.asked_at)
        return [first, *self.replies.select_related("by")]

    @step(
        status, [S.ASKED, S.ANSWERED], S.ANSWERED, label=_("Answer"), by=[program_managers, rules.given_it],
        form=f"{FORMS}.AnswerForm", tells=[rules.the_asker], mail="answer",
    )  # fmt: skip
    def answer(self, *, by: User, comment: str) -> None:
        """Whoever asked is told; they ask on, or the question is closed."""
        self.replies.create(by=by, words=comment)

    @step(
        status, S.ASKED, S.ASKED, label=_("Hand it on"), by=[program_managers], form=f"{FORMS}.HandOnForm", kind="quiet",
        tells=[rules.the_administrator], awaits=[Await(TO_ANSWER.what, rules.the_administrator, "answer", days=2, remind=2)],
    )  # fmt: skip
    def hand_on(self, *, by: User, given_to: User, comment: str = "") -> None:
        """An administrator answers it; whatever is asked after that comes to the program manager again."""
        self.given_to = given_to

    @step(
        status, S.ASKED, S.ASKED, label=_("Add something"), by=[rules.that_asker], form=f"{FORMS}.SayForm", kind="quiet",
    )  # fmt: skip
    def add(self, *, by: User, comment: str) -> None:
        """It is read with the question; the day by which it is answered stays."""
        self.replies.create(by=by, words=comment)

    @step(
        status, [S.ANSWERED, S.CLOSED], S.ASKED, label=_("Ask again"), by=[rules.that_asker], form=f"{FORMS}.SayForm",
        tells=[rules.the_managers], mail="question", awaits=[TO_ANSWER],
    )  # fmt: skip
    def ask_again(self, *, by: User, comment: str) -> None:
        """The answer left something open; it is with the program manager, whoever answered before."""
        self.replies.create(by=by, words=comment)
        self.given_to = None

    @step(
        status, S.ANSWERED, S.CLOSED, label=_("Close it"), by=[rules.that_asker, program_managers], kind="quiet",
    )  # fmt: skip
    def settle(self, *, by: User) -> None:
        """The answer will do."""

    @step(status, S.ASKED, S.CLOSED, label=_("Take it back"), by=[rules.that_asker], kind="quiet")
    def withdraw(self, *, by: User) -> None:
        """No answer is wanted any more."""


class Reply(models.Model):
    """One thing said to a question: by the office, or by whoever asked."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("what is said"), max_length=4000)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("reply")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words[:80]
