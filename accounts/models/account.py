"""One customer company: who it is, who answers for it, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, StringAgg, Subquery, Sum, Value
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts import rules
from accounts.absent import without_absent
from accounts.choices import AccountStatus as S
from accounts.choices import Theater
from accounts.marks import marked
from accounts.quarters import quarter_of
from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.prepared import Prepared
from acr_program.people.roles import administrators, program_managers
from acr_program.ui.addresses import address_of
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

COMMENT = "acr_program.workflow.forms.CommentForm"


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, user: User) -> AccountQuerySet:
        """The office and executives see all; leaders their people's; account managers their own; others none.

        What is absent from an executive for a while (`accounts/absent.py`) is not seen by any of these ways.
        """
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE):
            found: AccountQuerySet = without_absent(self, user)
            return found
        own = [user.pk, *user.stands_in_for]
        managers = User.objects.filter(Q(pk__in=own) | Q(reports_to__in=own)).order_by()
        return self.filter(manager__in=managers.values("pk"))  # one set of managers, so that the index on them serves

    def for_page(self) -> AccountQuerySet:
        """With who is on it just now, and what an app above marks it with."""
        return with_presence(marked(self.select_related("manager__reports_to")), whole=True)

    def for_list(self) -> AccountQuerySet:
        """With the net value of the last four complete quarters, the kinds of facts that hold and what an app above marks the
        account with, in the same query."""
        net: Any = Account._meta.get_field("performance").related_model._meta.get_field("net")
        return marked(self.select_related("manager")).annotate(
            year_net=Prepared(Account, net_of_year, quarter_of(localdate()), of=net),
            holds=Prepared(Account, kinds_that_hold, of=models.CharField()),
        )

    def live(self) -> AccountQuerySet:
        return self.filter(status__in=[S.ACTIVE, S.AT_RISK])


def hanging_on(name: str) -> models.QuerySet[Any]:
    """The rows that hang on the account of the outer query, as one group."""
    related: Any = Account._meta.get_field(name).related_model
    return related.objects.filter(account=OuterRef("pk")).order_by().values("account")


def net_of_year(ends: date) -> Subquery:
    """The sum of the four quarters before this day."""
    begins = ends.replace(year=ends.year - 1)
    quarters = hanging_on("performance").filter(quarter_begins_on__lt=ends, quarter_begins_on__gte=begins)
    return Subquery(quarters.annotate(total=Sum("net")).values("total"))


def kinds_that_hold() -> Subquery:
    holds = hanging_on("facts").filter(ended_on=None)
    return Subquery(holds.annotate(kinds=StringAgg("kind", Value(" "))).values("kinds"))


class Account(Machine):
    """One customer company."""

    STATES = S
    WAITER = "manager"
    READS = ("manager__reports_to",)
    DERIVES = ("search", "has_open_ends")

    code = models.CharField(
        _("customer number"), max_length=40, blank=True, help_text=_("By which the order system and the CRM know the account.")
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    business_unit = models.CharField(_("business unit"), max_length=80, blank=True)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    theater = models.CharField(_("theater"), max_length=5, choices=Theater.choices, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
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
    manager_named = models.EmailField(
        _("account manager, not yet known"), blank=True, help_text=_("Named by the CRM; taken over when that person is entered.")
    )  # fmt: skip
    designated_leaders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="accounts.Designation", blank=True, related_name="designated_accounts",
        verbose_name=_("designated to approve"), help_text=_("They approve after the account manager's own leader."),
    )  # fmt: skip
    search = models.CharField(max_length=400, editable=False, default="")
    has_open_ends = models.BooleanField(editable=False, default=False)
    status = FSMField(_("status"), choices=S.choices, default=S.PROSPECT, protected=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="account_status_known"),
            models.CheckConstraint(condition=Q(theater__in=["", *Theater.values]), name="account_theater_known"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="account_code_once"),
        )
        indexes = (
            models.Index(fields=["name", "id"], name="account_by_name"),
            models.Index(fields=["manager", "name", "id"], name="account_of_manager"),
            models.Index(fields=["status", "name", "id"], name="account_by_status"),
            models.Index(fields=["customer_since", "id"], name="account_by_since"),
            models.Index(fields=["business_unit", "name", "id"], name="account_by_unit"),
            models.Index(fields=["status", "business_unit", "name", "id"], name="account_by_status_and_unit"),
            models.Index(fields=["has_open_ends", "name", "id"], name="account_by_open_ends"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def account_id(self) -> int:
        return self.pk

    def derive(self) -> None:
        self.search = folded(self.name, self.code, self.city, self.country)
        self.has_open_ends = bool(self.open_ends)

    @property
    def open_ends(self) -> list[str]:
        """What is still to be found out, as an import may leave it."""
        named = bool(self.manager_named)
        ends = (("named", named), ("manager", not named and self.manager_id is None), ("theater", not self.theater))
        return [kind for kind, is_open in ends if is_open]

    def get_absolute_url(self) -> str:
        return address_of("accounts:account", self.pk)

    @step(status, S.PROSPECT, S.ACTIVE, label=_("Won as a customer"), by=[administrators, program_managers])
    def win(self, *, by: User) -> None:
        self.customer_since = self.customer_since or localdate()

    @step(
        status, S.ACTIVE, S.AT_RISK, label=_("Flag a risk"), form=COMMENT, kind="quiet",
        by=[rules.account_manager, rules.leader_of_account, program_managers], tells=[rules.the_leader, rules.the_manager],
        awaits=[Await(_("Agree a recovery plan"), rules.the_leader, "recover", days=5)], undo="recover",
    )  # fmt: skip
    def flag_risk(self, *, by: User, comment: str) -> None:
        """The account is in danger; its leader owes a recovery plan."""

    @step(
        status, S.AT_RISK, S.ACTIVE, label=_("Recovered"), form=COMMENT, by=[rules.leader_of_account, program_managers],
        tells=[rules.the_manager], undo="flag_risk",
    )  # fmt: skip
    def recover(self, *, by: User, comment: str) -> None:
        """What changed is in the comment."""

    @step(
        status, [S.ACTIVE, S.AT_RISK, S.PROSPECT], S.CLOSED, label=_("Close the account"), form=COMMENT, kind="danger",
        by=[program_managers], tells=[rules.the_manager], undo="reopen",
    )  # fmt: skip
    def close(self, *, by: User, comment: str) -> None:
        """Whatever is under way for the account is cancelled with the same reason."""

    @step(
        status, S.CLOSED, S.ACTIVE, label=_("Reopen the account"), by=[program_managers], kind="quiet", undo="close"
    )  # fmt: skip
    def reopen(self, *, by: User) -> None:
        """The account may have reviews again."""
