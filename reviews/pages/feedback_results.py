"""What customers say, counted: averages a question, asked and answered, by year, audience, business unit or representative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.charts import Bar, Bars, Line, Lines
from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number
from reviews.choices import Audience
from reviews.choices_feedback import LEAST, MOST, SHORT, Question
from reviews.choices_feedback import CustomerStatus as S

YEAR = "year"
BY: dict[str, tuple[Any, str]] = {
    YEAR: (gettext_lazy("Year"), "request__year__label"),
    "audience": (gettext_lazy("Audience"), "request__audience"),
    "unit": (gettext_lazy("Business unit"), "request__business_unit"),
    "rep": (gettext_lazy("Sales representative"), "request__rep__name"),
}
NOT_COUNTED = (S.PLANNED, S.VOID)
ANSWERED = Q(status=S.ANSWERED)
ASKED = ~Q(status__in=NOT_COUNTED)


@dataclass(frozen=True)
class Group:
    """Some answers together: how many were asked and answered, and the average of each question."""

    name: str
    asked: int
    answered: int
    averages: dict[str, float | None]

    @property
    def cells(self) -> list[tuple[Any, str]]:
        return [(question.label, said(self.averages[question.value])) for question in Question]


@dataclass(frozen=True)
class Results:
    """All groups, and all of them together."""

    by: str
    head: Any
    groups: list[Group]
    whole: Group
    rows: int  # all of them, asked or not
    chart: Bars | Lines | None

    @property
    def heads(self) -> str:
        return "|".join(str(word) for word in (self.head, _("Asked"), _("Answered"), *Question.labels))

    @property
    def figures(self) -> list[Figure]:
        share = f"{round(100 * self.whole.answered / self.whole.asked)} %" if self.whole.asked else ""
        return [
            Figure(self.whole.asked, _("asked")),
            Figure(self.whole.answered, _("answered"), share),
            *(Figure(said(self.whole.averages[q.value]), q.label) for q in Question if self.whole.answered),
        ]


def said(average: float | None) -> str:
    return number(average, 1) if average is not None else _("none")


def results_of(rows: QuerySet[Any], by: str = "") -> Results:
    """One query: the rows of the list, as they are filtered, group by group."""
    by = by if by in BY else YEAR
    head, path = BY[by]
    averages: dict[str, Any] = {question: Avg(question, filter=ANSWERED) for question in Question.values}
    found = list(
        rows.order_by().select_related(None).values(grouped=F(path))
        .annotate(rows=Count("pk"), asked=Count("pk", filter=ASKED), answered=Count("pk", filter=ANSWERED), **averages)
        .order_by("grouped")
    )  # fmt: skip
    groups = [
        Group(named(by, row["grouped"]), row["asked"], row["answered"], {q: row[q] for q in Question.values})
        for row in found
        if row["asked"]
    ]
    whole = together(groups)
    return Results(by, head, groups, whole, sum(row["rows"] for row in found), drawn(by, groups, whole))


def named(by: str, value: str) -> str:
    if by == "audience":
        return str(Audience(value).label)
    return value or _("not set")


def together(groups: list[Group]) -> Group:
    """All answers weigh the same, whichever group they are of."""
    answered = sum(group.answered for group in groups)
    averages: dict[str, float | None] = {
        question: sum((group.averages[question] or 0) * group.answered for group in groups) / answered
        if answered
        else None
        for question in Question.values
    }
    return Group(_("All"), sum(group.asked for group in groups), answered, averages)


def drawn(by: str, groups: list[Group], whole: Group) -> Bars | Lines | None:
    """Over years as lines; else the four averages as bars. Nothing where nobody has answered."""
    if not whole.answered:
        return None
    answered = [group for group in groups if group.answered]
    if by == YEAR and len(answered) > 1:
        return trend([(group.name, group.averages) for group in answered])
    words = _("Of five, customers give %(least)s to %(most)s, from the lowest question to the highest.")
    marks = sorted(value for value in whole.averages.values() if value is not None)
    sentence = words % {"least": number(marks[0], 1), "most": number(marks[-1], 1)}
    bars = [Bar(SHORT[question], whole.averages[question.value]) for question in Question]
    return Bars(
        sentence=sentence, bars=bars, places=1, head=_("Question"), value_name=_("Average of 1 to 5"), high=MOST
    )


def trend(years: list[tuple[str, dict[str, float | None]]]) -> Lines:
    """The four averages from year to year."""
    first, last = (mean(averages) for averages in (years[0][1], years[-1][1]))
    sentence = _("Over all questions the average went from %(first)s in %(begins)s to %(last)s in %(ends)s.") % {
        "first": number(first, 1), "begins": years[0][0], "last": number(last, 1), "ends": years[-1][0],
    }  # fmt: skip
    series = [Line(question.label, [averages[question.value] for _year, averages in years]) for question in Question]
    return Lines(
        sentence=sentence, points=[year for year, _averages in years], series=series, low=LEAST, high=MOST, places=1,
        head=_("Year"),
    )  # fmt: skip


def mean(averages: dict[str, float | None]) -> float:
    known = [value for value in averages.values() if value is not None]
    return sum(known) / len(known)
