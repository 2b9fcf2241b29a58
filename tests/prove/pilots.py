"""Forms of pilots: the steps of waves, candidates and findings, and what is written down of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from acr_program.charter.models import Program
from acr_program.exports.models import Export
from acr_program.workflow.log import LogEntry
from pilots.actions.criteria import newest
from pilots.choices import Evidence
from pilots.models import CriteriaVersion, ManagerProfile, PilotCandidate, PilotWave
from pilots.reporting import REPORT
from tests.acting import make_user, office, take
from tests.piloting import (
    DECIDED,
    MEND,
    flagged,
    give_feedback,
    make_candidate,
    make_criteria,
    make_finding,
    make_old_account,
    make_wave,
    pass_all,
    with_newer_criteria,
)

from .beside import attached, held, said
from .company import Company
from .forms import COMMENT, Form
from .given import choosable
from .pages import Page, Sent, sent

FOOD: dict[str, Any] = {"differs_by_unit": True, "units": ["Food"]}
CRITERION = {"about": "manager", "part_of": "The account manager", "words": "Listens first.", "evidence": "words"}


def pilot_forms(company: Company) -> Iterator[Form]:
    rep = company.people["rep"]

    def candidate(status: str) -> Callable[[], PilotCandidate]:
        return lambda: make_candidate(status, manager=rep)

    def wave(status: str, **sizing: Any) -> Callable[[], PilotWave]:
        return lambda: make_wave(status, **sizing)

    rated = {"score": 4, "words": "Plans a year ahead.", "link": "https://plans.example/1"}
    said = {"we_think": "They talk to us earlier."}
    outcome = COMMENT | {"outcome": "repeat"}
    mend = MEND | {"due_on": MEND["due_on"].isoformat()}
    yield Form("pilotwave.open_selection", "manager", wave("planning"))
    yield Form("pilotwave.take_criteria", "manager", with_newer_criteria)
    yield Form("pilotwave.waive_unit", "manager", wave("selecting", **FOOD), COMMENT | {"unit": "Food"})
    yield Form(
        "pilotwave.take_plan", "manager", lambda: candidate("qualified")().wave, lambda of: {"pilots": choosable(of)}
    )
    yield Form("pilotwave.launch", "manager", lambda: candidate("selected")().wave, {"really": "on"})
    yield Form("pilotwave.start_evaluation", "manager", wave("running"))
    yield Form("pilotwave.conclude", "manager", wave("to decide"), outcome)
    yield Form("pilotcandidate.agree", "rep", candidate("proposed"), {"agrees": "yes"})
    yield Form("pilotcandidate.rate", "leader", candidate("proposed"), rated)
    yield Form("pilotcandidate.qualify", "admin", lambda: pass_all(candidate("proposed")()))
    yield Form("pilotcandidate.requalify", "admin", candidate("qualified"))
    why = COMMENT | {"criterion": "Success has been shown"}
    yield Form("pilotcandidate.disqualify", "manager", candidate("proposed"), why)
    yield Form("pilotcandidate.reconsider", "manager", candidate("disqualified"))
    yield Form("pilotcandidate.select", "manager", candidate("qualified"))
    yield Form("pilotcandidate.hold", "manager", candidate("qualified"))
    yield Form("pilotcandidate.deselect", "manager", candidate("selected"))
    yield Form("pilotcandidate.promote", "manager", candidate("reserve"))
    yield Form("pilotcandidate.give_feedback", "rep", candidate("active"), said)
    yield Form("pilotcandidate.settle_flag", "manager", lambda: flagged(candidate("active")()), COMMENT)
    yield Form("pilotcandidate.complete", "admin", lambda: give_feedback(candidate("active")()))
    yield Form("pilotcandidate.withdraw", "rep", candidate("selected"), COMMENT)
    yield Form("finding.decide", "manager", make_finding, mend | {"owner": office("admin").pk})
    yield Form("finding.resolve", "manager", lambda: make_finding("decided"), COMMENT)
    yield Form("finding.reopen", "manager", lambda: make_finding("resolved"), COMMENT)


def pilots_ready() -> dict[tuple[str, str, str], Callable[[], Any]]:
    """Where a step of pilots needs more than its state: a thing that has it."""

    def rolled_out() -> Program:
        """The last wave came to “Roll out”."""
        take(make_wave("to decide"), "conclude", office("manager"), **(DECIDED | {"outcome": "roll_out"}))
        Program.objects.update(status="piloting")
        return Program.objects.get()

    return {
        ("pilotcandidate", "proposed", "qualify"): lambda: pass_all(make_candidate()),
        ("pilotcandidate", "active", "settle_flag"): lambda: flagged(make_candidate("active")),
        ("pilotcandidate", "active", "complete"): lambda: give_feedback(make_candidate("active")),
        ("pilotwave", "selecting", "take_criteria"): with_newer_criteria,
        ("pilotwave", "selecting", "take_plan"): lambda: make_candidate("qualified").wave,
        ("pilotwave", "selecting", "launch"): lambda: make_candidate("selected").wave,
        ("pilotwave", "evaluating", "conclude"): lambda: make_wave("to decide"),
        ("program", "piloting", "roll_out"): rolled_out,
    }


def number() -> int:
    known = newest()
    return known.number if known else 0


def first_criteria() -> Iterator[Page]:
    """The standard criteria, before anything of pilots is there."""
    rows = CriteriaVersion.objects.all()
    yield Page("pilots:begin-criteria", "manager", lambda: sent("pilots:begin-criteria", rows=rows))


def pilot_pages(company: Company) -> Iterator[Page]:
    yield from criteria_pages()
    yield from wave_pages(company)
    yield from candidate_pages(company)


def criteria_pages() -> Iterator[Page]:
    versions = CriteriaVersion.objects.all()

    def criterion() -> Any:
        return make_criteria().criteria.filter(evidence=Evidence.OPPORTUNITY)[0]

    def added() -> Sent:
        make_criteria()
        return sent("pilots:add-criterion", rows=versions, seen=number(), title="Listens", **CRITERION)

    def reworded() -> Sent:
        one = criterion()
        said = {name: getattr(one, name) for name in ("about", "part_of", "title", "evidence")}
        return sent("pilots:criterion", one.pk, rows=versions, seen=number(), words="Said anew.", **said)

    def retired() -> Sent:
        return sent("pilots:retire-criterion", criterion().pk, rows=versions, seen=number())

    yield Page("pilots:add-criterion", "manager", added)
    yield Page("pilots:criterion", "manager", reworded)
    yield Page("pilots:retire-criterion", "manager", retired)


def wave_pages(company: Company) -> Iterator[Page]:
    def planned() -> Sent:
        return sent("pilots:new-wave", rows=PilotWave.objects.filter(name="Planned once"), name="Planned once")

    def sized() -> Sent:
        wave = make_wave("planning")
        given = {"name": wave.name, "differs_by_unit": "no", "abroad": "no", "per_person": 9}
        return sent("pilots:sizing", wave.pk, of=wave, **given)

    def tested() -> Sent:
        wave = make_wave("planning")
        return sent("pilots:tested", wave.pk, of=wave, others="A calculator of ours")

    def proposed() -> Sent:
        wave, account = make_wave(), make_old_account(manager=company.people["rep"])
        return sent("pilots:propose", wave.pk, rows=wave.candidates.all(), accounts=[account.pk])

    def found() -> Sent:
        wave = make_wave("running")
        return sent("pilots:report-finding", wave.pk, rows=wave.findings.all(), words="Found once.", severity="low")

    def reported() -> Sent:
        return sent("pilots:report", make_wave("running").pk, rows=Export.objects.filter(list_name=REPORT))

    yield Page("pilots:new-wave", "manager", planned)
    yield Page("pilots:sizing", "manager", sized)
    yield Page("pilots:tested", "manager", tested)
    yield Page("pilots:propose", "admin", proposed)
    yield Page("pilots:report-finding", "admin", found)
    yield Page("pilots:report", "manager", reported)


def candidate_pages(company: Company) -> Iterator[Page]:
    def candidate() -> PilotCandidate:
        return make_candidate(manager=company.people["rep"])

    def judged() -> Sent:
        of = candidate()
        assert of.wave.criteria is not None
        one = of.wave.criteria.criteria.filter(evidence=Evidence.WORDS)[0]
        return sent("pilots:judge", of.pk, one.pk, of=of, score=4, words="Prepares every meeting.")

    def let_test() -> Sent:
        of = candidate()
        return sent("pilots:tests", of.pk, of=of, aspects=[of.wave.aspects.all()[0].pk])

    def skills() -> Sent:
        person = make_user("rep")
        rows = ManagerProfile.objects.filter(person=person)
        return sent("pilots:skills", person.pk, rows=rows, skills="Plans ahead.", seen=Program.objects.get().version)

    def by_hand() -> Sent:
        of = make_candidate("qualified", manager=company.people["rep"])
        rows = LogEntry.objects.of(of).filter(step="hold")
        return sent("pilots:plan-by-hand", of.wave.pk, of.pk, "hold", rows=rows, seen=of.version)

    kind, named = "pilots:candidate", company.people["manager"]
    yield Page(f"{kind}-say", "admin", lambda: said(kind, candidate(), named))
    yield Page(f"{kind}-attach", "admin", lambda: attached(kind, candidate()))
    yield Page(f"{kind}-on-it", "admin", lambda: held(kind, candidate()))
    yield Page("pilots:plan-by-hand", "manager", by_hand)
    yield Page("pilots:judge", "admin", judged)
    yield Page("pilots:tests", "admin", let_test)
    yield Page("pilots:skills", "manager", skills)
