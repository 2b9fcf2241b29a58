"""What is done by one click: the rescue plan started, an action done, an item of customer data refreshed (N4.12, N5.7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from ..choices_plan import ActionState, PartKey
from ..models import AccountPlan, Action
from . import actions_rescue as rescue
from . import blueprint_data as data
from .kinds import Kind, kind_of_row
from .parts.actions import RESCUE
from .parts.blueprint import DATA
from .writing import check_writes, keep_owned


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


def owned(
    request: SignedRequest, of: AccountPlan, kind: Kind | None, row: Any, back: str, said: str, **mine: Any
) -> HttpResponse:
    """One click on a row by its owner or by the team; a row that is gone says so to whoever may write the plan."""
    if row is None or kind is None:
        check_writes(request.user, of)
        messages.warning(request, _("Somebody has taken this off already."))
        return Undone(back)
    act = partial(keep_owned, of, kind, row, by=request.user, mine=mine, revision=seen_in(request))
    return done_by(request, act, said, back)


@once
def action_done(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """Done today; by the team, or by whoever has it."""
    there = Action.objects.filter(plan=of, pk=row).first()
    kind, back = kind_of_row(there) if there else None, f"{part_of(of, PartKey.ACTIONS)}#waiting"
    return owned(request, of, kind, there, back, _("It is done."), state=ActionState.DONE, done_on=localdate())


@once
def refreshed(request: SignedRequest, of: AccountPlan, row: int) -> HttpResponse:
    """Refreshed today; by the team, or by whoever has it (N4.12)."""
    there, back = DATA.rows(of).filter(pk=row).first(), f"{part_of(of, PartKey.BLUEPRINT)}#waiting"
    return owned(request, of, DATA, there, back, _("It counts as refreshed today."), refreshed_on=localdate())


def data_page(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/plan_data.html", {"page": data.data_list(request)})
