"""What of the daily work waits for its owner: an answer, a contact, a renewal, a short survey (N8.1, N8.3, N8.5, N8.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.workflow.days import add_working_days, close_of, morning_of
from acr_program.workflow.obligations import Obligation

from ..choices_plan import EventKind
from ..models import AccountPlan, Event, PersonMap
from .actions_waiting import AHEAD, Waits, obligation, wait

ANSWER, TOUCH, RENEW, SURVEY = "answer", "in_touch", "renew", "survey"
GOES_UP = 5  # working days after which the leader above hears of what nobody did
LONGEST = timedelta(days=731)  # no run-up begins earlier


def unanswered() -> QuerySet[Any]:
    return Event.objects.filter(kind=EventKind.QUERY, answered_at=None, due__isnull=False, owner__isnull=False)


def answer_wanted(row: Event, plan: AccountPlan) -> Obligation | None:
    """Until its day; what is late goes up the plan's own ladder from there (N5.6)."""
    if row.kind != EventKind.QUERY or row.answered_at or row.due is None or row.owner_id is None:
        return None
    return obligation(row, plan, ANSWER, close_of(row.due), person=row.owner, remind_at=morning_of(row.due))


def to_contact() -> QuerySet[Any]:
    return PersonMap.objects.filter(next_on__lte=localdate() + AHEAD, owner__isnull=False)


def contact_wanted(row: PersonMap, plan: AccountPlan) -> Obligation | None:
    """A week ahead, for whoever looks after them; a week of working days after its day the leader above hears of it."""
    if row.next_on is None or row.owner_id is None or row.next_on > localdate() + AHEAD:
        return None
    return obligation(row, plan, TOUCH, close_of(row.next_on), **reminded(row.owner, row.next_on))


def running_out() -> QuerySet[Any]:
    return Event.objects.filter(kind=EventKind.RENEWAL, outcome="", due__lte=localdate() + LONGEST, owner__isnull=False)


def renewal_wanted(row: Event, plan: AccountPlan) -> Obligation | None:
    """From the first day of its run-up on, until its outcome is written down."""
    if row.kind != EventKind.RENEWAL or row.outcome or row.due is None or row.owner_id is None:
        return None
    if row.due - timedelta(days=row.run_up or 0) > localdate():
        return None
    return obligation(row, plan, RENEW, close_of(row.due), **reminded(row.owner, add_working_days(row.due, -GOES_UP)))


def to_survey() -> QuerySet[Any]:
    return Event.objects.filter(kind=EventKind.SURVEY, score=None, due__lte=localdate() + AHEAD, owner__isnull=False)


def survey_wanted(row: Event, plan: AccountPlan) -> Obligation | None:
    if row.kind != EventKind.SURVEY or row.score is not None or row.due is None or row.owner_id is None:
        return None
    if row.due > localdate() + AHEAD:
        return None
    return obligation(row, plan, SURVEY, close_of(row.due), **reminded(row.owner, row.due))


def reminded(person: Any, on: Any) -> dict[str, Any]:
    """Reminded on this day, and the leader above a week of working days later."""
    return {
        "person": person, "remind_at": morning_of(on), "escalate_at": morning_of(add_working_days(on, GOES_UP)),
    }  # fmt: skip


wait(Waits(ANSWER, Event, _("Answer the customer: %(what)s"), answer_wanted, unanswered))
wait(Waits(TOUCH, PersonMap, _("Get in touch with %(what)s"), contact_wanted, to_contact))
wait(Waits(RENEW, Event, _("Prepare and close the renewal: %(what)s"), renewal_wanted, running_out))
wait(Waits(SURVEY, Event, _("Ask the customer the short survey"), survey_wanted, to_survey))
