"""Adding, changing and taking away a line of the charter, whatever its kind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in

from . import lines
from .kinds import KINDS, Kind
from .models import Line, Program
from .views import ask


def known(kind: str) -> Kind:
    try:
        return KINDS[kind]
    except KeyError:
        raise Http404(_("There is nothing here that you can see.")) from None


@once
def new_line(request: SignedRequest, kind: str) -> HttpResponse:
    of = known(kind)
    return write(request, of, of.model(), str(of.add))


@once
def edit_line(request: SignedRequest, kind: str, line: int) -> HttpResponse:
    of = known(kind)
    found = get_object_or_404(of.model, pk=line)
    return write(request, of, found, str(found))


def write(request: SignedRequest, kind: Kind, line: Line, title: str) -> HttpResponse:
    """Ask what stands in it, write it, go back to where it stands."""
    program = get_object_or_404(Program)
    initial = {name: getattr(line, name) for name in kind.fields} if line.pk else None
    form = kind.form(request.POST or None, initial=initial, line=line)
    shown: dict[str, Any] = {"of": program, "drop": line if line.pk else None, "kind": kind}
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, title, kind.url, **shown)
    try:
        lines.keep(line, by=request.user, seen=seen_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return ask(request, form, title, kind.url, refused=True, **shown)
    messages.success(request, _("Kept: %(line)s.") % {"line": line})
    return redirect(kind.page)


@once
def drop_line(request: SignedRequest, kind: str, line: int) -> HttpResponse:
    of = known(kind)
    found: Any = get_object_or_404(of.model, pk=line)
    name = str(found)
    try:
        lines.drop(found, by=request.user, seen=seen_in(request))
    except Refused as refusal:
        form = of.form(None, initial={field: getattr(found, field) for field in of.fields})
        messages.error(request, refusal.sentence)
        return ask(request, form, name, of.url, refused=True, of=found.program, drop=found, kind=of)
    messages.success(request, _("Taken out: %(line)s.") % {"line": name})
    return redirect(of.page)
