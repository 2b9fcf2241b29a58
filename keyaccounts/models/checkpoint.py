"""The days on which it is measured: four in a year of incubation, and one at each re-review (K-13, K-18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.quarters import label_of
from acr_program.people.models import User
from acr_program.people.roles import program_managers, program_office, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import incubation_rules as rules
from ..choices_incubation import OPEN_CYCLE
from ..choices_incubation import CheckpointStatus as S
from .cycle import IncubationCycle
from .membership import Membership
from .reading import Reading
from .standard import Measure, Standard, measures_of

FORM = "keyaccounts.forms.incubation.ActualsForm"
ASKED = Await(_("Give the actuals of the quarter"), rules.who_gives_actuals, "answer", days=10, remind=5, again=8)
MISSING = Await(_("Give the missing actuals"), rules.who_gives_actuals, "answer", days=5)


class CheckpointQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CheckpointQuerySet:
        return self.filter(membership__in=Membership.objects.visible_to(user).order_by().values("pk"))

    def for_page(self) -> CheckpointQuerySet:
        return self.select_related("membership__account__manager__reports_to", "cycle__standard", "standard")

    def asked(self) -> CheckpointQuerySet:
        """Those whose day has come, whatever became of them."""
        return self.filter(asked_on__isnull=False)

    def taking(self) -> CheckpointQuerySet:
        """Those whose figures are still taken: they have been asked, and nothing is decided on them yet."""
        open_ = Q(cycle__status__in=OPEN_CYCLE) | Q(cycle=None, membership__status="in_re_review")
        return self.filter(open_, status__in=[S.ASKED, S.ANSWERED, S.MISSED])


class Checkpoint(Machine):
    """One day on which an account is measured by a version of the requirements, for the last quarter that was over then.

    `cycle` is the incubation it belongs to; a re-review has none.
    """

    STATES = S
    LOCKS = "membership"
    READS = ("membership__account__manager__reports_to", "cycle", "standard")

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="checkpoints", verbose_name=_("membership"))
    cycle = models.ForeignKey(
        IncubationCycle, models.PROTECT, null=True, related_name="checkpoints", verbose_name=_("incubation")
    )
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+", verbose_name=_("requirements"))
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("on"))
    quarter_begins_on = models.DateField(_("figures of"))
    asked_on = models.DateField(_("asked on"), null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    words = models.TextField(_("what the account manager says"), max_length=4000, blank=True, editable=False)
    status = FSMField(_("status"), choices=S.choices, default=S.AHEAD, protected=True)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("checkpoint")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="checkpoint_status_known"),
            models.UniqueConstraint(
                fields=["cycle", "number"], condition=Q(cycle__isnull=False), name="checkpoint_once_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["membership", "number"], condition=Q(cycle=None), name="checkpoint_of_re_review_once"
            ),
        )
        indexes = (models.Index(fields=["status", "due_on", "id"], name="checkpoint_by_day"),)

    def __str__(self) -> str:
        said = {"account": self.membership.account.name, "number": self.number, "quarter": self.label}
        if self.cycle_id is None:
            return gettext("%(account)s, measured for re-review %(number)d") % said
        return gettext("%(account)s, checkpoint %(number)d (%(quarter)s)") % said

    def get_absolute_url(self) -> str:
        return address_of("keyaccounts:checkpoint", self.pk)

    @property
    def account_id(self) -> int:
        return self.membership.account_id

    @property
    def label(self) -> str:
        return label_of(self.quarter_begins_on)

    @property
    def told_measures(self) -> list[Measure]:
        """What only people can say."""
        return [measure for measure in measures_of(self.standard) if measure.told]

    @property
    def asks_people(self) -> bool:
        return bool(self.told_measures)

    @step(
        status, S.AHEAD, S.ASKED, label=_("Measure now"), by=[the_clock, program_managers], kind="quiet",
        needs=[rules.not_settled], tells=[rules.who_gives_actuals], awaits=[ASKED],
    )  # fmt: skip
    def ask(self, *, by: User) -> None:
        """The figures on file are taken, and what only people know is asked for (K-13)."""
        self.asked_on = localdate()

    @step(
        status, [S.ASKED, S.MISSED], S.ANSWERED, label=_("Give the actuals"), form=FORM,
        by=[rules.account_manager, program_office, the_clock], needs=[rules.not_settled],
    )  # fmt: skip
    def answer(self, *, by: User, actuals: Sequence[Sequence[Any]] = (), comment: str = "") -> None:
        """What only people know of the quarter, each figure with where it comes from."""
        self.answered_on, self.words = localdate(), comment
        self.read(actuals, by)

    @step(
        status, S.ANSWERED, S.ANSWERED, label=_("Correct the actuals"), form=FORM, kind="quiet",
        by=[rules.account_manager, program_office], needs=[rules.not_settled],
    )  # fmt: skip
    def correct(self, *, by: User, actuals: Sequence[Sequence[Any]] = (), comment: str = "") -> None:
        """Other figures take the place of those; what stood before is kept beside them."""
        self.words = comment
        self.read(actuals, by)

    @step(status, S.ASKED, S.MISSED, label=_("Missed"), by=[the_clock], kind="quiet", awaits=[MISSING])
    def lapse(self, *, by: User) -> None:
        """Nobody has answered in time; it can still be answered until it is decided."""

    @step(status, [S.AHEAD, S.ASKED, S.MISSED], S.DROPPED, label=_("Drop"), by=[the_clock], kind="quiet")
    def drop(self, *, by: User) -> None:
        """It is not measured any more: the account was decided on before, or has left."""

    def read(self, actuals: Sequence[Sequence[Any]], by: User) -> None:
        """Keep what people said: triples of measure, value and source; a value of None says that it is not known."""
        known = {measure.pk: measure for measure in self.told_measures}
        for pk, value, source in actuals:
            if value is not None:
                self.keep_reading(known[int(pk)], value, source, localdate(), by)

    def keep_reading(self, measure: Measure, value: Any, source: str, as_of: date, by: User) -> None:
        rows: dict[str, Any] = {
            "membership": self.membership, "key": measure.key, "quarter_begins_on": self.quarter_begins_on,
        }  # fmt: skip
        Reading.objects.say(**rows, measure=measure, value=value, source=source, as_of=as_of, by=by)
