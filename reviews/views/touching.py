"""Touch-points: the quarter as a board and a list, one of them with its questions, and the same by a mailed link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.desk.models import Draft
from acr_program.links.errors import LinkRefused
from acr_program.people.models import User
from acr_program.people.requests import SignedRequest
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from acr_program.workflow.views import seen_in, tell_done
from acr_program.workflow.words import done_sentence
from reviews.actions.by_link import TOUCH
from reviews.actions.by_link import answer as answer_by_link
from reviews.actions.touching import draft_name
from reviews.forms.touching import AnswersForm
from reviews.lists_library import touch_list
from reviews.models import TouchPoint
from reviews.pages.by_link import NotTaken, Visit, visit_of
from reviews.pages.touch_page import CodedAnswersForm, TouchLinkPage, TouchPage, board_of, typed_in
from reviews.prose import LONGEST

from .by_link import for_the_addressee


def touch_points(request: SignedRequest) -> HttpResponse:
    """The quarter by function, and every touch-point as a list."""
    context = {"page": touch_list(request), "board": board_of(request.user, request.GET.get("quarter", ""))}
    return render(request, "reviews/touch_points.html", context)


def touch_page(request: SignedRequest, touch: TouchPoint) -> HttpResponse:
    return drawn(request, TouchPage(touch, request.user))


def drawn(request: SignedRequest, page: TouchPage, *, refusal: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    way = [Crumb(_("Touch-points"), reverse("reviews:touch-points")), Crumb(page.of.label)]
    context = {"page": page, "of": page.of, "way": way, "refusal": refusal}
    return render(request, "reviews/touch_point.html", context, status=status)


@once
def answer(request: SignedRequest, touch: TouchPoint) -> HttpResponse:
    """Each text's own answer: where all are “nothing has changed” it is the one step, else the other."""
    page = TouchPage(touch, request.user)
    if not page.writes:
        if touch.is_answered and request.user.acts_as(touch.person_id):
            messages.info(request, _("This was answered already."))
            return redirect(touch)
        raise PermissionDenied(_("Nothing is asked of you here now."))
    form = AnswersForm(request.POST, obj=touch, user=request.user)
    if not form.is_valid():
        return drawn(request, TouchPage(touch, request.user, given=form), status=HTTPStatus.BAD_REQUEST)
    seen = seen_in(request)
    try:
        done = perform(touch, form.step, by=request.user, seen=seen, key=key_in(request), **form.given)
    except Refused as refused:
        fresh = TouchPoint.objects.for_page().get(pk=touch.pk)
        form.data = seen_as(request, fresh)
        page = TouchPage(fresh, request.user, given=form)
        return drawn(request, page, refusal=refused.sentence, status=HTTPStatus.CONFLICT)
    tell_done(request, done, done_sentence(done, form.step), seen)
    return redirect(done)


def keep_draft(request: SignedRequest, touch: TouchPoint) -> HttpResponse:
    """Keep the answers given so far, for this person alone."""
    if not TouchPage(touch, request.user).writes:
        raise PermissionDenied(_("Nothing is asked of you here now: what you type is not kept."))
    return kept(request, touch, request.user, touch.get_absolute_url())


def kept(request: HttpRequest, touch: TouchPoint, person: User, back: str) -> HttpResponse:
    draft = Draft.objects.keep(person, draft_name(touch), typed_in(request.POST, LONGEST))
    if request.headers.get("HX-Request"):
        return render(request, "reviews/touch_kept.html", {"kept_at": draft.saved_at})
    messages.success(request, _("Your answers are kept. Nobody else sees them until you hand them in."))
    return redirect(back)


# By a mailed link


@for_the_addressee(TOUCH)
def touch_by_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown(request, visit)


def shown(
    request: HttpRequest, visit: Visit, form: Any = None, *, refusal: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    page = TouchLinkPage(visit.of, visit.person, given=form)
    context = {"page": page, "of": visit.of, "token": visit.token, "refusal": refusal}
    return render(request, "reviews/by_link_touch.html", context, status=status)


@for_the_addressee(TOUCH)
def draft_by_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Kept without the code: it hands nothing in."""
    if not TouchLinkPage(visit.of, visit.person).writes:
        raise NotTaken(_("Nothing is asked of you here now: what you typed is not kept."), HTTPStatus.CONFLICT)
    return kept(request, visit.of, visit.person, reverse("reviews:touch", args=[visit.token]))


@for_the_addressee(TOUCH)
def answer_by_mail(request: SignedRequest, visit: Visit) -> HttpResponse:
    """The answers with the code of the mail; the link is used up with them."""
    if not TouchLinkPage(visit.of, visit.person).writes:
        raise NotTaken(_("Nothing is asked of you here any more: the matter moved on."), HTTPStatus.CONFLICT)
    form = CodedAnswersForm(request.POST, obj=visit.of, user=visit.person)
    if not form.is_valid():
        return shown(request, visit, form, status=HTTPStatus.BAD_REQUEST)
    try:
        visit.link.check_code(form.cleaned_data["code"])
    except LinkRefused as refused:
        if refused.reason != "code":
            raise NotTaken(refused.sentence) from None
        form.add_error("code", refused.sentence)
        return shown(request, visit, form, status=HTTPStatus.BAD_REQUEST)
    try:
        answer_by_link(
            visit.of,
            form.step,
            link=visit.link,
            seen=seen_in(request),
            key=key_in(request),
            **form.given,
        )
    except LinkRefused as refused:
        raise NotTaken(refused.sentence) from None
    except Refused as refused:
        fresh = visit_of(visit.token, TOUCH, request.user)
        form.data = seen_as(request, fresh.of)
        return shown(request, fresh, form, refusal=refused.sentence, status=HTTPStatus.CONFLICT)
    return redirect("reviews:touch", visit.token)


def seen_as(request: HttpRequest, fresh: TouchPoint) -> QueryDict:
    """What was typed; sent again, it counts as seen as the touch-point is now."""
    typed = request.POST.copy()
    typed["seen"] = str(fresh.version)
    return typed
