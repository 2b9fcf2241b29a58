"""Which mails I get, and how."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.outbox.kinds import declared
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from .. import mail_choices
from ..forms_mail import MailForm


@once
def my_mails(request: SignedRequest) -> HttpResponse:
    """The page that the foot of a mail leads to: opening it changes nothing."""
    me = request.user
    if me.by_link:
        return render(request, "desk/mails.html", {"me": me, "asking": asking()})
    if request.method != "POST":
        return ask(request, MailForm(initial=mail_choices.chosen_by(me) | {"digest_hour": me.digest_hour}))
    form = MailForm(request.POST)
    if not form.is_valid():
        return ask(request, form, HTTPStatus.BAD_REQUEST)
    given = dict(form.cleaned_data)
    try:
        mail_choices.choose(me, seen=seen_in(request) or 0, digest_hour=given.pop("digest_hour"), ways=given)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, HTTPStatus.CONFLICT)
    messages.success(request, _("Your mails come as you chose, from now on."))
    return redirect("desk:my-mails")


def ask(request: SignedRequest, form: MailForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "me": request.user, "asking": asking()}
    return render(request, "desk/mails.html", context, status=status)


def asking() -> list[object]:
    """The kinds that ask somebody personally to decide."""
    return [kind for kind in declared() if kind.asks]


@once
def lines_read(request: SignedRequest) -> HttpResponse:
    """What waits for the digest is read: it is left out."""
    mail_choices.read_all(request.user)
    messages.success(request, _("Your next digest leaves out what you have read here."))
    return redirect("desk:messages")
