"""The page on which the office looks at a newer template, and takes it for one review."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest
from reviews.forms.upgrade import UpgradeForm
from reviews.models import ReviewRequest
from reviews.pages.upgrade_page import UpgradePage

from .requests import way_to


def upgrade_page(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    return drawn(request, review, None)


def drawn(request: SignedRequest, review: ReviewRequest, form: UpgradeForm | None) -> HttpResponse:
    """The page, with what was sent where it needs another look."""
    page = UpgradePage(review, request.user, form)
    return render(request, "reviews/upgrade.html", {"page": page, "review": review, "way": way_to(review)})
