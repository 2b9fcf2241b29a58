"""The machines, drawn for whoever has to know how the office works."""

from acr_program.people.access import role, route
from acr_program.people.roles import overseers

from . import pages

GET = ("GET", "HEAD")

app_name = "workflow"
urlpatterns = [
    route("machines/", pages.machines_page, name="machines", access=role(overseers), methods=GET),
    route("machines/<str:label>/", pages.machine_page, name="machine", access=role(overseers), methods=GET),
]
