"""Commitments become follow-ups once the customer has them in hand; those concerned are told once for a review (R-25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from acr_program.outbox.render import absolute
from acr_program.people.folding import folded
from acr_program.people.models import User
from acr_program.workflow.book import click, clock, current
from acr_program.workflow.edit import begin, begin_many
from acr_program.workflow.log import LogEntry

from ..choices import ContributionStatus, Side
from ..models import Commitment, FollowUp, ReviewRequest


def begin_from_commitments(request: ReviewRequest, entry: LogEntry) -> None:
    """Each commitment of ours, once; the customer's own stay commitments, to be asked about."""
    ours = Commitment.objects.filter(
        part__request=request, part__status=ContributionStatus.ACCEPTED, side=Side.US, follow_ups=None
    )  # fmt: skip
    rows = list(ours.order_by("part", "place"))
    if not rows:
        return
    owners = people_named({row.who for row in rows})
    begun = [
        FollowUp(
            request=request, commitment=row, owner=owners.get(folded(row.who), request.rep), what=row.what, due_on=row.due_on
        )
        for row in rows
        if row.due_on
    ]  # fmt: skip
    begin_many(begun, by=clock())
    tell(begun, by=entry.by)


def begin_by_hand(
    review: ReviewRequest, *, by: User, what: str, owner: User, due_on: date, commitment: Commitment | None
) -> FollowUp:
    """What was agreed beyond the document, noted by the office or the representative."""
    with click():
        begun = begin(FollowUp(request=review, commitment=commitment, what=what, owner=owner, due_on=due_on), by=by)
        tell([begun], by=by)
    return begun


def people_named(names: set[str]) -> dict[str, User]:
    """Those who are meant by these names; a name that two people bear names nobody."""
    found: dict[str, list[User]] = defaultdict(list)
    for person in User.objects.filter(name__in=names, is_active=True):
        found[folded(person.name)].append(person)
    return {name: people[0] for name, people in found.items() if len(people) == 1}


def tell(begun: Iterable[FollowUp], *, by: User) -> None:
    """One mail to each owner, with all that came to them from one review."""
    theirs: dict[tuple[ReviewRequest, User], list[FollowUp]] = defaultdict(list)
    for one in begun:
        if one.owner_id != by.pk:
            theirs[one.request, one.owner].append(one)
    for (request, owner), rows in theirs.items():
        context: dict[str, Any] = {"follow_ups": rows, "review": request}
        if len(rows) > 1:
            context["url"] = absolute(f"{reverse('reviews:follow-ups')}?state=live&whose=mine")
        key = f"follow-ups-{rows[0].pk}"
        current().post(rows[0], key=key, to=[owner], template="follow_ups", context=context)
