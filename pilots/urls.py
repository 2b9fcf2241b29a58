"""Pilots: criteria, waves, candidates, what they say and what was found."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import Access, reads, role, route, signed_in, steps
from acr_program.people.choices import Role
from acr_program.people.roles import RolePredicate, holder_of, overseers, program_managers, program_office
from acr_program.workflow.views import take_step

from . import rules
from .models import Finding, PilotCandidate, PilotWave
from .views import candidates, criteria, findings, managers, planning, waves

GET, POST = ("GET", "HEAD"), ("POST",)
candidate = reads(PilotCandidate, via="for_page")


def only(predicate: RolePredicate, of: Access) -> Access:
    """The same, for these people alone."""
    return replace(of, says=str(predicate.title), predicate=predicate)


def office(of: Access) -> Access:
    return only(program_office, of)


def manager(of: Access) -> Access:
    return only(program_managers, of)


oversees = holder_of(
    _("the program office, an auditor or an executive"), Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.EXECUTIVE,
)  # fmt: skip
leads = holder_of(
    _("the program office, an auditor, a sales leader or an executive"),
    Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER, Role.EXECUTIVE,
)  # fmt: skip
app_name = "pilots"
urlpatterns = [
    route("", waves.wave_list, name="waves", access=role(oversees), methods=GET),
    route("new/", waves.new_wave, name="new-wave", access=role(program_managers)),
    route("criteria/", criteria.criteria_page, name="criteria", access=signed_in, methods=GET),
    route("criteria/begin/", criteria.begin, name="begin-criteria", access=role(program_managers), methods=POST),
    route("criteria/add/", criteria.add, name="add-criterion", access=role(program_managers)),
    route("criteria/<int:criterion>/", criteria.reword, name="criterion", access=role(program_managers)),
    route(
        "criteria/<int:criterion>/retire/", criteria.retire, name="retire-criterion", access=role(program_managers),
        methods=POST,
    ),
    route("managers/", managers.manager_list, name="managers", access=role(leads), methods=GET),
    route("managers/<int:person>/skills/", managers.edit_skills, name="skills", access=role(program_managers)),
    route("<int:pk>/", waves.wave_page, name="wave", access=reads(PilotWave, via="for_page"), methods=GET),
    route("<int:pk>/sizing/", waves.size, name="sizing", access=manager(reads(PilotWave))),
    route("<int:pk>/tested/", waves.choose_tested, name="tested", access=manager(reads(PilotWave))),
    route("<int:pk>/candidates/", candidates.candidate_list, name="candidates", access=reads(PilotWave), methods=GET),
    route("<int:pk>/propose/", candidates.propose, name="propose", access=office(reads(PilotWave))),
    route(
        "<int:pk>/plan/", planning.plan_page, name="plan", methods=GET,
        access=only(overseers, reads(PilotWave, via="for_page")),
    ),
    route(
        "<int:pk>/plan/<int:candidate>/<slug:name>/", planning.by_hand, name="plan-by-hand", methods=POST,
        access=manager(reads(PilotWave)),
    ),
    route("<int:pk>/feedback/", waves.feedback, name="feedback", access=reads(PilotWave), methods=GET),
    route("<int:pk>/findings/", findings.finding_list, name="findings", access=reads(PilotWave), methods=GET),
    route("<int:pk>/findings/report/", findings.report, name="report-finding", access=office(reads(PilotWave))),
    route("<int:pk>/report/", waves.report, name="report", access=reads(PilotWave), methods=POST),
    route("<int:pk>/steps/<slug:name>/", take_step, name="wave-step", access=steps(PilotWave)),
    route("candidates/<int:pk>/", candidates.candidate_page, name="candidate", access=candidate, methods=GET),
    route(
        "candidates/<int:pk>/judge/<int:criterion>/", candidates.judge, name="judge", access=only(rules.judges, candidate)
    ),
    route("candidates/<int:pk>/tests/", candidates.let_test, name="tests", access=office(candidate)),
    route(
        "candidates/<int:pk>/steps/<slug:name>/", take_step, name="candidate-step", access=steps(PilotCandidate)
    ),
    *beside_routes("candidates/<int:pk>/", "candidate", PilotCandidate),
    route("findings/<int:pk>/", findings.finding_page, name="finding", access=reads(Finding, via="for_page"), methods=GET),
    route("findings/<int:pk>/steps/<slug:name>/", take_step, name="finding-step", access=steps(Finding)),
]  # fmt: skip
