"""The check list of one document, the same for all: what is done, by whom and when, what was skipped and why, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.workflow.book import once
from acr_program.workflow.log import LogEntry
from reviews.choices import STILL_OPEN, ContributionStatus
from reviews.choices import RequestStatus as S
from reviews.choices_feedback import CustomerStatus
from reviews.models import FollowUp, ReviewRequest

from .described import PROCESS, ProcessStep

# How many steps of the process are behind a request in each state.
BEHIND = {
    S.DRAFT: 0, S.RETURNED: 0, S.SUBMITTED: 0, S.GATHERING: 1, S.COMPILING: 3, S.CHANGES_REQUESTED: 3, S.IN_APPROVAL: 4,
    S.APPROVED: 6, S.PRINTING: 6, S.SHIPPED: 6, S.DELIVERED: 7, S.MET: 8, S.CLOSED: 9,
}  # fmt: skip
FOLLOWED = (S.DELIVERED, S.MET, S.CLOSED)  # what was undertaken is followed up from the delivery on


@dataclass(frozen=True)
class Check:
    """One line: mood is done, skipped, now or ahead."""

    step: ProcessStep
    mood: str
    by: str = ""
    at: datetime | None = None
    note: str = ""


def checklist_of(review: ReviewRequest, log: Sequence[LogEntry], follow_ups: Sequence[FollowUp]) -> list[Check]:
    """`log` are the entries of the review and its parts, newest first."""
    newest: dict[str, LogEntry] = {}
    for entry in log:
        newest.setdefault(f"{entry.content_type.model}.{entry.step}", entry)
    cancelled = newest.get("reviewrequest.cancel") if review.status == S.CANCELLED else None
    behind = BEHIND[S(cancelled.before if cancelled else review.status)]
    lines = [line(one, place, behind, newest, cancelled) for place, one in enumerate(PROCESS[:-1])]
    if review.status == S.SUBMITTED:
        lines[0] = to_be_accepted(lines[0], newest)
    lines[1] = with_waived(lines[1], log)
    lines[8] = with_reason(lines[8], review)
    return [*lines, followed_up(review, follow_ups, cancelled)]


def line(step: ProcessStep, place: int, behind: int, newest: dict[str, LogEntry], cancelled: LogEntry | None) -> Check:
    if place >= behind:
        return left_out(step, cancelled) if cancelled else Check(step, "now" if place == behind else "ahead")
    found = [newest[name] for name in step.marks if name in newest]
    last = max(found, key=lambda entry: (entry.at, entry.pk), default=None)
    return Check(step, "done", whose(last), last.at) if last else skipped(step)


def to_be_accepted(check: Check, newest: dict[str, LogEntry]) -> Check:
    """Asked for, and not accepted yet: nothing is gathered before the office has said so."""
    asked = newest.get("reviewrequest.submit")
    if asked is None:
        return check
    words = _("asked for by %(who)s; the office has not accepted it yet") % {"who": asked.by_name}
    return Check(check.step, "now", note=words)


def whose(entry: LogEntry) -> str:
    """Who did it; what the program did by itself is said to be so."""
    return _("automatically") if entry.kind == "clock" else entry.by_name


def skipped(step: ProcessStep) -> Check:
    """Behind it, and nothing in the log: there was nothing to do."""
    return Check(step, "skipped", note=_("There was nothing to do: no section is asked of anybody."))


def left_out(step: ProcessStep, cancelled: LogEntry) -> Check:
    return Check(step, "skipped", note=_("The review was cancelled: %(why)s") % {"why": cancelled.comment})


def with_waived(check: Check, log: Sequence[LogEntry]) -> Check:
    """How many sections the review goes without, with the reasons that were given."""
    last: dict[int, LogEntry] = {}
    for entry in log:
        if entry.content_type.model == "informationrequest" and entry.before != entry.after:
            last.setdefault(entry.object_id, entry)
    waived = [entry for entry in last.values() if entry.after == ContributionStatus.WAIVED]
    if check.mood != "done" or not waived:
        return check
    words = ngettext("%(n)d section waived: %(why)s", "%(n)d sections waived: %(why)s", len(waived))
    reasons = "; ".join(entry.comment for entry in waived)
    return Check(check.step, "done", check.by, check.at, words % {"n": len(waived), "why": reasons})


def with_reason(check: Check, review: ReviewRequest) -> Check:
    """Closed without the customer's own words: the reason stands in the timeline, and here that there are none."""
    said = getattr(review, "said_by_customer", None)
    answered = said is not None and said.status == CustomerStatus.ANSWERED
    if check.mood == "done" and not answered and not review.customer_feedback.strip():
        return Check(check.step, "skipped", check.by, check.at, _("Closed without the customer’s own words."))
    return check


def followed_up(review: ReviewRequest, follow_ups: Sequence[FollowUp], cancelled: LogEntry | None) -> Check:
    step = PROCESS[-1]
    if cancelled:
        return left_out(step, cancelled)
    if review.status not in FOLLOWED:
        return Check(step, "ahead")
    if still := [one for one in follow_ups if one.status in STILL_OPEN]:
        words = ngettext("%(n)d of %(all)d still open", "%(n)d of %(all)d still open", len(still))
        return Check(step, "now", note=words % {"n": len(still), "all": len(follow_ups)})
    if follow_ups:
        return Check(step, "done", note=_("All %(n)d have ended.") % {"n": len(follow_ups)})
    if review.status == S.CLOSED:
        return Check(step, "skipped", note=_("Nothing was undertaken."))
    return Check(step, "ahead")


def of_page(review: ReviewRequest, log: Sequence[LogEntry]) -> list[Check]:
    """The same for a page that has read the log already: one query more, and that only once it is delivered."""
    return checklist_of(review, log, follow_ups_of(review) if review.status in FOLLOWED else [])


def follow_ups_of(review: ReviewRequest) -> list[FollowUp]:
    """What was undertaken, open ones first: read once for the check list and the panel of a page."""
    still = Case(When(status__in=STILL_OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = review.follow_ups.select_related("owner").order_by(still, "due_on", "pk")
    return once(f"follow-ups of {review.pk}", lambda: list(rows))
