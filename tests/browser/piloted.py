"""Pilots in the office that the browser looks at."""

from __future__ import annotations

from typing import Any

LONG = "Société Coopérative des Cantines Scolaires de la Région de Bruxelles-Capitale et du Brabant"


def pilot(people: dict[str, Any]) -> None:
    """Waves, candidates and findings in each state; the wave that runs has ratings, one of its pilots is flagged."""
    from pilots.choices import CandidateStatus, FindingStatus, WaveStatus
    from tests.factories import make_user, take
    from tests.piloting import flagged, give_feedback, make_candidate, make_finding, make_wave, pass_all

    manager = people["everything"]
    sized = {"differs_by_unit": True, "units": ["Food"], "abroad": True, "countries": ["Germany", "Japan"]}
    wave = make_wave("selecting", name="Spring wave", **sized)
    for state in CandidateStatus.values[:3]:
        make_candidate(state, wave, name=f"{state.title()} & Sons", manager=manager, business_unit="Food")
    judged = make_candidate(wave=wave, name=f"{LONG}, south", manager=manager)
    pass_all(judged, but=("plan",))
    runs = make_wave("selecting", name="Summer wave", abroad=True, countries=["Germany"])
    first, second = [make_candidate("selected", runs, name=f"Pilot {n}", manager=manager) for n in ("A", "B")]
    make_candidate("reserve", runs, name="Pilot in reserve", manager=make_user("rep", reports_to=people["everything"]))
    take(runs, "launch", people["manager"], warnings=["No pilot in Americas."])
    give_feedback(first)
    flagged(second)
    for state in FindingStatus.values:
        make_finding(state, runs)
    for state in ("completed", "withdrawn"):
        make_candidate(state, name=f"Pilot {state}", manager=manager)
    for state in WaveStatus.values:
        make_wave(state)
