"""The program, its years, its functions."""

from dataclasses import replace

from acr_program.people.access import Access, reads, role, route, signed_in, steps
from acr_program.people.roles import program_managers, program_office
from acr_program.workflow.views import take_step

from . import views, views_lines
from . import views_accountability as account
from . import views_alignment as align
from . import views_questions as questions
from .models import Alignment, Communication, Inquiry, Program, ProgramYear, Receipt, TrainingAssignment

GET = ("GET", "HEAD")


def manager(of: Access) -> Access:
    """The same, for the program manager alone."""
    return replace(of, says=str(program_managers.title), predicate=program_managers)


app_name = "charter"
urlpatterns = [
    route("", views.home, name="home", access=signed_in, methods=GET),
    route("set-up/", views.set_up, name="set-up", access=role(program_managers)),
    route("ownership/", views.ownership_page, name="ownership", access=signed_in, methods=GET),
    route("<int:pk>/ownership/", views.edit_ownership, name="edit-ownership", access=manager(reads(Program))),
    route("alignment/", align.alignment_page, name="alignment", access=signed_in, methods=GET),
    route("alignment/enrol/", align.enrol, name="enrol", access=role(program_office), methods=("POST",)),
    route("leaders/<int:pk>/", align.leader_page, name="leader", access=reads(Alignment), methods=GET),
    route("leaders/<int:pk>/steps/<slug:name>/", take_step, name="leader-step", access=steps(Alignment)),
    route("years/<int:pk>/write/", align.new_communication, name="write", access=manager(reads(ProgramYear))),
    route(
        "communications/<int:pk>/",
        align.communication_page,
        name="communication",
        access=reads(Communication, via="for_page"),
        methods=GET,
    ),
    route(
        "communications/<int:pk>/edit/",
        align.edit_communication,
        name="edit-communication",
        access=manager(reads(Communication)),
    ),
    route(
        "communications/<int:pk>/steps/<slug:name>/", take_step, name="communication-step", access=steps(Communication)
    ),
    route("told/<int:pk>/", align.receipt_page, name="receipt", access=reads(Receipt, via="for_page"), methods=GET),
    route("told/<int:pk>/read/", align.keep_reading, name="receipt-read", access=reads(Receipt), methods=("POST",)),
    route("told/<int:pk>/steps/<slug:name>/", take_step, name="receipt-step", access=steps(Receipt)),
    route("accountability/", account.accountability_page, name="accountability", access=signed_in, methods=GET),
    route("office/", views.office_page, name="office", access=signed_in, methods=GET),
    route("my-part/", account.my_part, name="my-part", access=signed_in, methods=GET),
    route("years/<int:pk>/expect/", account.new_expectations, name="expect", access=manager(reads(ProgramYear))),
    route("assign/<int:training>/", account.assign, name="assign", access=role(program_office), methods=("POST",)),
    route(
        "trainings/<int:pk>/",
        account.training_page,
        name="training",
        access=reads(TrainingAssignment, via="for_page"),
        methods=GET,
    ),
    route("trainings/<int:pk>/steps/<slug:name>/", take_step, name="training-step", access=steps(TrainingAssignment)),
    route("lines/<slug:kind>/new/", views_lines.new_line, name="new-line", access=role(program_managers)),
    route("lines/<slug:kind>/<int:line>/", views_lines.edit_line, name="line", access=role(program_managers)),
    route(
        "lines/<slug:kind>/<int:line>/drop/",
        views_lines.drop_line,
        name="drop-line",
        access=role(program_managers),
        methods=("POST",),
    ),
    route("questions/", questions.question_list, name="questions", access=signed_in, methods=GET),
    route("questions/new/", questions.ask_office, name="ask", access=signed_in),
    route(
        "questions/<int:pk>/",
        questions.question_page,
        name="question",
        access=reads(Inquiry, via="for_page"),
        methods=GET,
    ),
    route("questions/<int:pk>/steps/<slug:name>/", take_step, name="question-step", access=steps(Inquiry)),
    route("functions/", views.functions_page, name="functions", access=signed_in, methods=GET),
    route("functions/new/", views.edit_function, name="new-function", access=role(program_managers)),
    route("functions/<int:function>/", views.edit_function, name="function", access=role(program_managers)),
    route("years/new/", views.new_year, name="new-year", access=role(program_managers)),
    route("years/<int:pk>/", views.year_page, name="year", access=reads(ProgramYear), methods=GET),
    route("years/<int:pk>/edit/", views.edit_year, name="edit-year", access=manager(reads(ProgramYear))),
    route("years/<int:pk>/steps/<slug:name>/", take_step, name="year-step", access=steps(ProgramYear)),
    route("<int:pk>/", views.program_page, name="program", access=reads(Program, "for_page"), methods=GET),
    route("<int:pk>/edit/", views.edit_program, name="edit-program", access=manager(reads(Program))),
    route("<int:pk>/look/", views.edit_look, name="look", access=manager(reads(Program))),
    route("<int:pk>/logo/", views.logo, name="logo", access=reads(Program), methods=GET),
    route("<int:pk>/steps/<slug:name>/", take_step, name="program-step", access=steps(Program)),
]
