"""A form on a page of its own, as the views of every app show it and act on it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .errors import Refused


def show(request: HttpRequest, template: str, form: Any, *, refused: bool = False, **more: Any) -> HttpResponse:
    """The page of the form: 200 as it is asked, 400 with what is wrong in it, 409 where the act was refused."""
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, template, {"form": form, **more}, status=status)


def act_on(form: Any, act: Callable[..., Any]) -> tuple[Any, bool]:
    """What the act makes of a valid form's answers, and whether it was refused; then the form says why."""
    try:
        return act(**form.cleaned_data), False
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None, True
