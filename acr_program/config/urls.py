from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from acr_program.people.access import public, role, route
from acr_program.people.roles import overseers, program_office

from . import pages, views


def pulse(where: str, view: Callable[[HttpRequest], HttpResponse], reason: str) -> URLPattern:
    """A public path outside the read-only wrapper, which would need the very database that is asked about."""
    safe = require_safe(view)
    safe.access, safe.methods = public(reason), ("GET", "HEAD")  # type: ignore[attr-defined]
    return path(where, safe, name=where)


urlpatterns = [
    pulse("healthz", views.alive, "Containers and balancers ask whether the process lives; it says ok and no more."),
    pulse("readyz", views.ready, "Containers and balancers ask what works; it names parts, and no reason or secret."),
    route("health/", pages.health_page, name="health", access=role(overseers), methods=("GET", "HEAD")),
    route(
        "health/<str:label>/<str:key>/retry/", pages.retry, name="health-retry", access=role(program_office),
        methods=("POST",),
    ),
]  # fmt: skip
