"""Accounts."""

from dataclasses import replace

from acr_program.people.access import reads, role, route, signed_in, steps
from acr_program.people.roles import program_office
from acr_program.workflow.views import take_step

from . import views
from .models import Account

GET, POST = ("GET", "HEAD"), ("POST",)
one = reads(Account, via="for_page")

app_name = "accounts"
urlpatterns = [
    route("", views.account_list, name="accounts", access=signed_in, methods=GET),
    route("new/", views.new_account, name="new", access=role(program_office)),
    route("<int:pk>/", views.account_page, name="account", access=one, methods=GET),
    route(
        "<int:pk>/edit/", views.edit_account, name="edit",
        access=replace(one, says=str(program_office.title), predicate=program_office),
    ),
    route("<int:pk>/contacts/new/", views.edit_contact, name="new-contact", access=one),
    route("<int:pk>/contacts/<int:contact>/", views.edit_contact, name="contact", access=one),
    route("<int:pk>/contacts/<int:contact>/drop/", views.drop_contact, name="drop-contact", access=one, methods=POST),
    route("<int:pk>/steps/<slug:name>/", take_step, name="step", access=steps(Account)),
]  # fmt: skip
