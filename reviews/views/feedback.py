"""What was said after meetings: the results, each answer, each representative's word, and what was suggested."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.lists import ENOUGH
from acr_program.ui.parts import Crumb
from reviews import lists_feedback as lists
from reviews.models import CustomerFeedback, RepFeedback, Suggestion
from reviews.pages.feedback_page import SaidPage
from reviews.pages.feedback_results import results_of
from reviews.pages.ratings import ratings_of


def results(request: SignedRequest) -> HttpResponse:
    page = lists.feedback_list(request)
    found = results_of(page.queryset, request.GET.get("by", ""))
    page.number = min(found.rows, ENOUGH + 1)  # the averages have counted them already
    return render(request, "reviews/feedback.html", {"page": page, "results": found})


def customer(request: SignedRequest, feedback: CustomerFeedback) -> HttpResponse:
    return said(request, feedback, "reviews/customer_feedback.html")


def rep(request: SignedRequest, feedback: RepFeedback) -> HttpResponse:
    return said(request, feedback, "reviews/rep_feedback.html")


def suggestion_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/suggestions.html", {"page": lists.suggestion_list(request)})


def suggestion(request: SignedRequest, of: Suggestion) -> HttpResponse:
    way = [Crumb(_("Suggestions"), reverse("reviews:suggestions"))]
    context = {"page": SaidPage(of, request.user), "of": of, "way": way, "ratings": ratings_of(of)}
    return render(request, "reviews/suggestion.html", context)


def said(request: SignedRequest, of: CustomerFeedback | RepFeedback, template: str) -> HttpResponse:
    way = [Crumb(_("Feedback"), reverse("reviews:feedback")), Crumb(str(of.request), of.request.get_absolute_url())]
    context = {"page": SaidPage(of, request.user), "of": of, "review": of.request, "way": way}
    return render(request, template, context)
