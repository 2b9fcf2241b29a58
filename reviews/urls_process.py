"""Paths of the process: its versions, the work held against it, and who followed it; reviews/urls_work.py takes them in."""

from acr_program.people.access import reads, role, route, signed_in, steps
from acr_program.people.roles import overseers, program_managers
from acr_program.workflow.views import take_step

from .models import ProcessVersion
from .views import described, process

READ, POST = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, *POST)
one = reads(ProcessVersion, via="for_page")

urlpatterns = [
    route("process/", described.process, name="process", access=signed_in, methods=READ),
    route("process/queue/", process.queue, name="process-queue", access=role(overseers), methods=READ),
    route("process/followed/", process.followed, name="process-followed", access=role(overseers), methods=READ),
    route("process/versions/", described.versions, name="process-versions", access=signed_in, methods=READ),
    route("process/draft/", described.begin, name="process-draft", access=role(program_managers), methods=POST),
    route("process/<int:pk>/", described.version, name="process-version", access=one, methods=READ),
    route("process/<int:pk>/changes/", described.changes, name="process-changes", access=one, methods=READ),
    route("process/<int:pk>/<slug:key>/", described.step, name="process-step", access=one, methods=READ),
    route("process/<int:pk>/<slug:key>/edit/", described.edit, name="process-step-edit", access=one, methods=BOTH),
    route("process/<int:pk>/steps/<slug:name>/", take_step, name="process-version-step", access=steps(ProcessVersion)),
]
