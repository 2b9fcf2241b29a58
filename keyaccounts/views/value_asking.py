"""A form about value: shown, refused with a sentence, or kept and on to the page it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from acr_program.people.requests import SignedRequest
from acr_program.workflow.asking import act_on, show

Act = Callable[..., Any]


def typed(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def ask(request: SignedRequest, form: Any, title: str, to: Any, refused: bool = False, **more: Any) -> HttpResponse:
    return show(request, "keyaccounts/value_form.html", form, refused=refused, title=title, to=to, **more)


def keep(request: SignedRequest, form: Any, title: str, to: Any, act: Act, done: str, **more: Any) -> HttpResponse:
    """Ask; once it is answered, act with the answers and go to what was made, or back to what it is about."""
    if not form.is_valid():
        return ask(request, form, title, to, **more)
    made, refused = act_on(form, act)
    if refused:
        return ask(request, form, title, to, refused=True, **more)
    messages.success(request, done)
    return redirect(made if hasattr(made, "get_absolute_url") else to)
