"""Accounts."""

from dataclasses import replace

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import reads, role, route, signed_in, steps
from acr_program.people.roles import administrators, program_office
from acr_program.workflow.views import take_step

from .models import Account
from .views import entering, showing, telling

GET, POST = ("GET", "HEAD"), ("POST",)
one = reads(Account, via="for_page")

app_name = "accounts"
urlpatterns = [
    route("", showing.account_list, name="accounts", access=signed_in, methods=GET),
    route("new/", entering.new_account, name="new", access=role(program_office)),
    route("open-ends/", showing.open_ends, name="open-ends", access=role(program_office), methods=GET),
    route("<int:pk>/", showing.account_page, name="account", access=one, methods=GET),
    route("<int:pk>/orders/", showing.orders, name="orders", access=one, methods=GET),
    route("<int:pk>/timeline/", showing.story, name="timeline", access=one, methods=GET),
    route(
        "<int:pk>/edit/", entering.edit_account, name="edit",
        access=replace(one, says=str(program_office.title), predicate=program_office),
    ),
    route(
        "<int:pk>/approvers/", entering.edit_approvers, name="approvers",
        access=replace(one, says=str(administrators.title), predicate=administrators),
    ),
    route("<int:pk>/contacts/new/", entering.edit_contact, name="new-contact", access=one),
    route("<int:pk>/contacts/<int:contact>/", entering.edit_contact, name="contact", access=one),
    route("<int:pk>/contacts/<int:contact>/drop/", entering.drop_contact, name="drop-contact", access=one, methods=POST),
    route("<int:pk>/facts/new/", telling.say_fact, name="new-fact", access=one),
    route("<int:pk>/facts/<int:fact>/end/", telling.end_fact, name="end-fact", access=one),
    route("<int:pk>/notes/new/", telling.pin_note, name="new-note", access=one),
    route("<int:pk>/notes/<int:note>/down/", telling.take_down, name="take-down", access=one, methods=POST),
    route("<int:pk>/figures/new/", telling.enter_figure, name="new-figure", access=one),
    *beside_routes("<int:pk>/", "account", Account),
    route("<int:pk>/steps/<slug:name>/", take_step, name="step", access=steps(Account)),
]  # fmt: skip
