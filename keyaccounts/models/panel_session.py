"""A panel of senior executives: who sits on it, what is on its agenda, when its decisions are released (K-14, feature 71)."""

from __future__ import annotations

from collections.abc import Sequence
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
from acr_program.people.roles import overseers, program_managers
from acr_program.ui.addresses import address_of
from acr_program.workflow.book import once
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import panel_rules as rules
from ..choices_panel import ASKED_OF_MEMBERS, ReviewStatus
from ..choices_panel import SessionStatus as S

FORMS = "keyaccounts.forms.panel"
COMMENT = "acr_program.workflow.forms.CommentForm"
HOLD = Await(_("Have every account decided, then hold the decisions"), rules.the_chair, "hold", days=10)
RELEASE = Await(_("Release the decisions"), rules.the_chair, "release", days=5)


def asked_of_members() -> list[str]:
    """What members score to begin with; each session may ask otherwise."""
    return [str(question) for question in ASKED_OF_MEMBERS]


class SessionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> SessionQuerySet:
        """The office and auditors see all, members their own; other executives those that are released."""
        if overseers(user):
            return self
        if not user.has(Role.EXECUTIVE):
            return self.none()
        sits = PanelSession.members.through.objects.filter(user=user.pk).order_by().values("panelsession")
        return self.filter(Q(pk__in=sits) | Q(status=S.RELEASED))

    def for_page(self) -> SessionQuerySet:
        return self.select_related("chair", "deputy").prefetch_related("members")


class PanelSession(Machine):
    """One sitting of the panel. `quorum` is how many members have to vote on each account at least; `criteria` what each of them
    scores from 1 to 5; the `deputy` chairs where the chair is recused."""

    STATES = S
    READS = ("chair", "deputy")
    BEGINS_AWAITS = (Await(_("Open the voting of the panel"), rules.the_chair, "open_voting", by="meets_on"),)

    name = models.CharField(_("panel"), max_length=80, unique=True)
    meets_on = models.DateField(_("meets on"))
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chair"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy"),
        help_text=_("Chairs where the chair is recused."),
    )  # fmt: skip
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="panels", verbose_name=_("members"))
    quorum = models.PositiveSmallIntegerField(_("how many members have to vote"), default=3)
    criteria = models.JSONField(_("what each member scores"), default=asked_of_members)
    minutes = models.TextField(_("minutes"), max_length=8000, blank=True, editable=False)
    opened_on = models.DateField(_("opened on"), null=True, editable=False)
    released_on = models.DateField(_("released on"), null=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.PLANNED, protected=True)
    account_id = None

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("panel")
        ordering = ("-meets_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="panel_status_known"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="panel_quorum_from_one"),
            models.CheckConstraint(
                condition=~Q(status=S.RELEASED) | Q(released_on__isnull=False), name="panel_released_has_a_day"
            ),
        )
        indexes = (models.Index(fields=["-meets_on", "-id"], name="panel_by_day"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:panel", self.pk)

    @property
    def on_agenda(self) -> list[Any]:
        """The reviews that wait for the voting to open, with what says who may vote on them; read once for a page or a click."""
        return once(f"agenda of panel {self.pk}", self.read_agenda)

    def read_agenda(self) -> list[Any]:
        rows = self.reviews.filter(status=ReviewStatus.SCHEDULED).select_related("membership__account__manager")
        found = list(rows.prefetch_related("recusals"))
        models.prefetch_related_objects([self], "members")
        for review in found:
            review.session = self
        return found

    @property
    def day_said(self) -> date:
        return self.released_on or self.opened_on or self.meets_on

    @step(
        status, S.PLANNED, S.OPEN, label=_("Open the voting"), by=[rules.keeps_session],
        needs=[rules.has_agenda, rules.enough_members, rules.all_can_be_voted],
        tells=[rules.the_members], awaits=[HOLD],
    )  # fmt: skip
    def open_voting(self, *, by: User) -> None:
        """What is known of each account is frozen now, and every member is asked for a vote on each (K-14)."""
        self.opened_on = localdate()

    @step(
        status, S.OPEN, S.OPEN, label=_("Add a member"), by=[rules.keeps_session], kind="quiet",
        form=f"{FORMS}.MemberForm", awaits=[HOLD],
    )  # fmt: skip
    def add_member(self, *, by: User, person: User) -> None:
        """One more member votes on whatever is still voted on."""

    @step(
        status, S.OPEN, S.HELD, label=_("Hold the decisions"), by=[rules.chairs_session], form=f"{FORMS}.MinutesForm",
        needs=[rules.all_decided], awaits=[RELEASE], undo="resume",
    )  # fmt: skip
    def hold(self, *, by: User, minutes: str) -> None:
        """The session is over: its decisions wait to be released together (feature 71).

        Where every account was withdrawn meanwhile it is over as well, with nothing to release but its minutes.
        """
        self.minutes = minutes

    @step(
        status,
        S.HELD,
        S.OPEN,
        label=_("Take the session up again"),
        by=[rules.chairs_session],
        kind="quiet",
        awaits=[HOLD],
    )
    def resume(self, *, by: User) -> None:
        """A decision is to be looked at once more before anybody hears of it."""

    @step(
        status,
        S.HELD,
        S.RELEASED,
        label=_("Release the decisions"),
        by=[rules.chairs_session],
        form=f"{FORMS}.ReleaseForm",
    )
    def release(self, *, by: User, really: bool = False) -> None:
        """All decisions take effect at once, and everybody concerned is told."""
        self.released_on = localdate()

    @step(
        status, S.PLANNED, S.CANCELLED, label=_("Cancel the panel"), by=[program_managers], form=COMMENT, kind="danger",
        tells=[rules.the_members],
    )  # fmt: skip
    def cancel(self, *, by: User, comment: str) -> None:
        """Its accounts wait for another panel."""

    def asked(self) -> Sequence[str]:
        return list(self.criteria)
