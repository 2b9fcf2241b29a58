"""A form about the programme: shown, refused with a sentence, or kept and on to the page it leads to."""

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


def keep(request: SignedRequest, form: Any, title: str, to: Any, act: Act, done: str, **more: Any) -> HttpResponse:
    """Ask; once it is answered, act with the answers and go to what was made, or back to `to` (a record or an address).

    `more` goes to the page of the form: `of` for the machine that is read, `note` for a word above, `drop` for an address
    where it is taken away.
    """
    context = {"title": title, "to": to} | more
    if not form.is_valid():
        return show(request, "keyaccounts/rounds_form.html", form, **context)
    made, refused = act_on(form, act)
    if refused:
        return show(request, "keyaccounts/rounds_form.html", form, refused=True, **context)
    messages.success(request, done)
    return redirect(made if hasattr(made, "get_absolute_url") else to)
