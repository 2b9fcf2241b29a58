"""Imports: the list, a new file, one import from its columns to its report, and remembered mappings."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from acr_program.files.uploads import too_large
from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_office
from acr_program.ui.lists import ListPage
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from . import actions, pages
from .choices import BatchStatus, Choice
from .forms import ColumnsForm, UploadForm
from .kinds import Kind, kinds
from .lists import batch_list
from .models import Batch, Mapping
from .tables import rows_of


def batches(request: SignedRequest) -> HttpResponse:
    context = {"list": batch_list(request), "may_add": program_office(request.user)}
    return render(request, "intake/batches.html", context)


@once
def new(request: SignedRequest) -> HttpResponse:
    """A file, and what it brings."""
    form = UploadForm(
        request.POST or None, request.FILES or None, by=request.user, too_large=too_large(request),
        initial={"kind": request.GET.get("kind", "")},
    )  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return render(
            request,
            "intake/new.html",
            {"form": form, "kinds": of_form(form)},
            status=HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK,
        )
    file, told = form.cleaned_data["file"], form.cleaned_data
    try:
        batch = actions.upload(file.read(), file.name, told["kind"], by=request.user, mapping=told["mapping"])
    except Refused as refusal:
        form.add_error("file", refusal.sentence)
        return render(request, "intake/new.html", {"form": form, "kinds": of_form(form)}, status=HTTPStatus.BAD_REQUEST)
    return redirect(batch)


def of_form(form: UploadForm) -> list[type[Kind]]:
    """The kinds that may be chosen, so that each says which columns it reads."""
    choices: Any = form.fields["kind"]
    known = kinds()
    return [known[str(name)] for name, _label in choices.choices if str(name) in known]


def batch_page(request: SignedRequest, batch: Batch) -> HttpResponse:
    """Where the file stands: what is to be said about it, what it will do, what it did."""
    outcome = pages.first_outcome(batch, request.GET.get("outcome", ""))
    page = pages.page(batch, request.user, outcome)
    context = {"batch": batch, "page": page, "outcome": outcome}
    if page.shows_rows:
        pick = outcome == "similar" and batch.status == BatchStatus.READY and page.may_write
        context["list"] = ListPage(request, batch.rows.filter(outcome=outcome), rows_of(batch.of, pick=pick))
    if batch.status == BatchStatus.MAPPING and page.may_write and page.head:
        context["form"] = ColumnsForm(kind=batch.of, head=page.head, columns=batch.columns, options=batch.options)
    return render(request, "intake/batch.html", context)


@once
def columns(request: SignedRequest, batch: Batch) -> HttpResponse:
    """Which column is what, and how the file is written; then its rows are checked."""
    page = pages.page(batch, request.user, "")
    if not page.head or batch.status not in (BatchStatus.MAPPING, BatchStatus.READY):
        return Undone(batch.get_absolute_url())  # it is not read yet, or not any more; its page says which
    form = ColumnsForm(
        request.POST or None, kind=batch.of, head=page.head, columns=batch.columns, options=batch.options
    )
    if request.method != "POST" or not form.is_valid():
        return ask(request, batch, form, HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        batch = actions.read_as(batch, form.columns, form.said, by=request.user, seen=seen_in(request))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, batch, form, HTTPStatus.CONFLICT)
    if name := form.cleaned_data["remember"]:
        actions.remember(batch, name, by=request.user)
    return redirect(batch)


def ask(request: SignedRequest, batch: Batch, form: ColumnsForm, status: int) -> HttpResponse:
    return render(request, "intake/columns.html", {"batch": batch, "form": form}, status=status)


@once
def decide(request: SignedRequest, batch: Batch) -> HttpResponse:
    """Whether rows are the same as what is there: those that are ticked, or all."""
    choice = request.POST.get("choice", "")
    picked = [int(number) for number in request.POST.getlist("pick") if number.isdecimal() and len(number) < 12]
    numbers = (
        None if request.POST.get("all") else list(batch.rows.filter(pk__in=picked).values_list("number", flat=True))
    )
    try:
        changed = actions.decide(batch, Choice(choice if choice in Choice.values else ""), numbers, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(f"{batch.get_absolute_url()}?outcome=similar")
    messages.success(request, _("Kept for %(n)d rows.") % {"n": changed})
    return redirect(f"{batch.get_absolute_url()}?outcome=similar")


def mappings(request: SignedRequest) -> HttpResponse:
    """How the columns of each source are named."""
    rows = Mapping.objects.select_related("by").order_by("name")[:200]
    return render(request, "intake/mappings.html", {"mappings": rows})


@once
def forget(request: SignedRequest, mapping: int) -> HttpResponse:
    known = get_object_or_404(Mapping, pk=mapping)
    name = known.name
    actions.forget(known, by=request.user)
    messages.success(request, _("“%(name)s” is forgotten. Imports made with it stay as they are.") % {"name": name})
    return redirect("intake:mappings")
