"""Whether our own functions know what a customer gets: one confirmation a function and version (K-03)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.charter.models import Function
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import value_rules as rules
from ..choices_value import UnderstandingStatus as S
from ..value_seen import hidden_accounts, whose
from .proposition import Proposition

FORMS = "keyaccounts.forms.value"
CONFIRM = Await(
    _("Read what customers of the programme get, and confirm that you know it"),
    rules.the_person,
    "confirm",
    days=10,
    remind=5,
)


class UnderstandingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> UnderstandingQuerySet:
        """The office, auditors and executives see all; whoever is asked, their own."""
        found = self if overseers(user) or user.has(Role.EXECUTIVE) else self.filter(person__in=whose(user))
        return found.exclude(proposition__account__in=hidden_accounts(user))

    def for_page(self) -> UnderstandingQuerySet:
        return self.select_related("proposition__tier", "proposition__account", "function__contributor", "person")

    def asked(self) -> UnderstandingQuerySet:
        return self.exclude(status=S.OVER)


class Understanding(Machine):
    """One function that was asked, in the person who answers for it, to confirm that it knows a value proposition."""

    STATES = S
    LOCKS = "proposition"
    READS = ("proposition__tier", "proposition__account", "function__contributor", "person")
    ON_ITS_PAGE = ("confirm",)
    BEGINS_AWAITS = (CONFIRM,)
    BEGINS_TELLS = (rules.the_person,)
    BEGINS_MAIL = "value_to_know"

    proposition = models.ForeignKey(
        Proposition, models.PROTECT, related_name="understandings", verbose_name=_("value proposition")
    )
    function = models.ForeignKey(Function, models.PROTECT, related_name="understandings", verbose_name=_("function"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="understandings", verbose_name=_("who answers for it")
    )
    words = models.TextField(_("what it means for the function"), max_length=1000, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.ASKED, protected=True)

    objects = UnderstandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal confirmation")
        ordering = ("function__name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="understanding_status_known"),
            models.UniqueConstraint(fields=["proposition", "function"], name="understanding_once_a_function"),
            models.CheckConstraint(
                condition=~Q(status=S.CONFIRMED) | (Q(confirmed_at__isnull=False) & ~Q(words="")),
                name="understanding_confirmed_in_words",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return gettext("%(function)s on %(value)s") % {"function": self.function, "value": self.proposition}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:understanding", self.pk)

    @property
    def account_id(self) -> int | None:
        return self.proposition.account_id

    @property
    def knows_since(self) -> datetime | None:
        return self.confirmed_at

    @step(
        status, S.ASKED, S.CONFIRMED, label=_("Confirm"), by=[rules.own_person], holder="person",
        form=f"{FORMS}.UnderstandForm",
    )  # fmt: skip
    def confirm(self, *, by: User, words: str) -> None:
        """The function knows what they get, and says in its own words what follows from it."""
        self.words, self.confirmed_at = words, now()

    @step(
        status, S.ASKED, S.ASKED, label=_("Ask whoever answers for it now"), by=[program_managers], kind="quiet",
        needs=[rules.has_another_contributor], tells=[rules.the_person], mail="value_to_know", awaits=[CONFIRM],
    )  # fmt: skip
    def hand_on(self, *, by: User) -> None:
        """The function has another contributor: that person is asked."""
        assert self.function.contributor is not None  # the step needs one
        self.person = self.function.contributor

    @step(status, S.ASKED, S.OVER, label=_("Ask no more"), by=[the_clock])
    def lapse(self, *, by: User) -> None:
        """The version it is about is replaced; the newer one is asked about."""
