"""Pages of review requests: the list, the board, one request, and the approver an administrator names for it."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.choices import Role
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import administrators
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in, tell_done
from reviews import lists
from reviews.forms.request import ApproverForm
from reviews.models import ReviewRequest
from reviews.pages.board import board_of
from reviews.pages.calendar import MonthPage
from reviews.pages.request_page import RequestPage, may_designate
from reviews.tables import number_of

from .asking import to_requests


def request_list(request: SignedRequest) -> HttpResponse:
    """Every request this person may see, filtered and sorted."""
    context = {"page": lists.request_list(request), "may_ask": request.user.has(Role.REP)}
    return render(request, "reviews/requests.html", context)


def board(request: SignedRequest) -> HttpResponse:
    """What is under way, by state."""
    lanes = board_of(request.user)
    context = {"lanes": lanes, "any": any(lane.number for lane in lanes), "may_ask": request.user.has(Role.REP)}
    return render(request, "reviews/request_board.html", context)


def calendar(request: SignedRequest) -> HttpResponse:
    """Meetings and days due, month by month."""
    return render(request, "reviews/calendar.html", {"page": MonthPage(request)})


def request_page(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """Where it is, who has it, what may be done, and how it came there."""
    page = RequestPage(review, request.user, everything=request.GET.get("log") == "all")
    context = {"review": review, "page": page, "way": way_to(review, last=False)}
    with reading():
        return render(request, "reviews/request.html", context)


def document_progress(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """The document's panel while it is rendered; once it is there the whole page is drawn afresh."""
    page = RequestPage(review, request.user)
    if page.rendering is None and request.headers.get("HX-Request"):
        return HttpResponse(status=HTTPStatus.OK, headers={"HX-Refresh": "true"})
    return render(request, "reviews/request_document.html", {"review": review, "page": page})


@once
def designate(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """An administrator names an approver, with the reason."""
    if not administrators(request.user):
        raise PermissionDenied(_("“Name an approver” is for %(who)s.") % {"who": administrators.title})
    label = _("Name an approver")
    if not may_designate(request.user, review):
        return refused(
            request, review, label, _("Who approves is settled already: this review is past being compiled.")
        )
    form = ApproverForm(request.POST or None, review=review)
    if form.is_valid():
        try:
            changed = edit(
                review, seen=seen_in(request), by=request.user, key=key_in(request),
                comment=form.cleaned_data["reason"], approver_designated=form.cleaned_data["approver"],
            )  # fmt: skip
        except Refused as refusal:
            return refused(request, review, label, refusal.sentence)
        tell_done(request, changed, _("Who approves is noted, with the reason."), seen_in(request))
        return redirect(review)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"review": review, "form": form, "way": way_to(review)}
    return render(request, "reviews/request_approver.html", context, status=status)


def refused(request: SignedRequest, review: ReviewRequest, label: str, sentence: str) -> HttpResponse:
    """409 with the sentence, and the way back to the request as it is."""
    context = {"object": review, "step": {"label": label}, "refusal": sentence}
    return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)


def way_to(review: ReviewRequest, *, last: bool = True) -> list[Crumb]:
    """The way back from a page about one request, and from the request itself."""
    return [to_requests(), Crumb(str(review), review.get_absolute_url()) if last else Crumb(number_of(review))]
