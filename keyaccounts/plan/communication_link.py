"""Two more pages of the customer, by signed links: its team with us, and other words for a line of the plan (N7.5, feature 78)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.links.pages import kept_secret
from acr_program.people.models import User
from acr_program.workflow.errors import Refused

from ..choices_plan import PlanStatus
from ..models import AccountPlan, TeamCard
from ..pages.statements import NotOpen
from .by_link import shown_of
from .communication_forms import ProposeForm
from .communication_team import PURPOSE, Entry, card_of, for_customer
from .communication_words import plan_lines, propose


@dataclass(frozen=True)
class ShownTeam:
    """The card behind a token: the newest that was published."""

    link: Link
    plan: AccountPlan
    card: TeamCard

    @property
    def account(self) -> str:
        return str(self.plan.account.name)

    @property
    def manager(self) -> User | None:
        return self.plan.waiter

    @property
    def entries(self) -> list[Entry]:
        return for_customer(self.card.content)


def team_of(token: str) -> ShownTeam:
    """Looking changes nothing. Raises NotOpen."""
    link = Link.known(token, PURPOSE)
    if link is None:
        raise NotOpen("unknown")
    plan = AccountPlan.objects.for_page().filter(pk=link.object_id).first()
    card = card_of(plan) if plan else None
    if plan is None or card is None or plan.status == PlanStatus.ARCHIVED:
        raise NotOpen("over")
    try:
        link.refuse_if_closed()
    except LinkRefused as refused:
        raise NotOpen(refused.reason) from None
    return ShownTeam(link, plan, card)


def team_by_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        response = render(request, "keyaccounts/plan_team_by_link.html", {"shown": team_of(token)})
    except NotOpen as refused:
        response = render(request, "keyaccounts/value_closed.html", {"refused": refused}, status=refused.status)
    kept_secret(response)
    return response


def propose_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Other words for a line, or something new; what is sent twice is kept once."""
    try:
        response = proposing(request, token)
    except NotOpen as refused:
        response = render(request, "keyaccounts/value_closed.html", {"refused": refused}, status=refused.status)
    kept_secret(response)
    return response


def proposing(request: HttpRequest, token: str) -> HttpResponse:
    shown = shown_of(token)
    lines, chosen = plan_lines(shown.version.content), request.GET.get("line", "")
    form = ProposeForm(request.POST if request.method == "POST" else None, lines=lines, chosen=chosen)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        said = form.cleaned_data
        try:
            propose(shown.plan, shown.version, form.by_key[said["line"]], words=said["words"], who=said["who"])
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = HTTPStatus.CONFLICT
        else:
            return redirect(reverse("keyaccounts:plan-by-link", args=[token]) + "#proposed")
    return render(
        request, "keyaccounts/plan_propose.html", {"shown": shown, "token": token, "form": form}, status=status
    )
