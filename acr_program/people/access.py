"""What may be reached: each path says at its declaration who comes through, and a path that does not say so is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils.translation import gettext as _

from .models import User
from .readonly import read_only
from .roles import RolePredicate

View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Access:
    """Who comes through a path: kind is public, signed_in, role, reads or steps; says is the sentence for the table."""

    kind: str
    says: str
    model: type[models.Model] | None = None
    via: str | None = None
    predicate: RolePredicate | None = None
    writes_on_get: bool = False

    def admit(self, request: HttpRequest, kwargs: dict[str, Any]) -> list[Any]:
        """The objects the view is called with; 403 or 404 otherwise."""
        if self.predicate and not self.predicate(cast(User, request.user)):
            raise PermissionDenied(_("This page is for %(who)s.") % {"who": self.predicate.title})
        if self.model is None:
            return []
        model: Any = self.model
        rows = model._default_manager.visible_to(request.user)
        if self.via:
            rows = getattr(rows, self.via)()
        try:
            return [rows.get(pk=kwargs.pop("pk"))]
        except model.DoesNotExist:
            raise Http404(_("There is nothing here that you can see.")) from None


def public(reason: str) -> Access:
    """Open to everybody, for this reason."""
    return Access("public", reason)


signed_in = Access("signed_in", "everybody who is signed in")


def role(predicate: RolePredicate) -> Access:
    """For those of this role."""
    return Access("role", str(predicate.title), predicate=predicate)


def reads(model: type[models.Model], via: str | None = None) -> Access:
    """For those who may see the object: `visible_to`, then the queryset method `via` for what the page needs."""
    return Access("reads", f"whoever may see the {model._meta.verbose_name}", model, via)


def steps(model: type[models.Model]) -> Access:
    """For those who may see the object; the step itself says who may take it."""
    return Access("steps", f"whoever may see the {model._meta.verbose_name}; the step names who may take it", model)


def route(
    where: str, view: View, *, name: str, access: Access, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> URLPattern:
    """A path, with who comes through declared beside it (docs/promises.md, rule 12).

    The view is called with the object that `reads` or `steps` found. A GET or HEAD runs with the database read-only.
    `methods` names the methods the view answers; others get 405. OPTIONS is answered here, and no view is run for it.
    Where the object is gone, a view's own `again` may answer a form that has had its effect (`workflow/clicks.py`, P6).
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method not in (*methods, "OPTIONS"):
            return HttpResponse(
                _("This address does not answer to that method."), status=405, headers={"Allow": ", ".join(methods)}
            )
        if access.kind != "public" and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": ", ".join(methods)})
        if request.method in SAFE:
            with read_only():
                return view(request, *access.admit(request, kwargs), **kwargs)
        try:
            found = access.admit(request, kwargs)
        except Http404:
            answer: HttpResponseBase | None = getattr(view, "again", no_answer)(request)
            if answer is None:
                raise
            return answer
        return view(request, *found, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    guarded.methods = methods  # type: ignore[attr-defined]
    return path(where, guarded, name=name)


def no_answer(request: HttpRequest) -> None:
    """Most views know nothing of what is not there."""


def declared(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every path of the project: its address, its full name, its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from declared(entry, where, inner)
        else:
            yield where, space + (entry.name or ""), entry.callback
