"""Every path of the reviews: requests, the standard template, and the work on their parts."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import reads, role, route, signed_in, steps
from acr_program.people.choices import Role
from acr_program.people.roles import holder_of, program_office, reps
from acr_program.workflow.views import take_step
from reviews.models import ReviewRequest, TemplateVersion
from reviews.views import asking, requests, templates, upgrading, versions, yearly

from .urls_library import urlpatterns as library
from .urls_templates import urlpatterns as editing
from .urls_voices import urlpatterns as voices
from .urls_work import urlpatterns as work

app_name = "reviews"

readers = holder_of(
    _("the program office, an auditor or a sales leader"), Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER
)
GET, POST = ("GET", "HEAD"), ("POST",)
BOTH = (*GET, *POST)
one = reads(ReviewRequest, via="for_page")
of_office = replace(one, says=str(program_office.title), predicate=program_office)

urlpatterns = [
    route("", requests.request_list, name="requests", access=signed_in, methods=GET),
    route("board/", requests.board, name="board", access=signed_in, methods=GET),
    route("calendar/", requests.calendar, name="calendar", access=signed_in, methods=GET),
    route("yearly/", yearly.yearly, name="yearly", access=role(program_office), methods=BOTH),
    route("new/", asking.new, name="new", access=role(reps), methods=BOTH),
    route("new/schedule/", asking.schedule, name="schedule", access=role(reps), methods=GET),
    route("new/delivery/", asking.delivery, name="delivery", access=role(reps), methods=GET),
    route("new/typed/", asking.keep_typed, name="typed", access=role(reps), methods=POST),
    route("<int:pk>/", requests.request_page, name="request", access=one, methods=GET),
    route("<int:pk>/edit/", asking.edit_request, name="request-edit", access=one, methods=BOTH),
    route("<int:pk>/approver/", requests.designate, name="request-approver", access=one, methods=BOTH),
    route("<int:pk>/upgrade/", upgrading.upgrade_page, name="upgrade", access=of_office, methods=GET),
    route("<int:pk>/progress/", requests.document_progress, name="request-progress", access=one, methods=GET),
    *beside_routes("<int:pk>/", "request", ReviewRequest),
    route("<int:pk>/steps/<slug:name>/", take_step, name="request-step", access=steps(ReviewRequest)),
    route("templates/", templates.template_list, name="templates", access=role(readers), methods=GET),
    route("templates/<int:pk>/", templates.template_page, name="template", access=reads(TemplateVersion), methods=GET),
    route(
        "templates/<int:pk>/changes/",
        versions.version_changes,
        name="template-changes",
        access=reads(TemplateVersion),
        methods=GET,
    ),
    route("templates/<int:pk>/steps/<slug:name>/", take_step, name="template-step", access=steps(TemplateVersion)),
    *editing,
    *library,
    *voices,
    *work,
]
