"""Day to day: queries, insights, contacts, ideas, renewals, surveys (N8.1 to N8.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column
from acr_program.ui.parts import Fragment
from acr_program.ui.phrases import moment

from ...choices_plan import ActionState, ActionUse, EventKind, FindingKind, FindingState, Influence, PartKey
from ...models import Action, Event, Finding, PersonMap
from ...plan_rules import may_write
from .. import daily_standing as standing
from .. import daily_waiting  # noqa: F401 (what waits is known by name)
from ..actions_waiting import settle
from ..daily_forms import LearntForm, QueryForm, RenewalForm, RunUpForm, SurveyForm, is_open
from ..format import Demand, demand
from ..kinds import Kind, kind
from ..panels import hang
from ..writing import follow
from .relation import PEOPLE

PART = PartKey.DAILY
LONG = timedelta(days=31)  # an insight that led to nothing for longer is asked after
QUARTER = timedelta(days=92)


def asked_said(row: Event) -> str:
    return moment(row.asked_at)


def unopened(row: Finding) -> str:
    forgotten = row.state == FindingState.OPEN and not row.led_to_id and row.on < localdate() - LONG
    return say("Has led to nothing yet") if forgotten else ""


def renewal_remark(row: Event) -> str:
    return say("Run out, and nobody has said what came of it") if standing.is_run_out(row) else ""


def survey_remark(row: Event) -> str:
    return say("Due, and not answered yet") if row.score is None and row.due and row.due < localdate() else ""


QUERIES = kind(
    Kind(
        "queries", PART, Event, _("Queries"), one=_("query"), add=_("Add a query"), of={"kind": EventKind.QUERY},
        empty=_("No query is written down yet: what does the customer ask, and how long does it wait for an answer?"),
        columns=[
            Column("what", _("What they ask"), sub="who", whole=True), Column("asked_at", _("Asked"), asked_said),
            Column("due", _("By"), nowrap=True), Column("owner", _("Who answers"), "owner.name", empty=_("nobody")),
            Column("answer", _("Answer"), whole=True, empty=_("not yet")),
            Column("took", _("Answered after"), standing.took_said, nowrap=True, empty=""),
        ],
        fields=("what", "who", "asked_at", "due", "owner", "answered_at", "answer"), form=QueryForm,
        remark=standing.query_remark, carries=is_open,
    )
)  # fmt: skip
INSIGHTS = kind(
    Kind(
        "insights", PART, Finding, _("Insights"), one=_("insight"), add=_("Add an insight"), of={"kind": FindingKind.INSIGHT},
        empty=_("No insight is written down yet: what did we learn about them this week?"),
        columns=[
            Column("words", _("What we learnt"), whole=True), Column("source", _("Source")), Column("on", _("On"), nowrap=True),
            Column("state", _("State")),
        ],
        fields=("words", "source", "on", "state"), form=LearntForm, remark=unopened,
        carries=lambda row: row.state == FindingState.OPEN and not row.led_to_id,
    )
)  # fmt: skip
IDEAS = kind(
    Kind(
        "ideas", PART, Finding, _("Ideas that cement the relationship"), one=_("idea"), add=_("Add an idea"),
        of={"kind": FindingKind.IDEA},
        empty=_("No idea is written down yet: what would make us harder to replace?"),
        columns=[
            Column("words", _("Idea"), whole=True), Column("source", _("From whom")), Column("on", _("On"), nowrap=True),
            Column("state", _("State")),
        ],
        fields=("words", "source", "on", "state"), form=LearntForm, remark=unopened,
        carries=lambda row: row.state == FindingState.OPEN,
    )
)  # fmt: skip
RENEWALS = kind(
    Kind(
        "renewals", PART, Event, _("Renewals"), one=_("renewal"), add=_("Add a renewal"), of={"kind": EventKind.RENEWAL},
        empty=_("No renewal is written down yet: which contracts run out, and when?"),
        columns=[
            Column("what", _("What is renewed"), sub="who", whole=True), Column("due", _("Runs out"), nowrap=True),
            Column("run_up", _("Days of run-up"), num=True), Column("owner", _("Who has it"), "owner.name", empty=_("nobody")),
            Column("outcome", _("Outcome"), whole=True, empty=_("not yet")),
        ],
        fields=("what", "who", "due", "run_up", "owner", "outcome"), form=RenewalForm, remark=renewal_remark, carries=is_open,
    )
)  # fmt: skip
RUN_UP = kind(
    Kind(
        "run-up", PART, Action, _("Tasks before a renewal"), one=_("task"), add=_("Add a task"), of={"use": ActionUse.RENEWAL},
        empty=_("No task is written down yet: what has to be done before a contract runs out?"),
        columns=[
            Column("what", _("Task"), sub=lambda row: str(row.event or "")), Column("due", _("By when"), nowrap=True),
            Column("owner", _("Who"), "owner.name", empty=_("nobody")), Column("state", _("State")),
            Column("result", _("What came of it"), whole=True, empty=""),
        ],
        fields=("event", "what", "due", "owner", "state", "done_on", "result"), form=RunUpForm, carries=False,
    )
)  # fmt: skip
SURVEYS = kind(
    Kind(
        "surveys", PART, Event, _("Short surveys"), one=_("survey"), add=_("Plan a short survey"), of={"kind": EventKind.SURVEY},
        empty=_("No survey is planned yet: one question, each quarter, to those who work with us."),
        columns=[
            Column("who", _("Who is asked")), Column("due", _("Due"), nowrap=True),
            Column("score", _("Score, 0 to 10"), num=True, empty=_("not yet")),
            Column("what", _("In their words"), whole=True, empty=""),
            Column("owner", _("Who asks"), "owner.name", empty=_("nobody")),
        ],
        fields=("due", "who", "owner", "on", "score", "what"), form=SurveyForm, remark=survey_remark, carries=is_open,
    )
)  # fmt: skip


def asked(plan: Any, user: Any) -> Fragment | None:
    """How many queries wait, which are late, how long an answer takes (N8.1)."""
    rows = QUERIES.read(plan)
    return Fragment("keyaccounts/plan_daily_queries.html", {"queries": standing.queries_of(rows)}) if rows else None


def contacts(plan: Any, user: Any) -> Fragment | None:
    """Whom to speak to next (N8.3); the people stand on the map of the relationship."""
    rows = [row for row in PEOPLE.read(plan) if row.rhythm or row.next_on or row.influence == Influence.DECIDES]
    writes = may_write(user, plan)
    people = standing.contacts_of(
        plan, rows, lambda row: writes or (plan.is_living and row.owner_id and user.acts_as(row.owner_id))
    )
    return Fragment("keyaccounts/plan_daily_contacts.html", {"people": people}) if people else None


def learnt(plan: Any, user: Any) -> Fragment | None:
    """What came of insights and ideas (N8.2, N8.4)."""
    insights, ideas = INSIGHTS.read(plan), IDEAS.read(plan)
    if not insights and not ideas:
        return None
    said = {"rows": standing.learnt(plan, INSIGHTS.every(plan), may_write(user, plan))}
    return Fragment("keyaccounts/plan_daily_learnt.html", said)


def renewals(plan: Any, user: Any) -> Fragment | None:
    """What runs out next, and how far its run-up is (N8.5)."""
    rows = standing.ahead_of(plan, RENEWALS.read(plan), RUN_UP.read(plan), may_write(user, plan))
    return Fragment("keyaccounts/plan_daily_renewals.html", {"rows": rows}) if rows else None


def surveys(plan: Any, user: Any) -> Fragment | None:
    """What the customer says of working with us, and where it goes (N8.6)."""
    found = standing.surveys_of(SURVEYS.read(plan))
    return Fragment("keyaccounts/plan_daily_surveys.html", {"surveys": found}) if found else None


for draw in (asked, contacts, learnt, renewals, surveys):
    hang(PART, draw)
follow(PersonMap, settle)

OPEN_INSIGHT = Q(kind=FindingKind.INSIGHT, led_to=None, state=FindingState.OPEN)
demand(
    Demand(
        PART, "late", _("Answer the queries that are late."), "event",
        lambda: Q(kind=EventKind.QUERY, answered_at=None, due__lt=localdate()), most=0, weight=2,
    ),
    Demand(
        PART, "rhythm", _("Say of each person who decides how often somebody is in touch with them."), "personmap",
        Q(influence=Influence.DECIDES, rhythm=None), most=0,
    ),
    Demand(
        PART, "contacts", _("Get in touch with those whose day is over."), "personmap",
        lambda: Q(next_on__lt=localdate()), most=0,
    ),
    Demand(PART, "insights", _("Write down what we learnt about them."), "finding", Q(kind=FindingKind.INSIGHT)),
    Demand(
        PART, "led", _("Make something of each insight: a need, an issue, a reason, a note; or drop it."), "finding",
        lambda: OPEN_INSIGHT & Q(on__lt=localdate() - LONG), most=0,
    ),
    Demand(PART, "ideas", _("Write down an idea that would cement the relationship."), "finding", Q(kind=FindingKind.IDEA)),
    Demand(PART, "renewals", _("Write down which contract runs out next, and when."), "event", Q(kind=EventKind.RENEWAL)),
    Demand(
        PART, "outcomes", _("Say what came of each renewal that has run out."), "event",
        lambda: Q(kind=EventKind.RENEWAL, outcome="", due__lt=localdate()), most=0,
    ),
    Demand(
        PART, "run_up", _("Write down what is to be done before the next renewal."), "action",
        Q(use=ActionUse.RENEWAL) & ~Q(state=ActionState.DROPPED),
    ),
    Demand(
        PART, "surveys", _("Ask the customer the short survey once a quarter."), "event",
        lambda: Q(kind=EventKind.SURVEY, score__isnull=False, on__gte=localdate() - QUARTER),
    ),
)  # fmt: skip
