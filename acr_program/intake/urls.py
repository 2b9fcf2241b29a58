"""Imports: files on their way in, and how their columns are named."""

from acr_program.people.access import reads, role, route, steps
from acr_program.people.roles import overseers, program_office
from acr_program.workflow.views import take_step

from . import views
from .models import Batch

GET, POST = ("GET", "HEAD"), ("POST",)
one = reads(Batch, via="for_page")

app_name = "intake"
urlpatterns = [
    route("", views.batches, name="batches", access=role(overseers), methods=GET),
    route("<int:pk>/", views.batch_page, name="batch", access=one, methods=GET),
    route("<int:pk>/steps/<slug:name>/", take_step, name="step", access=steps(Batch)),
]
