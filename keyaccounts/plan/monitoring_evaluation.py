"""The independent evaluation: how good the relationship is, as somebody outside the account team sees it (N9.6).

It stays as it was entered: neither the team nor whoever entered it changes it or takes it off. Whoever sees it otherwise later
enters another; the last one holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.people.roles import role
from acr_program.ui import phrases
from acr_program.ui.charts import Line, Lines
from acr_program.ui.parts import Figure

from ..models import Evaluation
from ..plan_rules import plan_of, team_of
from .row_forms import RowForm

MARKS = ("trust", "fit", "access")
MOST = 10  # the best mark
GOOD, FAIR = 7, 5  # a mean of so much, or more
HOLDS = timedelta(days=365)  # an evaluation that is older says nothing of the relationship today
WRITERS = tuple(one for one in Role if one != Role.AUDITOR)  # an auditor sees everything and changes nothing


def account_people(plan: Any) -> set[int]:
    """The account manager, the leader above, and whoever has a role on the team or contributes, by key."""
    manager = plan.account.manager
    own = {manager.pk, manager.reports_to_id} if manager else set()
    return {one for one in own | team_of(plan) if one}


@role(_("somebody outside the account team: not the account manager or the leader above, nobody with a role on it"))
def outsider(user: User, row: Any = None) -> bool:
    """Nobody who works on the account, and nobody who stands in for one of them, judges it; whoever sees the plan may."""
    return user.has(*WRITERS) and not any(user.acts_as(one) for one in account_people(plan_of(row)))


class EvaluationForm(RowForm):
    """Three marks from 0 to 10, and what stands behind them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MARKS:
            field: Any = self.fields[name]
            field.max_value, field.widget.attrs["max"] = MOST, MOST
        self.fields["words"].help_text = say("Whom you asked, and what they said. It stays as you enter it.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in MARKS:
            if (mark := given.get(name)) is not None and mark > MOST:
                self.add_error(name, say("A mark is from 0 to 10."))
        if given.get("on") and given["on"] > localdate():
            self.add_error("on", say("This day is still to come."))
        return given


def mean(row: Evaluation) -> float:
    """The mean of its three marks, from 0 to 10."""
    return (row.trust + row.fit + row.access) / len(MARKS)


def mean_said(row: Evaluation) -> str:
    return phrases.number(mean(row), 1)


def tone(row: Evaluation) -> str:
    found = mean(row)
    return "good" if found >= GOOD else "warn" if found >= FAIR else "bad"


def still_holds() -> Q:
    """Evaluations of the last year, as rows."""
    return Q(on__gte=localdate() - HOLDS)


def figures_of(rows: Sequence[Evaluation]) -> list[Figure]:
    """The last one, mark by mark; the newest is the first."""
    last, *before = rows
    said = say("%(mean)s before") % {"mean": mean_said(before[0])} if before else ""
    return [
        Figure(mean_said(last), say("Mean of three marks"), said, tone(last)),
        Figure(phrases.number(last.trust), say("Trust")),
        Figure(phrases.number(last.fit), say("Fit of what we offer")),
        Figure(phrases.number(last.access), say("Access to who decides")),
    ]


def picture(rows: Sequence[Evaluation]) -> Lines | None:
    """How the three marks went, evaluation by evaluation; none before the second."""
    if len(rows) < 2:
        return None
    ordered = list(reversed(rows))
    return Lines(
        sentence=sentence(rows),
        points=[phrases.day(row.on) for row in ordered],
        series=[
            Line(say("Trust"), [row.trust for row in ordered]),
            Line(say("Fit"), [row.fit for row in ordered]),
            Line(say("Access"), [row.access for row in ordered]),
        ],
        places=0, high=MOST, head=say("Evaluated on"),
    )  # fmt: skip


def sentence(rows: Sequence[Evaluation]) -> str:
    """The finding: the mean of the last, beside that of the one before."""
    if not rows:
        return say("Nobody outside the account team has evaluated the relationship yet.")
    said = {"mean": mean_said(rows[0]), "day": phrases.long_day(rows[0].on), "who": rows[0].by.name}
    words = say("%(mean)s of 10 on %(day)s, as %(who)s sees it.") % said
    if len(rows) > 1:
        words += " " + say("It was %(mean)s before.") % {"mean": mean_said(rows[1])}
    return words
