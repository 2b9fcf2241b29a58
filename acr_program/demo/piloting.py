"""A third wave of pilots at the demo company: chosen by its own criteria, under way when the year ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter import lines
from acr_program.charter.models import Program
from acr_program.people.models import User
from pilots import covering
from pilots.actions import judge, propose
from pilots.actions.criteria import begin_standard, reword
from pilots.actions.findings import report_finding
from pilots.actions.waves import begin_wave
from pilots.choices import Decision, Evidence, Severity, Tier
from pilots.models import ManagerProfile, PilotCandidate, PilotWave
from pilots.scorecard import scorecard

from .acting import act

WAVE = "Wave 3: operational reviews"
SELLER = (
    "Knows what the customer sells before they say what we sell. Prepares each meeting in writing, and writes down "
    "afterwards what was promised, by whom and by when."
)
OPPORTUNITIES = (
    "Chilled assortment for their new depot",
    "One frame for all their houses",
    "Own labels from spring on",
)
OUTCOMES = (
    "Late deliveries fell by a third",
    "Their complaints halved within two quarters",
    "Took over a second region",
)
PLANS = ("Thinks two years ahead, and says what he will not do.", "A page a quarter, kept up to date.")
SKILLS = (
    "Plans a year ahead; speaks Portuguese and Spanish.", "Knows cold chains; calm with purchasing departments.",
    "Opens doors on the board; weak on paper.",
)  # fmt: skip
WORDS = {5: "Could not be better.", 4: "Took half the time it used to.", 3: "It does, once one has found it.",
         2: "Asked twice for the same."}  # fmt: skip
SAID = ("“For once somebody told us what went wrong before we did.”", "“Send it a week earlier, then we can use it.”")
THINK = ("They put us on the list for the next frame.", "Their warehouse manager comes to the meetings now.")
FINDINGS = (
    ("The form asks for the delivery address twice.", Severity.LOW, Decision.FIX_NOW),
    ("Figures of the last quarter come after the document is compiled.", Severity.HIGH, Decision.BEFORE_ROLL_OUT),
    ("Nobody reads the page on the environment.", Severity.LOW, Decision.NEVER),
    ("Printed copies of Latin America have no tracking number.", Severity.MEDIUM, ""),
)


def piloting(accounts: Sequence[Account], people: dict[str, User], chance: Random) -> Iterator[timedelta]:
    """Criteria, a wave with its sizing, candidates judged and chosen; then weeks of a pilot with feedback and findings."""
    manager, admin = people["Owen Castellane"], people["Priya Raghunathan"]
    write_criteria(manager)
    note_skills(accounts, manager)
    wave = planned(manager, accounts)
    yield timedelta(days=2)
    candidates = propose(act(wave, "open_selection", manager), chosen(accounts, chance), by=admin)
    yield timedelta(days=3)
    for place, candidate in enumerate(candidates):
        judge_all(candidate, admin, chance, weak=place == 3, silent=place == 4)
    yield timedelta(days=4)
    decide(candidates, manager)
    yield timedelta(days=1)
    launch(wave, manager)
    for number, pilot in enumerate(
        wave.candidates.filter(status="active").select_related("manager").order_by("pk")[:2]
    ):
        yield timedelta(days=chance.randint(6, 12))
        give_feedback(pilot, number, chance)
    report(wave, manager, admin)


def write_criteria(manager: User) -> None:
    """The standard ones; what a good seller is, in the company's own words."""
    version = begin_standard(by=manager)
    one = version.criteria.get(evidence=Evidence.WORDS)
    said = {name: getattr(one, name) for name in ("about", "part_of", "title", "evidence")}
    reword(one, by=manager, seen=version.number, words=SELLER, **said)


def note_skills(accounts: Sequence[Account], manager: User) -> None:
    managers = list(dict.fromkeys(account.manager for account in accounts if account.manager))
    for person, skills in zip(managers, SKILLS, strict=False):
        version = Program.objects.get().version
        lines.keep(ManagerProfile(), by=manager, seen=version, person=person, skills=skills)


def planned(manager: User, accounts: Sequence[Account]) -> PilotWave:
    units = sorted({account.business_unit for account in accounts if account.business_unit})
    return begin_wave(
        by=manager, name=WAVE, ends_on=localdate() + timedelta(days=120), differs_by_unit=True, units=units[:2],
        abroad=True, countries=["France", "Japan"], per_person=2,
    )  # fmt: skip


