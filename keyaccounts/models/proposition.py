"""What a customer gets from the programme, and what it does not get: per tier and per account, in versions (K-01)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import step

from .. import value_rules as rules
from ..choices import HOLDING
from ..choices_value import PropositionStatus as S
from ..choices_value import UnderstandingStatus
from ..value_seen import hidden_accounts, whose

FORMS = "keyaccounts.forms.value"


class PropositionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PropositionQuerySet:
        """Those of tiers and of all: everybody, once they are in force; those of an account: whoever sees it, or was asked."""
        public = Q(account=None) if overseers(user) else Q(account=None) & ~Q(status__in=[S.DRAFT, S.DISCARDED])
        asked: Any = self.model._meta.get_field("understandings").related_model
        mine = Q(pk__in=asked.objects.filter(person__in=whose(user)).order_by().values("proposition"))
        its = Q(account__in=Account.objects.visible_to(user).order_by().values("pk"))
        return self.filter(public | mine | its).exclude(account__in=hidden_accounts(user))

    def for_page(self) -> PropositionQuerySet:
        return self.select_related("tier", "account__manager__reports_to", "published_by")

    def for_list(self) -> PropositionQuerySet:
        """With how many functions were asked, how many of them know it, and how many the company has (K-03)."""
        asked = ~Q(understandings__status=UnderstandingStatus.OVER)
        knows = Q(understandings__status=UnderstandingStatus.CONFIRMED)
        every = Function.objects.order_by().annotate(of=Value(1)).values("of").annotate(n=Count("pk")).values("n")
        found: PropositionQuerySet = self.for_page().annotate(
            asked=Count("understandings", filter=asked), knows=Count("understandings", filter=knows),
            functions=Coalesce(Subquery(every, output_field=models.IntegerField()), 0),
        )  # fmt: skip
        return found

    def in_force(self) -> PropositionQuerySet:
        return self.filter(status=S.IN_FORCE)

    def of(self, membership: Any) -> Any:
        """The one that holds for this account: its own, else that of its tier, else that of all; None where there is none."""
        tier = membership.tier_id if membership.status in HOLDING else None  # back in incubation it has none
        wanted = [(None, membership.account_id), (tier, None), (None, None)]
        subjects = list(dict.fromkeys(subject_of(*one) for one in wanted))
        rows = list(self.in_force().filter(subject__in=subjects).select_related("tier", "account"))
        return min(rows, key=lambda row: subjects.index(row.subject), default=None)


class Proposition(Machine):
    """One version of what we do, and do not do, for the accounts of a tier, for one account, or for all of the programme.

    `does` and `does_not` hold one thing a line.
    """

    STATES = S
    READS = ("tier", "account__manager__reports_to")
    DERIVES = ("subject",)

    tier = models.ForeignKey(
        "keyaccounts.Tier", models.PROTECT, null=True, blank=True, related_name="propositions", verbose_name=_("tier")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="propositions", verbose_name=_("account")
    )
    subject = models.CharField(max_length=40, editable=False)  # of what it is a version
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    promise = models.CharField(_("the value in one sentence"), max_length=300)
    does = models.TextField(_("what we do"), max_length=4000, help_text=_("One thing a line."))
    does_not = models.TextField(_("what we do not do"), max_length=4000, help_text=_("One thing a line."))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("put in force by"),
    )  # fmt: skip
    published_on = models.DateField(_("in force since"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("value proposition")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="proposition_status_known"),
            models.CheckConstraint(condition=Q(tier=None) | Q(account=None), name="proposition_of_tier_or_account"),
            models.UniqueConstraint(fields=["subject", "number"], name="proposition_number_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(status=S.IN_FORCE), name="proposition_one_in_force"
            ),
            models.UniqueConstraint(fields=["subject"], condition=Q(status=S.DRAFT), name="proposition_one_draft"),
        )

    def __str__(self) -> str:
        return gettext("%(whose)s, version %(number)d") % {"whose": self.whose, "number": self.number}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:proposition", self.pk)

    def derive(self) -> None:
        self.subject = subject_of(self.tier_id, self.account_id)

    @property
    def whose(self) -> str:
        """For whom it is: the account, the tier, or all of the programme."""
        if self.account:
            return self.account.name
        return str(self.tier) if self.tier else gettext("Everybody in the programme")

    @property
    def in_a_sentence(self) -> str:
        return gettext("The value for %(whose)s") % {"whose": self.whose}

    @property
    def done(self) -> list[str]:
        """What we do, line by line."""
        return lines_of(self.does)

    @property
    def not_done(self) -> list[str]:
        return lines_of(self.does_not)

    @step(
        status, S.DRAFT, S.IN_FORCE, label=_("Put it in force"), by=[program_managers], needs=[rules.has_proof],
        form=f"{FORMS}.PublishForm",
    )  # fmt: skip
    def publish(self, *, by: User, functions: Any = ()) -> None:
        """It holds from now on, the version before it is replaced, and these functions are asked to confirm that they know it."""
        self.replace_before()
        self.published_by, self.published_on = by, localdate()

    def replace_before(self) -> None:
        """One version is in force for a tier, an account or all: whichever it was is replaced."""
        from acr_program.workflow.book import clock
        from acr_program.workflow.perform import perform

        for before in Proposition.objects.in_force().filter(subject=self.subject):
            perform(before, "replace", by=clock(), seen=before.version)

    @step(status, S.IN_FORCE, S.REPLACED, label=_("Replace it"), by=[the_clock])
    def replace(self, *, by: User) -> None:
        """A newer version is in force; what was told to customers by this one stays on file."""

    @step(status, S.DRAFT, S.DISCARDED, label=_("Discard the draft"), by=[program_managers], kind="danger")
    def discard(self, *, by: User) -> None:
        """It never holds; its number is not given again."""


class ProofQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ProofQuerySet:
        """Whoever sees what it shows."""
        return self.filter(proposition__in=Proposition.objects.visible_to(user).order_by().values("pk"))

    def for_page(self) -> ProofQuerySet:
        return self.select_related("proposition__tier", "proposition__account__manager__reports_to")


class ProofPoint(models.Model):
    """What shows that a customer really gets it: a figure, an outcome, a word of a customer, with where it is from."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="proofs")
    words = models.CharField(_("what shows it"), max_length=400)
    source = models.CharField(_("where it is from"), max_length=160)
    on = models.DateField(_("as of"))

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof point")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words


def subject_of(tier: int | None, account: int | None) -> str:
    """By what versions belong together: an account, a tier, or all of the programme."""
    return f"account-{account}" if account else f"tier-{tier}" if tier else "all"


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
