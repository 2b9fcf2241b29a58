"""What the customer says of a review that was held: four marks and one thing to change, by a signed link (R-25)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.models import User
from acr_program.people.roles import administrators, the_clock, the_customer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import rules
from ..choices_feedback import LEAST, MOST, Question
from ..choices_feedback import CustomerStatus as S
from .request import ReviewRequest

COMMENT = "acr_program.workflow.forms.CommentForm"


class CustomerFeedbackQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CustomerFeedbackQuerySet:
        """Whoever sees the review sees what its customer said."""
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def for_page(self) -> CustomerFeedbackQuerySet:
        return self.select_related("request__account", "request__year", "request__rep", "request__recipient")

    def for_list(self) -> CustomerFeedbackQuerySet:
        """With whoever is asked, for what can be done with many rows."""
        return self.for_page()


def mark(label: Any) -> models.PositiveSmallIntegerField:
    """One to five, once it is answered."""
    return models.PositiveSmallIntegerField(label, null=True, editable=False)


def marked() -> Q:
    """Every question has a mark."""
    return Q(**{f"{name}__range": (LEAST, MOST) for name in Question.values})


class CustomerFeedback(Machine):
    """The five questions to the customer of one review: whom they were meant for, who answered, and what was said."""

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep", "request__recipient")

    request = models.OneToOneField(
        ReviewRequest, models.PROTECT, related_name="said_by_customer", verbose_name=_("review request")
    )
    meant_for = models.CharField(_("meant for"), max_length=160, blank=True, editable=False)
    meant_email = models.EmailField(_("sent to"), blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    value = mark(Question.VALUE.label)
    delivery = mark(Question.DELIVERY.label)
    relationship = mark(Question.RELATIONSHIP.label)
    extend = mark(Question.EXTEND.label)
    change = models.TextField(_("one thing to change"), max_length=2000, blank=True, editable=False)
    said_by = models.CharField(_("who answered"), max_length=160, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.PLANNED, protected=True)

    objects = CustomerFeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer’s feedback")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="customer_feedback_status_known"),
            models.CheckConstraint(
                condition=~Q(status=S.ANSWERED) | (marked() & Q(answered_at__isnull=False) & ~Q(said_by="")),
                name="customer_feedback_answered_whole",
            ),
        )
        indexes = (
            models.Index(fields=["status", "-id"], name="customer_feedback_by_status"),
            models.Index(fields=["asked_at"], name="customer_feedback_open", condition=Q(status=S.ASKED)),
        )

    def __str__(self) -> str:
        return gettext("Customer’s feedback · %(request)s") % {"request": self.request}

    def get_absolute_url(self) -> str:
        return address_of("reviews:customer-feedback", self.pk)

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.request.rep

    @property
    def marks(self) -> list[tuple[Any, int | None]]:
        return [(question.label, getattr(self, question.value)) for question in Question]

    @step(
        status, [S.PLANNED, S.VOID], S.ASKED, label=_("Ask the customer"), by=[administrators, the_clock],
        needs=[rules.meeting_was_held, rules.customer_reachable],
    )  # fmt: skip
    def ask(self, *, by: User) -> None:
        """A signed link to the five questions goes to the review's recipient; what a void answer said stays in the log."""
        to = self.request.recipient
        assert to is not None  # the step needs somebody who can be reached
        self.meant_for, self.meant_email = to.name, to.email
        self.asked_at, self.reminded_at, self.answered_at = now(), None, None
        self.value = self.delivery = self.relationship = self.extend = None
        self.change = self.said_by = ""

    @step(
        status, S.ASKED, S.ASKED, label=_("Remind the customer"), by=[administrators, the_clock], kind="quiet",
        needs=[rules.not_reminded],
    )  # fmt: skip
    def remind(self, *, by: User) -> None:
        """Once: a new link to the same questions."""
        self.reminded_at = now()

    @step(
        status, S.ASKED, S.ANSWERED, label=_("Answer"), by=[the_customer], tells=[rules.told_of_feedback], mail="feedback",
    )  # fmt: skip
    def answer(
        self, *, by: User, value: int, delivery: int, relationship: int, extend: int, change: str, said_by: str
    ) -> None:
        """Whoever has the link says who they are and answers once."""
        self.value, self.delivery, self.relationship, self.extend = value, delivery, relationship, extend
        self.change, self.said_by, self.answered_at = change, said_by, now()

    @step(
        status, S.ANSWERED, S.VOID, label=_("Void the answer"), by=[administrators], kind="danger", form=COMMENT,
        tells=[rules.the_rep_of_it],
    )  # fmt: skip
    def void(self, *, by: User, comment: str) -> None:
        """It was not the customer’s: it counts no more, and the customer can be asked anew."""

    @step(status, [S.PLANNED, S.ASKED, S.VOID], S.LAPSED, label=_("Without an answer"), by=[the_clock])
    def lapse(self, *, by: User) -> None:
        """The review was closed; the links lead nowhere any more."""
