"""The queue that holds each document to the process, how many reviews followed it, and which left it and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.charter.choices import YearStatus
from acr_program.charter.models import ProgramYear
from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ListPage
from reviews.models import ReviewRequest
from reviews.pages.described_page import figure_of
from reviews.pages.process_tables import QUEUE, STRAYED, queue_rows
from reviews.process.conformance import Followed, strayed, with_reasons


def queue(request: SignedRequest) -> HttpResponse:
    """What is under way, each held against the same check list (R-11)."""
    rows = queue_rows(ReviewRequest.objects.visible_to(request.user))
    return render(request, "reviews/process_queue.html", {"list": ListPage(request, rows, QUEUE)})


def followed(request: SignedRequest) -> HttpResponse:
    """Of the delivered reviews of a year, how many followed the process, and which did not, with the reasons (R-02, G-02)."""
    years = list(ProgramYear.objects.order_by("-begins_on", "-pk")[:12])
    year = chosen(years, request.GET.get("year", ""))
    context: dict[str, Any] = {"year": year, "years": years}
    if year:
        found = Followed(year)
        context["figures"] = [figure_of(one) for one in found.by_audience]
        context["by_version"] = [figure_of(one) for one in found.by_version]
        context["list"] = ListPage(request, with_reasons(strayed(year).for_list()), STRAYED)
    return render(request, "reviews/process_followed.html", context)


def chosen(years: list[ProgramYear], named: str) -> ProgramYear | None:
    """The year that is named, else the one that runs, else the newest."""
    running = [year for year in years if year.status == YearStatus.RUNNING]
    return next((year for year in years if str(year.pk) == named), next(iter([*running, *years]), None))
