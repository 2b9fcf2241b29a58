"""A quarter's round of nominations (K-06)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import program_managers, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import MembershipStatus
from ..choices import RoundStatus as S

COMMENT = "acr_program.workflow.forms.CommentForm"


class RoundQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> RoundQuerySet:
        """Whoever may nominate, and those who oversee the program; which nominations one sees is another question."""
        sees = user.has(Role.REP, Role.LEADER, Role.ADMIN, Role.MANAGER, Role.EXECUTIVE, Role.AUDITOR)
        return self if sees else self.none()

    def open_on(self, day: date) -> RoundQuerySet:
        return self.filter(status=S.OPEN, opens_on__lte=day, closes_on__gte=day)


class NominationRound(Machine):
    """One quarter's window for nominations, opened and closed by the clock; each account at most once in it (K-06)."""

    STATES = S
    BEGINS_TELLS = (rules.who_hears_of_a_round,)
    BEGINS_MAIL = "nominations_open"

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("nominations close on"))
    status = FSMField(_("status"), choices=S.choices, default=S.OPEN, protected=True)
    account_id = None

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination round")
        ordering = ("-year", "-quarter")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="round_status_known"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="round_quarter_known"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_it_opens"
            ),
            models.UniqueConstraint(fields=["year", "quarter"], name="round_once_a_quarter"),
        )

    def __str__(self) -> str:
        return gettext("%(year)d, quarter %(quarter)d") % {"year": self.year, "quarter": self.quarter}

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:round", self.pk)

    @property
    def takes_nominations(self) -> bool:
        return self.status == S.OPEN and self.opens_on <= localdate() <= self.closes_on

    @step(
        status, S.OPEN, S.FILTERING, label=_("Close the nominations"), by=[the_clock, program_managers],
        awaits=[Await(_("Decide on each nomination and close the round"), Role.MANAGER, "close", days=20)],
    )  # fmt: skip
    def close_nominations(self, *, by: User) -> None:
        """No account is nominated in it any more; those that are go through veto and first filter."""

    @step(
        status, S.FILTERING, S.CLOSED, label=_("Close the round"), by=[program_managers], form=COMMENT,
        needs=[rules.round_decided],
    )  # fmt: skip
    def close(self, *, by: User, comment: str) -> None:
        """Every nomination is vetoed, filtered out or passed."""


def with_counts(rows: Any, counted: Q) -> Any:
    """Each round with how many nominations it has of those that are `counted`, and what became of them; in the same query."""
    of = {
        "nominations": Q(),
        "vetoed": Q(memberships__status=MembershipStatus.VETOED),
        "filtered_out": Q(memberships__status=MembershipStatus.FILTERED_OUT),
        "undecided": Q(memberships__status=MembershipStatus.NOMINATED),
    }
    return rows.annotate(**{name: Count("memberships", filter=counted & which) for name, which in of.items()})
