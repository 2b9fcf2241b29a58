"""How many, who does what, how it is measured, which training; and what of it is mine."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import overseers, program_managers, program_office
from acr_program.workflow.book import reading
from acr_program.workflow.clicks import once
from acr_program.workflow.edit import begin

from . import actions, measured, rules
from .choices import Audience, CommunicationKind
from .forms import ExpectationsForm
from .kinds import table, title_of
from .models import Communication, Duty, Program, ProgramYear, Receipt, Training, TrainingAssignment
from .parts import missing
from .views import ask, record

TABLES = ("ramp", "duties", "metrics")
SHOWN = 200


def accountability_page(request: SignedRequest) -> HttpResponse:
    """The four answers, the expectations of the year, and how far everybody is whom the reader may see."""
    program, years = get_object_or_404(Program.objects.for_page()), measured.open_years()
    chosen = request.GET.get("year", "")
    year = next((one for one in years if str(one.pk) == chosen), None) or measured.running(years)
    rows = measured.force(year) if year else []
    if not overseers(request.user):
        rows = [row for row in rows if request.user.pk in (row.person.pk, row.person.reports_to_id)]
    context = {
        "program": program, "year": year, "years": years, "rows": rows[:SHOWN], "silent": measured.who_has_not(rows),
        "sets": measured.sets_of(year).visible_to(request.user).counted()[:SHOWN],
        "tables": [table(key, program) for key in TABLES], "trainings": table("trainings", program),
        "missing": missing(program, rules.ACCOUNTABILITY), "may_edit": program_managers(request.user),
        "may_assign": program_office(request.user),
    }  # fmt: skip
    with reading():  # the process names its steps once for all duties
        return render(request, "charter/accountability.html", context)


def my_part(request: SignedRequest) -> HttpResponse:
    """What the program asks of the reader: their steps, what was told to them, their target and their training (G-17, G-20)."""
    year, me = measured.running(), request.user
    mine = Receipt.objects.filter(person=me).exclude(status="lapsed").select_related("communication__year")
    with reading():
        duties = [(title_of(duty.step), duty) for duty in Duty.objects.filter(role__in=me.roles)]
    context = {
        "year": year, "me": measured.of_person(year, me),
        "duties": duties,
        "told": mine.order_by("-pk")[:SHOWN],
        "trainings": TrainingAssignment.objects.filter(person=me).for_page(),
    }  # fmt: skip
    return render(request, "charter/my_part.html", context)


@once
def new_expectations(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    initial: dict[str, Any] = {"audience": Audience.FORCE, "effective_on": max(localdate(), year.begins_on)}
    form = ExpectationsForm(request.POST or None, initial=initial | {"reviews": measured.expected_in(year)})
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, _("Write down what is expected"), "/program/accountability/")
    said = Communication(year=year, kind=CommunicationKind.EXPECTATIONS, **form.cleaned_data)
    return redirect(begin(said, by=request.user))


@once
def assign(request: SignedRequest, training: int) -> HttpResponse:
    found = get_object_or_404(Training, pk=training)
    begun = actions.assign(found, request.user)
    words = ngettext("%(n)d person is to take it: %(training)s.", "%(n)d people are to take it: %(training)s.", begun)
    messages.success(request, words % {"n": begun, "training": found})
    return redirect("charter:accountability")


def training_page(request: SignedRequest, assignment: TrainingAssignment) -> HttpResponse:
    return render(request, "charter/training.html", record(request, assignment) | {"of": assignment})
