"""Criteria, waves and candidates for tests, led to the wanted state through the program's own doors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.actions import say_fact
from accounts.models import Account, Fact
from acr_program.charter import lines
from acr_program.charter.models import Program, RosterEntry
from acr_program.people.models import User
from acr_program.workflow.edit import edit
from pilots.actions.candidates import judge, propose
from pilots.actions.criteria import begin_standard, newest, reword
from pilots.actions.findings import report_finding
from pilots.actions.waves import begin_wave
from pilots.choices import Evidence
from pilots.models import CriteriaVersion, Finding, PilotCandidate, PilotWave
from pilots.scorecard import scorecard

from .acting import fresh, numbers, office, take
from .factories import make_account, make_program

GOOD = 4
SIZED = {"differs_by_unit": False, "abroad": False, "per_person": 5}
EVIDENCE: dict[str, dict[str, Any]] = {
    Evidence.OPPORTUNITY: {"score": GOOD, "words": "Cold chain for the northern depots"},
    Evidence.SAID: {"score": GOOD, "who": "Kim Kunde", "day": date(2026, 3, 2)},
    Evidence.NEGOTIATION: {"day": date(2026, 11, 2)},
    Evidence.RFP: {"day": date(2026, 11, 2)},
    Evidence.AGE: {},
    Evidence.OUTCOME: {"score": GOOD, "words": "Late deliveries fell by half", "day": date(2026, 6, 30)},
    Evidence.WORDS: {"score": GOOD, "words": "Prepares every meeting."},
}


def make_criteria() -> CriteriaVersion:
    """The standard criteria, or those that are there."""
    Program.objects.exists() or make_program()
    return newest() or begin_standard(by=office("manager"))


def make_roster(share: int = 100, role: str = "admin") -> RosterEntry:
    """Somebody of the office, with the share of their time."""
    Program.objects.exists() or make_program()
    person = office(role)
    there = RosterEntry.objects.filter(person=person).first()
    return lines.keep(
        there or RosterEntry(), by=office("manager"), seen=Program.objects.get().version, person=person, part="Compiles",
        share=share,
    )  # fmt: skip


def make_wave(status: str = "selecting", **fields: Any) -> PilotWave:
    """A wave with its sizing answered; one that runs or ran has a pilot. One “to decide” has nothing left to wait for."""
    make_criteria()
    if not RosterEntry.objects.exists():
        make_roster()
    fields = SIZED | {"ends_on": localdate() + timedelta(days=90)} | fields
    fields.setdefault("name", f"Wave {next(numbers)}")
    wave = begin_wave(by=office("manager"), **fields)
    if status == "planning":
        return wave
    wave = take(wave, "open_selection", office("manager"))
    if status == "selecting":
        return wave
    unit = {"business_unit": wave.units[0]} if wave.units else {}
    make_candidate("active" if status in ("running", "evaluating") else "completed", wave, **unit)
    steps = {"running": (), "concluded": ("start_evaluation", "conclude")}.get(status, ("start_evaluation",))
    for name in steps:
        wave = take(wave, name, office("manager"), **(DECIDED if name == "conclude" else {}))
    return fresh(wave)


DECIDED = {"outcome": "repeat", "comment": "Not enough was tested.", "left_open": {"findings": [], "untested": ["Met"]}}


def flagged(candidate: PilotCandidate) -> PilotCandidate:
    return take(candidate, "raise_flag", User.objects.clock(), words="A request for proposal is open.")


def with_newer_criteria(candidates: int = 1) -> PilotWave:
    """A wave whose candidates are judged by an older version of the criteria."""
    wave = make_wave()
    for _number in range(candidates):
        make_candidate(wave=wave)
    version = newest()
    assert version is not None
    criterion = version.criteria.filter(evidence=Evidence.WORDS)[0]
    said = {name: getattr(criterion, name) for name in ("about", "part_of", "title", "evidence")}
    reword(criterion, by=office("manager"), seen=version.number, words="Otherwise.", **said)
    return fresh(wave)


def turned(account: Account, kind: str) -> Fact:
    """Something holds of the account from today on, as the office heard."""
    now, said = fresh(account), {"since_on": localdate(), "reason": "Their buyer told us."}
    return say_fact(now, by=office("admin"), seen=now.version, kind=kind, **said)


def make_finding(status: str = "reported", wave: PilotWave | None = None, **said: Any) -> Finding:
    """Something that a wave found, in this state."""
    wave = wave or make_wave("running")
    said = {"words": "The form asks for the address twice.", "severity": "medium"} | said
    finding = report_finding(wave, by=office("admin"), **said)
    if status != "reported":
        finding = take(finding, "decide", office("manager"), owner=office("manager"), **MEND)
    return (
        take(finding, "resolve", office("manager"), comment="Asked once.") if status == "resolved" else fresh(finding)
    )


MEND = {"decision": "fix_now", "due_on": localdate() + timedelta(days=10), "comment": "It costs each of them time."}


WAYS: dict[str, tuple[str, ...]] = {
    "qualified": ("qualify",), "selected": ("qualify", "select"), "reserve": ("qualify", "hold"),
}  # fmt: skip
LATER = ("active", "completed", "withdrawn")


def make_candidate(status: str = "proposed", wave: PilotWave | None = None, **account: Any) -> PilotCandidate:
    """An account in a wave, led to this state; `account` are its fields, or `account=` itself.

    From active on the wave runs: it is launched with whatever is selected in it.
    """
    wave = wave or make_wave()
    customer = account.pop("account", None) or make_old_account(**account)
    (candidate,) = propose(fresh(wave), [customer], by=office("admin"))
    if status == "disqualified":
        why = {"criterion": "Success has been shown", "comment": "Nothing is known."}
        return take(candidate, "disqualify", office("manager"), **why)
    if status == "proposed":
        return fresh(candidate)
    pass_all(candidate)
    for name in WAYS["selected" if status in LATER else status]:
        candidate = take(candidate, name, office("manager"))
    if status in LATER:
        launch(wave)
    if status == "completed":
        give_feedback(candidate)
        take(candidate, "complete", office("admin"))
    elif status == "withdrawn":
        take(candidate, "withdraw", office("manager"), comment="They were bought by another company.")
    return fresh(candidate)


def launch(wave: PilotWave) -> PilotWave:
    return take(wave, "launch", office("manager"), warnings=[])


def ratings_of(candidate: PilotCandidate, score: int = GOOD) -> list[list[Any]]:
    return [[aspect.pk, score, "It did what it should."] for aspect in candidate.wave.aspects.all()]


def give_feedback(candidate: PilotCandidate, score: int = GOOD) -> PilotCandidate:
    """Every aspect rated, and something said of the customer."""
    said = {
        "ratings": ratings_of(candidate, score),
        "customer_said": "“We see ourselves in it.”",
        "we_think": "They talk to us earlier.",
    }
    return take(candidate, "give_feedback", candidate.manager, **said)


def make_old_account(**fields: Any) -> Account:
    """A customer for years."""
    account = make_account(**fields)
    if "customer_since" not in fields:
        account = edit(fresh(account), seen=account.version, by=office("admin"), customer_since=date(2020, 1, 1))
    return account


def pass_all(candidate: PilotCandidate, *, but: tuple[str, ...] = (), score: int = GOOD) -> PilotCandidate:
    """Every criterion judged met, with the evidence that it takes; except those that take what is named in `but`."""
    for line in scorecard(fresh(candidate)).lines:
        if line.criterion.evidence not in but:
            pass_one(candidate, line.criterion, score)
    return fresh(candidate)


def pass_one(candidate: PilotCandidate, criterion: Any, score: int = GOOD) -> None:
    if criterion.evidence == Evidence.PLAN:
        above = candidate.manager.reports_to or office("manager")
        take(candidate, "rate", above, score=score, words="Thinks a year ahead.", link="https://plans.example/1")
    elif criterion.evidence == Evidence.AGREEMENT:
        take(candidate, "agree", candidate.manager, agrees=True)
    else:
        said = EVIDENCE[criterion.evidence]
        said = said | ({"score": score} if "score" in said else {}) | {"met": True}
        now = fresh(candidate)
        judge(now, criterion, by=office("admin"), seen=now.version, **said)
