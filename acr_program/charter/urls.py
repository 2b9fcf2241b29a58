"""The program, its years, its functions."""

from dataclasses import replace

from acr_program.people.access import Access, reads, role, route, signed_in, steps
from acr_program.people.roles import program_managers
from acr_program.workflow.views import take_step

from . import views
from .models import Program, ProgramYear

GET = ("GET", "HEAD")


def manager(of: Access) -> Access:
    """The same, for the program manager alone."""
    return replace(of, says=str(program_managers.title), predicate=program_managers)


app_name = "charter"
urlpatterns = [
    route("", views.home, name="home", access=signed_in, methods=GET),
    route("set-up/", views.set_up, name="set-up", access=role(program_managers)),
    route("functions/", views.functions_page, name="functions", access=signed_in, methods=GET),
    route("functions/new/", views.edit_function, name="new-function", access=role(program_managers)),
    route("functions/<int:function>/", views.edit_function, name="function", access=role(program_managers)),
    route("years/new/", views.new_year, name="new-year", access=role(program_managers)),
    route("years/<int:pk>/", views.year_page, name="year", access=reads(ProgramYear), methods=GET),
    route("years/<int:pk>/edit/", views.edit_year, name="edit-year", access=manager(reads(ProgramYear))),
    route("years/<int:pk>/steps/<slug:name>/", take_step, name="year-step", access=steps(ProgramYear)),
    route("<int:pk>/", views.program_page, name="program", access=reads(Program), methods=GET),
    route("<int:pk>/edit/", views.edit_program, name="edit-program", access=manager(reads(Program))),
    route("<int:pk>/steps/<slug:name>/", take_step, name="program-step", access=steps(Program)),
]
