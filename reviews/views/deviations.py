"""Where reviews leave the standard: the list of all, one of them, and the proposal of a new one."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from reviews import lists
from reviews.actions.deviating import may_propose, propose, why_not
from reviews.forms.deviation import DeviationForm
from reviews.models import Deviation, ReviewRequest
from reviews.pages.deviation_page import DeviationPage
from reviews.pages.parts import named, tokens_of
from reviews.texts import as_said

from .requests import way_to


def deviation_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/deviations.html", {"page": lists.deviation_list(request)})


def deviation_page(request: SignedRequest, deviation: Deviation) -> HttpResponse:
    context = {"page": DeviationPage(deviation, request.user), "of": deviation}
    return render(request, "reviews/deviation.html", context)


@once
def deviate(request: SignedRequest, review: ReviewRequest, section: str) -> HttpResponse:
    """Propose another text for one section of this review; a refusal keeps what was typed."""
    if not may_propose(request.user, review):
        raise PermissionDenied(_("A deviation is proposed by the program office or the sales representative."))
    found = review.template.sections.filter(key=section).first() if review.template else None
    if found is None:
        raise Http404(_("This review has no such section."))
    form = DeviationForm(request.POST or None, section=as_said(found, review), review=review)
    refusal = why_not(review, found)
    if form.is_valid() and not refusal:
        try:
            made = propose(review, found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The deviation is proposed. The program manager allows it or refuses it."))
            return redirect(made)
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    typed = form.data.get("text", "") if refusal and form.is_bound else ""
    context = {
        "review": review, "section": found, "title": named(found.title, tokens_of(review)),
        "form": form, "refusal": refusal, "typed": typed, "way": way_to(review),
    }  # fmt: skip
    return render(request, "reviews/deviate.html", context, status=status)
