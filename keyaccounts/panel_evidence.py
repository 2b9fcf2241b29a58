"""What the other parts of the programme lay before a panel: scorecard, standing, allowance, what the customer was told (K-14).

Each part is asked once for all accounts on the agenda.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.workflow.book import once

from .allowance import allowance
from .choices_filter import DECIDED
from .choices_incubation import Threshold
from .choices_panel import PanelKind
from .filter_cards import line_of, rule_said
from .filter_known import kept_again
from .incubation_dates import last_complete
from .models import Checkpoint, IncubationCycle, Measure, Reading, Score, Scorecard, Standard, Statement, Waiver
from .packets import Rows, packet_part, row
from .standing import first_of_year, lines, quarters_asked

Basis = tuple[Standard, date, int]


def by_membership(reviews: Sequence[Any]) -> dict[int, int]:
    """The key of the review, by the key of its membership."""
    return {review.membership_id: review.pk for review in reviews}


def newest(rows: Any) -> dict[int, Any]:
    """The last of these rows of each membership."""
    return {one.membership_id: one for one in rows}


def hung_once(reviews: Sequence[Any], name: str, rows: Any = None) -> list[Any]:
    """The one row that hangs by this name on each membership; asked only where it was not read with it."""
    members = [review.membership for review in reviews]
    prefetch_related_objects(members, Prefetch(name, rows))
    return [found for found in (getattr(member, name, None) for member in members) if found]


def cycles_of(reviews: Sequence[Any]) -> list[Any]:
    """Their incubations in order, with what each took; two parts of a packet are made of them."""
    members = sorted(by_membership(reviews))
    rows = IncubationCycle.objects.filter(membership__in=members).select_related("standard").with_sums().with_asked()
    return once(f"cycles before panels {members}", lambda: list(rows.order_by("number")))


# The first filter


def the_scorecards(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Each criterion of the first filter, how it is met, and what that was gone by."""
    known = by_membership(reviews)
    cards = hung_once(reviews, "scorecard", Scorecard.objects.select_related("filter"))
    decided = [card for card in cards if card.status in DECIDED]
    scores = Score.objects.standing().select_related("criterion")
    prefetch_related_objects(decided, Prefetch("scores", scores, to_attr="standing_scores"), "filter__criteria")
    return {known[card.membership_id]: list(scored(card)) for card in decided}


def scored(card: Any) -> Iterator[Any]:
    facts, scores = kept_again(card.facts), {one.criterion.wording: one for one in card.standing_scores}
    for criterion in card.filter.criteria.all():
        line = line_of(criterion, facts, scores)
        by = (
            line.known.words
            if line.by_file and line.known
            else f"{line.score.score}: {line.score.why}"
            if line.score
            else ""
        )
        yield row(criterion.title, rule_said(criterion), line.label, line.points_said, by)
    yield row(_("Total"), str(card.filter), card.get_status_display(), card.total, "")


# The requirements


def the_standing(reviews: Sequence[Any]) -> dict[int, Rows]:
    """Each requirement, checkpoint and indicator: what is asked, the value, its day and source; to enter or to stay (K-05)."""
    found = basis_of(reviews)
    measures: dict[int, list[Any]] = defaultdict(list)
    for measure in Measure.objects.filter(standard__in={standard.pk for standard, _since, _asked in found.values()}):
        measures[measure.standard_id].append(measure)
    readings: dict[int, list[Any]] = defaultdict(list)
    for reading in Reading.objects.standing().filter(membership__in=by_membership(reviews)):
        readings[reading.membership_id].append(reading)
    return {
        review.pk: list(measured(review, *found[review.pk], measures, readings))
        for review in reviews
        if review.pk in found
    }


