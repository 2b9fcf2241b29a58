"""A form about the filter: shown, refused with a sentence, or kept and on to the page it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from acr_program.people.requests import SignedRequest
from acr_program.workflow.asking import act_on, show
from acr_program.workflow.clicks import Undone
from acr_program.workflow.errors import Refused

Act = Callable[..., Any]
FORM = "keyaccounts/filter_form.html"


def typed(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def keep(request: SignedRequest, form: Any, title: str, of: Any, act: Act, done: str, **more: Any) -> HttpResponse:
    """Ask; once it is answered, act with the answers and go back to the record `of` that it changes."""
    said = {"title": title, "of": of, **more}
    if not form.is_valid():
        return show(request, FORM, form, **said)
    _made, refused = act_on(form, act)
    if refused:
        return show(request, FORM, form, refused=True, **said)
    messages.success(request, done)
    return redirect(of)


def do(request: SignedRequest, act: Callable[[], Any], done: str, back: str) -> HttpResponse:
    """Act without a question and say so; why not otherwise, on the page one came from."""
    try:
        made = act()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(back)
    messages.success(request, done)
    return redirect(made if hasattr(made, "get_absolute_url") else back)
