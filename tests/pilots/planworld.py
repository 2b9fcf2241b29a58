"""A wave with candidates between whom a plan has to choose."""

from __future__ import annotations

from typing import Any

from pilots.actions import waves
from pilots.actions.candidates import let_test
from pilots.models import PilotCandidate, PilotWave
from tests.acting import fresh, office, take
from tests.factories import make_program
from tests.piloting import make_candidate, make_wave, pass_all

PRINT, DRAFT = ("tool", "Print preview", ""), ("tool", "First draft", "")


def make_plan_wave(per_person: int = 2) -> PilotWave:
    """Two business units, two theaters, two tools; so many accounts for the one person of the office."""
    make_program(home_country="Germany")
    wave = make_wave(
        "planning", differs_by_unit=True, units=["Dairy", "Seafood"], abroad=True, countries=["France", "Japan"],
        per_person=per_person,
    )  # fmt: skip
    wave = waves.test_aspects(wave, by=office("manager"), seen=wave.version, tested=[PRINT, DRAFT])
    return take(wave, "open_selection", office("manager"))


def qualified(wave: PilotWave, name: str, unit: str, country: str = "France", **more: Any) -> PilotCandidate:
    """One that can be selected, rated so high; `tests` are the titles of what it is to test."""
    score, tests = more.pop("score", 4), more.pop("tests", ("Print preview", "First draft"))
    theater = {"France": "EMEA", "Japan": "APAC"}[country]
    candidate = make_candidate(
        "proposed", wave, name=name, business_unit=unit, country=country, theater=theater, code=name.upper(), **more
    )
    pass_all(candidate, score=score)
    candidate = take(candidate, "qualify", office("manager"))
    aspects = [aspect for aspect in wave.aspects.all() if aspect.title in tests]
    return fresh(let_test(candidate, by=office("admin"), seen=candidate.version, aspects=aspects))


def make_choice(per_person: int = 2) -> dict[str, Any]:
    """Dune in Japan is the only one there; Aster and Cedar are alike but for their score; Fern is not qualified."""
    wave = make_plan_wave(per_person)
    return {
        "wave": wave,
        "Aster": qualified(wave, "Aster", "Seafood", score=5, tests=("Print preview",)),
        "Birch": qualified(wave, "Birch", "Dairy", score=4, tests=()),
        "Cedar": qualified(wave, "Cedar", "Seafood", score=3, tests=("Print preview",)),
        "Dune": qualified(wave, "Dune", "Dairy", "Japan", score=4, tests=("First draft",)),
        "Fern": make_candidate("proposed", wave, name="Fern", business_unit="Dairy", theater="EMEA"),
    }
