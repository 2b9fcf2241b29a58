"""Asking the program office, and what becomes of it (R-07)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.workflow.clicks import once
from acr_program.workflow.edit import begin

from . import lists
from .asked_from import named
from .forms_questions import AskForm
from .models import Inquiry
from .views import record


@once
def ask_office(request: SignedRequest) -> HttpResponse:
    """Anybody who is signed in asks, from any page."""
    form = AskForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return render(request, "charter/ask.html", {"form": form, "asking": True}, status=status)
    about = named(form.cleaned_data["page"], request.user)[:200]
    question = begin(Inquiry(asked_by=request.user, about=about, **form.cleaned_data), by=request.user)
    messages.success(request, _("Your question is with the program manager. You are told when it is answered."))
    return redirect(question)


def question_list(request: SignedRequest) -> HttpResponse:
    context = {"page": lists.question_list(request), "is_office": program_office(request.user)}
    return render(request, "charter/questions.html", context)


def question_page(request: SignedRequest, question: Inquiry) -> HttpResponse:
    """Everything that was said, oldest first."""
    return render(request, "charter/question.html", record(request, question) | {"of": question})
