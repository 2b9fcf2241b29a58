"""Where requirements, incubations, checkpoints and exceptions are reached."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from acr_program.people.access import Access, reads, role, route, signed_in, steps
from acr_program.people.choices import Role
from acr_program.people.roles import RolePredicate, holder_of, program_managers
from acr_program.workflow.views import take_step

from .models import Checkpoint, IncubationCycle, Membership, MissingProof, Spending, Standard
from .views import incubation, spending, standards

GET, POST = ("GET", "HEAD"), ("POST",)
cycle = reads(IncubationCycle, via="for_page")
standard = reads(Standard, via="for_page")
entry, missing = reads(Spending, via="for_page"), reads(MissingProof, via="for_page")
books = holder_of(
    _("a sales representative or the program office"), Role.REP, Role.ADMIN, Role.MANAGER,
)  # fmt: skip
lifters = holder_of(_("a senior executive, who alone lifts limits"), Role.EXECUTIVE)
oversees = holder_of(
    _("the program office, an auditor or an executive"), Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE,
)  # fmt: skip


def only(predicate: RolePredicate, of: Access) -> Access:
    """The same, for these people alone."""
    return replace(of, says=str(predicate.title), predicate=predicate)


routes = [
    route("requirements/", standards.standard_list, name="standards", access=signed_in, methods=GET),
    route("requirements/begin/", standards.begin, name="begin-standard", access=role(program_managers), methods=POST),
    route("requirements/<int:pk>/", standards.standard_page, name="standard", access=standard, methods=GET),
    route("requirements/<int:pk>/add/", standards.add, name="add-measure", access=only(program_managers, standard)),
    route(
        "requirements/<int:pk>/measures/<int:measure>/", standards.change, name="measure",
        access=only(program_managers, standard),
    ),
    route(
        "requirements/<int:pk>/measures/<int:measure>/remove/", standards.remove, name="remove-measure", methods=POST,
        access=only(program_managers, standard),
    ),
    route("requirements/<int:pk>/steps/<slug:name>/", take_step, name="standard-step", access=steps(Standard)),
    route("incubations/", incubation.cycle_list, name="cycles", access=signed_in, methods=GET),
    route("incubations/<int:pk>/", incubation.cycle_page, name="cycle", access=cycle, methods=GET),
    route("incubations/<int:pk>/spending/", spending.spending_list, name="spendings", access=cycle, methods=GET),
    route("incubations/<int:pk>/spend/", spending.spend, name="spend", access=only(books, cycle)),
    route("spending/<int:pk>/book/", spending.settle, name="settle", access=only(books, entry)),
    route("spending/<int:pk>/release/", spending.release, name="release-planned", access=only(books, entry)),
    route("missing-proof/<int:pk>/", spending.proof, name="missing-proof", access=only(books, missing)),
    route("incubations/<int:pk>/steps/<slug:name>/", take_step, name="cycle-step", access=steps(IncubationCycle)),
    route(
        "members/<int:pk>/another-incubation/", spending.another, name="another",
        access=only(lifters, reads(Membership, via="for_page")),
    ),
    route(
        "checkpoints/<int:pk>/", incubation.checkpoint_page, name="checkpoint", methods=GET,
        access=reads(Checkpoint, via="for_page"),
    ),
    route("checkpoints/<int:pk>/steps/<slug:name>/", take_step, name="checkpoint-step", access=steps(Checkpoint)),
    route("exceptions/", spending.waiver_list, name="exceptions", access=role(oversees), methods=GET),
]  # fmt: skip
