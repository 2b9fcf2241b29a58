"""Imports: files on their way in, and how their columns are named."""

from dataclasses import replace

from acr_program.people.access import reads, role, route, steps
from acr_program.people.roles import overseers, program_office
from acr_program.workflow.views import take_step

from . import views
from .models import Batch

GET, POST = ("GET", "HEAD"), ("POST",)
one = reads(Batch, via="for_page")
office = replace(one, says=str(program_office.title), predicate=program_office)

app_name = "intake"
urlpatterns = [
    route("", views.batches, name="batches", access=role(overseers), methods=GET),
    route("new/", views.new, name="new", access=role(program_office)),
    route("mappings/", views.mappings, name="mappings", access=role(program_office), methods=GET),
    route("mappings/<int:mapping>/forget/", views.forget, name="forget", access=role(program_office), methods=POST),
    route("<int:pk>/", views.batch_page, name="batch", access=one, methods=GET),
    route("<int:pk>/columns/", views.columns, name="columns", access=office),
    route("<int:pk>/decide/", views.decide, name="decide", access=office, methods=POST),
    route("<int:pk>/steps/<slug:name>/", take_step, name="step", access=steps(Batch)),
]
