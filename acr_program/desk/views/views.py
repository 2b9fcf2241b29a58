"""Views of lists: kept under a name, changed, dropped."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.ui.known import Known
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import once

from .. import keeping
from ..forms import ViewForm
from ..models import DefaultView, SavedView
from ..opening import find_list, opened


@once
def keep_view(request: SignedRequest, name: str) -> HttpResponse:
    """Keep what the list is narrowed to, under a name."""
    known = find_list(name)
    if not known.views:
        raise Http404(_("No views are kept of this list: it cannot be narrowed."))
    page = opened(known, request)
    mine = SavedView.objects.filter(person=request.user, pk=number(request.GET.get("view", ""))).first()
    form = ViewForm(
        posted(request), initial={"title": mine.title if mine else "", "shared": mine.shared if mine else ""}
    )
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, known, title=_("Keep this view"), chips=page.filters.chips if page.filters else [])
    view = keeping.keep(request.user, known, request.GET.urlencode(), **form.cleaned_data)
    messages.success(request, _("Kept: “%(title)s” stands above the list from now on.") % {"title": view})
    return redirect(keeping.address(known, view))


@once
def view_page(request: SignedRequest, view: SavedView) -> HttpResponse:
    """Rename and share it, or let the list open with it; whose it is not may do the last alone."""
    known = find_list(view.list_name)
    opens = DefaultView.objects.filter(person=request.user, view=view).exists()
    initial = {"title": view.title, "shared": view.shared, "opens": opens}
    form = ViewForm(posted(request), initial=initial, view=view, by=request.user)
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, known, title=keeping.named(view, request.user), view=view)
    if view.kept_by(request.user):
        view.title, view.shared = form.cleaned_data["title"], form.cleaned_data["shared"]
        view.save(update_fields=["title", "shared", "kept_at"])
    keeping.open_with(request.user, view, form.cleaned_data["opens"])
    messages.success(request, _("The view is changed."))
    return redirect(keeping.address(known, view))


@once
def drop_view(request: SignedRequest, view: SavedView) -> HttpResponse:
    if not view.kept_by(request.user):
        raise PermissionDenied(_("A view is dropped by whoever keeps it."))
    known = find_list(view.list_name)
    view.delete()
    messages.success(request, _("The view “%(title)s” is dropped. The list itself is as it was.") % {"title": view})
    return redirect(f"{known.url}?view=")


def ask(
    request: SignedRequest, form: ViewForm, known: Known, *, view: SavedView | None = None, **more: Any
) -> HttpResponse:
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {
        "form": form, "view": view, "may_drop": view is not None and view.kept_by(request.user),
        "way": [Crumb(known.title, keeping.address(known, view) if view else known.url)], **more,
    }  # fmt: skip
    return render(request, "desk/view.html", context, status=status)


def number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 15 else 0


def posted(request: SignedRequest) -> Any:
    """What was sent, also where every box was left empty."""
    return request.POST if request.method == "POST" else None
