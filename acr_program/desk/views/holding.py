"""A mail that has not gone yet is held, let go or dropped, with a reason."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.outbox.holding import Act, rule
from acr_program.outbox.models import Message
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import Undone, once

from ..forms_mail import ReasonForm

TITLES: dict[str, Any] = {
    Act.HOLD: gettext_lazy("Hold this mail"), Act.RELEASE: gettext_lazy("Let this mail go now"),
    Act.DROP: gettext_lazy("Drop this mail"),
}  # fmt: skip
MEANINGS: dict[str, Any] = {
    Act.HOLD: gettext_lazy("It stays here until somebody in the program office lets it go."),
    Act.RELEASE: gettext_lazy("It leaves by itself within a minute, and no digest says it again."),
    Act.DROP: gettext_lazy("It never leaves, and nobody is told. It stays here to be read, with your reason."),
}
DONE: dict[str, Any] = {
    Act.HOLD: gettext_lazy("The mail is held."), Act.RELEASE: gettext_lazy("The mail is on its way."),
    Act.DROP: gettext_lazy("The mail is dropped."),
}  # fmt: skip


@once
def hold(request: SignedRequest, message: Message) -> HttpResponse:
    return ruled(request, message, Act.HOLD)


@once
def release(request: SignedRequest, message: Message) -> HttpResponse:
    return ruled(request, message, Act.RELEASE)


@once
def drop(request: SignedRequest, message: Message) -> HttpResponse:
    return ruled(request, message, Act.DROP)


def ruled(request: SignedRequest, message: Message, act: Act) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        context = {"form": form, "message": message, "title": TITLES[act], "meaning": MEANINGS[act], "act": act.value}
        return render(request, "outbox/rule.html", context, status=status)
    if not rule(message, act, by=request.user, reason=form.cleaned_data["reason"]):
        messages.info(request, _("It was too late for that: the mail does not wait any more, or not in this way."))
        return Undone(resolve_url("outbox:message", pk=message.pk))
    messages.success(request, DONE[act])
    return redirect("outbox:message", pk=message.pk)
