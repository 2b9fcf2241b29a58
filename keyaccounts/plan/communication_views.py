"""Readers of a plan, its team card, and what the customer proposes to it: the pages inside the house (N7.1, N7.4, feature 78)."""

from __future__ import annotations

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
from ..views.value_asking import typed
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


@once
def readers_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The distribution list with its read state; a POST puts people on it."""
    back = reverse("keyaccounts:plan-readers", args=[of.pk])
    form = ReadersForm(typed(request), plan=of)
    if request.method == "POST":
        readers.check_sends(request.user, of)
        if form.is_valid():
            try:
                readers.put_on(of, form.cleaned_data["people"], by=request.user)
            except Refused as refusal:
                form.add_error("people", refusal.sentence)
            else:
                messages.success(request, _("They are on the list, and are told."))
                return redirect(back)
    with reading():
        found, sends = readers.readers_of(of), may_send(request, of)
        context = {
            "of": of, "readers": found, "behind": readers.behind(found), "form": form, "may_send": sends, "way": way(of)
        }  # fmt: skip
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return render(request, "keyaccounts/plan_readers.html", context, status=status)


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


@once
def team_page(request: SignedRequest, of: AccountPlan) -> HttpResponse:
    """The card as it holds, and what the customer reads of it; a POST publishes the roles as they are now."""
    back = reverse("keyaccounts:plan-team", args=[of.pk])
    form = CardForm(typed(request), plan=of)
    if request.method == "POST" and form.is_valid():
        try:
            team.publish(of, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The team card is published."))
            return redirect(back)
    card, entries = team.card_of(of), team.entries_of(of)
    context = {
        "of": of, "card": card, "form": form, "way": way(of), "may_send": may_send(request, of), "entries": entries,
        "customer": team.for_customer(card.content if card else entries), "is_old": bool(card and card.content != entries),
    }  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "keyaccounts/plan_team.html", context, status=status)


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


@once
def proposal_page(request: SignedRequest, of: AccountPlan, proposal: int) -> HttpResponse:
    """Both wordings side by side. A POST keeps ours with a reason, or takes theirs over through the line's own form."""
    rows = Proposal.objects.select_related("plan__membership__account__manager__reports_to", "snapshot", "answered_by")
    found = rows.filter(plan=of, pk=proposal).first()
    if found is None:
        raise Http404(_("There is no such proposal."))
    if request.method == "POST":
        writing.check_writes(request.user, of)
    keeps = request.method == "POST" and "keep" in request.POST
    row, kind = words.row_of(found), words.kind_of(found)
    answer = AnswerForm(request.POST if request.method == "POST" and not keeps else None, prefix="taken")
    keep = KeepForm(request.POST if keeps else None, prefix="kept")
    data = request.POST if request.method == "POST" and not keeps else None
    form = kind.form_for(of, data, row, **{found.field: found.words}) if kind else None
    status = HTTPStatus.OK
    if request.method == "POST":
        response, status = answered(request, found, row, form, answer, keep)
        if response:
            return response
    context = {
        "of": of, "proposal": found, "row": row, "ours": getattr(row, found.field, "") if row else "", "kind": kind,
        "form": form, "answer": answer, "keep": keep, "may_write": may_write(request.user, of), "way": [
            *way(of), Crumb(_("What the customer proposes"), reverse("keyaccounts:plan-proposals", args=[of.pk]))
        ],
    }  # fmt: skip
    return render(request, "keyaccounts/plan_proposal.html", context, status=status)


def answered(
    request: SignedRequest, found: Proposal, row: Any, form: Any, answer: AnswerForm, keep: KeepForm
) -> tuple[HttpResponse | None, int]:
    """Where the act leads, or nothing and the status of the form that is shown again."""
    back = reverse("keyaccounts:plan-proposals", args=[found.plan_id])
    try:
        if keep.is_bound:
            if not keep.is_valid():
                return None, HTTPStatus.BAD_REQUEST
            words.keep_ours(found, by=request.user, **keep.cleaned_data)
            messages.success(request, _("Our words stay; the customer reads why."))
            return redirect(back), HTTPStatus.FOUND
        if form is None or not form.is_valid() or not answer.is_valid():
            return None, HTTPStatus.BAD_REQUEST
        words.take_over(found, form, row, by=request.user, **answer.cleaned_data)
    except writing.Clash as clash:
        form.show_clash(clash.row, clash.names)
        form.add_error(None, clash.sentence)
        return None, HTTPStatus.CONFLICT
    except Refused as refusal:
        (keep if keep.is_bound else form).add_error(None, refusal.sentence)
        return None, HTTPStatus.CONFLICT
    messages.success(request, _("It is taken over; the customer reads it with the next version that is shared."))
    return redirect(back), HTTPStatus.FOUND
