"""Customer value and needs: the place in the ranking, worth by period, needs, issues, decisions, why they buy (N2.1 to N2.7)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.quarters import label_of, quarter_of
from acr_program.charter.shell import frame
from acr_program.ui.columns import Column
from acr_program.ui.parts import Figure, Fragment
from acr_program.ui.phrases import number

from ...calendar import months_after
from ...choices_plan import EventKind, FindingKind, FindingState, PartKey, Severity, Voice
from ...models import Event, Finding, Worth
from .. import value_formula as formula
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..row_forms import RowForm
from ..value_formula import percent, ranking_for
from ..value_pages import growth_said, margin_said
from ..value_risks import gravity
from ..value_worth import periods_of, picture, quarters_to_choose, title_of

PART = PartKey.VALUE
MONEY_FIELDS = ("revenue", "potential")


class WorthForm(RowForm):
    """A quarter or four of them; at least one of revenue, margin and potential, in the company's currency."""

    begins_on = forms.TypedChoiceField(label=_("Period begins with"), coerce=date.fromisoformat)
    months = forms.TypedChoiceField(
        label=_("How long it is"), choices=[(3, _("One quarter")), (12, _("Four quarters"))], coerce=int
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["begins_on"]
        field.choices = [(day.isoformat(), label_of(day)) for day in quarters_to_choose(self.instance.begins_on)]
        self.initial["begins_on"] = self.initial.get("begins_on") or months_after(quarter_of(localdate()), 3)
        for name in MONEY_FIELDS:
            self.fields[name].label = in_money(str(self.fields[name].label))
        self.fields["potential"].help_text = say("What they could buy from us at most.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and all(given.get(name) is None for name in ("revenue", "margin", "potential")):
            self.add_error("revenue", say("Say at least one of the three: revenue, margin or potential."))
        return given


class LearntForm(RowForm):
    """Something that was learnt: not on a day still to come. `asked` must be said here, though others of its model need not."""

    asked: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.asked:
            self.fields[name].required = True

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > localdate():
            raise forms.ValidationError(say("This day is still to come."))
        return on


class HeardForm(LearntForm):
    """Stated by the customer, or assumed by us (N2.6)."""

    asked = ("voice",)


class IssueForm(LearntForm):
    asked = ("severity",)


class DecisionForm(LearntForm):
    asked = ("decision", "behaviour")


def worth_remark(worth: Worth) -> str:
    if worth.revenue is not None and worth.potential is not None and worth.revenue > worth.potential:
        return say("Planned beyond the potential")
    return ""


def issue_remark(issue: Finding) -> str:
    grave = issue.severity == Severity.HIGH and issue.state == FindingState.OPEN
    return say("Nobody has taken it up") if grave else ""


def told_by(event: Event) -> str:
    """Who decided, and how we know."""
    return ", ".join(one for one in (event.who, event.source) if one)


def margin_of(worth: Worth) -> str:
    return "" if worth.margin is None else percent(worth.margin)


WORTH = kind(
    Kind(
        "worth", PART, Worth, _("What they are planned to be worth"), one=_("period"), add=_("Add a period"),
        empty=_("No period is planned yet: say what the customer will be worth in the next quarter, or in the year."),
        columns=[
            Column("period", _("Period"), title_of, sub="source"),
            Column("revenue", _("Planned revenue"), num=True), Column("margin", _("Planned margin"), margin_of, num=True),
            Column("potential", _("Potential"), num=True),
            Column("as_of", _("As of"), nowrap=True),
        ],
        fields=("begins_on", "months", "revenue", "margin", "potential", "source", "as_of"),
        form=WorthForm, remark=worth_remark,
    )
)  # fmt: skip
NEEDS = kind(
    Kind(
        "needs", PART, Finding, _("What they need"), one=_("need"), add=_("Add a need"), of={"kind": FindingKind.NEED},
        empty=_("No need is written down yet: what does the customer want to reach, and how do you know?"),
        columns=[
            Column("words", _("Need")), Column("voice", _("Stated or assumed")), Column("state", _("State")),
            Column("source", _("Source")), Column("on", _("On"), nowrap=True),
        ],
        fields=("words", "voice", "source", "on", "state"), form=HeardForm,
    )
)  # fmt: skip
ISSUES = kind(
    Kind(
        "issues", PART, Finding, _("Their issues and challenges"), one=_("issue"), add=_("Add an issue"),
        of={"kind": FindingKind.ISSUE},
        empty=_("No issue is written down yet: what troubles the customer, in its market, in its house, or with us?"),
        columns=[
            Column("words", _("Issue or challenge")), Column("severity", _("Severity")), Column("state", _("State")),
            Column("source", _("Source")), Column("on", _("Since"), nowrap=True),
        ],
        fields=("words", "severity", "state", "source", "on"), form=IssueForm, remark=issue_remark, order=gravity,
    )
)  # fmt: skip
DECISIONS = kind(
    Kind(
        "decisions", PART, Event, _("How they behaved when they decided"), one=_("decision"), add=_("Add a decision"),
        of={"kind": EventKind.DECISION},
        empty=_("No decision is logged yet: how did they go about it when they last bought, renewed or switched?"),
        columns=[
            Column("what", _("What was decided"), sub=told_by), Column("decision", _("Decision")),
            Column("behaviour", _("How they behaved"), whole=True), Column("outcome", _("Outcome"), whole=True, empty=""),
            Column("on", _("On"), nowrap=True),
        ],
        fields=("decision", "what", "behaviour", "outcome", "on", "who", "source"), form=DecisionForm,
    )
)  # fmt: skip


def reasons(key: str, voice: Voice, title: Any, empty: Any) -> Kind:
    """Why they buy from us, by one voice. Once the customer has said what was assumed, `voice` moves it to the other list."""
    return kind(
        Kind(
            key, PART, Finding, title, one=_("reason"), add=_("Add a reason"), empty=empty,
            of={"kind": FindingKind.REASON, "voice": voice},
            columns=[
                Column("words", _("Reason")), Column("source", _("Source")), Column("on", _("On"), nowrap=True),
            ],
            fields=("words", "voice", "source", "on"), form=HeardForm,
        )
    )  # fmt: skip


STATED = reasons(
    "reasons-stated", Voice.STATED, _("Why they buy from us: the customer said so"),
    _("The customer has not said why yet: ask, and write down its own words."),
)  # fmt: skip
ASSUMED = reasons(
    "reasons-assumed", Voice.ASSUMED, _("Why they buy from us: we assume it"),
    _("Nothing is assumed. What you believe without having heard it from the customer stands here."),
)  # fmt: skip


def place(plan: Any, user: Any) -> Fragment:
    """Where the account stands among all customers (N2.1, N2.2); two queries."""
    ranking = ranking_for(user)
    row = ranking.of(plan.account_id)
    said: dict[str, Any] = {"formula": formula.SAYS, "row": row, "count": len(ranking.rows), "span": ranking.span}
    if row:
        said["figures"] = [
            Figure(number(row.place), say("Place"), say("of %(n)s customers") % {"n": number(len(ranking.rows))}),
            Figure(number(row.value, 0), in_money(say("Value"))),
            Figure(number(row.net, 0), in_money(say("Net value"))),
            Figure(margin_said(row, ranking), say("Margin")),
            Figure(growth_said(row), say("Growth on the year before")),
        ]
    return Fragment("keyaccounts/plan_place.html", said)


def in_money(words: str) -> str:
    """A name with the company's currency."""
    return f"{words}, {frame().currency}" if frame().currency else words


def beside_file(plan: Any, user: Any) -> Fragment | None:
    """What is planned beside what is on file (N2.3); one query beside the list's own."""
    periods = periods_of(plan)
    return (
        Fragment("keyaccounts/plan_worth.html", {"periods": periods, "picture": picture(periods)}) if periods else None
    )


hang(PART, place)
hang(PART, beside_file)

NEED, ISSUE = Q(kind=FindingKind.NEED), Q(kind=FindingKind.ISSUE)
demand(
    Demand(PART, "worth", _("Say what the customer will be worth: revenue, margin or potential of a period."), "worth",
           weight=2),
    Demand(PART, "needs", _("Write down what the customer needs, and how you know."), "finding", NEED, weight=2),
    Demand(PART, "heard", _("Ask the customer: no need stands here that it has stated itself."), "finding",
           NEED & Q(voice=Voice.STATED)),
    Demand(PART, "issues", _("Write down what troubles the customer."), "finding", ISSUE),
    Demand(PART, "graded", _("Say of each issue how severe it is."), "finding", ISSUE & Q(severity=""), most=0),
    Demand(PART, "taken", _("Take up each issue of high severity."), "finding",
           ISSUE & Q(severity=Severity.HIGH, state=FindingState.OPEN), most=0, weight=2),
    Demand(PART, "decisions", _("Log a decision to buy, renew or switch, and how they behaved."), "event",
           Q(kind=EventKind.DECISION)),
    Demand(PART, "reasons", _("Ask the customer why it buys from us, and write down what it says."), "finding",
           Q(kind=FindingKind.REASON, voice=Voice.STATED), weight=2),
)  # fmt: skip
