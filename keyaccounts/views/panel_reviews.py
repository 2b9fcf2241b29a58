"""One account before a panel: its packet and votes, what has moved since, recusals, the letter about its outcome."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import Undone, once

from ..actions.panel import recuse
from ..forms.panel import RecuseForm
from ..models import Membership, PanelReview
from ..packets import gathered, moved
from ..pages.panel_review_page import ReviewPage
from ..panel_papers import ask_letter, released_of
from .panel_asking import have_written, keep, typed, way


def review_page(request: SignedRequest, review: PanelReview) -> HttpResponse:
    with reading():
        context = {"page": ReviewPage(review, request.user), "of": review, "way": way_to(review)}
        return render(request, "keyaccounts/panel_review.html", context)


def way_to(review: PanelReview, *more: Any) -> list[Any]:
    return way(*filter(None, [review.session, *more]))


def since(request: SignedRequest, review: PanelReview) -> HttpResponse:
    """What the facts say otherwise today than the packet does; the packet does not move."""
    if not review.packet_hash:
        return redirect(review)
    with reading():
        lines = moved(review.packet, gathered([review])[review.pk])
        context = {"of": review, "lines": lines, "way": way_to(review, review)}
        return render(request, "keyaccounts/panel_since.html", context)


@once
def recuse_from(request: SignedRequest, review: PanelReview) -> HttpResponse:
    """A conflict of interest: from then on the account is absent for whoever is recused, so the way leads to the panel."""
    page = ReviewPage(review, request.user)
    if not page.may_recuse or review.session is None:
        raise PermissionDenied(
            _("Members say that they are in conflict until they have voted; the chair and the manager may.")
        )
    form = RecuseForm(typed(request), review=review, user=request.user, others=page.may_recuse_others)

    def act(person: Any, words: str) -> None:
        recuse(review, person, by=request.user, words=words)

    done = _("It is noted. The account is absent for whoever is recused, and their vote does not count.")
    return keep(request, form, _("Conflict of interest"), review.session.get_absolute_url(), act, done)


@once
def letter(request: SignedRequest, membership: Membership) -> HttpResponse:
    """The letter about the outcome that was released last."""
    if released_of(membership) is None:
        messages.warning(request, _("No panel has decided on it yet."))
        return Undone(membership.get_absolute_url())
    return have_written(request, partial(ask_letter, membership, request.user))
