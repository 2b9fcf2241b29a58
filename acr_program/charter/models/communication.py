"""What leaders and the force are told in a year, and who has confirmed it (G-05, G-11, G-12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import Audience, CommunicationKind, ReceiptStatus
from ..choices import CommunicationStatus as S

COMMENT = "acr_program.workflow.forms.CommentForm"


class CommunicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CommunicationQuerySet:
        """The office, auditors and executives see each; whoever is told reads what was sent."""
        if overseers(user) or user.has(Role.EXECUTIVE):
            return self
        return self.filter(pk__in=Receipt.objects.filter(person=user).values("communication"))

    def for_page(self) -> CommunicationQuerySet:
        return self.select_related("year")

    def counted(self) -> CommunicationQuerySet:
        """Each with how many it was sent to, how many of them have read it, and how many have confirmed it (G-11)."""
        confirmed = Q(receipts__status=ReceiptStatus.CONFIRMED)
        found: CommunicationQuerySet = self.annotate(
            sent_to=Count("receipts"), read=Count("receipts__reading"), confirmed=Count("receipts", filter=confirmed)
        )
        return found


class Communication(Machine):
    """One message of the program to leaders, to the force or to both, about one or more topics of a year."""

    STATES = S

    year = models.ForeignKey("charter.ProgramYear", models.PROTECT, related_name="communications")
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience.choices, default=Audience.LEADERS)
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("what it says"), max_length=6000)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=CommunicationKind.choices, default=CommunicationKind.MESSAGE, editable=False
    )
    number = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    effective_on = models.DateField(_("holds from"), null=True, blank=True)
    reviews = models.PositiveSmallIntegerField(_("reviews for each representative"), null=True, blank=True)
    question = models.CharField(_("a question to check oneself"), max_length=200, blank=True)
    answers = models.TextField(_("answers, one a line, the right one first"), max_length=600, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)
    account_id = None

    objects = CommunicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("communication")
        ordering = ("-sent_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="communication_status_known"),
            models.CheckConstraint(condition=Q(kind__in=CommunicationKind.values), name="communication_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=CommunicationKind.EXPECTATIONS) | Q(effective_on__isnull=False),
                name="expectations_hold_from_a_day",
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="communication_audience_known"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("charter:communication", args=[self.pk])

    @property
    def choices(self) -> list[str]:
        """The answers to choose from, in an order that does not give the right one away."""
        return sorted(filter(None, map(str.strip, self.answers.splitlines())))

    @property
    def right_answer(self) -> str:
        return self.answers.splitlines()[0].strip() if self.answers else ""

    def newcomers(self) -> list[User]:
        """Whom it is for, and who came after it was sent."""
        known = set(self.receipts.values_list("person", flat=True))
        return [person for person in rules.readers(self) if person.pk not in known]

    @step(status, S.DRAFT, S.SENT, label=_("Send it"), by=[program_managers], needs=[rules.has_readers])
    def send(self, *, by: User) -> None:
        """Everybody whom it is for has it to confirm; of expectations it is the next version for them."""
        self.sent_on = localdate()
        if self.kind == CommunicationKind.EXPECTATIONS:
            known = Communication.objects.filter(year=self.year_id, audience=self.audience, kind=self.kind)
            self.number = known.exclude(sent_on=None).count() + 1

    @step(
        status, S.SENT, S.SENT, label=_("Ask those who came later"), by=[program_managers], needs=[rules.has_newcomers],
        kind="quiet",
    )  # fmt: skip
    def tell_newcomers(self, *, by: User) -> None:
        """Whoever holds the role since it was sent has it to confirm as well."""

    @step(
        status, S.SENT, S.WITHDRAWN, label=_("Withdraw it"), by=[program_managers], form=COMMENT, kind="danger",
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str) -> None:
        """It holds no more, and nobody has to confirm it; what was confirmed stays on file."""


class ReceiptQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ReceiptQuerySet:
        """Whoever is told, and the office with its overseers."""
        return self if overseers(user) or user.has(Role.EXECUTIVE) else self.filter(person=user)

    def for_page(self) -> ReceiptQuerySet:
        return self.select_related("person", "communication__year", "reading")

    def published(self, year: Any, on: date) -> ReceiptQuerySet:
        """Expectations of the year that hold for people on this day, the newest of each person first (G-15)."""
        sets = {"communication__kind": CommunicationKind.EXPECTATIONS, "communication__status": S.SENT}
        found = self.filter(**sets, communication__year=year, communication__effective_on__lte=on)
        return found.order_by("-communication__effective_on", "-communication__number", "-pk")

    def settled_in(self, year: Any) -> Iterable[tuple[int, list[str]]]:
        """Who has confirmed, or was waived, which topics of what was sent in the year and not withdrawn."""
        sent = self.filter(communication__year=year, communication__status=S.SENT)
        settled = sent.filter(status__in=[ReceiptStatus.CONFIRMED, ReceiptStatus.WAIVED])
        return settled.values_list("person", "communication__topics")


class Receipt(Machine):
    """One person who was told, until they confirm it or are waived by name."""

    STATES = ReceiptStatus
    READS = ("person", "communication")
    BEGINS_AWAITS = (Await(_("Read it and confirm"), rules.the_reader, "confirm", days=5),)
    BEGINS_TELLS = (rules.the_reader,)
    BEGINS_MAIL = "told"
    ON_ITS_PAGE = ("confirm",)

    communication = models.ForeignKey(Communication, models.PROTECT, related_name="receipts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="receipts")
    reviews = models.PositiveSmallIntegerField(_("reviews expected"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    status = FSMField(_("status"), choices=ReceiptStatus.choices, default=ReceiptStatus.ASKED, protected=True)
    account_id = None

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        ordering = ("person__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=ReceiptStatus.values), name="receipt_status_known"),
            models.UniqueConstraint(fields=["communication", "person"], name="receipt_once_a_person"),
        )

    def __str__(self) -> str:
        return gettext("“%(title)s” for %(person)s") % {"title": self.communication, "person": self.person}

    def get_absolute_url(self) -> str:
        return reverse("charter:receipt", args=[self.pk])

    @property
    def waits_as(self) -> str:
        return self.communication.title

    @property
    def read_at(self) -> datetime | None:
        """When they first read it; nothing as long as they have not."""
        return self.reading.at if hasattr(self, "reading") else None

    @step(
        status, ReceiptStatus.ASKED, ReceiptStatus.CONFIRMED, label=_("Confirm"), by=[rules.that_reader],
        form="acr_program.charter.forms.ConfirmForm",
    )  # fmt: skip
    def confirm(self, *, by: User, answer: str = "") -> None:
        """They have read it and, where it asks something, have answered it rightly (G-20)."""
        self.confirmed_at = now()

    @step(
        status, ReceiptStatus.ASKED, ReceiptStatus.WAIVED, label=_("Waive it"), by=[program_managers], form=COMMENT,
        kind="quiet",
    )  # fmt: skip
    def waive(self, *, by: User, comment: str) -> None:
        """The program goes on without this confirmation, for the reason given."""

    @step(status, ReceiptStatus.ASKED, ReceiptStatus.LAPSED, label=_("Lapse"), by=[the_clock])
    def lapse(self, *, by: User) -> None:
        """What it confirms was withdrawn."""


class Reading(models.Model):
    """When somebody first read what they are told; written once, by a form, never by looking."""

    receipt = models.OneToOneField(Receipt, models.CASCADE, related_name="reading", primary_key=True)
    at = models.DateTimeField(_("read"), default=now)

    class Meta:
        verbose_name = _("reading")

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.at}"
