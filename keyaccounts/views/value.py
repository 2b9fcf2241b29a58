"""What customers get: the list of propositions, one version, its words and proof points, and what functions say to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, key_in, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from .. import lists_value
from ..actions import value as acts
from ..choices_value import PropositionStatus
from ..forms.value import PROOF, WORDS, ProofForm, PropositionForm, WordsForm, for_account
from ..models import Membership, ProofPoint, Proposition, Understanding
from ..pages.value import PropositionPage, UnderstandingPage, reader_of
from ..value_rules import writes_value
from .value_asking import keep, typed


def way_to(request: SignedRequest) -> list[Crumb]:
    """The way back, led to by those who have the list."""
    url = reverse("keyaccounts:propositions") if reader_of(request.user) else ""
    return [Crumb(_("What they get"), url)]


def proposition_list(request: SignedRequest) -> HttpResponse:
    context = {"page": lists_value.proposition_list(request), "may_write": program_managers(request.user)}
    return render(request, "keyaccounts/value_list.html", context)


def proposition_page(request: SignedRequest, of: Proposition) -> HttpResponse:
    with reading():
        context = {"page": PropositionPage(of, request.user), "of": of, "way": way_to(request)}
        return render(request, "keyaccounts/value_proposition.html", context)


@once
def new_proposition(request: SignedRequest) -> HttpResponse:
    act = partial(acts.begin_proposition, by=request.user)
    done = _("The draft is begun: add what shows it, then put it in force.")
    form, to = PropositionForm(typed(request)), reverse("keyaccounts:propositions")
    return keep(request, form, _("What the customer gets"), to, act, done)


@once
def for_its_account(request: SignedRequest, membership: Membership) -> HttpResponse:
    """The first version for one account, beside or instead of that of its tier."""
    account = membership.account
    if not writes_value(request.user, Proposition(account=account)):
        raise PermissionDenied(_("Value propositions are written by %(who)s.") % {"who": writes_value.title})
    act = partial(acts.begin_proposition, by=request.user, account=account)
    done = _("The draft is begun: add what shows it; the program manager puts it in force.")
    return keep(
        request, WordsForm(typed(request), initial=initial_of(membership)), for_account(account), membership, act, done
    )


def initial_of(membership: Membership) -> dict[str, str]:
    """What holds for the account now, to be made its own."""
    now = Proposition.objects.of(membership)
    return {name: getattr(now, name) for name in WORDS} if now else {}


def closed(request: SignedRequest, of: Proposition) -> HttpResponse | None:
    """Who may write it is said before anything is typed; what is no draft any more is not asked about, but shown."""
    acts.check_writes(request.user, of)
    return redirect(of) if request.method != "POST" and of.status != PropositionStatus.DRAFT else None


@once
def write_next(request: SignedRequest, of: Proposition) -> HttpResponse:
    try:
        made = acts.write_next(of, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(of.get_absolute_url())
    messages.success(request, _("The next version is begun, with the words of this one."))
    return redirect(made)


@once
def reword(request: SignedRequest, of: Proposition) -> HttpResponse:
    if away := closed(request, of):
        return away
    form = WordsForm(typed(request), initial={name: getattr(of, name) for name in WORDS})
    act = partial(acts.reword, of, by=request.user, seen=seen_in(request), key=key_in(request))
    return keep(request, form, _("What the customer gets"), of, act, _("The words are kept."), of=of)


@once
def add_proof(request: SignedRequest, of: Proposition) -> HttpResponse:
    if away := closed(request, of):
        return away
    act = partial(acts.keep_proof, of, by=request.user, seen=seen_in(request))
    done = _("The proof point is kept.")
    return keep(request, ProofForm(typed(request)), _("Add a proof point"), of, act, done, of=of)


@once
def change_proof(request: SignedRequest, proof: ProofPoint) -> HttpResponse:
    of = proof.proposition
    if away := closed(request, of):
        return away
    form = ProofForm(typed(request), initial={name: getattr(proof, name) for name in PROOF})
    act = partial(acts.keep_proof, of, by=request.user, seen=seen_in(request), proof=proof)
    more: dict[str, Any] = {"of": of, "drop": reverse("keyaccounts:drop-proof", args=[proof.pk])}
    return keep(request, form, _("Proof point"), of, act, _("The proof point is kept."), **more)


@once
def drop_proof(request: SignedRequest, proof: ProofPoint) -> HttpResponse:
    of = proof.proposition
    try:
        acts.drop_proof(of, proof, by=request.user, seen=seen_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(of.get_absolute_url())
    messages.success(request, _("The proof point is taken off."))
    return redirect(of)


def understanding_page(request: SignedRequest, of: Understanding) -> HttpResponse:
    with reading():
        context = {"page": UnderstandingPage(of, request.user), "of": of, "way": way_to(request)}
        return render(request, "keyaccounts/value_understanding.html", context)
