"""What everybody sets for themselves."""

from __future__ import annotations

from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from .. import people
from ..forms import SettingsForm
from ..models import CalendarAddress


@once
def my_settings(request: SignedRequest) -> HttpResponse:
    me = request.user
    if request.method != "POST":
        return ask(request, SettingsForm(initial={"name": me.name, "time_zone": me.time_zone}))
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return ask(request, form, HTTPStatus.BAD_REQUEST)
    try:
        people.change(me, by=me, seen=seen_in(request) or 0, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, HTTPStatus.CONFLICT)
    messages.success(request, _("Your settings are kept."))
    return redirect("desk:me")


def ask(request: SignedRequest, form: SettingsForm, status: int = HTTPStatus.OK) -> HttpResponse:
    me = request.user
    context = {
        "form": form, "me": me,
        "absences": me.absences.filter(to_on__gte=localdate()).select_related("stand_in"),
        "calendar": CalendarAddress.objects.filter(person=me).first(),
        "second_factor": Authenticator.objects.filter(user=me, type=Authenticator.Type.TOTP).exists(),
    }  # fmt: skip
    return render(request, "desk/me.html", context, status=status)
