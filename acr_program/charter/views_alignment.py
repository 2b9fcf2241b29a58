"""Leaders, what they and the force are told, and who has confirmed it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers, program_office
from acr_program.workflow.clicks import Undone, once
from acr_program.workflow.edit import begin

from . import actions, grid, rules
from .choices import CommunicationKind, CommunicationStatus, ReceiptStatus, Topic
from .forms import CommunicationForm, ExpectationsForm
from .kinds import table
from .measured import open_years
from .models import Alignment, Communication, Program, ProgramYear, Receipt
from .parts import missing
from .views import ask, keep, record

SHOWN = 50


def alignment_page(request: SignedRequest) -> HttpResponse:
    """Every leader with how far they are and what they confirmed; what was sent; rhythm and champions."""
    program = get_object_or_404(Program)
    years = open_years()
    year = next((one for one in years if str(one.pk) == request.GET.get("year", "")), years[0] if years else None)
    rows = grid.rows(year)
    context = {
        "program": program, "year": year, "years": years, "rows": rows, "topics": [topic.label for topic in Topic],
        "new": sum(row.alignment is None for row in rows), "missing": missing(program, rules.ALIGNMENT),
        "sent": Communication.objects.visible_to(request.user).filter(year=year).counted()[:SHOWN],
        "tables": [table(key, program) for key in ("rhythm", "champions", "companions")],
        "may_edit": program_managers(request.user), "may_enrol": program_office(request.user),
    }  # fmt: skip
    return render(request, "charter/alignment.html", context)


@once
def enrol(request: SignedRequest) -> HttpResponse:
    begun = actions.enrol(request.user)
    words = ngettext("%(n)d leader is added.", "%(n)d leaders are added.", begun)
    messages.success(request, words % {"n": begun})
    return redirect("charter:alignment")


def leader_page(request: SignedRequest, alignment: Alignment) -> HttpResponse:
    return render(request, "charter/leader.html", record(request, alignment) | {"of": alignment})


def communication_page(request: SignedRequest, communication: Communication) -> HttpResponse:
    """What it says, to whom, and who has confirmed it."""
    shown = record(request, communication) | {"of": communication, "labels": labels(communication)}
    shown["receipts"] = Receipt.objects.visible_to(request.user).filter(communication=communication)
    shown["receipts"] = shown["receipts"].select_related("person", "reading")
    shown["read"] = sum(one.read_at is not None for one in shown["receipts"])
    shown["confirmed"] = sum(one.confirmed_at is not None for one in shown["receipts"])
    shown["may_edit"] = program_managers(request.user) and communication.status == CommunicationStatus.DRAFT
    return render(request, "charter/communication.html", shown)


def labels(communication: Communication) -> list[str]:
    return [str(topic.label) for topic in Topic if topic in communication.topics]


@once
def new_communication(request: SignedRequest, year: ProgramYear) -> HttpResponse:
    form = CommunicationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, _("Write to leaders or the force"), "/program/alignment/")
    return redirect(begin(Communication(year=year, **form.cleaned_data), by=request.user))


@once
def edit_communication(request: SignedRequest, communication: Communication) -> HttpResponse:
    if communication.status != CommunicationStatus.DRAFT:
        if request.method == "POST":
            messages.error(request, _("It is sent already: withdraw it and write another."))
        return Undone(communication.get_absolute_url())
    of_kind = ExpectationsForm if communication.kind == CommunicationKind.EXPECTATIONS else CommunicationForm
    initial = {name: getattr(communication, name) for name in of_kind.base_fields}
    form = of_kind(request.POST or None, initial=initial)
    return keep(request, communication, form, _("Change the draft"))


def receipt_page(request: SignedRequest, receipt: Receipt) -> HttpResponse:
    """What somebody is told, and the one click that confirms it."""
    shown = record(request, receipt) | {"of": receipt, "said": receipt.communication}
    asks = rules.that_reader(request.user, receipt) and receipt.status == ReceiptStatus.ASKED
    shown |= {"labels": labels(receipt.communication), "keeps_reading": asks and receipt.read_at is None}
    return render(request, "charter/receipt.html", shown)


@once
def keep_reading(request: SignedRequest, receipt: Receipt) -> HttpResponse:
    """The page says by itself, once it is drawn, that it was opened; without scripts a button does."""
    if not rules.that_reader(request.user, receipt):
        raise PermissionDenied(_("That it was read is said by %(who)s.") % {"who": rules.that_reader.title})
    actions.keep_reading(receipt)
    return redirect(receipt)
