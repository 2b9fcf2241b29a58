"""The kinds of lines that the charter holds: how each is typed, shown, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup
from acr_program.ui.phrases import day

from . import forms_lines, hung
from .choices import Answer
from .forms_lines import LineForm
from .models import (
    Champion,
    Companion,
    ConcludedWave,
    Duty,
    Goal,
    Line,
    Metric,
    Program,
    Ramp,
    ReadinessItem,
    Rhythm,
    RosterEntry,
    Training,
)

Words = Any


def title_of(step: str) -> Words:
    """How the process names a step; one that it has no more is said by its key."""
    return dict(hung.process()).get(step, step)


def link(path: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', path, _("to the review"))


def on(when: date) -> SafeString:
    """A day that does not break over two lines."""
    return format_html('<span class="nowrap">{}</span>', day(when))


def by(item: Any) -> SafeString:
    """Until when; in red where that has passed and there is still nothing in place."""
    late = item.answer != Answer.IN_PLACE and item.due_on < localdate()
    return markup.toned(on(item.due_on), "bad") if late else on(item.due_on)


@dataclass(frozen=True)
class Kind:
    """One kind of line. `columns` are the heads of its table with what stands under each; the first names the line."""

    key: str
    model: type[Line]
    form: type[LineForm]
    title: Words
    add: Words
    none: Words
    page: str
    columns: tuple[tuple[Words, Callable[[Any], Any]], ...]
    reads: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.form.base_fields)

    @property
    def url(self) -> str:
        return reverse(self.page)


@dataclass(frozen=True)
class Table:
    """The lines of one kind, as their page shows them."""

    kind: Kind
    lines: list[Line]

    @property
    def heads(self) -> list[Words]:
        return [head for head, _cell in self.kind.columns]

    @property
    def rows(self) -> Iterable[tuple[Line, Any, list[tuple[Words, Any]]]]:
        """Each line with its name and its other cells under their heads."""
        (_head, name), *others = self.kind.columns
        for line in self.lines:
            yield line, name(line), [(head, cell(line)) for head, cell in others]


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "goals", Goal, forms_lines.GoalForm, _("Goals"), _("Add a goal"),
            _("A goal says how it is measured, how much of it is wanted, and in which period."), "charter:ownership",
            (
                (_("Goal"), str), (_("Measured by"), lambda goal: goal.measure), (_("Target"), lambda goal: goal.target),
                (_("From"), lambda goal: on(goal.begins_on)), (_("Until"), lambda goal: on(goal.ends_on)),
            ),
        ),
        Kind(
            "waves", ConcludedWave, forms_lines.WaveForm, _("Pilot waves that are over"), _("Enter a wave"),
            _("The program is rolled out once a wave of pilots says so."), "charter:home",
            (
                (_("Wave"), str), (_("Concluded on"), lambda wave: on(wave.concluded_on)),
                (_("Outcome"), lambda wave: wave.get_outcome_display()),
                (_("Findings still open"), lambda wave: wave.findings or _("none")),
            ),
        ),
        Kind(
            "rhythm", Rhythm, forms_lines.RhythmForm, _("How often they hear of it"), _("Add a rhythm"),
            _("Say how many days may pass at most: the office is warned of silence."), "charter:alignment",
            (
                (_("For whom"), str), (_("Days, until rolled out"), lambda rhythm: rhythm.early_days),
                (_("Days, once rolled out"), lambda rhythm: rhythm.later_days),
                (_("Last sent"), lambda rhythm: on(rhythm.last_on) if rhythm.last_on else _("never")),
                (_("Silent since"), lambda rhythm: on(rhythm.silent_since) if rhythm.silent_since else _("not silent")),
            ),
        ),
        Kind(
            "champions", Champion, forms_lines.ChampionForm, _("Champions"), _("Add a champion"),
            _("Who presents reviews best shows the others how."), "charter:alignment",
            (
                (_("Champion"), str), (_("Why they"), lambda champion: champion.reason),
                (_("A review that shows it"), lambda champion: link(champion.example)),
            ),
            ("person",),
        ),
        Kind(
            "companions", Companion, forms_lines.CompanionForm, _("Whom they bring along"), _("Add somebody"),
            _("Each champion brings some of the others along."), "charter:alignment",
            (
                (_("Brought along"), str), (_("By"), lambda companion: companion.champion.person.name),
                (_("Contacts so far"), lambda companion: companion.contacts),
            ),
            ("person", "champion__person"),
        ),
        Kind(
            "ramp", Ramp, forms_lines.RampForm, _("How many reviews"), _("Add a target"),
            _("Two for each representative and year are usual at the launch; more may follow later."),
            "charter:accountability",
            ((_("When"), str), (_("Reviews for each representative and year"), lambda ramp: ramp.reviews)),
        ),
        Kind(
            "duties", Duty, forms_lines.DutyForm, _("Who does which step"), _("Add a duty"),
            _("Each role finds its own on the page “My part”."), "charter:accountability",
            (
                (_("What they do"), str), (_("Step of the process"), lambda duty: title_of(duty.step)),
                (_("Who is responsible"), lambda duty: duty.get_role_display()),
            ),
        ),
        Kind(
            "metrics", Metric, forms_lines.MetricForm, _("How success is measured"), _("Add a metric"),
            _("A metric says what it is, where it comes from, and how much is wanted."), "charter:accountability",
            (
                (_("Metric"), str), (_("Definition"), lambda metric: metric.definition),
                (_("Source"), lambda metric: metric.source), (_("Target"), lambda metric: metric.target),
                (_("Actual"), lambda metric: metric.actual or _("not known yet")),
                (_("Before"), lambda metric: metric.before or _("nothing")),
            ),
        ),
        Kind(
            "trainings", Training, forms_lines.TrainingForm, _("Training"), _("Add a training"),
            _("Whoever sets a meeting for somebody who lacks a needed training is warned."), "charter:accountability",
            (
                (_("Training"), str), (_("What is learnt"), lambda training: training.words),
                (_("For whom"), lambda training: training.get_audience_display()),
                (_("Needed to hold a meeting"), lambda training: _("yes") if training.before_meeting else _("no")),
            ),
        ),
        Kind(
            "readiness", ReadinessItem, forms_lines.ReadinessForm, _("Is everything there?"), _("Add a question"),
            _("Infrastructure and people: what is in place, and what has to be allocated."), "charter:office",
            (
                (_("Question"), str), (_("Answer"), lambda item: item.get_answer_display()),
                (_("What is there, or missing"), lambda item: item.words),
                (_("Who sees to it"), lambda item: item.owner.name), (_("By"), by),
            ),
            ("owner",),
        ),
        Kind(
            "roster", RosterEntry, forms_lines.RosterForm, _("Who works for the office"), _("Add somebody"),
            _("The program manager and whoever helps, with the share of their time."), "charter:office",
            (
                (_("Person"), str), (_("What they do"), lambda entry: entry.part),
                (_("Share of their time"), lambda entry: f"{entry.share} %"),
                (_("Waits for them now"), lambda entry: entry.load),
            ),
        ),
    )
}  # fmt: skip


def table(key: str, program: Program) -> Table:
    kind = KINDS[key]
    rows: Any = kind.model._default_manager.filter(program=program)
    return Table(
        kind, list(rows.for_table() if hasattr(rows, "for_table") else rows.select_related("program", *kind.reads))
    )
