"""A form of one account: shown, refused with a sentence, or kept and back to the account."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acr_program.people.requests import SignedRequest
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in, tell_done

from ..models import Account


def ask(
    request: SignedRequest, form: Any, title: str, cancel: str, of: Any = None, refused: bool = False, **more: Any
) -> HttpResponse:
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "title": title, "cancel": cancel, "of": of, **more}
    return render(request, "accounts/form.html", context, status=status)


def keep(
    request: SignedRequest, account: Account, form: Form | ModelForm[Any], title: str, act: Callable[..., Any], done: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Ask; once it is answered, act with the answers."""
    cancel = account.get_absolute_url()
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, cancel, account, **more)
    try:
        changed = act(**form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, cancel, account, refused=True, **more)
    if isinstance(changed, Account):
        tell_done(request, changed, done, seen_in(request))
    else:
        messages.success(request, done)
    return redirect(account)
