"""Filters, scorecards and past decisions for tests, led to the wanted state through the program's own doors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from acr_program.people.models import User
from acr_program.workflow.edit import begin
from keyaccounts.actions.filter import begin_draft
from keyaccounts.actions.filter_scores import begin_card, judge
from keyaccounts.filter_cards import card_of
from keyaccounts.models import FilterCriterion, FilterVersion, Membership, Scorecard
from tests.acting import fresh, office, take

from .making import WHY, a_membership

MUST = {"kind": "must", "weight": 0}
JUDGED = {"basis": "judged", "guidance": "0 is none, 5 is all."}


def computed(key: str, fact: str, compare: str, threshold: Any = None, weight: int = 0) -> dict[str, Any]:
    """The fields of a criterion that what is on file answers; a must-have without a weight."""
    kind = {"kind": "weighted", "weight": weight} if weight else MUST
    threshold = None if threshold is None else Decimal(threshold)
    said = {"basis": "computed", "fact": fact, "compare": compare, "threshold": threshold}
    return {"key": key, "title": key.capitalize(), **kind, **said}


def judged(key: str, weight: int = 0) -> dict[str, Any]:
    """The fields of a criterion that a person judges; a must-have without a weight."""
    return {
        "key": key,
        "title": key.capitalize(),
        **({"kind": "weighted", "weight": weight} if weight else MUST),
        **JUDGED,
    }


SIMPLE = (judged("sponsor"), judged("potential", 60), judged("fit", 40))


def a_filter(status: str = "published", criteria: Any = SIMPLE, bar: Any = 60) -> FilterVersion:
    """The next version of the first filter, with these criteria; retired where another is published after it."""
    if left := FilterVersion.objects.filter(status="draft").first():
        take(left, "discard", office("manager"))
    last = FilterVersion.objects.first()
    version = begin(FilterVersion(number=last.number + 1 if last else 1, bar=Decimal(bar)), by=office("manager"))
    FilterCriterion.objects.bulk_create(
        [FilterCriterion(version=version, place=place, **one) for place, one in enumerate(criteria, 1)]
    )
    if status == "discarded":
        return take(version, "discard", office("manager"))
    if status in ("published", "retired"):
        take(version, "try_out", office("manager"))
        version = take(version, "publish", office("manager"), comment="As the last year showed.")
    if status == "retired":
        a_filter("published", criteria, bar)
    return fresh(version)


def a_draft() -> FilterVersion:
    """The draft that is there, or one begun from the version in force."""
    return FilterVersion.objects.filter(status="draft").first() or begin_draft(by=office("manager"))


def a_scorecard(status: str = "open", membership: Membership | None = None, score: int = 4, **scores: int) -> Scorecard:
    """The scorecard of a nomination, led to this state; `scores` by the criterion's key where they differ from `score`."""
    FilterVersion.objects.in_force() or a_filter()
    manager = office("manager")
    card = begin_card(membership or a_membership(), by=manager)
    if status in ("open", "dropped"):
        return fresh(card) if status == "open" else dropped(card, manager)
    score = 1 if status == "failed" and not scores else score
    card = take(all_judged(card, score, **scores), "confirm", manager)
    if status == "passed":
        take(card.membership, "pass_filter", manager)
    if status == "failed":
        take(card.membership, "fail_filter", manager, **WHY)
    return fresh(card)


def dropped(card: Scorecard, manager: User) -> Scorecard:
    take(card.membership, "veto", manager, **WHY)
    return fresh(card)


def all_judged(card: Scorecard, score: int = 4, **scores: int) -> Scorecard:
    """Everything that nothing on file answers is judged."""
    for line in card_of(fresh(card)).lines:
        if line.is_to_judge:
            one = scores.get(line.criterion.key.replace("-", "_"), score)
            card = fresh(card)
            judge(card, line.criterion, by=office("manager"), seen=card.version, score=one, why="As we know them.")
    return fresh(card)
