"""Who is away, and who acts meanwhile."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused

from .. import absences
from ..forms import AbsenceForm


@once
def absences_page(request: SignedRequest, person: User) -> HttpResponse:
    """Set an absence; the ones there are, past ones too."""
    if not absences.may_set(person, request.user):
        raise PermissionDenied(_("Absences are set by the person, or by %(who)s.") % {"who": program_office.title})
    if request.method != "POST":
        return ask(request, person, AbsenceForm(person=person))
    form = AbsenceForm(request.POST, person=person)
    if not form.is_valid():
        return ask(request, person, form, HTTPStatus.BAD_REQUEST)
    try:
        absence = absences.set_absence(person, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, person, form, HTTPStatus.CONFLICT)
    words = {"stand_in": absence.stand_in, "person": person}
    messages.success(request, _("Set: %(stand_in)s acts for %(person)s in these days.") % words)
    if warning := absences.warning(absence):
        messages.warning(request, warning)
    return redirect("desk:absences", pk=person.pk)


def ask(request: SignedRequest, person: User, form: AbsenceForm, status: int = HTTPStatus.OK) -> HttpResponse:
    known = list(person.absences.select_related("stand_in", "set_by").order_by("-from_on", "-pk")[:50])
    today = localdate()
    context = {
        "person": person, "form": form, "is_me": person.pk == request.user.pk,
        "ahead": [absence for absence in reversed(known) if absence.to_on >= today],
        "today": today,
        "past": [absence for absence in known if absence.to_on < today],
    }  # fmt: skip
    return render(request, "desk/absences.html", context, status=status)


@once
def end_absence(request: SignedRequest, person: User, absence: int) -> HttpResponse:
    """Back earlier than said."""
    found = get_object_or_404(person.absences.select_related("person"), pk=absence)
    try:
        absences.end_absence(found, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(resolve_url("desk:absences", pk=person.pk))
    messages.success(request, _("The absence is ended: %(name)s acts again.") % {"name": person})
    return redirect("desk:absences", pk=person.pk)
