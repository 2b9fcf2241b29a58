"""The rule for a year's requests; what it finds is looked at, and worked off, as every act on many rows."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from reviews.actions.yearly import Rule, plan
from reviews.forms.yearly import YearlyForm


@once
def yearly(request: SignedRequest) -> HttpResponse:
    form = YearlyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return render(request, "reviews/yearly.html", {"form": form}, status=status)
    said: dict[str, Any] = dict(form.cleaned_data)
    return redirect(plan(Rule(year_id=said.pop("year").pk, **said), by=request.user))
