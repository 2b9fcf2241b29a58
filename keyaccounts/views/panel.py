"""Panels: the list, one of them, planning one, its minutes."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, key_in, once
from acr_program.workflow.views import seen_in

from .. import lists_panel as lists
from ..actions.panel import change_panel, plan_panel
from ..choices_panel import SessionStatus
from ..forms.panel import PanelForm
from ..models import Ballot, PanelSession
from ..pages.panel_page import SessionPage
from ..panel_papers import ask_minutes
from .panel_asking import have_written, keep, typed, way


def panel_list(request: SignedRequest) -> HttpResponse:
    context = {"page": lists.panel_list(request), "may_plan": program_managers(request.user)}
    return render(request, "keyaccounts/panel_list.html", context)


def account_list(request: SignedRequest) -> HttpResponse:
    return render(request, "keyaccounts/panel_accounts.html", {"page": lists.review_list(request), "way": way()})


@once
def new_panel(request: SignedRequest) -> HttpResponse:
    act, to = partial(plan_panel, by=request.user), reverse("keyaccounts:panels")
    done = _("The panel is planned: put accounts on its agenda.")
    return keep(request, PanelForm(typed(request)), _("Plan a panel"), to, act, done)


def panel_page(request: SignedRequest, session: PanelSession) -> HttpResponse:
    with reading():
        context = {"page": SessionPage(session, request.user), "of": session, "way": way()}
        return render(request, "keyaccounts/panel.html", context)


@once
def edit_panel(request: SignedRequest, session: PanelSession) -> HttpResponse:
    act = partial(change_panel, session, by=request.user, seen=seen_in(request), key=key_in(request))
    form = PanelForm(typed(request), session=session)
    return keep(
        request, form, _("Change the panel"), session.get_absolute_url(), act, _("The panel is changed."), of=session
    )


@once
def minutes(request: SignedRequest, session: PanelSession) -> HttpResponse:
    """The minutes, once the decisions are released."""
    if session.status != SessionStatus.RELEASED:
        messages.warning(request, _("There are no minutes before the decisions are released."))
        return Undone(session.get_absolute_url())
    return have_written(request, partial(ask_minutes, session, request.user))


def ballot_page(request: SignedRequest, ballot: Ballot) -> HttpResponse:
    """A ballot is read on the page of its account."""
    return redirect(ballot)
