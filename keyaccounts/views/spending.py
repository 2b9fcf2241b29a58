"""The books of an incubation: what is planned and used, what an executive lifts, what was missing and is shown (K-12, K-16)."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once
from acr_program.workflow.views import seen_in

from .. import lists_incubation as lists
from ..actions import spending as acts
from ..allowance import allowance
from ..forms import incubation as forms
from ..incubation_rules import keeps_books
from ..models import IncubationCycle, Membership, MissingProof, Spending
from .incubation import way_to
from .incubation_asking import keep, typed


def spending_list(request: SignedRequest, of: IncubationCycle) -> HttpResponse:
    with reading():
        context = {"page": lists.spending_list(request, of), "of": of, "way": way_to(of.membership)}
        context["may_spend"] = of.is_open and keeps_books(request.user, of)
        return render(request, "keyaccounts/incubation_spending.html", context)


def waiver_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/incubation_exceptions.html", {"page": lists.waiver_list(request)})


def left_of(of: IncubationCycle) -> str:
    """How much is left, for the page of the form."""
    both = allowance(of)
    words = _("Left of the allowance: %(money)s and %(days)s.")
    return words % {"money": both.money.said(both.money.left), "days": both.days.said(both.days.left)}


@once
def spend(request: SignedRequest, of: IncubationCycle) -> HttpResponse:
    """Plan it or book it; refused where it would go over what was granted."""
    act = partial(acts.take, of, by=request.user, seen=seen_in(request))
    form = forms.SpendingForm(typed(request))
    return keep(request, form, _("Plan or book"), of, act, _("It is written down."), of=of, note=left_of(of))


@once
def settle(request: SignedRequest, row: Spending) -> HttpResponse:
    """What was planned is used, with what it really took."""
    of, said = row.cycle, {"money": row.money, "days": row.days}
    act = partial(acts.settle, row, by=request.user, seen=seen_in(request))
    form = forms.SettleForm(typed(request), initial=said)
    title = _("Book: %(what)s") % {"what": row}
    return keep(request, form, title, of, act, _("It is booked as used."), of=of, note=left_of(of))


@once
def release(request: SignedRequest, row: Spending) -> HttpResponse:
    """What was planned is not needed after all."""
    of = row.cycle
    act = partial(acts.release, row, by=request.user, seen=seen_in(request))
    title = _("Release: %(what)s") % {"what": row}
    return keep(request, forms.ReleaseForm(typed(request)), title, of, act, _("It is free again."), of=of)


@once
def another(request: SignedRequest, membership: Membership) -> HttpResponse:
    """The exception that a third incubation needs (K-16)."""
    act = partial(acts.allow_another, membership, by=request.user, seen=seen_in(request))
    number = membership.incubations + 1
    title = _("Allow incubation number %(number)d") % {"number": number}
    done = _("The exception is on record, under your name.")
    return keep(request, forms.AnotherForm(typed(request)), title, membership, act, done, of=membership)


@once
def proof(request: SignedRequest, row: MissingProof) -> HttpResponse:
    """What shows now what the panel had missed."""
    of = row.cycle
    act = partial(acts.show_proof, row, by=request.user, seen=seen_in(request))
    form = forms.ProofForm(typed(request), initial={"shown": row.shown})
    return keep(request, form, row.words, of, act, _("It is written down what shows it."), of=of)
