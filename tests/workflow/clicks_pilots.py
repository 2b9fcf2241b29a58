"""The steps of pilots at their dearest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.acting import make_user, office
from tests.piloting import (
    DECIDED,
    MEND,
    flagged,
    give_feedback,
    launch,
    make_candidate,
    make_finding,
    make_wave,
    pass_all,
    ratings_of,
    with_newer_criteria,
)
from tests.prove.given import choosable

from .clicks import WORD, Click, Clicks, as_clock, as_office

MANY = 4
FOOD: dict[str, Any] = {"abroad": True, "countries": ["Germany"], "differs_by_unit": True, "units": ["Food"]}


def several(status: str, wave: Any = None) -> Any:
    """The first of several of one wave in this state."""
    wave = wave or make_wave(**FOOD)
    first, *_others = [make_candidate(status, wave, business_unit="Food") for _number in range(MANY)]
    return first


def in_reserve() -> Any:
    """One of several in reserve, in a wave that runs."""
    reserve = several("reserve", several("selected").wave)
    launch(reserve.wave)
    return reserve


def active() -> Any:
    """One of several pilots that run."""
    first = several("selected")
    launch(first.wave)
    return first


def as_manager_of(make_it: Callable[[], Any], **data: Any) -> Callable[[], Click]:
    return lambda: (one := make_it(), one.manager, data)


def rating() -> Click:
    one = several("proposed")
    return one, one.manager.reports_to, {"score": 4, "words": "Plans ahead.", "link": "https://plans.example/"}


def saying() -> Click:
    one = active()
    return one, one.manager, {"ratings": ratings_of(one), "customer_said": "Good.", "we_think": "They talk to us."}


def planning() -> Click:
    """Several of a plan, and one who is selected and not in it."""
    wave = make_wave(**FOOD)
    make_candidate("selected", wave, business_unit="Food")
    several("qualified", wave)
    return wave, office("manager"), {"pilots": choosable(wave)}


PILOTS: Clicks = {
    "finding": {
        "decide": lambda: (make_finding(), office("manager"), MEND | {"owner": make_user("admin")}),
        "resolve": as_office("manager", lambda: make_finding("decided"), **WORD),
        "reopen": as_office("manager", lambda: make_finding("resolved"), **WORD),
    },
    "pilotcandidate": {
        "agree": as_manager_of(lambda: several("proposed"), agrees=True),
        "rate": rating,
        "qualify": as_office("admin", lambda: pass_all(several("proposed"))),
        "requalify": as_office("admin", lambda: several("qualified")),
        "disqualify": as_office("manager", lambda: several("qualified"), criterion="Success", **WORD),
        "reconsider": as_office("manager", lambda: several("disqualified")),
        "select": as_office("manager", lambda: several("qualified")),
        "hold": as_office("manager", lambda: several("qualified")),
        "deselect": as_office("manager", lambda: several("selected")),
        "promote": as_office("manager", lambda: several("reserve")),
        "promote while it runs": as_office("manager", in_reserve),
        "start": as_clock(lambda: several("selected")),
        "give_feedback": saying,
        "raise_flag": as_clock(active, words="A request for proposal is open."),
        "settle_flag": as_office("manager", lambda: flagged(active()), **WORD),
        "complete": as_office("admin", lambda: give_feedback(active())),
        "withdraw": as_office("manager", active, **WORD),
    },
    "pilotwave": {
        "open_selection": as_office("manager", lambda: make_wave("planning")),
        "take_criteria": as_office("manager", with_newer_criteria),
        "waive_unit": as_office("manager", lambda: make_wave(**FOOD), unit="Food", **WORD),
        "take_plan": planning,
        "launch": as_office("manager", lambda: several("selected").wave, warnings=[]),
        "start_evaluation": as_office("manager", lambda: active().wave),
        "start_evaluation with a reserve": as_office("manager", lambda: in_reserve().wave),
        "conclude": as_office("manager", lambda: make_wave("to decide"), **DECIDED),
    },
}
