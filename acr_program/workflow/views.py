"""Taking a step from a page, and taking it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.requests import SignedRequest

from .clicks import Undone, key_in, once
from .errors import Refused, StepClosed, who_was_faster
from .forms import StepForm
from .log import LogEntry
from .machine import Machine
from .perform import closed_sentence, perform
from .registry import drawn_on_its_page, explanation, onward
from .steps import Step
from .undo import is_machine, take_back, why_not
from .words import done_as, done_sentence


def take_step(request: SignedRequest, obj: Machine, name: str) -> HttpResponse:
    """Ask what the step asks, take it, say what happened, go back to the object: one view for every machine.

    400 what was typed does not do, 403 not for this person, 409 stale, closed or blocked; each with its sentence. A client
    that accepts JSON alone gets the same as JSON.
    """
    step = obj.declared_steps().get(name)
    if step is None:
        raise Http404(_("There is no such step."))
    if not step.is_for(request.user, obj):
        raise PermissionDenied(_("“%(step)s” is for %(who)s.") % {"step": step.label, "who": step.who})
    form_class: type[StepForm] = import_string(step.form) if step.form else StepForm
    if request.method != "POST":
        return ask(request, obj, step, form_class(obj=obj, user=request.user))
    form = form_class(request.POST, obj=obj, user=request.user)
    if not form.is_valid():  # what this very click did may be why: who was added by it is no choice any more
        before = repeated(request, type(obj), obj.pk, name, obj)
        return before or ask(request, obj, step, form, HTTPStatus.BAD_REQUEST)
    try:
        obj = perform(obj, name, by=request.user, seen=seen_in(request), key=key_in(request), **form.cleaned_data)
    except Refused as refusal:
        return refuse(request, obj, step, form, refusal)
    return answer(request, obj, step, form.hints(), seen_in(request))


def taken_before(request: SignedRequest) -> HttpResponse | None:
    """The answer of a click that has had its effect and with it took the thing out of the person's sight (P6)."""
    way = request.resolver_match
    if way is None:
        return None
    model: type[Machine] = way.func.access.model  # type: ignore[attr-defined]  # as `route` declared it
    return repeated(request, model, way.kwargs["pk"], way.kwargs["name"], settings.LOGIN_REDIRECT_URL)


def repeated(request: SignedRequest, model: type[Machine], pk: int | str, name: str, back: Any) -> HttpResponse | None:
    """The answer of a click that this person's log knows: its repeat is not asked anything (P6)."""
    key = key_in(request)
    if key is None:
        return None
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)
    entry = about.filter(by=request.user, key=key, step=name).first()
    if entry is None:
        return None
    if wants_json(request):
        return JsonResponse({"status": entry.after, "version": entry.version, "repeated": True})
    messages.info(request, _("That was done already."))
    return redirect(back)


take_step.again = taken_before  # type: ignore[attr-defined]


def seen_in(request: SignedRequest) -> int | None:
    """The version the page was read at."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def ask(
    request: SignedRequest, obj: Machine, step: Step, form: forms.Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page of the step: what it does, what it asks, why it is shut where it is; errors where they were typed."""
    if wants_json(request) and status != HTTPStatus.OK:
        return JsonResponse({"sentence": _("Some answers need another look."), "errors": form.errors}, status=status)
    own: HttpResponse | None = (
        drawn_on_its_page(obj.step_name(step.name), request, obj, form) if form.is_bound else None
    )
    if own:
        own.status_code = status
        return own
    open_here = obj.status in step.sources
    reasons = obj.unmet(step) if open_here else [closed_sentence(obj, step.name)]
    context = {"object": obj, "step": step, "form": form, "reasons": reasons, "seen": obj.version}
    context["explained"] = explanation(obj, step.name)
    return render(request, "workflow/step.html", context, status=status)


def refuse(request: SignedRequest, obj: Machine, step: Step, form: forms.Form, refusal: Refused) -> HttpResponse:
    """409 with the sentence; what was typed stays in the form, which now speaks of the object as it is.

    Sent again, it counts as seen as it is now. A step that is closed meanwhile asks nothing more: its words are there to
    be copied.
    """
    if wants_json(request):
        return JsonResponse({"sentence": refusal.sentence}, status=HTTPStatus.CONFLICT)
    fresh = type(obj)._default_manager.get(pk=obj.pk)
    asks_again = bool(step.form) and fresh.status in step.sources and not isinstance(refusal, StepClosed)
    form.data = request.POST.copy()
    form.data["seen"] = str(fresh.version)
    context = {
        "object": fresh, "step": step, "form": form if asks_again else None, "refusal": refusal.sentence,
        "seen": fresh.version, "last": who_was_faster(fresh), "typed": "" if asks_again else typed_in(form),
    }  # fmt: skip
    return render(request, "workflow/refused.html", context, status=HTTPStatus.CONFLICT)


def typed_in(form: forms.Form) -> str:
    """The words somebody wrote into a form that will not be shown again, to be copied."""
    words = [form.cleaned_data.get(field.name) for field in form.visible_fields()]
    return "\n\n".join(word for word in words if isinstance(word, str) and word.strip())


def answer(request: SignedRequest, obj: Machine, step: Step, hints: list[str], seen: int | None) -> HttpResponse:
    """What happened to which thing, and the way on: to what waits next, else back to the thing."""
    if wants_json(request):
        taken: dict[str, Any] = {"status": obj.status, "version": obj.version, "repeated": obj.taken.repeated}
        return JsonResponse(taken)
    if obj.taken.repeated:
        messages.info(request, _("That was done already. %(last)s") % {"last": who_was_faster(obj)})
    else:
        tell_done(request, obj, done_sentence(obj, step.name), seen)
        for hint in hints:
            messages.warning(request, hint)
    if way := onward(obj.step_name(step.name), obj, request.user):
        messages.info(request, way.sentence)
        return redirect(way.url)
    return redirect(obj)


def tell_done(request: SignedRequest, obj: Machine, sentence: str, seen: int | None) -> None:
    """Say what was done to the thing that was read at version `seen`, with “Undo” where it can be taken back."""
    entry = obj.taken.entry if hasattr(obj, "taken") else None
    if entry and seen is not None and entry.version == obj.version == seen + 1:
        offered = not why_not(entry, obj, request.user)
        messages.success(request, sentence, extra_tags=f"undo-{entry.pk}" if offered else "")
    else:
        messages.success(request, sentence)


@once
def undo(request: SignedRequest, entry: LogEntry) -> HttpResponse:
    """Take back one's own act; the reason why not otherwise, on the page of the thing."""
    model: Any = entry.content_type.model_class()
    rows = model._default_manager.visible_to(request.user) if is_machine(model) else User.objects.none()
    obj: Machine = get_object_or_404(rows, pk=entry.object_id)
    try:
        obj = take_back(entry, by=request.user, key=key_in(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return Undone(obj.get_absolute_url())
    deed = done_as(entry.content_type, entry.step)
    words = _("%(thing)s is at “%(state)s” again.")
    if entry.before == entry.after:
        words = _("%(thing)s stands as it did before.")
    now = words % {"thing": obj.in_a_sentence, "state": obj.get_status_display()}
    messages.success(request, _("Taken back: %(deed)s. %(now)s") % {"deed": deed, "now": now})
    return redirect(obj)


def wants_json(request: SignedRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
