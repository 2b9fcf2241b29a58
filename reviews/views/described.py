"""The pages of the process: the version in force, every version, one step a page, what differs, the draft while it is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import program_managers
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import key_in, once
from acr_program.workflow.errors import Refused
from acr_program.workflow.views import seen_in
from reviews import lists_process as lists
from reviews.actions import describing
from reviews.forms.described import DescribedForm
from reviews.forms.versions import AgainstForm
from reviews.models import ProcessVersion
from reviews.pages.described_page import ProcessChanges, ProcessPage, compared_with, others_of
from reviews.process.described import Described, described

View = Callable[..., HttpResponse]


def process(request: SignedRequest) -> HttpResponse:
    """The version in force, every step with its owner, its entry rule and its days: for everybody who works by it."""
    return version(request, ProcessVersion.objects.in_force())


def versions(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/process_versions.html", {"page": lists.version_list(request), "way": way_to()})


def version(request: SignedRequest, process: ProcessVersion) -> HttpResponse:
    context = {"process": process, "page": ProcessPage(process, request.user)}
    return render(request, "reviews/process.html", context)


def step(request: SignedRequest, process: ProcessVersion, key: str) -> HttpResponse:
    """One step: what begins it, who owns it, how long it takes, how it is taken."""
    found = found_step(process, key)
    steps = described(process)
    before, after = steps[found.place - 2 : found.place - 1], steps[found.place : found.place + 1]
    context = {
        "process": process, "step": found, "before": before, "after": after, "way": way_to(process),
        "may_edit": program_managers(request.user) and not describing.why_not(process),
    }  # fmt: skip
    return render(request, "reviews/process_step.html", context)


def changes(request: SignedRequest, process: ProcessVersion) -> HttpResponse:
    """What this version says otherwise than another; than the one before, where none is named."""
    others = others_of(process, request.user)
    then = compared_with(process, others, request.GET.get("against", ""))
    context = {
        "process": process, "way": way_to(process), "form": AgainstForm(others, then),
        "changes": ProcessChanges(now=process, then=then) if then else None,
    }  # fmt: skip
    return render(request, "reviews/process_changes.html", context)


@once
def begin(request: SignedRequest) -> HttpResponse:
    """A draft from the version in force; where there is one already, that one."""
    draft, is_new = describing.begin_draft(by=request.user)
    if is_new:
        messages.success(request, _("%(draft)s is begun, in the words of what is in force.") % {"draft": draft})
    else:
        messages.info(request, _("There is a draft already: this one."))
    return redirect(draft)


def for_the_manager(view: View) -> View:
    """The program manager alone edits, and a draft alone can be edited: 403 or 409 with the sentence otherwise."""

    @wraps(view)
    def guarded(request: SignedRequest, process: ProcessVersion, key: str) -> HttpResponse:
        describing.may_describe(request.user)
        found = found_step(process, key)
        if reason := describing.why_not(process):
            return closed(request, process, reason)
        return view(request, process, found)

    return guarded


def closed(request: SignedRequest, process: ProcessVersion, reason: str) -> HttpResponse:
    """What cannot be done now; words that were typed stand there to be copied."""
    typed = "\n\n".join(filter(None, (request.POST.get(name, "").strip() for name in describing.WORDS)))
    context = {"object": process, "step": {"label": _("Edit the step")}, "refusal": reason, "typed": typed}
    return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)


@once
@for_the_manager
def edit(request: SignedRequest, process: ProcessVersion, found: Described) -> HttpResponse:
    form = DescribedForm(request.POST or None, of=found)
    refusal = ""
    if form.is_bound and form.is_valid():
        how: dict[str, Any] = {"by": request.user, "seen": seen_in(request), "key": key_in(request)}
        try:
            describing.change_step(found.words, form.words, form.days, **how)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("“%(title)s” is kept.") % {"title": form.words["title"]})
            return redirect(found.url)
    fresh = ProcessVersion.objects.get(pk=process.pk) if refusal else process
    if refusal:
        form.data = request.POST.copy()
        form.data["seen"] = str(fresh.version)  # sent again, it counts as seen as it is now
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    way = [*way_to(process), Crumb(found.words.title, found.url)]
    context = {"process": fresh, "step": found, "form": form, "refusal": refusal, "way": way}
    return render(request, "reviews/process_step_edit.html", context, status=status)


def found_step(process: ProcessVersion, key: str) -> Described:
    found = next((one for one in described(process) if one.key == key), None)
    if found is None:
        raise Http404(_("The process has no such step."))
    return found


def way_to(process: ProcessVersion | None = None) -> list[Crumb]:
    way = [Crumb(_("The process"), reverse("reviews:process"))]
    if process is None:
        return way
    return [*way, Crumb(_("Version %(number)d") % {"number": process.number}, process.get_absolute_url())]
