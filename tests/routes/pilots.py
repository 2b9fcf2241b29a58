"""Pilots in the office in which every path is tried."""

from __future__ import annotations

from typing import Any

from acr_program.people.models import User
from pilots.choices import CandidateStatus, FindingStatus, WaveStatus
from pilots.models import PilotWave
from tests.piloting import make_candidate, make_finding, make_wave

FOOD: dict[str, Any] = {"differs_by_unit": True, "units": ["Food"]}


def pilot_answers(obj: Any) -> dict[str, Any]:
    """What the steps of pilots ask, as it would be typed."""
    asked = {
        "agrees": "yes", "score": 4, "link": "https://plans.example/1", "criterion": "Success has been shown",
        "we_think": "They talk to us earlier.", "decision": "fix_now", "unit": "Food",
    }  # fmt: skip
    return asked | ({"outcome": "repeat"} if isinstance(obj, PilotWave) else {})


def pilots(who: dict[str, User]) -> dict[str, list[Any]]:
    """Waves and findings in each state, and candidates of Rita's in each of theirs."""
    waves = [make_wave(state, **FOOD) for state in WaveStatus.values]
    candidates = [make_candidate(state, manager=who["rep"]) for state in CandidateStatus.values]
    findings = [make_finding(state) for state in FindingStatus.values]
    return {"pilotwave": waves, "pilotcandidate": candidates, "finding": findings}
