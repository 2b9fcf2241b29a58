"""The whole life of a request as a row of stages: what is behind, where it is, and by when the rest must be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.ui.parts import Stage
from acr_program.ui.phrases import day, room_tone
from acr_program.workflow.log import LogEntry
from reviews.choices import Delivery
from reviews.choices import RequestStatus as S
from reviews.models import ReviewRequest

STAGES = (
    (S.SUBMITTED, gettext_lazy("Submitted")), (S.GATHERING, gettext_lazy("Gathering")),
    (S.COMPILING, gettext_lazy("Compiling")), (S.IN_APPROVAL, gettext_lazy("Approval")),
    (S.PRINTING, gettext_lazy("Printing")), (S.SHIPPED, gettext_lazy("Shipped")),
    (S.DELIVERED, gettext_lazy("Delivered")), (S.MET, gettext_lazy("Met")), (S.CLOSED, gettext_lazy("Closed")),
)  # fmt: skip
ONLY_PRINTED = (S.PRINTING, S.SHIPPED)
# Where a request stands meanwhile in the row of stages.
TURNS = {S.RETURNED: S.SUBMITTED, S.CHANGES_REQUESTED: S.COMPILING, S.APPROVED: S.IN_APPROVAL}
WORKED_ON = (S.GATHERING, S.COMPILING, S.IN_APPROVAL, S.PRINTING)  # stages that end by being left


def life_of(request: ReviewRequest, log: Sequence[LogEntry]) -> list[Stage]:
    """The stages of this delivery; `log` are the request's own entries, newest first."""
    stages = [(s, label) for s, label in STAGES if request.delivery == Delivery.PRINTED or s not in ONLY_PRINTED]
    states = [state for state, _label in stages]
    entered = days_entered(log)
    if request.status == S.CANCELLED:
        return cancelled(stages, entered)
    at = standing(request.status, states)
    return [
        Stage(label, *drawn(request, state, place, at, states, entered)) for place, (state, label) in enumerate(stages)
    ]


def standing(status: str, states: list[S]) -> int:
    """The place of the present stage; before the first one while nothing is submitted."""
    stage = TURNS.get(S(status), S(status))
    return states.index(stage) if stage in states else -1


def drawn(
    request: ReviewRequest, state: S, place: int, at: int, states: list[S], entered: dict[str, date]
) -> tuple[str, str, str]:
    """Note, mood and tone of one stage."""
    if place < at or (place == at and state == S.CLOSED):
        return done_on(state, states[place + 1 :], entered), "done", ""
    if place == at:
        tone = room_tone(request.room)
        turned = request.status in (S.RETURNED, S.CHANGES_REQUESTED)
        return since(request, entered), "now", "warn" if turned and tone == "neutral" else tone.replace("neutral", "")
    return ahead(request, state), "ahead", ""


def since(request: ReviewRequest, entered: dict[str, date]) -> str:
    words = {
        S.RETURNED: _("sent back %(day)s"), S.CHANGES_REQUESTED: _("changes asked for %(day)s"),
        S.APPROVED: _("approved %(day)s"), S.MET: _("held %(day)s"),
    }.get(S(request.status), _("since %(day)s"))  # fmt: skip
    on = request.met_on if request.status == S.MET else entered.get(request.status)
    return words % {"day": day(on)} if on else ""


def done_on(state: S, later: list[S], entered: dict[str, date]) -> str:
    """The day a stage was over; for what happens at once, the day it happened."""
    if state in WORKED_ON:
        left = S.APPROVED if state == S.IN_APPROVAL else next((s for s in later if s in entered), None)
        return _("until %(day)s") % {"day": day(entered[left])} if left in entered else ""
    return day(entered[state]) if state in entered else ""


def ahead(request: ReviewRequest, state: S) -> str:
    """By when a stage to come must be over."""
    if state == S.MET:
        return day(request.meeting_on)
    by = next((stage.by for stage in request.schedule if stage.stage == state), None)
    if by and by < localdate():
        return _("was due %(day)s") % {"day": day(by)}
    if by and state == S.DELIVERED and request.delivery == Delivery.DIGITAL:
        return _("%(day)s at the latest") % {"day": day(by)}
    return _("by %(day)s") % {"day": day(by)} if by else ""


def cancelled(stages: Sequence[tuple[S, object]], entered: dict[str, date]) -> list[Stage]:
    """What was reached, and that it ended there."""
    reached = [Stage(label, day(entered[state]), "done") for state, label in stages if state in entered]
    on = entered.get(S.CANCELLED)
    return [*reached, Stage(_("Cancelled"), day(on) if on else "", "now", "warn")]


def days_entered(log: Sequence[LogEntry]) -> dict[str, date]:
    """The day each state was last entered."""
    return {e.after: localtime(e.at).date() for e in reversed(log) if e.after != e.before}
