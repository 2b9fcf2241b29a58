"""A form of one account: shown, refused with a sentence, or kept and back to the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect

from acr_program.people.requests import SignedRequest
from acr_program.workflow.asking import act_on, show
from acr_program.workflow.views import seen_in, tell_done

from ..models import Account


def ask(
    request: SignedRequest, form: Any, title: str, cancel: str, of: Any = None, refused: bool = False, **more: Any
) -> HttpResponse:
    return show(request, "accounts/form.html", form, refused=refused, title=title, cancel=cancel, of=of, **more)


def keep(
    request: SignedRequest, account: Account, form: Form | ModelForm[Any], title: str, act: Callable[..., Any], done: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Ask; once it is answered, act with the answers."""
    cancel = account.get_absolute_url()
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, cancel, account, **more)
    changed, refused = act_on(form, act)
    if refused:
        return ask(request, form, title, cancel, account, refused=True, **more)
    if isinstance(changed, Account):
        tell_done(request, changed, done, seen_in(request))
    else:
        messages.success(request, done)
    return redirect(account)
