"""Rounds and memberships: lists, pages, nominations, settings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import reading

from ..models import Membership, NominationRound
from ..pages.membership import MembershipPage
from ..pages.rounds import RoundPage


def membership_page(request: SignedRequest, membership: Membership) -> HttpResponse:
    with reading():
        context = {"page": MembershipPage(membership, request.user), "of": membership}
        return render(request, "keyaccounts/membership.html", context)


def round_page(request: SignedRequest, of: NominationRound) -> HttpResponse:
    with reading():
        return render(request, "keyaccounts/rounds_round.html", {"page": RoundPage(of, request.user), "of": of})
