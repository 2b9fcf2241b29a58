"""A form about a panel: shown, refused with a sentence, or kept and on to the page it leads to."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.exports.actions import too_many
from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.asking import act_on, show

Act = Callable[..., Any]


def typed(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def keep(request: SignedRequest, form: Any, title: str, to: str, act: Act, done: str, **more: Any) -> HttpResponse:
    """Ask; once it is answered, act with the answers and go on. `more` goes to the page (`of` for the machine that is read)."""
    refused = False
    if form.is_valid():
        made, refused = act_on(form, act)
        if not refused:
            messages.success(request, done)
            return redirect(made if hasattr(made, "get_absolute_url") else to)
    return show(request, "keyaccounts/panel_form.html", form, refused=refused, title=title, to=to, **more)


def have_written(request: SignedRequest, ask: Callable[[], Any]) -> HttpResponse:
    """A paper that a worker writes; it lies ready among one's messages."""
    if refusal := too_many(request.user):
        return render(request, "429.html", {"exception": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    ask()
    messages.info(request, _("It is being written. It will lie ready under “My messages” in a minute."))
    return redirect("desk:messages")


def way(*of: Any) -> list[Crumb]:
    """The way back: the panels, then these records."""
    return [Crumb(_("Panels"), reverse("keyaccounts:panels")), *(Crumb(str(one), one.get_absolute_url()) for one in of)]
