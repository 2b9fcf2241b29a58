"""The program, its years and its functions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from acr_program.files.serve import serve
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.workflow.asking import show
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.errors import Refused
from acr_program.workflow.machine import Machine
from acr_program.workflow.offers import next_step, offers
from acr_program.workflow.registry import panels
from acr_program.workflow.views import seen_in, tell_done

from . import functions, look, rules
from .choices import YearStatus
from .forms import DAYS, FACTS, OWNED, FunctionForm, LookForm, OwnershipForm, ProgramForm, SetUpForm, YearForm
from .kinds import table
from .models import Function, Program, ProgramYear, Score
from .parts import missing, parts_of


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
    request: SignedRequest, form: Form, title: str, cancel: str, of: Any = None, refused: bool = False, **more: Any
) -> HttpResponse:
    return show(request, "charter/form.html", form, refused=refused, title=title, cancel=cancel, of=of, **more)


def record(request: SignedRequest, obj: Machine) -> dict[str, Any]:
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
    shown = {"program": program, "years": years, "parts": parts_of(program), "waves": table("waves", program)}
    return render(request, "charter/program.html", record(request, program) | shown)


def ownership_page(request: SignedRequest) -> HttpResponse:
    """Who owns the program, who drives it, and what it is to reach."""
    program = get_object_or_404(Program.objects.for_page())
    shown = {"program": program, "goals": table("goals", program), "missing": missing(program, rules.OWNERSHIP)}
    return render(request, "charter/ownership.html", shown | {"may_edit": program_managers(request.user)})


def year_page(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    shown = record(request, year) | {"year": year}
    if year.status == YearStatus.CLOSED:
        shown["scores"] = Score.objects.filter(year=year).visible_to(request.user).for_page()
    return render(request, "charter/year.html", shown)


def office_page(request: SignedRequest) -> HttpResponse:
    """Whether everything the office needs is there, and who works for it with how much on their hands (R-01)."""
    program = get_object_or_404(Program)
    tables = [table(key, program) for key in ("readiness", "roster")]
    context = {"tables": tables, "may_edit": program_managers(request.user)}
    return render(request, "charter/office.html", context)


@once
def edit_program(request: SignedRequest, program: Program) -> HttpResponse:
    form = ProgramForm(request.POST or None, initial={name: getattr(program, name) for name in FACTS})
    return keep(request, program, form, _("Change the program's facts"))


@once
def edit_look(request: SignedRequest, program: Program) -> HttpResponse:
    """The company's colour and logo, with a sample of the cover; documents that are made from now on have them."""
    sent = request.method == "POST"
    given = (request.POST, request.FILES) if sent else (None, None)
    form = LookForm(*given, initial={"accent": program.accent}, has_logo=program.logo_id is not None)
    if not sent or not form.is_valid():
        return ask_look(request, program, form)
    try:
        with transaction.atomic():
            chosen = logo_in(form.cleaned_data, program)
            accent, seen = form.cleaned_data["accent"], seen_in(request)
            program = edit(program, seen=seen, by=request.user, key=key_in(request), accent=accent, logo=chosen)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask_look(request, program, form, refused=True)
    tell_done(request, program, _("Kept: documents that are made from now on look like this."), seen_in(request))
    return redirect("charter:look", program.pk)


def logo_in(given: dict[str, Any], program: Program) -> Any:
    """The one that was sent; none where it is to go; else the one there is."""
    if given["logo"]:
        return look.keep_logo(given["logo"])
    return None if given.get("no_logo") else program.logo


def ask_look(request: SignedRequest, program: Program, form: LookForm, refused: bool = False) -> HttpResponse:
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "program": program, "sample": look.sample(program.accent)}
    return render(request, "charter/look.html", context, status=status)


def logo(request: SignedRequest, program: Program) -> HttpResponse:
    """The picture itself, for the sample."""
    if program.logo is None:
        raise Http404(_("No logo is chosen."))
    return serve(program.logo, "logo.png")


@once
def edit_ownership(request: SignedRequest, program: Program) -> HttpResponse:
    form = OwnershipForm(request.POST or None, initial={name: getattr(program, name) for name in OWNED})
    return keep(request, program, form, _("Who owns and who drives the program"), to="/program/ownership/")


@once
def edit_year(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    form = YearForm(request.POST or None, year=year, initial={name: getattr(year, name) for name in DAYS})
    return keep(request, year, form, _("Change the year"))


def keep(request: SignedRequest, obj: Any, form: Form, title: str, to: str = "") -> HttpResponse:
    """Ask, write through the second door, go back."""
    to = to or obj.get_absolute_url()
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, to, obj)
    try:
        obj = edit(obj, seen=seen_in(request), by=request.user, key=key_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, to, obj, refused=True)
    tell_done(request, obj, _("Done: it is changed."), seen_in(request))
    return redirect(to)


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