def chosen(accounts: Sequence[Account], chance: Random) -> list[Account]:
    """Eight that are customers, of different places as far as they go; one of them for less than a year."""
    live = [account for account in accounts if account.manager and account.customer_since]
    year_ago = localdate() - timedelta(days=366)
    old = [account for account in live if account.customer_since and account.customer_since < year_ago]
    young = [account for account in live if account not in old]
    return [*chance.sample(old, min(7, len(old))), *young[:1]]


def judge_all(candidate: PilotCandidate, admin: User, chance: Random, *, weak: bool, silent: bool) -> None:
    """Each criterion with its evidence; a weak manager is rated so, and a silent one has not answered yet."""
    for line in scorecard(candidate).lines:
        evidence = line.criterion.evidence
        if evidence == Evidence.AGREEMENT:
            if not silent:
                act(candidate, "agree", candidate.manager, agrees=True)
        elif evidence == Evidence.PLAN:
            if above := candidate.manager.reports_to:
                said = {"score": 2 if weak else chance.randint(3, 5), "words": chance.choice(PLANS)}
                act(candidate, "rate", above, link="https://plans.alderfisk.example/accounts", **said)
        elif line.on_file is None or line.on_file.says is not False:
            now = PilotCandidate.objects.get(pk=candidate.pk)
            judge(now, line.criterion, by=admin, seen=now.version, **evidence_of(evidence, chance))


def evidence_of(evidence: str, chance: Random) -> dict[str, Any]:
    score, day = chance.randint(3, 5), localdate() - timedelta(days=chance.randint(5, 200))
    rated: dict[str, dict[str, Any]] = {
        Evidence.OPPORTUNITY: {"words": chance.choice(OPPORTUNITIES)},
        Evidence.SAID: {"who": "Their head of purchasing", "day": day},
        Evidence.OUTCOME: {"words": chance.choice(OUTCOMES), "day": day},
        Evidence.WORDS: {"words": "Every promise of last year has a name and a day beside it."},
    }
    if evidence in rated:
        return rated[evidence] | {"score": score, "met": True}
    return {"met": True, "day": checked() if evidence != Evidence.AGE else None}


def checked() -> date:
    return localdate() - timedelta(days=1)


def decide(candidates: Sequence[PilotCandidate], manager: User) -> None:
    """Whoever passes is selected, the last of them held in reserve; who is too young is out, with the reason."""
    rows = [PilotCandidate.objects.get(pk=one.pk) for one in candidates]
    passing = [one for one in rows if one.tier == Tier.PASSES]
    for one in passing:
        act(one, "qualify", manager)
    for one in passing[:-1]:
        act(one, "select", manager)
    for one in passing[-1:]:
        act(one, "hold", manager)
    for one in rows:
        if one.tier == Tier.FAILS:
            why = "Not yet: we come back to them in the next wave."
            act(one, "disqualify", manager, criterion="A customer for more than one year", comment=why)


def launch(wave: PilotWave, manager: User) -> None:
    """Business units without a pilot are gone without, in writing; what else is warned of is kept with the launch."""
    for unit in covering.units_open(wave):
        act(
            wave,
            "waive_unit",
            manager,
            unit=unit,
            comment="Their warehouses move this winter: no new process before spring.",
        )
    act(wave, "launch", manager, warnings=covering.warnings(wave))


def give_feedback(pilot: PilotCandidate, number: int, chance: Random) -> None:
    """What was met so far; the first says what the customer said, the second what we think alone."""
    aspects = list(pilot.wave.aspects.all())
    rated = [(aspect.pk, chance.choice((2, 3, 4, 4, 5))) for aspect in aspects[: 12 + 4 * number]]
    said = {"we_think": THINK[number]} | ({"customer_said": SAID[0]} if number == 0 else {})
    act(pilot, "give_feedback", pilot.manager, ratings=[[pk, score, WORDS[score]] for pk, score in rated], **said)


def report(wave: PilotWave, manager: User, admin: User) -> None:
    wave = PilotWave.objects.get(pk=wave.pk)
    for words, severity, decision in FINDINGS:
        finding = report_finding(wave, by=admin, words=words, severity=severity)
        if decision:
            due = localdate() + timedelta(days=30) if decision != Decision.NEVER else None
            said = {"decision": decision, "owner": admin, "due_on": due, "comment": "It costs each of them time."}
            act(finding, "decide", manager, **said)
