"""What is done by one click: the rescue plan started, an action done, an item of customer data refreshed (N4.12, N5.7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from ..choices_plan import ActionState, PartKey
from ..models import AccountPlan
from . import actions_rescue as rescue
from . import blueprint_data as data
from .kinds import Kind, kind_of_row
from .parts.actions import RESCUE
from .parts.blueprint import DATA
from .writing import keep_owned


def part_of(plan: AccountPlan, part: str) -> str:
    return reverse("keyaccounts:plan-part", args=[plan.pk, part])


def done_by(request: SignedRequest, act: Callable[[], Any], said: str, back: str) -> HttpResponse:
    """One click: its effect and a sentence, or the sentence that says why not."""
    try:
        act()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(back)
    messages.success(request, said)
    return redirect(back)


@once
def start_rescue(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The one click of N5.7."""
    back = f"{part_of(of, PartKey.ACTIONS)}#start-rescue"
    said = _("The rescue plan runs: each action has its day, and whoever is named in it is told.")
    return done_by(request, lambda: rescue.start(of, RESCUE, by=request.user), said, back)


@once
def rest_rescue(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    back = f"{part_of(of, PartKey.ACTIONS)}#start-rescue"
    said = _("The rescue plan waits again; what was done stays done.")
    return done_by(request, lambda: rescue.rest(of, RESCUE, by=request.user), said, back)


def row_of(kind: Kind, of: AccountPlan, pk: int) -> Any:
    row = kind.rows(of).filter(pk=pk).first()
    if row is None:
        raise Http404(_("Somebody has taken this off."))
    return row


@once
def action_done(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """Done today; by the team, or by whoever has it."""
    there = of.action_rows.filter(pk=row).first()  # type: ignore[attr-defined]
    kind = kind_of_row(there) if there else None
    if there is None or kind is None:
        raise Http404(_("Somebody has taken this off."))
    mine = {"state": ActionState.DONE, "done_on": localdate()}
    act = lambda: keep_owned(of, kind, there, by=request.user, mine=mine, revision=seen_in(request))  # noqa: E731
    return done_by(request, act, _("It is done."), f"{part_of(of, PartKey.ACTIONS)}#waiting")


@once
def refreshed(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """Refreshed today; by the team, or by whoever has it (N4.12)."""
    there = row_of(DATA, of, row)
    mine = {"refreshed_on": localdate()}
    act = lambda: keep_owned(of, DATA, there, by=request.user, mine=mine, revision=seen_in(request))  # noqa: E731
    return done_by(request, act, _("It counts as refreshed today."), f"{part_of(of, PartKey.BLUEPRINT)}#waiting")


def data_page(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/plan_data.html", {"page": data.data_list(request)})
