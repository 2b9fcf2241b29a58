"""The account plan of a year, its nine parts, its versions, and who has read and confirmed it (N4.1 to N4.7, N7.1, N7.6)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.desk.models.presence import with_presence
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock, the_customer
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import plan_rules as rules
from ..calendar import months_after
from ..choices_plan import LIVING, Subject
from ..choices_plan import PlanStatus as S
from ..choices_value import Way
from ..value_seen import hidden_accounts, seen_memberships, whose
from .membership import Membership
from .memberships import sees_all

FORMS = "keyaccounts.plan.forms"
COMMENT = "acr_program.workflow.forms.CommentForm"
WRITE = Await(_("Write the account plan and share it"), rules.account_hands, "share", days=20, remind=10)
HEAR = Await(_("Have the customer confirm the account plan"), rules.account_hands, "agree", days=15, remind=10)
REVIEW = Await(_("Review the account plan"), rules.account_hands, "resume", days=10, remind=5)
MONTHS_BETWEEN_REVIEWS = 3


class PlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """Whoever sees the account's way through the programme; the account team and those of our house who contribute; those
        whom the plan is to reach (N4.4, N4.5, N7.1)."""
        if sees_all(user):
            return self.exclude(membership__account__in=hidden_accounts(user)) if user.has(Role.EXECUTIVE) else self
        own = whose(user)
        found = Q(membership__in=seen_memberships(user))
        for rows in ("teamrole_rows", "contributor_rows"):
            team: Any = self.model._meta.get_field(rows).related_model
            found |= Q(pk__in=team.objects.filter(person__in=own).order_by().values("plan"))
        listed = PlanReading.objects.filter(person__in=own, listed=True).order_by().values("plan")
        return self.filter(found | Q(pk__in=listed))

    def for_list(self) -> PlanQuerySet:
        return self.select_related("membership__account__manager__reports_to", "membership__tier", "membership__round")

    def for_page(self) -> PlanQuerySet:
        """With who is on it just now."""
        return with_presence(self.for_list(), whole=True)

    def living(self) -> PlanQuerySet:
        return self.filter(status__in=LIVING)


class AccountPlan(Machine):
    """The plan of one account for one year, in nine parts.

    `format` is the version of the plan format that it was begun in (N4.6), `review_on` the day of the next quarterly review.
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to",)
    BEGINS_AWAITS = (WRITE,)

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="plans", verbose_name=_("membership"))
    year = models.PositiveSmallIntegerField(_("year"))
    format = models.PositiveSmallIntegerField(_("version of the plan format"), editable=False)
    review_on = models.DateField(_("next review"), null=True, editable=False)
    agreed_on = models.DateField(_("agreed on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.DRAFT, protected=True)

    to_contact: Any = None  # to whom the step that is being taken shares it
    note = ""
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("account plan")
        ordering = ("-year", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="plan_status_known"),
            models.UniqueConstraint(fields=["membership", "year"], name="plan_once_a_year"),
        )
        indexes = (
            models.Index(fields=["status", "review_on", "id"], name="plan_by_review"),
            models.Index(fields=["-year", "-id"], name="plan_by_year"),
        )

    def __str__(self) -> str:
        said = {"account": self.membership.account.name, "year": self.year}
        return gettext("Account plan %(year)d: %(account)s") % said

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:plan", self.pk)

    @property
    def account(self) -> Any:
        return self.membership.account

    @property
    def account_id(self) -> int:
        account: int = self.membership.account_id
        return account

    @property
    def waiter(self) -> User | None:
        manager: User | None = self.membership.account.manager
        return manager

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    def share_with(self, contact: Any, note: str) -> None:
        self.to_contact, self.note = contact, note

    def next_review(self) -> None:
        self.review_on = months_after(localdate(), MONTHS_BETWEEN_REVIEWS)

    @step(
        status, S.DRAFT, S.SHARED, label=_("Share it"), by=[rules.account_side], needs=[rules.has_three],
        form=f"{FORMS}.ShareForm", tells=[rules.the_team], awaits=[HEAR],
    )  # fmt: skip
    def share(self, *, by: User, contact: Any = None, note: str = "") -> None:
        """What it says now is kept as a version; whoever is chosen at the customer gets a link to confirm it (N4.7)."""
        self.share_with(contact, note)

    @step(
        status, S.SHARED, S.AGREED, label=_("Agree to it"), by=[the_customer, rules.approver], needs=[rules.is_confirmed],
        tells=[rules.the_team],
        awaits=[Await(_("Put the account plan in force"), Role.MANAGER, "put_in_force", days=5)],
    )  # fmt: skip
    def agree(self, *, by: User) -> None:
        """The customer has confirmed all four parts of it; by the link, or to us (N4.7, N7.6)."""
        self.agreed_on = localdate()

    @step(
        status, S.AGREED, S.IN_FORCE, label=_("Put it in force"), by=[rules.approver], tells=[rules.the_team]
    )  # fmt: skip
    def put_in_force(self, *, by: User) -> None:
        """It is what the team works by, and is reviewed each quarter."""
        self.next_review()

    @step(
        status, S.IN_FORCE, S.UNDER_REVIEW, label=_("Open the review"), by=[the_clock, program_managers],
        tells=[rules.the_team], awaits=[REVIEW],
    )  # fmt: skip
    def review(self, *, by: User) -> None:
        """A quarter is over: each part is looked at against what came of it (N9.0)."""

    @step(
        status, S.UNDER_REVIEW, S.IN_FORCE, label=_("The review is done"), by=[rules.account_side],
        form=f"{FORMS}.ReviewedForm", tells=[rules.the_team],
    )  # fmt: skip
    def resume(self, *, by: User, comment: str) -> None:
        """What the review came to; the next one is a quarter away."""
        self.next_review()

    @step(
        status, [S.SHARED, S.AGREED, S.IN_FORCE, S.UNDER_REVIEW], S.SHARED, label=_("Share it as it is now"),
        by=[rules.account_side], needs=[rules.has_three], form=f"{FORMS}.ShareForm", kind="quiet", awaits=[HEAR],
    )  # fmt: skip
    def share_again(self, *, by: User, contact: Any = None, note: str = "") -> None:
        """What changed since is shown to the customer, who is asked to confirm it anew."""
        self.share_with(contact, note)

    @step(
        status, LIVING, S.ARCHIVED, label=_("Archive it"), by=[program_managers, the_clock], form=COMMENT, kind="danger"
    )  # fmt: skip
    def archive(self, *, by: User, comment: str) -> None:
        """Nobody works by it any more; it stays to be read, and its links open nothing."""
        self.review_on = None


class PlanReading(models.Model):
    """That somebody is to see a plan (`listed`), and when they opened it (N4.4, N7.1)."""

    plan = models.ForeignKey(AccountPlan, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    listed = models.BooleanField(_("is to see it"), default=False)
    first_at = models.DateTimeField(_("first opened"), null=True)
    last_at = models.DateTimeField(_("last opened"), null=True)

    class Meta:
        verbose_name = _("reading")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["plan", "person"], name="plan_reading_once"),)

    def __str__(self) -> str:
        return self.person.name


