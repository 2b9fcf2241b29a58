"""Rounds and memberships: the overview, the lists, one of each, a nomination."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.asking import act_on, show
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once

from .. import lists
from ..actions.nominating import next_round_said, open_round
from ..actions.nominating import nominate as nominated
from ..forms.rounds import NominateForm
from ..models import Membership, NominationRound, programme_words
from ..pages.membership import MembershipPage
from ..pages.overview import Overview
from ..pages.rounds import RoundPage
from ..rules import nominators


def overview(request: SignedRequest) -> HttpResponse:
    with reading():
        context = {
            "page": Overview(request.user), "may_nominate": nominators(request.user), "may_set": program_managers(request.user),
        }  # fmt: skip
        return render(request, "keyaccounts/rounds_overview.html", context)


def membership_list(request: SignedRequest) -> HttpResponse:
    context = {"page": lists.membership_list(request), "may_nominate": nominators(request.user)}
    return render(request, "keyaccounts/rounds_memberships.html", context)


def re_review_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/rounds_re_reviews.html", {"page": lists.re_review_list(request)})


def round_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/rounds_rounds.html", {"page": lists.round_list(request)})


def membership_page(request: SignedRequest, membership: Membership) -> HttpResponse:
    with reading():
        context = {"page": MembershipPage(membership, request.user), "of": membership}
        return render(request, "keyaccounts/membership.html", context)


def round_page(request: SignedRequest, of: NominationRound) -> HttpResponse:
    with reading():
        return render(request, "keyaccounts/rounds_round.html", {"page": RoundPage(of, request.user), "of": of})


@once
def nominate(request: SignedRequest) -> HttpResponse:
    """One account with the reason; what is typed into the search narrows which are offered (K-06)."""
    said = request.GET
    form = NominateForm(
        request.POST or None, user=request.user, narrowed=said.get("q", ""), chosen=said.get("account", "")
    )
    context: dict[str, Any] = {"round": open_round(), "q": said.get("q", ""), "called": programme_words()}
    if context["round"] is None:
        context["next_round"] = next_round_said()
    if not form.is_valid():
        return show(request, "keyaccounts/rounds_nominate.html", form, **context)
    membership, refused = act_on(form, partial(nominated, by=request.user))
    if refused:
        return show(request, "keyaccounts/rounds_nominate.html", form, refused=True, **context)
    messages.success(request, _("%(account)s is nominated.") % {"account": membership.account.name})
    return redirect(membership)
