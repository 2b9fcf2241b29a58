"""Objectives against what came of them: met, missed or on the way, and why (N9.0, N9.2, N9.5).

A key figure and a service level hold at all times: one that is not what it is to be is missed at once. A goal and a joint goal
are missed once their day is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.ui.parts import Figure
from acr_program.ui.phrases import number

from ..choices_plan import Aim, ObjectiveKind
from ..models import Objective
from ..models.spending import plainly
from .row_forms import RowForm

ALWAYS = (ObjectiveKind.KPI, ObjectiveKind.SLA)
DONE = 100  # percent of a joint goal
ORDER = (ObjectiveKind.GOAL, ObjectiveKind.JOINT, ObjectiveKind.KPI, ObjectiveKind.SLA)


class Verdict(models.TextChoices):
    MET = "met", _("Met")
    MISSED = "missed", _("Missed")
    ON_THE_WAY = "on_the_way", _("On the way")
    NOT_MEASURED = "not_measured", _("Not measured")


TONES = {
    Verdict.MET: "good", Verdict.MISSED: "bad", Verdict.ON_THE_WAY: "info", Verdict.NOT_MEASURED: "warn",
}  # fmt: skip


def is_over(row: Any) -> bool:
    """Whether it counts by now whether the target is met."""
    return row.kind in ALWAYS or (row.due is not None and row.due < localdate())


def reached(row: Any) -> bool | None:
    """Whether the target is met as measured last; None where there is none, or where nothing is measured."""
    if row.kind == ObjectiveKind.JOINT:
        return None if row.percent is None else bool(row.percent >= DONE)
    if row.target is None or row.actual is None:
        return None
    return bool(row.actual <= row.target if row.aim == Aim.MOST else row.actual >= row.target)


def verdict_of(row: Any) -> Verdict:
    found = reached(row)
    if found is None:
        return Verdict.NOT_MEASURED
    if found:
        return Verdict.MET
    return Verdict.MISSED if is_over(row) else Verdict.ON_THE_WAY


def is_missed(row: Any) -> bool:
    return verdict_of(row) == Verdict.MISSED


def missed() -> Q:
    """Figures that are missed as of today, as rows; joint goals say how far they are in their own words."""
    short = (~Q(aim=Aim.MOST) & Q(actual__lt=F("target"))) | Q(aim=Aim.MOST, actual__gt=F("target"))
    return short & (Q(kind__in=ALWAYS) | Q(kind=ObjectiveKind.GOAL, due__lt=localdate()))


def is_unchecked(row: Any) -> bool:
    """Whether the day of its next check is over (N9.0)."""
    return row.next_check is not None and row.next_check < localdate()


# What is asked


def ask_reason(form: RowForm, given: dict[str, Any]) -> None:
    """A target that is missed has its reason (N9.5)."""
    row = form.instance
    as_typed = Objective(kind=row.kind, **{
        name: given.get(name, getattr(row, name)) for name in ("aim", "target", "actual", "due", "percent")
    })  # fmt: skip
    if row.kind != ObjectiveKind.JOINT and is_missed(as_typed) and not given.get("miss"):
        form.add_error("miss", say("The target is missed: say why."))


def ask_figures(form: RowForm, given: dict[str, Any]) -> None:
    """A target has a direction, and what was measured has its day, which is not still to come."""
    if given.get("target") is not None and not given.get("aim"):
        form.add_error("aim", say("Say whether it is to be at least or at most the target."))
    if given.get("actual") is not None and not given.get("as_of"):
        form.add_error("as_of", say("Say as of when this was measured."))
    ask_past(form, given)


def ask_past(form: RowForm, given: dict[str, Any]) -> None:
    if given.get("as_of") and given["as_of"] > localdate():
        form.add_error("as_of", say("This day is still to come."))


class ObjectiveForm(RowForm):
    """A goal or a service level: target and actual, and why it was missed."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ask_figures(self, given)
        ask_reason(self, given)
        return given


class JointForm(RowForm):
    """A joint goal: how far it is in percent, and in words (N9.2)."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ask_narrative(self, given)
        return given


def ask_narrative(form: RowForm, given: dict[str, Any]) -> None:
    if given.get("percent") is not None and not given.get("narrative"):
        form.add_error("narrative", say("Say in words how far it is: a percentage alone tells nobody what was done."))


class CheckForm(RowForm):
    """What a check found, and the day of the next one (N9.0)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("actual", "as_of", "percent", "narrative", "next_check"):
            if name in self.fields:
                self.fields[name].required = True
        if "as_of" in self.fields:
            self.initial["as_of"] = localdate()
        self.initial["next_check"] = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("next_check") and given["next_check"] <= localdate():
            self.add_error("next_check", say("The next check is on a day that is still to come."))
        if "as_of" in self.fields:
            ask_past(self, given)
            ask_reason(self, given)
        return given


# What is shown


def with_unit(row: Any, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else f"{plainly(value)} {row.unit}".strip()


def target_of(row: Any) -> str:
    """At least 95 %; of a joint goal what it is to come to."""
    if row.kind == ObjectiveKind.JOINT:
        return say("%(n)s %%") % {"n": DONE}
    return " ".join(one for one in (row.get_aim_display() if row.aim else "", with_unit(row, "target")) if one)


def actual_of(row: Any) -> str:
    if row.kind == ObjectiveKind.JOINT:
        return "" if row.percent is None else say("%(n)s %%") % {"n": row.percent}
    return with_unit(row, "actual")


def words_of(row: Any) -> str:
    """Why it was missed, or how far it is."""
    return str(row.narrative if row.kind == ObjectiveKind.JOINT else row.miss)


def remark_of(row: Any) -> str:
    """What is to be done about it first."""
    if is_unchecked(row):
        return say("The check is overdue")
    verdict = verdict_of(row)
    if verdict == Verdict.MISSED and not words_of(row):
        return say("Missed, and nobody says why")
    return str(verdict.label) if verdict in (Verdict.MISSED, Verdict.NOT_MEASURED) else ""


@dataclass(frozen=True)
class CheckLine:
    """One objective beside what came of it; `may`: whether this reader may say what a check found."""

    row: Any
    may: bool = False

    @property
    def verdict(self) -> tuple[str, str]:
        found = verdict_of(self.row)
        return str(found.label), TONES[found]

    @property
    def target(self) -> str:
        return target_of(self.row)

    @property
    def actual(self) -> str:
        return actual_of(self.row)

    @property
    def words(self) -> str:
        return words_of(self.row)

    @property
    def late(self) -> bool:
        return is_unchecked(self.row)


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Goals, joint goals, key figures, service levels; those to be checked first come first."""
    far = localdate().max
    return sorted(rows, key=lambda row: (ORDER.index(row.kind), row.next_check or far, row.pk))


def figures_of(rows: list[Any]) -> list[Figure]:
    """How many are met, missed, on the way; and how many checks are overdue."""
    found = [verdict_of(row) for row in rows]
    said = {"n": number(len(rows))}
    late = sum(is_unchecked(row) for row in rows)
    return [
        Figure(number(found.count(Verdict.MET)), say("Met"), say("of %(n)s objectives") % said),
        Figure(number(found.count(Verdict.MISSED)), say("Missed"), tone="bad" if Verdict.MISSED in found else ""),
        Figure(number(found.count(Verdict.ON_THE_WAY)), say("On the way")),
        Figure(number(late), say("Checks overdue"), tone="warn" if late else ""),
    ]  # fmt: skip
