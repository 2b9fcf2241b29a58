"""What was undertaken: the list, one of them, and one that is begun by hand from the page of its review."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import once
from reviews import lists
from reviews.actions.follow_ups import begin_by_hand
from reviews.forms.follow_ups import FollowUpForm
from reviews.models import FollowUp, ReviewRequest
from reviews.pages.follow_up_page import FollowUpPage
from reviews.rules import may_undertake

from .requests import way_to


def follow_up_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/follow_ups.html", {"page": lists.follow_up_list(request)})


def follow_up_page(request: SignedRequest, follow_up: FollowUp) -> HttpResponse:
    way = [Crumb(_("Follow-ups"), reverse("reviews:follow-ups")), Crumb(str(follow_up.request))]
    context = {"page": FollowUpPage(follow_up, request.user), "of": follow_up, "way": way}
    return render(request, "reviews/follow_up.html", context)


@once
def new_follow_up(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """The office or the representative notes what was agreed: who, what, by when, for which commitment."""
    if not may_undertake(request.user, review):
        raise PermissionDenied(_("“Note a follow-up” is for %(who)s.") % {"who": may_undertake.title})
    form = FollowUpForm(request.POST if request.method == "POST" else None, review=review)
    if form.is_valid():
        begun = begin_by_hand(review, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is noted. %(name)s has been told.") % {"name": begun.owner.name})
        return redirect(begun)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"review": review, "form": form, "way": way_to(review)}
    return render(request, "reviews/follow_up_new.html", context, status=status)
