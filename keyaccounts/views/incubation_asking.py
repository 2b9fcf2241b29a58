"""A form of incubation: shown, refused with a sentence, or kept and back to what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from acr_program.people.requests import SignedRequest
from acr_program.workflow.asking import act_on, show

FORM = "keyaccounts/incubation_form.html"


def typed(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def keep(
    request: SignedRequest, form: Any, title: str, to: Any, act: Callable[..., Any], done: str, **more: Any
) -> HttpResponse:
    """Ask; once it is answered, act with the answers and go back to `to`, a record.

    `more` goes to the page of the form: `of` for the machine that is read, `note` for what to know before.
    """
    if not form.is_valid():
        return show(request, FORM, form, title=title, to=to, **more)
    _made, refused = act_on(form, act)
    if refused:
        return show(request, FORM, form, refused=True, title=title, to=to, **more)
    messages.success(request, done)
    return redirect(to)
