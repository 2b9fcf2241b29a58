"""How the daily work stands: answer times, contacts that are due, what came of insights, renewals ahead, the trend of surveys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from acr_program.ui import phrases
from acr_program.ui.charts import Line, Lines
from acr_program.ui.parts import Figure

from ..choices_plan import ActionState, FindingKind
from ..models import Action, Event, Finding, Opportunity, PersonMap

LATELY = timedelta(days=92)  # answer times of this long count
DAY = timedelta(days=1)
MOST, GOOD, FAIR = 10, 7, 5  # the best score; a good one, one that will do


# Queries (N8.1)


def span(took: timedelta) -> str:
    """How long something took, in hours below a day and a half, else in days."""
    if took < DAY * 1.5:
        hours = max(1, round(took.total_seconds() / 3600))
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = round(took / DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def took(row: Event) -> timedelta | None:
    return row.answered_at - row.asked_at if row.answered_at and row.asked_at else None


def took_said(row: Event) -> str:
    found = took(row)
    return span(found) if found is not None else ""


def is_late_query(row: Event) -> bool:
    return row.answered_at is None and row.due is not None and row.due < localdate()


def was_late(row: Event) -> bool:
    return bool(row.answered_at and row.due and localdate(row.answered_at) > row.due)


def query_remark(row: Event) -> str:
    if is_late_query(row):
        return say("Late: not answered yet")
    return say("Answered late") if was_late(row) else ""


@dataclass(frozen=True)
class Queries:
    figures: list[Figure]
    late: list[Event]


def queries_of(rows: Sequence[Event]) -> Queries:
    """Those that are open, those that are late, and how long an answer took in the last quarter."""
    open_, late = [row for row in rows if row.answered_at is None], [row for row in rows if is_late_query(row)]
    times = [found for row in rows if row.answered_at and row.answered_at > now() - LATELY and (found := took(row))]
    mean = span(sum(times, timedelta()) / len(times)) if times else "–"
    answered = ngettext("of %(n)d answer in a quarter", "of %(n)d answers in a quarter", len(times)) % {"n": len(times)}
    figures = [
        Figure(phrases.number(len(open_)), say("Open queries")),
        Figure(phrases.number(len(late)), say("Late"), "", "bad" if late else "good"),
        Figure(mean, say("Mean time to the answer"), answered),
    ]
    return Queries(figures, sorted(late, key=lambda row: (row.due, row.pk)))


# Contacts (N8.3)


@dataclass(frozen=True)
class ToContact:
    """Somebody at the customer, whether it is time to speak to them, and where to say that it was done."""

    row: PersonMap
    url: str = ""

    @property
    def rhythm(self) -> str:
        days = self.row.rhythm or 0
        return ngettext("every day", "every %(n)d days", days) % {"n": days} if days else ""

    @property
    def standing(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.row.next_on is None:
            return (say("No day"), "warn") if self.row.rhythm else (say("No rhythm"), "neutral")
        if self.row.next_on < localdate():
            return say("Overdue"), "bad"
        return (say("This week"), "info") if self.row.next_on <= localdate() + DAY * 7 else (say("Ahead"), "good")


def contacts_of(plan: Any, rows: Iterable[PersonMap], may: Any) -> list[ToContact]:
    """Who is due first; `may(row)`: whether the reader may say that they were in touch."""
    ordered = sorted(rows, key=lambda row: (row.next_on is None, row.next_on or date.max, row.name))
    return [
        ToContact(row, reverse("keyaccounts:plan-in-touch", args=[plan.pk, row.pk]) if may(row) else "")
        for row in ordered
    ]


# Insights and ideas (N8.2, N8.4)


@dataclass(frozen=True)
class Learnt:
    """An insight or an idea, what came of it, and where to make something of it."""

    row: Finding
    became: list[Any]
    url: str = ""


def learnt(plan: Any, findings: Iterable[Finding], writes: bool) -> list[Learnt]:
    """Insights with what they became, ideas with the opportunities that they led to; of all findings of the plan."""
    targets = {row.pk: row for row in findings}
    insights = [row for row in targets.values() if row.kind == FindingKind.INSIGHT]
    ideas = [row for row in targets.values() if row.kind == FindingKind.IDEA]
    by_idea: dict[int | None, list[Opportunity]] = defaultdict(list)
    for one in Opportunity.objects.filter(plan=plan, finding__in=[row.pk for row in ideas]):
        by_idea[one.finding_id].append(one)
    found = []
    for row in insights:
        url = reverse("keyaccounts:plan-insight-led", args=[plan.pk, row.pk]) if writes and not row.led_to_id else ""
        found.append(Learnt(row, [targets[row.led_to_id]] if row.led_to_id else [], url))
    add = reverse("keyaccounts:plan-add", args=[plan.pk, "opportunities"])
    return found + [Learnt(row, by_idea[row.pk], f"{add}?finding={row.pk}" if writes else "") for row in ideas]


# Renewals (N8.5)


@dataclass(frozen=True)
class Ahead:
    """A renewal without its outcome, and the tasks that prepare it."""

    row: Event
    tasks: list[Action]
    url: str = ""

    @property
    def begins(self) -> date | None:
        return self.row.due - timedelta(days=self.row.run_up or 0) if self.row.due else None

    @property
    def done(self) -> int:
        return sum(one.state == ActionState.DONE for one in self.tasks)

    @property
    def standing(self) -> tuple[str, str]:
        if self.row.due is None or self.begins is None:
            return say("No day"), "warn"
        if self.row.due < localdate():
            return say("Run out, no outcome yet"), "bad"
        return (say("In its run-up"), "info") if self.begins <= localdate() else (say("Ahead"), "good")


def ahead_of(plan: Any, renewals: Iterable[Event], tasks: Iterable[Action], writes: bool) -> list[Ahead]:
    by_event: dict[int | None, list[Action]] = defaultdict(list)
    for task in tasks:
        by_event[task.event_id].append(task)
    add = reverse("keyaccounts:plan-add", args=[plan.pk, "run-up"])
    rows = sorted((row for row in renewals if not row.outcome), key=lambda row: (row.due or date.max, row.pk))
    return [Ahead(row, by_event[row.pk], f"{add}?event={row.pk}" if writes else "") for row in rows]


def is_run_out(row: Event) -> bool:
    return bool(row.due and row.due < localdate() and not row.outcome)


# Surveys (N8.6)


@dataclass(frozen=True)
class Surveys:
    figures: list[Figure]
    sentence: str
    picture: Lines | None


def tone_of(score: Any) -> str:
    return "good" if score >= GOOD else "warn" if score >= FAIR else "bad"


def surveys_of(rows: Sequence[Event]) -> Surveys | None:
    """The last score beside the one before, the next day on which they are asked, and the trend; nothing without any."""
    scored = sorted((row for row in rows if row.score is not None), key=lambda row: (row.on, row.pk))
    waiting = sorted((row for row in rows if row.score is None and row.due), key=lambda row: (row.due, row.pk))
    if not scored and not waiting:
        return None
    figures = []
    if scored:
        before = say("%(score)s before") % {"score": phrases.number(scored[-2].score, 1)} if len(scored) > 1 else ""
        last = scored[-1].score
        figures.append(Figure(phrases.number(last, 1), say("Last score, of 10"), before, tone_of(last)))
    next_ = phrases.day(waiting[0].due) if waiting else say("not planned")
    figures.append(Figure(next_, say("Asked next"), waiting[0].who if waiting else "", "" if waiting else "warn"))
    return Surveys(figures, trend_said(scored), picture_of(scored))


def trend_said(scored: Sequence[Event]) -> str:
    if len(scored) < 2:
        return say("A trend is seen from the second answer on.")
    first, last = scored[0].score or 0, scored[-1].score or 0
    said = {"first": phrases.number(first, 1), "last": phrases.number(last, 1), "n": len(scored)}
    if last > first:
        return say("It has grown better: from %(first)s to %(last)s in %(n)d surveys.") % said
    if last < first:
        return say("It has grown worse: from %(first)s to %(last)s in %(n)d surveys.") % said
    return say("It stands where it stood: %(last)s after %(n)d surveys.") % said


def picture_of(scored: Sequence[Event]) -> Lines | None:
    if len(scored) < 2:
        return None
    return Lines(
        sentence=trend_said(scored), points=[phrases.day(row.on) for row in scored],
        series=[Line(say("Score"), [float(row.score or 0) for row in scored])], places=1, high=MOST, head=say("Answered on"),
    )  # fmt: skip
