"""What is expected of the customer and what it gets, in writing; or that the status ends (K-20, K-22, M16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import the_clock, the_customer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import value_rules as rules
from ..choices_value import Occasion, Way
from ..choices_value import StatementStatus as S
from ..value_seen import seen_memberships
from .proposition import Proposition

FORMS = "keyaccounts.forms.statements"
COMMENT = "acr_program.workflow.forms.CommentForm"
WRITE = Await(_("Write the hand-over plan and the message to the customer"), rules.who_writes, "submit", days=5)
SEND = Await(_("Send it to the customer"), rules.account_hands, "send", days=3, remind=2)
HEAR = Await(_("Have the customer confirm what is expected"), rules.who_hears, "confirm_said", days=15, remind=10)


class StatementQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> StatementQuerySet:
        """Whoever sees the account's way through the programme."""
        return self.filter(membership__in=seen_memberships(user))

    def for_page(self) -> StatementQuerySet:
        return self.select_related(
            "membership__account__manager__reports_to", "membership__tier", "membership__round", "proposition__tier",
            "proposition__account", "to_person", "approved_by",
        )  # fmt: skip

    def for_list(self) -> StatementQuerySet:
        return self.for_page()

    def current(self) -> StatementQuerySet:
        return self.exclude(status=S.OVER)


