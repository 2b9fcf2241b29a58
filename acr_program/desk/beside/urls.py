"""The paths of one kind of record: what people put beside it. Apps above take them in, so that each stands in the table."""

from __future__ import annotations

from django.db.models import Model
from django.urls import URLPattern

from acr_program.people.access import reads, route

from ..views import beside


def beside_routes(prefix: str, name: str, model: type[Model]) -> list[URLPattern]:
    """Four paths under a record's own page: whoever may see the record comes through."""
    one, post = reads(model), ("POST",)
    return [
        route(f"{prefix}comments/", beside.say, name=f"{name}-say", access=one, methods=post),
        route(
            f"{prefix}mentionable/", beside.mentionable, name=f"{name}-mentionable", access=one, methods=("GET", "HEAD")
        ),
        route(f"{prefix}attachments/", beside.attach, name=f"{name}-attach", access=one, methods=post),
        route(f"{prefix}on-it/", beside.on_it, name=f"{name}-on-it", access=one, methods=post),
    ]
