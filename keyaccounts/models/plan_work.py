"""What stands in the parts of a plan that say what we do: objectives, actions, resources, team, data, promises (N4 to N9)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ..choices_plan import (
    ActionState,
    ActionUse,
    Aim,
    Decision,
    EventKind,
    ObjectiveKind,
    PromiseKind,
    Side,
    SkillKind,
)  # fmt: skip
from .plan_row import MONEY, PlanRow, known
from .plan_rows import Opportunity

USER = settings.AUTH_USER_MODEL


class Objective(PlanRow):
    """A goal, a key figure, a service level or a joint goal: target, actual, next check (N4.2, N7.7, N9.0, N9.2, N9.5).

    `priority` 1 is the first; `percent` and `narrative` say how far a joint goal is; `miss` why a target was not met.
    """

    BESIDE = ("opportunity", "owner")
    ANEW = ("agreed_on",)  # what the customer agreed to, it agreed to for that year

    kind = models.CharField(_("kind"), max_length=6, choices=ObjectiveKind.choices)
    what = models.CharField(_("what"), max_length=200)
    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="objectives", verbose_name=_("opportunity")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    aim = models.CharField(_("direction"), max_length=6, choices=Aim.choices, blank=True)
    target = models.DecimalField(_("target"), null=True, blank=True, **MONEY)
    actual = models.DecimalField(_("actual"), null=True, blank=True, **MONEY)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    as_of = models.DateField(_("actual as of"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    next_check = models.DateField(_("next check"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed with the customer on"), null=True, blank=True)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    miss = models.TextField(_("why it was missed"), max_length=2000, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent done"), null=True, blank=True)
    narrative = models.TextField(_("how far it is"), max_length=2000, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("objective")
        ordering = ("priority", "pk")
        constraints = (
            known("kind", ObjectiveKind.values, name="objective_kind_known"),
            known("aim", Aim.values, name="objective_aim_known", empty=True),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="objective_percent_to_hundred"
            ),
        )

    def __str__(self) -> str:
        return self.what


class Event(PlanRow):
    """Something that happened between us, or will: a query, a decision, a renewal, a survey (N2.5, N3.5, N8.1, N8.5, N8.6).

    A query has `asked_at`, `answered_at` and `answer`; a decision `decision` and `behaviour`; a renewal `due`, `run_up` in days
    and `outcome`; a survey `score` from 0 to 10.
    """

    BESIDE = ("owner",)

    kind = models.CharField(_("kind"), max_length=8, choices=EventKind.choices)
    what = models.TextField(_("what"), max_length=4000)
    on = models.DateField(_("on"), default=localdate)
    who = models.CharField(_("who at the customer"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    decision = models.CharField(_("decision"), max_length=6, choices=Decision.choices, blank=True)
    behaviour = models.TextField(_("how they behaved"), max_length=2000, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    run_up = models.PositiveSmallIntegerField(_("run-up in days"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)
    score = models.DecimalField(_("score, 0 to 10"), null=True, blank=True, max_digits=3, decimal_places=1)

    class Meta(PlanRow.Meta):
        verbose_name = _("event")
        ordering = ("-on", "-pk")
        constraints = (
            known("kind", EventKind.values, name="event_kind_known"),
            known("decision", Decision.values, name="event_decision_known", empty=True),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(0, 10)), name="event_score_to_ten"),
        )
        indexes = (models.Index(fields=["plan", "kind", "id"], name="event_of_plan"),)

    def __str__(self) -> str:
        return self.what[:80]


class Action(PlanRow):
    """What is done, for which goal, by when and by whom, and how it is measured, reviewed and told (N5.1 to N5.4, N5.7).

    One of the rescue plan waits without a day: `within` says how many working days it has once the plan is started.
    """

    BESIDE = ("objective", "owner", "event")

    use = models.CharField(_("belongs to"), max_length=8, choices=ActionUse.choices, default=ActionUse.PLAN)
    what = models.CharField(_("what"), max_length=300)
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("goal it serves")
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="actions", verbose_name=_("renewal it prepares")
    )
    within = models.PositiveSmallIntegerField(_("working days from its start"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    helpers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("helpers"))
    measured = models.CharField(_("how success is measured"), max_length=200)
    reviewed = models.CharField(_("how it is reviewed"), max_length=200)
    told = models.CharField(_("how it is communicated"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("what came of it"), max_length=2000, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("action")
        ordering = ("due", "pk")
        constraints = (
            known("use", ActionUse.values, name="action_use_known"),
            known("state", ActionState.values, name="action_state_known"),
        )
        indexes = (models.Index(fields=["state", "due", "id"], name="action_by_due"),)

    def __str__(self) -> str:
        return self.what


class ResourceLine(PlanRow):
    """What an action takes: people-days and money (N6.1, N6.4)."""

    BESIDE = ("action",)

    action = models.ForeignKey(Action, models.PROTECT, related_name="resources", verbose_name=_("action"))
    what = models.CharField(_("what for"), max_length=160)
    days = models.DecimalField(_("people-days"), default=0, max_digits=7, decimal_places=2)
    money = models.DecimalField(_("money"), default=0, **MONEY)

    class Meta(PlanRow.Meta):
        verbose_name = _("resource")
        constraints = (models.CheckConstraint(condition=Q(days__gte=0, money__gte=0), name="resource_not_below_zero"),)

    def __str__(self) -> str:
        return self.what


class TeamRole(PlanRow):
    """A seat on the account team and who holds it; one that nobody holds is a gap in the pattern (N3.3, N5.5, N7.4)."""

    BESIDE = ("person",)

    title = models.CharField(_("role"), max_length=80)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who holds it")
    )
    does = models.TextField(_("responsible for"), max_length=2000, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    shown = models.BooleanField(_("on the team card for the customer"), default=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("role on the team")
        indexes = (models.Index(fields=["person", "plan"], name="team_role_of_person"),)

    def __str__(self) -> str:
        return self.title


class Skill(PlanRow):
    """What a seat asks for and what is there, from 0 to 4; `special` is asked by this account alone (N6.2, N6.3)."""

    BESIDE = ("role__person",)

    role = models.ForeignKey(TeamRole, models.PROTECT, related_name="skills", verbose_name=_("role"))
    kind = models.CharField(_("kind"), max_length=10, choices=SkillKind.choices, default=SkillKind.SKILL)
    what = models.CharField(_("what"), max_length=120)
    needed = models.PositiveSmallIntegerField(_("needed, 0 to 4"))
    present = models.PositiveSmallIntegerField(_("present, 0 to 4"), default=0)
    special = models.BooleanField(_("asked by this account alone"), default=False)

    class Meta(PlanRow.Meta):
        verbose_name = _("skill")
        ordering = ("role", "what", "pk")
        constraints = (
            known("kind", SkillKind.values, name="skill_kind_known"),
            models.CheckConstraint(condition=Q(needed__lte=4, present__lte=4), name="skill_to_four"),
        )

    def __str__(self) -> str:
        return self.what


class Promise(PlanRow):
    """What we do, what we do not, and what was delivered; what was delivered beyond it has a price (N7.3, N9.3, M18)."""

    BESIDE = ("covers",)

    kind = models.CharField(_("kind"), max_length=10, choices=PromiseKind.choices)
    what = models.CharField(_("what"), max_length=200)
    covers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delivered", verbose_name=_("promised as")
    )
    price = models.DecimalField(_("price"), null=True, blank=True, **MONEY)
    paid = models.BooleanField(_("paid by the customer"), default=False)
    on = models.DateField(_("on"), null=True, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("promise")
        constraints = (known("kind", PromiseKind.values, name="promise_kind_known"),)

    def __str__(self) -> str:
        return self.what


class Evaluation(PlanRow):
    """The relationship as somebody outside the account team sees it, each mark from 0 to 10 (N9.6)."""

    BESIDE = ("by",)

    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("evaluated by"))
    on = models.DateField(_("on"), default=localdate)
    trust = models.PositiveSmallIntegerField(_("trust, 0 to 10"))
    fit = models.PositiveSmallIntegerField(_("fit of what we offer, 0 to 10"))
    access = models.PositiveSmallIntegerField(_("access to who decides, 0 to 10"))
    words = models.TextField(_("what stands behind it"), max_length=4000)

    class Meta(PlanRow.Meta):
        verbose_name = _("independent evaluation")
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(trust__lte=10, fit__lte=10, access__lte=10), name="evaluation_to_ten"),
        )

    def __str__(self) -> str:
        return f"{self.on}"

    def save(self, *args: Any, **options: Any) -> None:
        """Whoever enters it has evaluated: nobody enters one in another's name."""
        if self._state.adding and not self.by_id:
            self.by_id = self.changed_by_id
        super().save(*args, **options)


class Contributor(PlanRow):
    """Somebody who contributes to a part: of our house by name, or of outside (N4.5)."""

    BESIDE = ("person",)

    part = models.CharField(_("part"), max_length=14)
    side = models.CharField(_("inside or outside"), max_length=8, choices=Side.choices, editable=False)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("somebody of our house")
    )
    name = models.CharField(_("somebody from outside"), max_length=120, blank=True)
    of = models.CharField(_("of which company"), max_length=120, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = _("contributor")
        constraints = (
            known("side", Side.values, name="contributor_side_known"),
            models.CheckConstraint(
                condition=Q(side=Side.INSIDE, person__isnull=False, name="")
                | (Q(side=Side.OUTSIDE, person=None) & ~Q(name="")),
                name="contributor_of_one_side",
            ),
        )

    def __str__(self) -> str:
        return self.person.name if self.person else self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.side = Side.INSIDE if self.person_id else Side.OUTSIDE
        super().save(*args, **options)