class Statement(Machine):
    """One writing to one customer: requirements with targets, dates and standing, what we do and do not do, the team.

    `content` is what the customer reads, frozen when it was written (`value_content`). A farewell has a `message` and a
    hand-over plan, which are approved before it may be sent.
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to", "proposition", "to_person")
    BEGINS_AWAITS = (WRITE,)

    membership = models.ForeignKey(
        "keyaccounts.Membership", models.PROTECT, related_name="statements", verbose_name=_("membership")
    )
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion.choices)
    proposition = models.ForeignKey(
        Proposition, models.PROTECT, null=True, related_name="statements", editable=False,
        verbose_name=_("value proposition"),
    )  # fmt: skip
    content = models.JSONField(_("what it says"), default=dict, editable=False)
    written_on = models.DateField(_("written on"), default=localdate, editable=False)
    message = models.TextField(_("message to the customer"), max_length=4000, blank=True)
    handover = models.TextField(_("hand-over plan"), max_length=4000, blank=True)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who looks after the account from then on"),
    )  # fmt: skip
    handed_over_on = models.DateField(_("handed over by"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )  # fmt: skip
    approved_on = models.DateField(_("approved on"), null=True, editable=False)
    confirmed_by = models.CharField(_("confirmed by"), max_length=160, blank=True, editable=False)
    confirmed_how = models.CharField(_("confirmed how"), max_length=8, choices=Way.choices, blank=True, editable=False)
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    said = models.TextField(_("what the customer said to it"), max_length=2000, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)

    sent_now: Sending  # what the step that is being taken has sent
    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement to the customer")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="statement_status_known"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="statement_occasion_known"),
            models.UniqueConstraint(
                fields=["membership"], condition=~Q(status=S.OVER), name="statement_one_current"
            ),
            models.CheckConstraint(
                condition=~Q(occasion=Occasion.DOWN_TIERED) | ~Q(status__in=[S.READY, S.SENT, S.CONFIRMED])
                | (Q(approved_by__isnull=False) & ~Q(handover="") & ~Q(message="")),
                name="statement_farewell_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status=S.CONFIRMED)
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="") & ~Q(confirmed_how="")),
                name="statement_confirmed_says_who",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        words = gettext("%(what)s: %(account)s")
        return words % {"what": self.get_occasion_display(), "account": self.membership.account.name}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:statement", self.pk)

    @property
    def account_id(self) -> int:
        account: int = self.membership.account_id
        return account

    @property
    def waits_as(self) -> str:
        return gettext("What %(account)s is told") % {"account": self.membership.account.name}

    @property
    def waiter(self) -> User | None:
        manager: User | None = self.membership.account.manager
        return manager

    @property
    def is_farewell(self) -> bool:
        return bool(self.occasion == Occasion.DOWN_TIERED)

    @step(
        status, S.DRAFT, S.READY, label=_("It is written"), by=[the_clock], needs=[rules.expects_something], awaits=[SEND],
    )  # fmt: skip
    def write(self, *, by: User) -> None:
        """What is expected needs no approval: the standards and the value were approved before."""

    @step(
        status, S.DRAFT, S.TO_APPROVE, label=_("Hand it in for approval"), by=[rules.account_side],
        needs=[rules.says_farewell], form=f"{FORMS}.FarewellForm",
        awaits=[Await(_("Approve the hand-over plan and the message to the customer"), Role.MANAGER, "approve", days=3)],
    )  # fmt: skip
    def submit(self, *, by: User, message: str, handover: str, to_person: User, handed_over_on: date) -> None:
        """What the customer is told, who looks after the account from then on, and what is handed over until when (K-20)."""
        self.message, self.handover = message, handover
        self.to_person, self.handed_over_on = to_person, handed_over_on

    @step(
        status, S.TO_APPROVE, S.READY, label=_("Approve it"), by=[rules.approver], needs=[rules.plan_is_whole],
        tells=[rules.account_hands, rules.who_takes_over], awaits=[SEND],
    )  # fmt: skip
    def approve(self, *, by: User) -> None:
        """The plan holds, and the message may be sent (K-20)."""
        self.approved_by, self.approved_on = by, localdate()

    @step(
        status, S.TO_APPROVE, S.DRAFT, label=_("Hand it back"), by=[rules.approver], form=COMMENT, kind="quiet",
        tells=[rules.account_hands], awaits=[WRITE],
    )  # fmt: skip
    def hand_back(self, *, by: User, comment: str) -> None:
        """What is to be changed before it may be sent."""

    @step(
        status, S.READY, S.SENT, label=_("Send it to the customer"), by=[rules.account_side, the_clock],
        needs=[rules.has_contact], form=f"{FORMS}.SendForm", awaits=[HEAR],
    )  # fmt: skip
    def send(
        self, *, by: User, how: str, contact: Any, note: str = "", on: date | None = None
    ) -> None:  # fmt: skip
        """By mail with a link, by letter or in a meeting; each time to whom, when and how is kept (K-22)."""
        self.note_sending(by, how, contact, note, on)

    def note_sending(self, by: User, how: str, contact: Any, note: str, on: date | None) -> None:
        said = {"to_name": contact.name, "to_email": contact.email if how == Way.MAIL else "", "note": note}
        self.sent_now = self.sendings.create(how=how, on=on or localdate(), by=by, **said)

    @step(
        status, S.SENT, S.CONFIRMED, label=_("Confirm"), by=[the_customer], tells=[rules.account_people],
        mail="expectations_confirmed",
    )  # fmt: skip
    def confirm(self, *, by: User, who: str, said: str = "") -> None:
        """Whoever has the link says who they are, and that they have read what is expected and what they get."""
        self.confirmed_by, self.confirmed_how, self.confirmed_on, self.said = who, Way.LINK, localdate(), said

    @step(
        status, S.SENT, S.CONFIRMED, label=_("The customer confirmed it to us"), by=[rules.account_side],
        form=f"{FORMS}.ConfirmedForm",
    )  # fmt: skip
    def confirm_said(self, *, by: User, who: str, how: str, on: date, comment: str = "") -> None:
        """In a meeting, by letter or on the telephone; who said so, and when."""
        self.confirmed_by, self.confirmed_how, self.confirmed_on, self.said = who, how, on, comment

    @step(
        status, S.SENT, S.SENT, label=_("Send it again"), by=[rules.account_side], needs=[rules.has_contact],
        form=f"{FORMS}.SendForm", kind="quiet",
    )  # fmt: skip
    def send_again(self, *, by: User, how: str, contact: Any, note: str = "", on: date | None = None) -> None:
        """To the same person once more, or to another at the customer."""
        self.note_sending(by, how, contact, note, on)

    @step(
        status, [S.DRAFT, S.TO_APPROVE, S.READY, S.SENT, S.CONFIRMED], S.OVER, label=_("End it"), by=[the_clock],
    )  # fmt: skip
    def end(self, *, by: User) -> None:
        """Another one is written, or the account's way through the programme is over: its links lead nowhere any more."""


class Sending(models.Model):
    """One time that a statement went to somebody at the customer (K-22)."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="sendings")
    to_name = models.CharField(_("to"), max_length=160)
    to_email = models.EmailField(_("e-mail address"), blank=True)
    how = models.CharField(_("how"), max_length=8, choices=Way.choices)
    note = models.TextField(_("a word with it"), max_length=1000, blank=True)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("sending")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(how__in=Way.values), name="sending_way_known"),
            models.CheckConstraint(condition=~Q(how=Way.MAIL) | ~Q(to_email=""), name="sending_by_mail_has_address"),
        )

    def __str__(self) -> str:
        return f"{self.to_name}, {self.on}"
