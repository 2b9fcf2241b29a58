"""The content library: its texts, one text and its wordings, a new one proposed, the waiver of a stale one, the forecast."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.forms import Day, Form
from acr_program.ui.parts import Crumb
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from reviews.actions.library import may_propose, propose, propose_for_unit
from reviews.actions.waiving import waive
from reviews.forms.library import ProposalForm, UnitForm, WaiverForm
from reviews.lists_library import library_list
from reviews.models import ContentItem, ReviewRequest, Revision
from reviews.pages.library_page import ItemPage, RevisionPage, meetings_on, stale_by
from reviews.texts import standing

from .requests import way_to

NEXT = timedelta(days=30)


def library(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/library.html", {"page": library_list(request)})


def item_page(request: SignedRequest, item: ContentItem) -> HttpResponse:
    with reading():
        return render(
            request, "reviews/library_item.html", {"page": ItemPage(item, request.user), "of": item, "way": way()}
        )


def revision_page(request: SignedRequest, revision: Revision) -> HttpResponse:
    context = {"page": RevisionPage(revision, request.user), "of": revision, "way": [*way(), to(revision.item)]}
    with reading():
        return render(request, "reviews/revision.html", context)


def way() -> list[Crumb]:
    return [Crumb(_("Library"), reverse("reviews:library"))]


def to(item: ContentItem) -> Crumb:
    return Crumb(str(item), item.get_absolute_url())


@once
def propose_text(request: SignedRequest, item: ContentItem) -> HttpResponse:
    """A new wording, by whoever answers for the text or by the office."""
    form = ProposalForm(request.POST or None, item=item)
    return changed(request, item, form, lambda data: propose(item, by=request.user, **data), _("A new text"))


@once
def propose_unit(request: SignedRequest, item: ContentItem) -> HttpResponse:
    """A text of its own for one business unit."""
    form = UnitForm(request.POST or None, item=item)
    return changed(
        request, item, form, lambda data: propose_for_unit(item, by=request.user, **data), _("A text for one unit")
    )


def changed(request: SignedRequest, item: ContentItem, form: Any, take: Any, title: str) -> HttpResponse:
    if not may_propose(request.user, item):
        raise PermissionDenied(_("A text is changed by whoever answers for it, or by the program office."))
    refusal = ""
    if form.is_valid():
        try:
            made = take(form.cleaned_data)
        except Refused as refused:
            refusal = refused.sentence
        else:
            words = (
                _("The text is in use from now on.")
                if made.status == "current"
                else _("The text is proposed. The one in use stays in use until the program manager accepts it.")
            )
            messages.success(request, words)
            return redirect(made)
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"of": item, "form": form, "title": title, "refusal": refusal, "way": [*way(), to(item)]}
    return render(request, "reviews/library_propose.html", context, status=status)


@once
def waive_stale(request: SignedRequest, review: ReviewRequest, revision: int) -> HttpResponse:
    """The program manager lets one review go with one text that nobody has confirmed."""
    if not program_managers(request.user):
        raise PermissionDenied(_("A stale text is waived by %(who)s.") % {"who": program_managers.title})
    found = next((one for one in standing(review) if one.revision.pk == revision), None)
    if found is None:
        raise Http404(_("This review does not say that text."))
    form, refusal = WaiverForm(request.POST or None), ""
    if form.is_valid():
        try:
            waive(review, revision, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The review may go on with this text. It stays marked in every internal copy."))
            return redirect(review)
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"review": review, "revision": found.revision, "form": form, "refusal": refusal, "way": way_to(review)}
    return render(request, "reviews/stale_waiver.html", context, status=status)


class AsOfForm(Form):
    """For which day the forecast is made."""

    on = Day(label=_("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def forecast(request: SignedRequest) -> HttpResponse:
    """What will be stale on a day unless somebody says that it holds (M12)."""
    form = AsOfForm(request.GET if "on" in request.GET else None, initial={"on": localdate() + NEXT})
    valid = form.is_bound and form.is_valid()
    on: date = form.cleaned_data["on"] if valid else localdate() + NEXT
    context = {"form": form, "on": on, "rows": stale_by(on), "meetings": meetings_on(on, request.user), "way": way()}
    status = HTTPStatus.BAD_REQUEST if form.is_bound and not valid else HTTPStatus.OK
    with reading():
        return render(request, "reviews/freshness.html", context, status=status)