class PlanSnapshot(models.Model):
    """What a plan said when it was shared: a version, never changed. `content` is canonical (`keyaccounts.plan.content`).

    `agreed_on` is the day on which the customer had confirmed all four of it.
    """

    plan = models.ForeignKey(AccountPlan, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(_("version"))
    format = models.PositiveSmallIntegerField(_("version of the plan format"))
    content = models.JSONField(_("what it says"))
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"), default=now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    agreed_on = models.DateField(_("agreed on"), null=True)

    class Meta:
        verbose_name = _("version of an account plan")
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="plan_snapshot_numbered"),)

    def __str__(self) -> str:
        return gettext("Version %(number)d") % {"number": self.number}


class PlanConfirmation(models.Model):
    """That the customer confirmed one of four things of a version: who, on which day, how (N4.7, N7.6)."""

    snapshot = models.ForeignKey(PlanSnapshot, models.PROTECT, related_name="confirmations")
    subject = models.CharField(_("what"), max_length=14, choices=Subject.choices)
    who = models.CharField(_("who"), max_length=160)
    how = models.CharField(_("how"), max_length=8, choices=Way.choices)
    on = models.DateField(_("on"), default=localdate)
    said = models.TextField(_("what was said to it"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("confirmation of an account plan")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "subject"], name="plan_confirmed_once"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="plan_confirmation_subject_known"),
            models.CheckConstraint(condition=Q(how__in=Way.values), name="plan_confirmation_way_known"),
        )

    def __str__(self) -> str:
        return self.get_subject_display()
