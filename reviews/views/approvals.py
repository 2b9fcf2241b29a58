"""What leaders are asked, and the page they decide on; the page itself decides nothing (docs/promises.md, rule 7)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from acr_program.people.requests import SignedRequest
from reviews import lists
from reviews.models import Approval
from reviews.pages.approval_page import ApprovalPage, my_approvals


def approvals_page(request: SignedRequest) -> HttpResponse:
    context = my_approvals(request.user) | {"asked": lists.approval_list(request)}
    return render(request, "reviews/approvals.html", context)


def approval_page(request: SignedRequest, approval: Approval) -> HttpResponse:
    page = ApprovalPage(approval, request.user, request.GET.get("against", "version"))
    context = {"page": page, "of": approval, "document": approval.document, "review": approval.request}
    return render(request, "reviews/approval.html", context)
