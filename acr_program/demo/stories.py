"""How the reviews of the demo year are lived: each story is a generator that acts, then says how long it waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.people.models import User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin
from reviews.choices import BY_LINE, ApprovalStatus, Delivery
from reviews.choices import RequestStatus as S
from reviews.models import InformationRequest, ReviewRequest

from . import feedback, promises, texts
from .acting import act

Wait = timedelta
Story = Iterator[Wait]


def hours(chance: Random, low: float, high: float) -> Wait:
    return timedelta(hours=chance.uniform(low, high))


def again(request: ReviewRequest) -> ReviewRequest:
    fresh: ReviewRequest = ReviewRequest.objects.for_page().get(pk=request.pk)
    return fresh


def review(
    account: Account, year: ProgramYear, audience: str, admin: User, chance: Random, *, slow: bool = False
) -> Story:
    """One review from its request to its close, with the detours that chance brings."""
    rep = account.manager
    assert rep is not None
    printed = chance.random() < 0.35
    request = begin(
        ReviewRequest(
            account=account, year=year, rep=rep, goal=chance.choice(texts.GOALS),
            audience=audience,
            meeting_on=meeting_day(chance, printed), meeting_place=account.city, recipient=account.contacts.first(),
            delivery=Delivery.PRINTED if printed else Delivery.DIGITAL, copies=chance.randint(2, 8) if printed else None,
            ship_to=f"{account.street}, {account.postcode} {account.city}" if printed else "",
        ),
        by=rep,
    )  # fmt: skip
    yield hours(chance, 0.3, 20)
    act(request, "submit", rep)
    yield hours(chance, 2, 30)
    if chance.random() < 0.15:
        act(request, "send_back", admin, comment=chance.choice(texts.SEND_BACKS))
        yield hours(chance, 5, 40)
        act(request, "submit", rep)
        yield hours(chance, 2, 20)
    if chance.random() < 0.06:
        act(request, "cancel", rep, comment="The customer was taken over; we begin again with the new owner.")
        return
    act(request, "accept", admin)
    yield from gather(request, admin, chance, slow)
    yield from approve(request, admin, chance)
    yield from deliver(request, admin, chance)
    yield from promises.kept(request, chance)


def rests(story: Story, account: Account, state: str) -> Story:
    """The story, which comes to rest where its review reaches a state: somebody has yet to act."""
    for wait in story:
        yield wait
        if ReviewRequest.objects.filter(account=account, status=state).exists():
            return


def meeting_day(chance: Random, printed: bool) -> date:
    return add_working_days(localdate(), chance.randint(30, 48) if printed else chance.randint(24, 42))


def gather(request: ReviewRequest, admin: User, chance: Random, slow: bool) -> Story:
    """Contributors write, the office reads; a few are late, a few are sent back."""
    for section in request.contributions.select_related("section", "contributor").order_by("section__place"):
        yield hours(chance, 20, 160 if slow else 60)
        if not section.section.required and chance.random() < 0.4:
            act(section, "waive", admin, comment=texts.WAIVED.get(section.section.key, texts.NOTHING))
            continue
        act(section, "submit", section.contributor, **written(section, request, chance))
        yield hours(chance, 2, 26)
        if chance.random() < 0.12:
            act(section, "send_back", admin, comment=chance.choice(texts.RETURNS))
            yield hours(chance, 10, 40)
            act(section, "submit", section.contributor, **written(section, request, chance))
            yield hours(chance, 2, 10)
        act(section, "accept", admin)


def written(section: InformationRequest, request: ReviewRequest, chance: Random) -> dict[str, Any]:
    """What the contributor hands in: text, or an outlook with its lines."""
    kind = section.section.kind
    if kind in BY_LINE:
        return promises.answer(kind, chance, request.rep)
    return {"text": texts.section(section.section.key, chance)}


def approve(request: ReviewRequest, admin: User, chance: Random) -> Story:
    """The leaders in their order; now and then one asks for changes."""
    changes = chance.random() < 0.18
    while again(request).status not in (S.APPROVED, S.PRINTING, S.DELIVERED):
        yield hours(chance, 6, 40)
        request = again(request)
        if request.status == S.CHANGES_REQUESTED:
            act(request, "rework", admin, comment=texts.UNCHANGED, unchanged=True)
            continue
        pending = (
            request.approvals.filter(status=ApprovalStatus.PENDING).select_related("approver").order_by("place").first()
        )
        if request.status != S.IN_APPROVAL or pending is None:
            continue
        if changes:
            changes = False
            act(pending, "ask_for_changes", pending.approver, comment=chance.choice(texts.CHANGES))
        else:
            act(pending, "approve", pending.approver, signs=pending.signs)


def deliver(request: ReviewRequest, admin: User, chance: Random) -> Story:
    """Print and ship, or the link; then the meeting and the close."""
    request = again(request)
    if request.status == S.PRINTING:
        yield hours(chance, 30, 70)
        act(request, "ship", admin, carrier="Norddal Freight", tracking=f"ND{chance.randint(10**8, 10**9)}")
        yield hours(chance, 24, 60)
        act(request, "confirm_delivery", request.rep)
    while localdate() < request.meeting_on:
        yield hours(chance, 20, 28)
    yield hours(chance, 3, 40)
    guests = request.recipient.name if request.recipient else request.account.name
    attendees = f"{guests}; {request.rep.name}"
    act(
        request,
        "hold_meeting",
        request.rep,
        met_on=request.meeting_on,
        attendees=attendees,
    )
    yield from feedback.given(request, chance)
    yield hours(chance, 40, 240)
    feedback.close(request, admin, chance)


def risk(account: Account, chance: Random, recovers: bool) -> Story:
    """An account in danger, and sometimes its recovery."""
    assert account.manager is not None
    act(account, "flag_risk", account.manager, comment=texts.RISK)
    yield hours(chance, 60, 200)
    if recovers and account.manager.reports_to and account.manager.reports_to.has("leader"):
        act(account, "recover", account.manager.reports_to, comment=texts.RECOVERY)
