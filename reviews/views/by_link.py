"""Answering from the mail, without an account: looking is harmless, a code answers, once (docs/promises.md, rule 7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from acr_program.files.errors import Corrupt
from acr_program.files.serve import serve
from acr_program.links.errors import LinkRefused
from acr_program.links.pages import kept_secret
from acr_program.workflow.clicks import key_in
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in
from reviews.actions.by_link import DECIDE, WRITE, answer
from reviews.forms.by_link import FORMS
from reviews.pages.by_link import DecidePage, NotTaken, Visit, WritePage, spent_of, visit_of
from reviews.pages.delivery_page import SCREEN
from reviews.pages.document_page import download_name

from .contributions import kept

View = Callable[..., HttpResponse]
TYPED = {WRITE: "text", DECIDE: "comment"}
STEPS = {WRITE: ("submit",), DECIDE: ("approve", "ask_for_changes")}


def for_the_addressee(purpose: str) -> Callable[[View], View]:
    """A page whose address is a secret; a link that leads nowhere says why, one that was used says who acted."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            try:
                response = view(request, visit_of(token, purpose, request.user), **kwargs)
            except NotTaken as refused:
                response = closed(request, purpose, token, refused)
            kept_secret(response)
            return response

        return guarded

    return around


def closed(request: HttpRequest, purpose: str, token: str, refused: NotTaken) -> HttpResponse:
    """Why it leads nowhere, or who acted; what was typed and reached nobody stands there to be copied."""
    if request.headers.get("HX-Request"):
        return HttpResponse(conditional_escape(refused.sentence))
    spent = spent_of(token, purpose)
    typed = typed_for(purpose, request)
    said = getattr(spent.of, TYPED[purpose]) if spent and purpose in TYPED else typed
    if spent and request.method == "POST" and (not typed or typed.split() == said.split()):
        return redirect(f"reviews:{purpose}", token)
    status = HTTPStatus.CONFLICT if spent and typed else HTTPStatus.OK if spent else refused.status
    context = {"refused": refused, "spent": spent, "typed": typed}
    return render(request, "reviews/by_link_closed.html", context, status=status)


def typed_for(purpose: str, request: HttpRequest) -> str:
    """The words in the form, one below the other where there are several."""
    if purpose in TYPED:
        return request.POST.get(TYPED[purpose], "").strip()
    words = [value.strip() for name, value in request.POST.items() if name.startswith(("text_", "words_"))]  # type: ignore[union-attr]
    return "\n\n".join(filter(None, words))


@for_the_addressee(WRITE)
def write_draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep what is typed so far, without the code: it hands nothing in, and is there again when the link is opened anew."""
    if not WritePage(visit.of, visit.person, token=visit.token).writes:
        raise NotTaken(_("Nothing is asked of you here now: what you typed is not kept."), HTTPStatus.CONFLICT)
    return kept(request, visit.of, visit.person, reverse("reviews:write", args=[visit.token]))


@for_the_addressee(WRITE)
def write(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown(request, visit)


@for_the_addressee(DECIDE)
def decide(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown(request, visit)


@for_the_addressee(DECIDE)
def decide_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The screen edition of the version that is to be decided on."""
    page = DecidePage(visit.of, visit.person)
    if not page.may_open or visit.of.document.manifest is None:
        raise NotTaken(_("This version is not to be decided on any more."))
    file = visit.of.document.manifest.file(SCREEN)
    try:
        return serve(file, download_name(visit.of.document, file.name))
    except Corrupt as corrupt:
        raise NotTaken(corrupt.sentence, HTTPStatus.CONFLICT) from None


@for_the_addressee(WRITE)
def write_step(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    return taken(request, visit, WRITE, name)


@for_the_addressee(DECIDE)
def decide_step(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    return taken(request, visit, DECIDE, name)


def taken(request: Any, visit: Visit, purpose: str, name: str) -> HttpResponse:
    """400 what was typed does not do, 409 stale or closed; a wrong code is counted, and after five the link is shut."""
    if name not in STEPS[purpose]:
        raise Http404(_("There is no such step."))
    form = FORMS[name](request.POST, obj=visit.of, user=visit.person)
    if not form.is_valid():
        return shown(request, visit, form, status=HTTPStatus.BAD_REQUEST)
    data = dict(form.cleaned_data)
    try:
        visit.link.check_code(data.pop("code"))
    except LinkRefused as refused:
        if refused.reason != "code":
            raise NotTaken(refused.sentence) from None
        form.add_error("code", refused.sentence)
        return shown(request, visit, form, status=HTTPStatus.BAD_REQUEST)
    try:
        answer(visit.of, name, link=visit.link, seen=seen_in(request), key=key_in(request), **data)
    except LinkRefused as refused:
        raise NotTaken(refused.sentence) from None
    except Refused as refused:
        fresh = visit_of(visit.token, purpose, request.user)
        form.data = request.POST.copy() | {"seen": str(fresh.of.version)}
        return shown(request, fresh, form, refusal=refused.sentence, status=HTTPStatus.CONFLICT)
    return redirect(f"reviews:{purpose}", visit.token)


def shown(
    request: HttpRequest, visit: Visit, form: Any = None, *, refusal: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    page: WritePage | DecidePage
    if visit.link.purpose == WRITE:
        page = WritePage(visit.of, visit.person, given=form, token=visit.token)
    else:
        against = request.GET.get("against", "")
        page = DecidePage(visit.of, visit.person, against=against, given=form, token=visit.token)
    context: dict[str, Any] = {"page": page, "of": page.of, "visit": visit, "token": visit.token, "refusal": refusal}
    if isinstance(page, WritePage):
        context["typed"] = form.data.get("text", "") if form is not None and not page.writes else ""
        return render(request, "reviews/by_link_write.html", context | {"section": page.of.section}, status=status)
    context |= {"document": page.of.document, "review": page.of.request}
    return render(request, "reviews/by_link_decide.html", context, status=status)
