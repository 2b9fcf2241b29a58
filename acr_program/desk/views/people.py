"""People: the directory, one person, and what the office changes about them."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from .. import directory, people
from ..forms import InviteForm, PersonForm
from ..lists import people_list


def people_page(request: SignedRequest) -> HttpResponse:
    context = {"list": people_list(request), "may_invite": program_office(request.user)}
    return render(request, "desk/people.html", context)


def person_page(request: SignedRequest, person: User) -> HttpResponse:
    return render(request, "desk/person.html", {"page": directory.page(person, request.user), "person": person})


def mine(request: SignedRequest) -> HttpResponse:
    """My own page, under an address that is the same for everybody."""
    return redirect("desk:person", pk=request.user.pk)


@once
def edit_person(request: SignedRequest, person: User) -> HttpResponse:
    """The office changes who somebody is and what they may do."""
    if request.method != "POST":
        return ask(request, PersonForm(by=request.user, person=person, initial=as_it_stands(person)), person)
    form = PersonForm(request.POST, by=request.user, person=person)
    if not form.is_valid():
        return ask(request, form, person, HTTPStatus.BAD_REQUEST)
    try:
        people.change(person, by=request.user, seen=seen_in(request) or 0, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, person, HTTPStatus.CONFLICT)
    messages.success(request, _("Done: %(name)s is changed.") % {"name": form.cleaned_data["name"]})
    return redirect("desk:person", pk=person.pk)


def as_it_stands(person: User) -> dict[str, object]:
    names = ("name", "title", "email", "reports_to", "by_link", "is_active")
    return {"roles": sorted(person.roles), **{name: getattr(person, name) for name in names}}


def ask(request: SignedRequest, form: PersonForm, person: User | None, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "desk/person_form.html", {"form": form, "person": person}, status=status)


@once
def invite(request: SignedRequest) -> HttpResponse:
    """The office enters somebody new, who gets a mail with the way in."""
    if request.method != "POST":
        return ask(request, InviteForm(by=request.user), None)
    form = InviteForm(request.POST, by=request.user)
    if not form.is_valid():
        return ask(request, form, None, HTTPStatus.BAD_REQUEST)
    try:
        person = people.invite(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, None, HTTPStatus.CONFLICT)
    words = _("%(name)s is entered; the invitation is on its way.")
    if person.by_link:
        words = _(
            "%(name)s is entered. What is asked of them comes with a link in the mail, and no invitation is sent."
        )
    messages.success(request, words % {"name": person})
    return redirect("desk:person", pk=person.pk)


@once
def invite_again(request: SignedRequest, person: User) -> HttpResponse:
    try:
        people.invite_again(person, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(resolve_url("desk:person", pk=person.pk))
    messages.success(request, _("A fresh invitation to %(name)s is on its way.") % {"name": person})
    return redirect("desk:person", pk=person.pk)
