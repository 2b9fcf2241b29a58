"""Sales people whose reviews others learn from: nominated by leaders, confirmed by the program manager (R-10)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices_voices import LIVE_STAR
from ..choices_voices import StarStatus as S
from .request import ReviewRequest

COMMENT = "acr_program.workflow.forms.CommentForm"


class StarQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> StarQuerySet:
        """The office and auditors see all; a leader those they named or lead; a star performer themself."""
        if user.has(Role.ADMIN, Role.MANAGER, Role.AUDITOR):
            return self
        own = [user.pk, *user.stands_in_for]
        led = Q(person__in=User.objects.filter(reports_to__in=own).values("pk"))
        mine = Q(person__in=own, status__in=[S.CONFIRMED, S.ENDED])
        return self.filter(Q(nominated_by__in=own) | led | mine)

    def for_page(self) -> StarQuerySet:
        return self.select_related(
            "person__reports_to", "nominated_by", "example__account", "example__year", "example__rep"
        )

    def confirmed(self) -> StarQuerySet:
        return self.filter(status=S.CONFIRMED)


class StarPerformer(Machine):
    """One person whom a leader holds up as an example, with the review that shows why."""

    STATES = S
    READS = ("person", "nominated_by", "example__account", "example__year", "example__rep")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stardom", verbose_name=_("sales representative")
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("nominated by")
    )
    reason = models.TextField(_("why others should learn from them"), max_length=2000)
    example = models.ForeignKey(
        ReviewRequest, models.PROTECT, related_name="+", verbose_name=_("a review that shows it")
    )
    answer = models.TextField(_("what was answered"), max_length=2000, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.NOMINATED, protected=True)
    account_id = None

    objects = StarQuerySet.as_manager()

    BEGINS_AWAITS = (Await(_("Confirm the star performer or decline"), Role.MANAGER, "confirm", days=10),)

    class Meta:
        verbose_name = _("star performer")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="star_status_known"),
            models.UniqueConstraint(fields=["person"], condition=Q(status__in=LIVE_STAR), name="star_once_at_a_time"),
        )
        indexes = (models.Index(fields=["status", "-id"], name="star_by_status"),)

    def __str__(self) -> str:
        return gettext("Star performer %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return address_of("reviews:star", self.pk)

    @property
    def waiter(self) -> User:
        return self.nominated_by

    @step(
        status, S.NOMINATED, S.CONFIRMED, label=_("Confirm"), by=[program_managers], tells=[rules.star_and_nominator],
    )  # fmt: skip
    def confirm(self, *, by: User) -> None:
        """From the next quarter on they are asked what their meetings taught."""

    @step(
        status, S.NOMINATED, S.DECLINED, label=_("Decline"), by=[program_managers], form=COMMENT, kind="quiet",
        tells=[rules.who_nominated],
    )  # fmt: skip
    def decline(self, *, by: User, comment: str) -> None:
        """They are not asked; the word says why."""
        self.answer = comment

    @step(
        status, S.CONFIRMED, S.ENDED, label=_("End it"), by=[program_managers], form=COMMENT, kind="danger",
        tells=[rules.star_and_nominator],
    )  # fmt: skip
    def end(self, *, by: User, comment: str) -> None:
        """They are asked no more; what they taught stays."""
        self.answer = comment
