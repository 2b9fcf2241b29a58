"""The slip alarm: a latest safe day has passed and the request is still before that stage (M21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from acr_program.jobs.clock import duty
from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.models import Absence, User

from .. import schedule
from ..models import ProcessVersion, ReviewRequest, Slip

AT_ONCE = 500  # requests looked at together
TOLD = 40  # reviews named in one mail; the list of exceptions has them all


@duty("raise the alarm where a stage slips", every=timedelta(minutes=30))
def raise_slips(moment: datetime) -> None:
    """Once for each stage of a plan; after a time without a clock all of it in one mail a reader. Nothing for what is over."""
    today = localdate(moment)
    put_aside(moment)
    with transaction.atomic():
        found = [slip for some in batches(in_danger(today)) for slip in unknown(some, today, moment)]
        tell(Slip.objects.bulk_create(found), moment)


def put_aside(moment: datetime) -> None:
    """What does not hold any more: the stage is over, the review has ended, or its plan is another one."""
    standing = Slip.objects.standing().values("pk")
    Slip.objects.filter(over_at=None).exclude(pk__in=standing).update(over_at=moment)


def in_danger(today: date) -> Iterable[ReviewRequest]:
    """Requests whose first stage may have slipped: under way, and near their meeting or past it."""
    near = schedule.first_unsafe_after(ProcessVersion.objects.values_list("pace", flat=True), today)
    rows = ReviewRequest.objects.filter(status__in=list(schedule.AHEAD), meeting_on__lte=near).for_list()
    return rows.order_by("pk").iterator(chunk_size=AT_ONCE)


def batches(rows: Iterable[ReviewRequest]) -> Iterable[list[ReviewRequest]]:
    some: list[ReviewRequest] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def unknown(requests: list[ReviewRequest], today: date, moment: datetime) -> list[Slip]:
    """The alarms about these requests that nobody has heard yet."""
    heard = set(Slip.objects.filter(request__in=requests).values_list("request", "stage", "meeting_on", "delivery"))
    return [
        Slip(
            request=request, stage=str(stage.stage), meeting_on=request.meeting_on, delivery=request.delivery,
            safe_on=stage.by, raised_at=moment,
        )
        for request in requests
        for stage in schedule.slipped(request.status, request.meeting_on, request.delivery, today, request.own_pace)
        if (request.pk, str(stage.stage), request.meeting_on, request.delivery) not in heard
    ]  # fmt: skip


def tell(slips: list[Slip], moment: datetime) -> None:
    """One mail to the office about all of them, one to each representative about their own."""
    if not slips:
        return
    office = User.objects.holding("admin")
    list_of_all = absolute(f"{reverse('desk:exceptions')}?kind=slipped")
    write(slips, office, f"slips-office-{moment:%Y%m%d%H%M}", list_of_all)
    of_reps: dict[int, list[Slip]] = defaultdict(list)
    for slip in slips:
        of_reps[slip.request.rep_id].append(slip)
    acting = Absence.objects.stand_ins(list(of_reps), localdate(moment))
    stand_ins = User.objects.in_bulk(list(acting.values()))
    for pk, own in of_reps.items():
        readers = [own[0].request.rep, *filter(None, [stand_ins.get(acting.get(pk))])]
        write(own, readers, f"slips-{pk}-{moment:%Y%m%d%H%M}", "")


def write(slips: list[Slip], to: Iterable[User], key: str, url: str) -> None:
    """Grouped by review, soonest meeting first."""
    by_review: dict[ReviewRequest, list[Slip]] = defaultdict(list)
    for slip in sorted(slips, key=lambda one: (one.meeting_on, one.request_id, one.safe_on)):
        by_review[slip.request].append(slip)
    first = next(iter(by_review))
    if not url:
        url = absolute(first.get_absolute_url() if len(by_review) == 1 else reverse("reviews:requests"))
    given: dict[str, Any] = {
        "slips": list(by_review.items())[:TOLD], "more": max(len(by_review) - TOLD, 0), "url": url,
        "said": subject(first, len(by_review)),
    }  # fmt: skip
    post(first, key=key, to=to, template="slip", context=given)


def subject(first: ReviewRequest, number: int) -> str:
    words = ngettext("A stage has slipped: %(review)s", "%(n)d reviews have slipped", number)
    return words % {"review": first, "n": number}
