"""Suggesting a change, naming a star performer, and what their meetings taught."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import leaders, program_office
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from reviews import lists_voices as lists
from reviews.actions import voices
from reviews.forms.voices import FromLessonForm, NominateForm, SuggestForm
from reviews.models import ReviewRequest, StarPerformer, TemplateVersion, TouchPoint
from reviews.pages.feedback_page import SaidPage


@once
def suggest(request: SignedRequest) -> HttpResponse:
    """Anybody who is signed in says what they would change."""
    form = SuggestForm(typed(request), initial={"about": request.GET.get("about", "")})
    return suggested(request, form, cancel=reverse("reviews:suggestions"))


@once
def suggest_on(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """The same from the page of a version, whose sections can be named."""
    form = SuggestForm(typed(request), template=template, initial={"about": request.GET.get("about", "")})
    return suggested(request, form, cancel=template.get_absolute_url())


def suggested(request: SignedRequest, form: SuggestForm, *, cancel: str) -> HttpResponse:
    if form.is_valid():
        made = voices.suggest(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your suggestion is handed on. The program manager answers it, and you are told."))
        return redirect(made)
    way = [Crumb(_("Suggestions"), reverse("reviews:suggestions"))]
    return asked(request, "reviews/suggest.html", form, {"way": way, "cancel": cancel})


@once
def suggest_from(request: SignedRequest, touch: TouchPoint) -> HttpResponse:
    """The office makes a lesson a suggestion."""
    if not program_office(request.user):
        raise PermissionDenied(_("The program office makes suggestions of lessons."))
    form = FromLessonForm(typed(request), initial={"words": touch.lesson[:1000]})
    context = {
        "way": [Crumb(_("Lessons"), reverse("reviews:lessons"))],
        "cancel": touch.get_absolute_url(),
        "touch": touch,
    }
    if form.is_valid():
        try:
            made = voices.suggest_from_lesson(touch, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return asked(request, "reviews/suggest.html", form, context, HTTPStatus.CONFLICT)
        messages.success(request, _("It stands in the list of suggestions now."))
        return redirect(made)
    return asked(request, "reviews/suggest.html", form, context)


def star_list(request: SignedRequest) -> HttpResponse:
    context = {"page": lists.star_list(request), "may_nominate": leaders(request.user)}
    return render(request, "reviews/stars.html", context)


def lesson_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/lessons.html", {"page": lists.lesson_list(request)})


def star(request: SignedRequest, of: StarPerformer) -> HttpResponse:
    way = [Crumb(_("Star performers"), reverse("reviews:stars"))]
    lessons = TouchPoint.objects.visible_to(request.user).filter(person=of.person_id, kind="star", status="answered")
    context = {"page": SaidPage(of, request.user), "of": of, "way": way, "lessons": lessons.order_by("-quarter")[:8]}
    context["may_open"] = ReviewRequest.objects.visible_to(request.user).filter(pk=of.example_id).exists()
    return render(request, "reviews/star.html", context)


@once
def nominate(request: SignedRequest) -> HttpResponse:
    """A leader names somebody, for a review that shows why."""
    form = NominateForm(typed(request), user=request.user)
    context = {"way": [Crumb(_("Star performers"), reverse("reviews:stars"))], "cancel": reverse("reviews:stars")}
    if form.is_valid():
        try:
            made = voices.nominate(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return asked(request, "reviews/nominate.html", form, context, HTTPStatus.CONFLICT)
        messages.success(request, _("%(name)s is nominated. The program manager decides.") % {"name": made.person.name})
        return redirect(made)
    return asked(request, "reviews/nominate.html", form, context)


def typed(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def asked(
    request: SignedRequest, template: str, form: Any, context: dict[str, Any], refused: HTTPStatus | None = None
) -> HttpResponse:
    status = refused or (HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    return render(request, template, {"form": form} | context, status=status)
