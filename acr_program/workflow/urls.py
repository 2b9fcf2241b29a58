"""The machines, drawn for whoever has to know how the office works; and the way back from what one has done."""

from dataclasses import replace

from acr_program.people.access import reads, role, route
from acr_program.people.roles import overseers

from . import pages, views
from .log import LogEntry

GET, POST = ("GET", "HEAD"), ("POST",)
own_act = replace(
    reads(LogEntry, via="for_timeline"), says="whoever did what is taken back; the way back names who may"
)

app_name = "workflow"
urlpatterns = [
    route("machines/", pages.machines_page, name="machines", access=role(overseers), methods=GET),
    route("machines/<str:label>/", pages.machine_page, name="machine", access=role(overseers), methods=GET),
    route("undo/<int:pk>/", views.undo, name="undo", access=own_act, methods=POST),
]
