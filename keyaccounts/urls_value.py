"""Where what customers get, are told and know is reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.people.access import public, reads, role, route, steps
from acr_program.people.choices import Role
from acr_program.people.roles import holder_of, program_managers
from acr_program.workflow.views import take_step

from .models import Knowing, Membership, ProofPoint, Proposition, Statement, Understanding
from .views import statements, value, value_link

GET, POST = ("GET", "HEAD"), ("POST",)
ASKED = public("the customer, by the secret address in the mail")
PEOPLE = holder_of(
    _("whoever sells or oversees"),
    Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE, Role.LEADER, Role.REP,
)  # fmt: skip
proposition, statement = reads(Proposition, via="for_page"), reads(Statement, via="for_page")
proof = reads(ProofPoint, via="for_page")
account_way = reads(Membership, via="for_page")
routes = [
    route("value/", value.proposition_list, name="propositions", access=role(PEOPLE), methods=GET),
    route("value/new/", value.new_proposition, name="new-proposition", access=role(program_managers)),
    route("value/<int:pk>/", value.proposition_page, name="proposition", access=proposition, methods=GET),
    route("value/<int:pk>/words/", value.reword, name="reword-proposition", access=proposition),
    route("value/<int:pk>/next/", value.write_next, name="next-proposition", access=proposition, methods=POST),
    route("value/<int:pk>/proofs/add/", value.add_proof, name="add-proof", access=proposition),
    route("value/proofs/<int:pk>/", value.change_proof, name="proof", access=proof),
    route("value/proofs/<int:pk>/drop/", value.drop_proof, name="drop-proof", access=proof, methods=POST),
    route("value/<int:pk>/steps/<slug:name>/", take_step, name="proposition-step", access=steps(Proposition)),
    route("members/<int:pk>/value/", value.for_its_account, name="own-proposition", access=account_way),
    route("members/<int:pk>/statement/", statements.write, name="write-statement", access=account_way, methods=POST),
    route(
        "value/asked/<int:pk>/", value.understanding_page, name="understanding", methods=GET,
        access=reads(Understanding, via="for_page"),
    ),
    route("value/asked/<int:pk>/steps/<slug:name>/", take_step, name="understanding-step", access=steps(Understanding)),
    route("told/", statements.statement_list, name="statements", access=role(PEOPLE), methods=GET),
    route("told/<int:pk>/", statements.statement_page, name="statement", access=statement, methods=GET),
    route("told/<int:pk>/letter/", statements.letter, name="letter", access=statement, methods=POST),
    route("told/<int:pk>/steps/<slug:name>/", take_step, name="statement-step", access=steps(Statement)),
    route("known/", statements.knowing_list, name="knowings", access=role(PEOPLE), methods=GET),
    route("known/<int:pk>/", statements.knowing_page, name="knowing", methods=GET, access=reads(Knowing, via="for_page")),
    route("known/<int:pk>/steps/<slug:name>/", take_step, name="knowing-step", access=steps(Knowing)),
    route("expected/<str:token>/", value_link.expected, name="expected", access=ASKED),
]  # fmt: skip
