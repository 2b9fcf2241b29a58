"""What the document says of promises: what became of last year's, failures included, and what is undertaken now (R-25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from .choices import STILL_OPEN, RequestStatus
from .models import FollowUp, InformationRequest, ReviewRequest
from .prose import paragraphs

REACHED = (RequestStatus.DELIVERED, RequestStatus.MET, RequestStatus.CLOSED)


def commitments(answer: InformationRequest, words: str) -> dict[str, Any]:
    """The outlook as it was written, and the lines of both sides in their order."""
    rows = answer.commitments.all()
    return {
        "kind": "commitments",
        "html": paragraphs(words),
        "commitments": [
            {"side": row.side, "what": row.what, "who": row.who, "due": iso(row.due_on), "measure": row.measure}
            for row in rows
        ],
        "origin": written_by(answer),
    }


def follow_ups(request: ReviewRequest, answer: InformationRequest | None, words: str) -> dict[str, Any]:
    """Each thing undertaken since the review before, with its outcome, then the open issues that a contributor entered."""
    before = review_before(request)
    rows = list(undertaken(before)) if before else []
    outcomes = [one_of(row) for row in rows]
    if answer:
        outcomes += [
            {
                "what": issue.what,
                "who": issue.who,
                "due": iso(issue.due_on),
                "outcome": issue.state,
                "text": issue.outcome,
            }
            for issue in answer.issues.all()
        ]
    html = paragraphs(words)
    said: dict[str, Any] = {"kind": "follow", "html": html, "outcomes": outcomes, "origin": origin_of(before, answer)}
    return said if outcomes or html else said | {"absent": why_nothing(request, before)}


def review_before(request: ReviewRequest) -> ReviewRequest | None:
    """The account's last review for the same audience that the customer has in hand."""
    earlier = ReviewRequest.objects.filter(
        account=request.account_id, audience=request.audience, year__begins_on__lt=request.year.begins_on, status__in=REACHED
    )  # fmt: skip
    return earlier.select_related("year").order_by("-year__begins_on", "-pk").first()


def undertaken(before: ReviewRequest) -> QuerySet[FollowUp]:
    """What that review promised, and what earlier ones did that was open when the customer was last told of it."""
    carried = Q(status__in=STILL_OPEN) | Q(ended_on__gt=before.meeting_on)
    older = Q(request__year__begins_on__lt=before.year.begins_on) & carried
    same = FollowUp.objects.filter(account=before.account_id, request__audience=before.audience)
    return same.filter(Q(request=before) | older).select_related("owner", "commitment").order_by("due_on", "pk")


def one_of(row: FollowUp) -> dict[str, Any]:
    who = row.commitment.who if row.commitment and row.commitment.who else row.owner.name
    return {"what": row.what, "who": who, "due": iso(row.due_on), "outcome": str(row.stands), "text": words_of(row)}


def words_of(row: FollowUp) -> str:
    """What came of it; of what is open, that it is, so that no line stands without a word."""
    if row.outcome:
        return row.outcome
    return "It is late, and carried over." if row.due_on < localdate() else "It is not due yet, and carried over."


def why_nothing(request: ReviewRequest, before: ReviewRequest | None) -> str:
    if before is None:
        return f"This is the first review of {request.account.name}: no commitment stands from a year before."
    return f"The review of {before.year.label} made no commitment that could be followed up."


def origin_of(before: ReviewRequest | None, answer: InformationRequest | None) -> dict[str, str]:
    source = f"Follow-ups of R{before.pk}" if before else "No review before this one"
    return written_by(answer) | {"source": f"{source}; open issues by a contributor"} if answer else {"source": source}


def written_by(answer: InformationRequest) -> dict[str, str]:
    owner = ", ".join(str(one) for one in (answer.contributor.name, answer.section.function) if one)
    return {"source": "Contributor", "owner": owner, "revision": f"{answer.version}"}


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def lines_of(section: dict[str, Any]) -> Iterable[str]:
    """The lines of such a section in words, for whoever reads it on a page before it is printed."""
    for one in [*section.get("outcomes", []), *section.get("commitments", [])]:
        side = {"us": "We", "you": "The customer"}.get(one.get("side", ""), "")
        stands = {"done": "Done", "late": "Done late", "dropped": "Dropped", "open": "Open"}.get(
            one.get("outcome", ""), ""
        )
        words = one.get("text") or one.get("measure")
        yield " · ".join(word for word in (side, one["what"], one.get("who"), one.get("due"), stands, words) if word)
