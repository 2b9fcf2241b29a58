"""Incubations and their checkpoints: the list, one of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import overseers
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading

from .. import lists_incubation as lists
from ..models import Checkpoint, IncubationCycle, Membership
from ..pages.checkpoint import CheckpointPage
from ..pages.incubation import CyclePage


def cycle_list(request: SignedRequest) -> HttpResponse:
    with reading():
        context: dict[str, Any] = {"page": lists.cycle_list(request)}
        context["sees_exceptions"] = overseers(request.user) or request.user.has(Role.EXECUTIVE)
        return render(request, "keyaccounts/incubation_list.html", context)


def cycle_page(request: SignedRequest, of: IncubationCycle) -> HttpResponse:
    with reading():
        context = {"page": CyclePage(of, request.user), "of": of, "way": way_to(of.membership)}
        return render(request, "keyaccounts/incubation_cycle.html", context)


def checkpoint_page(request: SignedRequest, of: Checkpoint) -> HttpResponse:
    with reading():
        way = way_to(of.membership)
        if of.cycle:
            way.append(Crumb(_("Incubation %(number)d") % {"number": of.cycle.number}, of.cycle.get_absolute_url()))
        context = {"page": CheckpointPage(of, request.user), "of": of, "way": way}
        return render(request, "keyaccounts/incubation_checkpoint.html", context)


def way_to(membership: Membership) -> list[Crumb]:
    """The way back: all incubations, then the account's own way."""
    return [
        Crumb(_("Incubations"), reverse("keyaccounts:cycles")),
        Crumb(membership.account.name, membership.get_absolute_url()),
    ]
