"""What leaders are asked, and the page they decide on; the page itself decides nothing (docs/promises.md, rule 7)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.forms import StepForm
from reviews import lists
from reviews.actions.showing import shown
from reviews.models import Approval
from reviews.pages.approval_page import ApprovalPage, my_approvals


def approvals_page(request: SignedRequest) -> HttpResponse:
    context = my_approvals(request.user) | {"decided": lists.approval_list(request)}
    return render(request, "reviews/approvals.html", context)


def approve_many(request: SignedRequest) -> HttpResponse:
    """What waits for a word now, to be approved together where nothing in it differs."""
    return render(request, "reviews/approve_many.html", {"page": lists.to_approve(request)})


def approval_page(request: SignedRequest, approval: Approval) -> HttpResponse:
    return drawn(request, ApprovalPage(approval, request.user, request.GET.get("against", "")))


@once
def keep_shown(request: SignedRequest, approval: Approval) -> HttpResponse:
    """The page says by itself, once it is drawn, which files it shows; without scripts a button does."""
    try:
        shown(approval, to=request.user, digest=request.POST.get("signs", ""))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(approval.get_absolute_url())
    return redirect(approval)


def asked_again(request: SignedRequest, approval: Approval, form: StepForm) -> HttpResponse | None:
    """What is missing, above the question it belongs to; only where the question is put to this reader."""
    page = ApprovalPage(approval, request.user, given=form)
    return drawn(request, page) if page.decides else None


def drawn(request: SignedRequest, page: ApprovalPage) -> HttpResponse:
    context = {"page": page, "of": page.of, "document": page.of.document, "review": page.of.request}
    return render(request, "reviews/approval.html", context)
