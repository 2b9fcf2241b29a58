"""An account with its manager, from proposal to the end of its pilot (P-04, P-15, P-22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Account
from acr_program.people.choices import Role
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.people.roles import program_managers, program_office, the_clock
from acr_program.ui.addresses import address_of
from acr_program.ui.kept import gettext
from acr_program.workflow.machine import Machine
from acr_program.workflow.steps import Await, step

from .. import rules
from ..choices import LIVE, MET_FROM, OUT, TO_CHOOSE, Evidence, Subject, Tier
from ..choices import CandidateStatus as S
from ..covering import forget_feedback
from ..scorecard import facts_of, forget_judgements, line_of, standing
from .aspect import Aspect
from .candidates import CandidateQuerySet
from .wave import PilotWave

FORMS = "pilots.forms.candidates"
COMMENT = "acr_program.workflow.forms.CommentForm"
ASKED = (
    Await(_("Say whether you will give feedback"), rules.who_has_to_agree, "agree", days=5, remind=2),
    Await(_("Rate how the account manager plans"), rules.who_has_to_rate, "rate", days=5, remind=2),
)


class PilotCandidate(Machine):
    """One account with its account manager in one wave.

    `aspects` are those it is to test. `score` adds up what it was rated, `tier` says how its scorecards stand: both follow
    from the judgements and the facts on file (`pilots.scorecard`). `flag` says what turned during the pilot (P-08, P-09).
    """

    STATES = S
    LOCKS = "wave"
    WAITER = "manager"
    READS = ("account__manager", "manager__reports_to", "wave__criteria")
    DERIVES = ("search", "business_unit", "country", "theater", "score", "tier")
    BEGINS_AWAITS = ASKED
    BEGINS_TELLS = (rules.who_has_to_agree, rules.who_has_to_rate)
    BEGINS_MAIL = "pilot"

    wave = models.ForeignKey(PilotWave, models.PROTECT, related_name="candidates", verbose_name=_("wave"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="pilots", verbose_name=_("account"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pilots", verbose_name=_("account manager")
    )
    aspects = models.ManyToManyField(Aspect, blank=True, related_name="candidates", verbose_name=_("what it tests"))
    business_unit = models.CharField(_("business unit"), max_length=80, blank=True, editable=False)
    country = models.CharField(_("country"), max_length=60, blank=True, editable=False)
    theater = models.CharField(_("theater"), max_length=5, blank=True, editable=False)
    score = models.PositiveSmallIntegerField(_("score"), default=0, editable=False)
    tier = models.PositiveSmallIntegerField(_("scorecards"), choices=Tier.choices, default=Tier.OPEN, editable=False)
    reason = models.TextField(_("why"), max_length=4000, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )  # fmt: skip
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    started_on = models.DateField(_("pilot since"), null=True, editable=False)
    ended_on = models.DateField(_("pilot until"), null=True, editable=False)
    flag = models.TextField(_("flag"), max_length=2000, blank=True, editable=False)
    flagged_on = models.DateField(_("flagged on"), null=True, editable=False)
    customer_said = models.TextField(_("what the customer said"), max_length=4000, blank=True, editable=False)
    we_think = models.TextField(_("what we think it did for them"), max_length=4000, blank=True, editable=False)
    search = models.CharField(max_length=400, editable=False, default="")
    status = FSMField(_("status"), choices=S.choices, default=S.PROPOSED, protected=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot candidate")
        ordering = ("wave", "tier", "-score", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=S.values), name="candidate_status_known"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="candidate_tier_known"),
            models.UniqueConstraint(fields=["wave", "account"], name="candidate_once_a_wave"),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status__in=[S.SELECTED, S.ACTIVE]),
                name="candidate_one_pilot_an_account",
            ),
        )
        indexes = (
            models.Index(fields=["wave", "tier", "-score", "id"], name="candidate_by_rank"),
            models.Index(fields=["account", "status"], name="candidate_of_account"),
        )

    def __str__(self) -> str:
        return gettext("%(account)s in %(wave)s") % {"account": self.account.name, "wave": self.wave.name}

    def get_absolute_url(self) -> str:
        return address_of("pilots:candidate", self.pk)

    def derive(self) -> None:
        """What is told of the account is followed while it is live; the scorecards until it is a pilot, which it became by them."""
        self.search = folded(self.account.name, self.manager.name, self.account.code)
        if self.status in LIVE:
            account = self.account
            self.business_unit, self.country, self.theater = account.business_unit, account.country, account.theater
        if self.status in TO_CHOOSE:
            self.score, self.tier = standing(self)
        elif self.status in OUT:
            self.tier = Tier.OUT

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def stands(self) -> Tier:
        """How its two scorecards stand, in words and tone."""
        return Tier(self.tier)

    @property
    def in_other_wave(self) -> bool:
        """Whether the account is selected or active elsewhere; known already where a query has asked it of many."""
        if "elsewhere" in self.__dict__:
            return bool(self.__dict__["elsewhere"])
        there = PilotCandidate.objects.filter(account=self.account_id, status__in=[S.SELECTED, S.ACTIVE])
        return bool(there.exclude(pk=self.pk).exists())

    def decide(self, by: User, reason: str) -> None:
        self.decided_by, self.decided_on, self.reason = by, localdate(), reason

    def judge(self, criterion: Any, *, by: User, **said: Any) -> Any:
        """Write a judgement by this criterion, with what is on file; the one that stood is kept as replaced (P-05)."""
        person = self.manager if criterion.about == Subject.MANAGER else None
        for old in self.judgements.standing().filter(criterion=criterion, person=person):
            old.replaced_at = now()
            old.save(update_fields=["replaced_at"])
        facts = {fact.kind: fact for fact in facts_of(self.account)}
        known, version = line_of(self, criterion, {}, facts).on_file, self.wave.criteria
        assert version is not None, "Candidates are proposed once the criteria are settled."
        forget_judgements(self)
        return self.judgements.create(
            criterion=criterion, person=person, by=by, version=version, on_file=known.words if known else "", **said
        )  # fmt: skip

    # Judged by the two persons concerned

    @step(
        status, S.PROPOSED, S.PROPOSED, label=_("Agree to give feedback"), by=[rules.own_manager], holder="manager",
        form=f"{FORMS}.AgreeForm", needs=[rules.agreement_asked], awaits=ASKED,
    )  # fmt: skip
    def agree(self, *, by: User, agrees: bool, words: str = "") -> None:
        """The account manager's own word, for or against (P-13)."""
        self.judge(rules.criterion_for(self, Evidence.AGREEMENT), by=by, met=agrees, words=words, day=localdate())

    @step(
        status, S.PROPOSED, S.PROPOSED, label=_("Rate the planning"), by=[rules.rater], form=f"{FORMS}.RateForm",
        needs=[rules.rating_asked], awaits=ASKED,
    )  # fmt: skip
    def rate(self, *, by: User, score: int, words: str = "", link: str = "", plan: Any = None) -> None:
        """How well the account manager plans, with the plan as evidence, linked or attached here (P-12)."""
        said = {"score": score, "met": score >= MET_FROM, "words": words, "link": link, "plan": plan}
        self.judge(rules.criterion_for(self, Evidence.PLAN), by=by, **said)

    # Chosen by the office

    @step(
        status, S.PROPOSED, S.QUALIFIED, label=_("Qualify"), by=[program_office], needs=[rules.both_pass],
        tells=[rules.the_manager], undo="requalify",
    )  # fmt: skip
    def qualify(self, *, by: User) -> None:
        """Both scorecards pass, each criterion with its evidence (P-15)."""
        self.decide(by, "")

    @step(
        status, S.QUALIFIED, S.PROPOSED, label=_("Judge anew"), by=[program_office], kind="quiet", awaits=ASKED,
    )  # fmt: skip
    def requalify(self, *, by: User) -> None:
        """Something is to be judged again before it is chosen."""

    @step(
        status, [S.PROPOSED, S.QUALIFIED], S.DISQUALIFIED, label=_("Disqualify"), by=[program_managers], kind="quiet",
        form=f"{FORMS}.DisqualifyForm", tells=[rules.the_manager], undo="reconsider",
    )  # fmt: skip
    def disqualify(self, *, by: User, criterion: Any, comment: str) -> None:
        """By which criterion, and why."""
        self.decide(by, gettext("%(criterion)s: %(why)s") % {"criterion": criterion, "why": comment})

    @step(status, S.DISQUALIFIED, S.PROPOSED, label=_("Reconsider"), by=[program_managers], awaits=ASKED)
    def reconsider(self, *, by: User) -> None:
        """It is a candidate again; what was judged stands."""

    @step(
        status, S.QUALIFIED, S.SELECTED, label=_("Select"), by=[program_managers],
        needs=[rules.wave_selects, rules.both_pass, rules.no_other_pilot], tells=[rules.the_manager], undo="deselect",
    )  # fmt: skip
    def select(self, *, by: User) -> None:
        """It is a pilot once the wave is launched."""
        self.decide(by, "")

    @step(status, S.QUALIFIED, S.RESERVE, label=_("Hold in reserve"), by=[program_managers], undo="deselect")
    def hold(self, *, by: User) -> None:
        """It can be promoted where a pilot falls out."""
        self.decide(by, "")

    @step(
        status, [S.SELECTED, S.RESERVE], S.QUALIFIED, label=_("Choose anew"), by=[program_managers], kind="quiet",
        needs=[rules.wave_selects],
    )  # fmt: skip
    def deselect(self, *, by: User) -> None:
        """It is qualified, and neither selected nor in reserve."""

    @step(
        status, S.RESERVE, S.SELECTED, label=_("Promote"), by=[program_managers],
        needs=[rules.wave_takes, rules.both_pass, rules.no_other_pilot], tells=[rules.the_manager],
    )  # fmt: skip
    def promote(self, *, by: User) -> None:
        """It takes the place of a pilot that fell out; in a wave that runs it begins at once."""
        self.decide(by, "")

    @step(
        status, S.SELECTED, S.ACTIVE, label=_("Start the pilot"), by=[the_clock], tells=[rules.the_manager],
        awaits=[Await(_("Give feedback on the pilot"), rules.the_manager, "give_feedback", days=20)],
    )  # fmt: skip
    def start(self, *, by: User) -> None:
        """From now on the account may have a review (P-01)."""
        self.started_on = localdate()

    # Piloted

    @step(
        status, S.ACTIVE, S.ACTIVE, label=_("Give feedback"), by=[rules.own_manager], holder="manager",
        form=f"{FORMS}.FeedbackForm",
        awaits=[Await(_("Give the rest of your feedback on the pilot"), rules.who_gives_feedback, "give_feedback", days=10),
                Await(_("Complete the pilot, with its feedback"), rules.who_completes, "complete", days=10)],
    )  # fmt: skip
    def give_feedback(
        self, *, by: User, ratings: Sequence[Sequence[Any]] = (), customer_said: str = "", we_think: str = ""
    ) -> None:
        """Score and words for what was met so far, and what it did for the customer (P-02, P-03).

        `ratings` are aspect, score, words; what was said of an aspect before is replaced.
        """
        self.ratings.filter(aspect__in=[aspect for aspect, _score, _words in ratings]).delete()
        model: Any = self.ratings.model
        model.objects.bulk_create(
            [
                model(candidate=self, aspect_id=aspect, score=score, words=words, by=by)
                for aspect, score, words in ratings
            ]
        )
        self.customer_said, self.we_think = customer_said, we_think
        forget_feedback(self)

    @step(
        status, S.ACTIVE, S.ACTIVE, label=_("Raise the flag"), by=[the_clock], tells=[rules.the_managers, rules.the_manager],
        awaits=[Await(_("Say whether the pilot goes on"), Role.MANAGER, "settle_flag", days=2),
                Await(_("Give feedback on the pilot"), rules.who_gives_feedback, "give_feedback", days=20)],
    )  # fmt: skip
    def raise_flag(self, *, by: User, words: str) -> None:
        """A fact turned during the pilot that would have kept the account out of it (P-08, P-09)."""
        self.flag = "\n".join(filter(None, [self.flag, words]))
        self.flagged_on = self.flagged_on or localdate()

    @step(
        status, S.ACTIVE, S.ACTIVE, label=_("The pilot goes on"), by=[program_managers], form=COMMENT,
        needs=[rules.has_flag], tells=[rules.the_manager],
        awaits=[Await(_("Give feedback on the pilot"), rules.who_gives_feedback, "give_feedback", days=20)],
    )  # fmt: skip
    def settle_flag(self, *, by: User, comment: str) -> None:
        """Why it goes on all the same; where it does not, it is withdrawn."""
        self.flag, self.flagged_on = "", None
        self.decide(by, comment)

    @step(
        status, S.ACTIVE, S.COMPLETED, label=_("Complete the pilot"), by=[program_office],
        needs=[rules.has_feedback, rules.no_flag], tells=[rules.the_manager],
    )  # fmt: skip
    def complete(self, *, by: User) -> None:
        """With the account manager's feedback on processes, tools and customer impact (P-02, P-03)."""
        self.ended_on = localdate()

    @step(
        status, [S.SELECTED, S.ACTIVE, S.RESERVE], S.WITHDRAWN, label=_("Withdraw"), form=COMMENT, kind="danger",
        by=[program_managers, rules.rep_of_account, the_clock], tells=[rules.the_manager, rules.the_managers],
    )  # fmt: skip
    def withdraw(self, *, by: User, comment: str) -> None:
        """It takes no part any more, for the reason given."""
        self.decide(by, comment)
        self.ended_on = localdate() if self.started_on else None
