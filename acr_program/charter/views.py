"""The program, its years and its functions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.offers import next_step, offers
from acr_program.workflow.registry import panels
from acr_program.workflow.views import seen_in, tell_done

from . import functions
from .forms import DAYS, FACTS, FunctionForm, ProgramForm, SetUpForm, YearForm
from .models import Function, Program, ProgramYear


def home(request: SignedRequest) -> HttpResponse:
    """The one program; where there is none yet, the way to it."""
    program = Program.objects.first()
    if program is not None:
        return redirect(program)
    return render(request, "charter/none.html", {"may_set_up": program_managers(request.user)})


@once
def set_up(request: SignedRequest) -> HttpResponse:
    form = SetUpForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, _("Set up the program"), "/program/")
    with transaction.atomic():
        if not Program.objects.exists():
            begin(Program(pk=1, manager=request.user, **form.cleaned_data), by=request.user)
    messages.success(request, _("The program is set up."))
    return redirect("charter:home")


def ask(
    request: SignedRequest, form: Form, title: str, cancel: str, of: Any = None, refused: bool = False
) -> HttpResponse:
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "title": title, "cancel": cancel, "of": of}
    return render(request, "charter/form.html", context, status=status)


def record(request: SignedRequest, obj: Program | ProgramYear) -> dict[str, Any]:
    """What every record page shows of a machine."""
    return {
        "object": obj,
        "offers": offers(obj, request.user),
        "next": next_step(obj),
        "entries": obj.log().for_timeline()[:20],
        "panels": panels(obj, request.user),
        "may_edit": program_managers(request.user),
    }


def program_page(request: SignedRequest, program: Program) -> HttpResponse:
    years = list(ProgramYear.objects.all()[:12])
    return render(request, "charter/program.html", record(request, program) | {"program": program, "years": years})


def year_page(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    return render(request, "charter/year.html", record(request, year) | {"year": year})


@once
def edit_program(request: SignedRequest, program: Program) -> HttpResponse:
    form = ProgramForm(request.POST or None, initial={name: getattr(program, name) for name in FACTS})
    return keep(request, program, form, _("Change the program's facts"))


@once
def edit_year(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    form = YearForm(request.POST or None, year=year, initial={name: getattr(year, name) for name in DAYS})
    return keep(request, year, form, _("Change the year"))


def keep(request: SignedRequest, obj: Any, form: Form, title: str) -> HttpResponse:
    """Ask, write through the second door, go back."""
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, obj.get_absolute_url(), obj)
    try:
        obj = edit(obj, seen=seen_in(request), by=request.user, key=key_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, obj.get_absolute_url(), obj, refused=True)
    tell_done(request, obj, _("Done: it is changed."), seen_in(request))
    return redirect(obj)


@once
def new_year(request: SignedRequest) -> HttpResponse:
    form = YearForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, _("Add a year"), "/program/")
    year = begin(ProgramYear(**form.cleaned_data), by=request.user)
    messages.success(request, _("The year %(year)s is added. It begins as a draft.") % {"year": year})
    return redirect(year)


def functions_page(request: SignedRequest) -> HttpResponse:
    """Every function with who answers for it; a gap is said."""
    found = list(Function.objects.select_related("contributor"))
    gaps = [function for function in found if function.contributor is None or not function.contributor.is_active]
    context = {"functions": found, "gaps": gaps, "may_edit": program_managers(request.user)}
    return render(request, "charter/functions.html", context)


@once
def edit_function(request: SignedRequest, function: int | None = None) -> HttpResponse:
    known = get_object_or_404(Function, pk=function) if function else Function()
    title = _("Who contributes for %(function)s") % {"function": known.name} if function else _("Add a function")
    initial = {"name": known.name, "contributor": known.contributor_id}
    form = FunctionForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, "/program/functions/")
    try:
        functions.keep(known, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, "/program/functions/", refused=True)
    messages.success(request, _("Kept: %(function)s.") % {"function": known.name})
    return redirect("charter:functions")
