"""What people put beside a record, from its own page: words, files, and that they are on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from acr_program.files.errors import NotKept, NotTaken
from acr_program.people.requests import SignedRequest
from acr_program.ui.phrases import moment
from acr_program.workflow.clicks import once

from ..beside import attaching, holding, talking
from ..beside.forms import AttachForm, CommentForm
from ..beside.handles import suggestions


@once
def say(request: SignedRequest, obj: Any) -> HttpResponse:
    """Keep a comment, tell whom it mentions, go back to where it was written."""
    form = CommentForm(request.POST, obj=obj)
    if not form.is_valid():
        return again(request, obj, form, _("Your comment"), _("Comment"))
    told = form.cleaned_data
    comment = talking.say(obj, told["text"], form.named, by=request.user, answers=told["answers"])
    return redirect(f"{back(request, obj)}#comment-{comment.pk}")


def mentionable(request: SignedRequest, obj: Any) -> HttpResponse:
    """Who may be mentioned here: a list under the cursor, or a page of its own without a script."""
    typed = request.GET.get("q", "").replace("\x00", "")[:60]
    context = {"found": suggestions(obj, request.user, typed), "obj": obj, "typed": typed}
    return render(request, f"desk/beside/{'names' if request.htmx else 'mentionable'}.html", context)  # type: ignore[attr-defined]


@once
def attach(request: SignedRequest, obj: Any) -> HttpResponse:
    """Keep a file, or say why it is not taken."""
    form = AttachForm(request.POST, request.FILES, request=request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = attaching.attach(obj, file.read(attaching.READ), file.name, by=request.user)
            messages.success(request, _("“%(name)s” is attached.") % {"name": kept.name})
            return redirect(f"{back(request, obj)}#attachments")
        except (NotTaken, NotKept) as refusal:
            form.add_error("file", refusal.sentence)
    return again(request, obj, form, _("Attach a file"), _("Attach"))


@once
def on_it(request: SignedRequest, obj: Any) -> HttpResponse:
    """Say that one is on it, or not any more."""
    if request.POST.get("release"):
        holding.release(obj, by=request.user)
        messages.success(request, _("You are not on it any more."))
    elif had := holding.hold(obj, by=request.user):
        words = _("You are on it now. %(name)s was on it since %(when)s: tell them.")
        messages.warning(request, words % {"name": had.person.name, "when": moment(had.since)})
    else:
        messages.success(request, _("You are on it for two hours, or until its state changes. Others see it."))
    return redirect(back(request, obj))


def again(request: SignedRequest, obj: Any, form: Any, title: str, submit: str) -> HttpResponse:
    """The form on a page of its own, with what was typed and what is wrong with it."""
    context = {"obj": obj, "form": form, "title": title, "submit": submit}
    return render(request, "desk/beside/form.html", context, status=HTTPStatus.BAD_REQUEST)


def back(request: SignedRequest, obj: Any) -> str:
    """The page that the click came from, where it is one of ours that shows the record; else the record's own."""
    came, own = request.headers.get("Referer", "").split("#")[0], obj.get_absolute_url()
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if came and ours and not came.split("?")[0].endswith(request.path) else str(own)
