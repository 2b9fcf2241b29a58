"""Readers of a plan, its team card, and what the customer proposes to it: the pages inside the house (N7.1, N7.4, feature 78)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused

from ..choices_plan import PartKey
from ..models import AccountPlan, Proposal
from ..plan_rules import account_side, may_write
from . import communication_readers as readers
from . import communication_team as team
from . import communication_words as words
from . import writing
from .communication_forms import AnswerForm, CardForm, KeepForm, ReadersForm
from .pages import way_to

PART = PartKey.COMMUNICATION


def way(of: AccountPlan) -> list[Crumb]:
    part = reverse("keyaccounts:plan-part", args=[of.pk, PART])
    return [*way_to(of), Crumb(of, of.get_absolute_url()), Crumb(PART.label, part)]


def may_send(request: SignedRequest, of: AccountPlan) -> bool:
    return of.is_living and account_side(request.user, of)


def refused(request: SignedRequest, refusal: Refused, back: str) -> HttpResponse:
    messages.warning(request, refusal.sentence)
    return Undone(back)


# Who is to see it


def readers_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The distribution list with its read state."""
    return draw_readers(request, of, ReadersForm(plan=of))


def draw_readers(
    request: SignedRequest, of: AccountPlan, form: ReadersForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    with reading():
        found = readers.readers_of(of)
        context = {
            "of": of, "readers": found, "behind": readers.behind(found), "form": form, "way": way(of),
            "may_send": may_send(request, of),
        }  # fmt: skip
        return render(request, "keyaccounts/plan_readers.html", context, status=status)


@once
def put_on(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """More people on the list."""
    readers.check_sends(request.user, of)
    form = ReadersForm(request.POST, plan=of)
    if not form.is_valid():
        return draw_readers(request, of, form, HTTPStatus.BAD_REQUEST)
    try:
        readers.put_on(of, form.cleaned_data["people"], by=request.user)
    except Refused as refusal:
        form.add_error("people", refusal.sentence)
        return draw_readers(request, of, form, HTTPStatus.CONFLICT)
    messages.success(request, _("They are on the list, and are told."))
    return redirect("keyaccounts:plan-readers", of.pk)


@once
def reader_off(request: SignedRequest, of: AccountPlan, person: int) -> HttpResponse:
    back = reverse("keyaccounts:plan-readers", args=[of.pk])
    try:
        readers.take_off(of, person, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, back)
    messages.success(request, _("They are off the list."))
    return redirect(back)


@once
def readers_remind(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    back = reverse("keyaccounts:plan-readers", args=[of.pk])
    try:
        count = readers.remind(of, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, back)
    said = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", count) % {"n": count}
    messages.success(request, said)
    return redirect(back)


# The team card


def team_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The card as it holds, and what the customer reads of it."""
    return draw_team(request, of, CardForm(plan=of))


def draw_team(request: SignedRequest, of: AccountPlan, form: CardForm, status: int = HTTPStatus.OK) -> HttpResponse:
    card, entries = team.card_of(of), team.entries_of(of)
    context = {
        "of": of, "card": card, "form": form, "way": way(of), "may_send": may_send(request, of), "entries": entries,
        "customer": team.for_customer(card.content if card else entries), "is_old": bool(card and card.content != entries),
    }  # fmt: skip
    return render(request, "keyaccounts/plan_team.html", context, status=status)


@once
def team_publish(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The roles as they are now, to the team and, if chosen, to the customer."""
    team.check_publishes(request.user, of)
    form = CardForm(request.POST, plan=of)
    if not form.is_valid():
        return draw_team(request, of, form, HTTPStatus.BAD_REQUEST)
    try:
        team.publish(of, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return draw_team(request, of, form, HTTPStatus.CONFLICT)
    messages.success(request, _("The team card is published."))
    return redirect("keyaccounts:plan-team", of.pk)


@once
def team_close(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    back = reverse("keyaccounts:plan-team", args=[of.pk])
    try:
        team.close_links(of, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, back)
    messages.success(request, _("No link to the team card opens anything any more."))
    return redirect(back)


# What the customer proposes


def proposals_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    rows = list(Proposal.objects.filter(plan=of).select_related("answered_by", "snapshot").order_by("-pk")[:100])
    context = {"of": of, "way": way(of), "open": [one for one in rows if one.is_open]}
    context["answered"] = [one for one in rows if not one.is_open]
    return render(request, "keyaccounts/plan_proposals.html", context)


@dataclass
class Both:
    """A proposal beside the line it is about, with the forms by which it is answered."""

    of: AccountPlan
    proposal: Proposal
    row: Any
    form: Any
    answer: AnswerForm
    keep: KeepForm

    @property
    def kind(self) -> Any:
        return words.kind_of(self.proposal)

    @property
    def ours(self) -> str:
        return str(getattr(self.row, self.proposal.field)) if self.row else ""


def both(of: AccountPlan, proposal: int, *, take: Any = None, keep: Any = None) -> Both:
    """`take`, `keep`: what was sent of one or the other form."""
    rows = Proposal.objects.select_related("plan__membership__account__manager__reports_to", "snapshot", "answered_by")
    found = rows.filter(plan=of, pk=proposal).first()
    if found is None:
        raise Http404(_("There is no such proposal."))
    row, kind = words.row_of(found), words.kind_of(found)
    form = kind.form_for(of, take, row, **{found.field: found.words}) if kind else None
    return Both(of, found, row, form, AnswerForm(take, prefix="taken"), KeepForm(keep, prefix="kept"))


def draw_both(request: SignedRequest, found: Both, status: int = HTTPStatus.OK) -> HttpResponse:
    all_ = Crumb(_("What the customer proposes"), reverse("keyaccounts:plan-proposals", args=[found.of.pk]))
    context = {
        "found": found,
        "of": found.of,
        "proposal": found.proposal,
        "form": found.form,
        "way": [*way(found.of), all_],
    }
    context["may_write"] = may_write(request.user, found.of)
    return render(request, "keyaccounts/plan_proposal.html", context, status=status)


def proposal_page(request: SignedRequest, of: AccountPlan, proposal: int) -> HttpResponse:
    """Both wordings side by side."""
    return draw_both(request, both(of, proposal))


@once
def proposal_take(request: SignedRequest, of: AccountPlan, proposal: int) -> HttpResponse:
    """Their words come into the plan, through the line's own form; where two met, nobody loses a word."""
    writing.check_writes(request.user, of)
    found = both(of, proposal, take=request.POST)
    if found.form is None or not (found.form.is_valid() and found.answer.is_valid()):
        return draw_both(request, found, HTTPStatus.BAD_REQUEST)
    try:
        words.take_over(found.proposal, found.form, found.row, by=request.user, **found.answer.cleaned_data)
    except writing.Clash as clash:
        found.form.show_clash(clash.row, clash.names)
        found.form.add_error(None, clash.sentence)
        return draw_both(request, found, HTTPStatus.CONFLICT)
    except Refused as refusal:
        return refused(request, refusal, found.proposal.get_absolute_url())
    messages.success(request, _("It is taken over; the customer reads it with the next version that is shared."))
    return redirect("keyaccounts:plan-proposals", of.pk)


@once
def proposal_keep(request: SignedRequest, of: AccountPlan, proposal: int) -> HttpResponse:
    """Our words stay, with a reason that the customer reads."""
    writing.check_writes(request.user, of)
    found = both(of, proposal, keep=request.POST)
    if not found.keep.is_valid():
        return draw_both(request, found, HTTPStatus.BAD_REQUEST)
    try:
        words.keep_ours(found.proposal, by=request.user, **found.keep.cleaned_data)
    except Refused as refusal:
        return refused(request, refusal, found.proposal.get_absolute_url())
    messages.success(request, _("Our words stay; the customer reads why."))
    return redirect("keyaccounts:plan-proposals", of.pk)
