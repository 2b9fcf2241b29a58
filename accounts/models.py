"""Customer accounts, the people met there, and their figures by quarter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import administrators, program_managers
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from . import rules
from .choices import AccountStatus as S
from .choices import Theater

COMMENT = "acr_program.workflow.forms.CommentForm"


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, user: User) -> AccountQuerySet:
        """The office and executives see all; leaders their people's; account managers their own; others none."""
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE):
            return self
        own = [user.pk, *user.stands_in_for]
        managers = User.objects.filter(Q(pk__in=own) | Q(reports_to__in=own)).order_by()
        return self.filter(manager__in=managers.values("pk"))  # one set of managers, so that the index on them serves

    def for_page(self) -> AccountQuerySet:
        return self.select_related("manager__reports_to")

    def live(self) -> AccountQuerySet:
        return self.filter(status__in=[S.ACTIVE, S.AT_RISK])


class Account(Machine):
    """One customer company."""

    STATES = S
    WAITER = "manager"
    READS = ("manager__reports_to",)
    DERIVES = ("search",)

    name = models.CharField(_("name"), max_length=200)
    business_unit = models.CharField(_("business unit"), max_length=80, blank=True)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    theater = models.CharField(_("theater"), max_length=5, choices=Theater.choices)
    country = models.CharField(_("country"), max_length=60)
    city = models.CharField(_("city"), max_length=80, blank=True)
    street = models.CharField(_("street"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    customer_since = models.DateField(_("customer since"), null=True, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("account manager"),
    )
    designated_leaders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="designated_accounts", verbose_name=_("designated to approve"),
        help_text=_("They approve after the account manager's own leader."),
    )  # fmt: skip
    search = models.CharField(max_length=400, editable=False, default="")
    status = FSMField(_("status"), choices=S.choices, default=S.PROSPECT, protected=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="account_status_known"),
            models.CheckConstraint(condition=Q(theater__in=Theater.values), name="account_theater_known"),
        )
        indexes = (
            models.Index(fields=["name", "id"], name="account_by_name"),
            models.Index(fields=["manager", "name", "id"], name="account_of_manager"),
            models.Index(fields=["status", "name", "id"], name="account_by_status"),
            models.Index(fields=["customer_since", "id"], name="account_by_since"),
            models.Index(fields=["business_unit", "name", "id"], name="account_by_unit"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def account_id(self) -> int:
        return self.pk

    def derive(self) -> None:
        self.search = folded(self.name, self.city, self.country)

    def get_absolute_url(self) -> str:
        return reverse("accounts:account", args=[self.pk])

    @step(status, S.PROSPECT, S.ACTIVE, label=_("Won as a customer"), by=[administrators, program_managers])
    def win(self, *, by: User) -> None:
        self.customer_since = self.customer_since or localdate()

    @step(
        status, S.ACTIVE, S.AT_RISK, label=_("Flag a risk"), form=COMMENT, kind="quiet",
        by=[rules.account_manager, rules.leader_of_account, program_managers], tells=[rules.the_leader, rules.the_manager],
        awaits=[Await(_("Agree a recovery plan"), rules.the_leader, "recover", days=5)],
    )  # fmt: skip
    def flag_risk(self, *, by: User, comment: str) -> None:
        """The account is in danger; its leader owes a recovery plan."""

    @step(
        status, S.AT_RISK, S.ACTIVE, label=_("Recovered"), form=COMMENT, by=[rules.leader_of_account, program_managers],
        tells=[rules.the_manager],
    )  # fmt: skip
    def recover(self, *, by: User, comment: str) -> None:
        """What changed is in the comment."""

    @step(
        status, [S.ACTIVE, S.AT_RISK, S.PROSPECT], S.CLOSED, label=_("Close the account"), form=COMMENT, kind="danger",
        by=[program_managers], tells=[rules.the_manager],
    )  # fmt: skip
    def close(self, *, by: User, comment: str) -> None:
        """Whatever is under way for the account is cancelled with the same reason."""

    @step(status, S.CLOSED, S.ACTIVE, label=_("Reopen the account"), by=[program_managers], kind="quiet")
    def reopen(self, *, by: User) -> None:
        """The account may have reviews again."""


class Contact(models.Model):
    """One person at the customer."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_main = models.BooleanField(_("first to be addressed"), default=False)

    class Meta:
        verbose_name = _("contact")
        ordering = ("-is_main", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["account"], condition=Q(is_main=True), name="contact_one_main_an_account"),
        )

    def __str__(self) -> str:
        return self.name


class Performance(models.Model):
    """The figures of one account in one quarter, with where they come from and as of when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="performance")
    quarter_begins_on = models.DateField(_("quarter"))
    net = models.DecimalField(_("net value"), max_digits=14, decimal_places=2)
    orders = models.PositiveIntegerField(_("orders"))
    shipped = models.PositiveIntegerField(_("orders shipped"))
    on_time = models.PositiveIntegerField(_("shipped on time"))
    source = models.CharField(_("source"), max_length=80)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("figures of a quarter")
        ordering = ("quarter_begins_on",)
        constraints = (
            models.UniqueConstraint(fields=["account", "quarter_begins_on"], name="performance_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(on_time__lte=models.F("shipped")), name="performance_on_time_of_shipped"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}, {self.label}"

    @property
    def label(self) -> str:
        return f"Q{(self.quarter_begins_on.month + 2) // 3} {self.quarter_begins_on.year}"
