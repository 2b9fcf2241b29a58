"""What one review may say in place of the standard text of a section (R-03)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, program_office, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import DeviationStatus as S
from ..tokens import spoken
from .request import ReviewRequest
from .template import Section

COMMENT = "acr_program.workflow.forms.CommentForm"
STANDING = (S.PROPOSED, S.ALLOWED)


class DeviationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> DeviationQuerySet:
        """Whoever sees the review sees where it leaves the standard."""
        return self.filter(request__in=ReviewRequest.objects.visible_to(user).values("pk"))

    def for_page(self) -> DeviationQuerySet:
        return self.select_related(
            "request__account", "request__year", "request__rep__reports_to", "request__recipient", "section__template",
            "proposed_by",
        )  # fmt: skip

    def for_list(self) -> DeviationQuerySet:
        return self.select_related("request__account", "request__year", "section", "proposed_by")

    def waiting(self) -> DeviationQuerySet:
        return self.filter(status=S.PROPOSED)

    def allowed(self) -> DeviationQuerySet:
        """What a document says in place of the standard; of a locked section never anything: those `in_force`."""
        return self.filter(status=S.ALLOWED, section__locked=False)


class Deviation(Machine):
    """Another text for one section in one review, which the program manager alone may allow."""

    STATES = S
    LOCKS = "request"
    READS = ("request__account", "request__year", "request__rep", "section", "proposed_by")

    request = models.ForeignKey(
        ReviewRequest, models.CASCADE, related_name="deviations", verbose_name=_("review request")
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="deviations", verbose_name=_("section"))
    text = models.TextField(_("text in place of the standard"), max_length=60_000)
    reason = models.TextField(_("why this customer needs another text"), max_length=2000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("proposed by")
    )
    status = FSMField(_("status"), choices=S.choices, default=S.PROPOSED, protected=True)

    objects = DeviationQuerySet.as_manager()

    BEGINS_AWAITS = (Await(_("Allow the deviation from the standard or refuse it"), Role.MANAGER, "allow", days=2),)
    BEGINS_TELLS = (rules.the_managers,)
    BEGINS_MAIL = "deviation"

    class Meta:
        verbose_name = _("deviation")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="deviation_status_known"),
            models.UniqueConstraint(
                fields=["request", "section"], condition=Q(status__in=STANDING), name="deviation_one_stands"
            ),
        )
        indexes = (
            models.Index(fields=["status", "-id"], name="deviation_by_status"),
            models.Index(fields=["status"], name="deviation_waiting", condition=Q(status=S.PROPOSED)),
        )

    def __str__(self) -> str:
        return gettext("Deviation in “%(section)s” · %(request)s") % {
            "section": spoken(self.section.title), "request": self.request,
        }  # fmt: skip

    def get_absolute_url(self) -> str:
        return address_of("reviews:deviation", self.pk)

    @property
    def in_force(self) -> bool:
        """Whether the document says it in place of the standard."""
        return self.status == S.ALLOWED and not self.section.locked

    @property
    def account_id(self) -> int:
        return self.request.account_id

    @property
    def waiter(self) -> User:
        return self.proposed_by

    @step(
        status, S.PROPOSED, S.ALLOWED, label=_("Allow the deviation"), by=[program_managers],
        needs=[rules.section_unlocked, rules.still_open_for_content], tells=[rules.concerned_by],
    )  # fmt: skip
    def allow(self, *, by: User) -> None:
        """The document says this in place of the standard, marked as a deviation for whoever approves it (R-03)."""

    @step(
        status, S.PROPOSED, S.REFUSED, label=_("Refuse the deviation"), by=[program_managers], form=COMMENT, kind="quiet",
        tells=[rules.concerned_by],
    )  # fmt: skip
    def refuse(self, *, by: User, comment: str) -> None:
        """The standard text stands."""

    @step(
        status, [S.PROPOSED, S.ALLOWED], S.WITHDRAWN, label=_("Withdraw the deviation"), kind="quiet", form=COMMENT,
        by=[rules.rep_of_deviation, program_office, the_clock], needs=[rules.nothing_printed_from_it],
        tells=[rules.concerned_by],
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str) -> None:
        """The review goes with the standard text after all."""
