"""Outgoing mail."""

from dataclasses import replace

from acr_program.people.access import reads, role, route
from acr_program.people.roles import program_office

from . import views
from .models import Message

GET = ("GET", "HEAD")

app_name = "outbox"
urlpatterns = [
    route("", views.outgoing, name="list", access=role(program_office), methods=GET),
    route("<uuid:pk>/", views.message_page, name="message", access=reads(Message), methods=GET),
    route("<uuid:pk>/page/", views.message_body, name="body", access=reads(Message), methods=GET),
    route(
        "<uuid:pk>/retry/", views.retry, name="retry", methods=("POST",),
        access=replace(reads(Message), says=str(program_office.title), predicate=program_office),
    ),
]  # fmt: skip