def basis_of(reviews: Sequence[Any]) -> dict[int, Basis]:
    """By which version each is measured, from which quarter, and in how many: as `standing.basis` says it of one."""
    entering = {one.membership_id for one in reviews if one.kind == PanelKind.ENTRY}
    cycles = newest(cycle for cycle in cycles_of(reviews) if cycle.membership_id in entering)
    others = by_membership(reviews).keys() - cycles.keys()
    measured_on = Checkpoint.objects.filter(membership__in=others, cycle=None).order_by("number")
    again = newest(measured_on.select_related("standard"))
    found: dict[int, Basis] = {}
    for review in reviews:
        if cycle := cycles.get(review.membership_id):
            found[review.pk] = cycle.standard, last_complete(cycle.starts_on), quarters_asked(cycle)
        elif checkpoint := again.get(review.membership_id):
            found[review.pk] = checkpoint.standard, first_of_year(checkpoint.due_on), 0
    return found


def measured(
    review: Any, standard: Standard, since: date, asked: int, measures: Any, readings: Any
) -> Iterator[Any]:  # fmt: skip
    kind = Threshold.ENTRY if review.kind == PanelKind.ENTRY else Threshold.MAINTAIN
    known = [one for one in readings[review.membership_id] if one.quarter_begins_on >= since]
    for line in lines(measures[standard.pk], known, kind, since, asked):
        told = line.said if line.value is not None else ""
        yield row(line.measure.title, line.asked, told, line.date, line.verdict, line.source)


# What it took


def the_allowance(reviews: Sequence[Any]) -> dict[int, Rows]:
    """What was granted, lifted and by whom, planned and used in each incubation (K-12)."""
    known = by_membership(reviews)
    found: dict[int, Rows] = defaultdict(list)
    for cycle in cycles_of(reviews):
        for side in allowance(cycle).sides:
            name = _("Incubation %(number)d: %(side)s") % {"number": cycle.number, "side": side.label}
            said = side.granted_said, side.lifted_said, side.planned_said, side.used_said
            found[known[cycle.membership_id]].append(row(name, *said))
    for waiver in Waiver.objects.filter(membership__in=known).select_related("by").order_by("pk"):
        words = f"{waiver.by.name}, {localdate(waiver.at).isoformat()}: {waiver.reason}"
        found[known[waiver.membership_id]].append(row(waiver.get_kind_display(), words))
    return found


# What the customer was told


def the_told(reviews: Sequence[Any]) -> dict[int, Rows]:
    """The statements to the customer, and how far the customer knows what a key account gets (K-02, K-22)."""
    known = by_membership(reviews)
    found: dict[int, Rows] = defaultdict(list)
    for said in Statement.objects.filter(membership__in=known).order_by("pk"):
        confirmed = [said.confirmed_by, said.confirmed_on] if said.confirmed_on else ["", ""]
        found[known[said.membership_id]].append(
            row(said.get_occasion_display(), said.written_on, said.get_status_display(), *confirmed)
        )
    for knowing in hung_once(reviews, "knowing"):
        by, on = knowing.confirmed_by, knowing.confirmed_on
        found[known[knowing.membership_id]].append(
            row(_("What it gets"), knowing.told_on, knowing.get_status_display(), by, on)
        )
    return found


def register() -> None:
    """Called once from KeyaccountsConfig.ready."""
    filtered = [
        gettext_lazy("Criterion"), gettext_lazy("Rule"), gettext_lazy("Met"), gettext_lazy("Points"), gettext_lazy("By"),
    ]  # fmt: skip
    packet_part("scorecard", gettext_lazy("The first filter"), filtered, the_scorecards, order=30)
    asked = [
        gettext_lazy("Measure"), gettext_lazy("Asked"), gettext_lazy("Value"), gettext_lazy("As of"), gettext_lazy("Met"),
        gettext_lazy("Source"),
    ]  # fmt: skip
    packet_part("standing", gettext_lazy("Requirements against actuals"), asked, the_standing, order=40)
    took = [
        gettext_lazy("What"), gettext_lazy("Granted"), gettext_lazy("Lifted"), gettext_lazy("Planned"), gettext_lazy("Used"),
    ]  # fmt: skip
    packet_part("allowance", gettext_lazy("Money and people-days"), took, the_allowance, order=50)
    told = [
        gettext_lazy("Statement"), gettext_lazy("Written or told"), gettext_lazy("State"), gettext_lazy("Confirmed by"),
        gettext_lazy("Confirmed on"),
    ]  # fmt: skip
    packet_part("told", gettext_lazy("What the customer was told"), told, the_told, order=55)
