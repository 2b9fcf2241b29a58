"""The steps of the charter at their dearest."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from tests import factories as make
from tests.acting import office, take
from tests.chartering import a_communication, a_question, a_receipt, aligned, an_assignment, fill_charter, tell_leaders

from .clicks import WORD, Clicks, as_clock, as_office


def to_many() -> Any:
    """A draft to many."""
    for _number in range(6):
        make.make_user("rep")
    return a_communication(year=make.make_year())


def with_newcomers() -> Any:
    """Sent, and several came after it."""
    sent = take(to_many(), "send", office("manager"))
    for _number in range(4):
        make.make_user("rep")
    return sent


def assigned() -> Any:
    fill_charter(make.make_program())
    return an_assignment(make.make_user("rep"))


def told() -> Any:
    make.make_year()
    return a_receipt(make.make_user("rep"))


def startable() -> Any:
    """A year of which every leader has confirmed each topic."""
    make.make_user("leader")
    tell_leaders(year := make.make_year("communicating"))
    return year


def announceable() -> Any:
    """A year whose program has a complete charter."""
    fill_charter(make.make_program())
    return make.make_year("drafting")


def asked(*steps: str) -> Any:
    """Asked where several answer."""
    make.make_program()
    for _number in range(3):
        make.make_user("manager")
    return a_question(make.make_user("rep"), *steps)


CHARTER: Clicks = {
    "program": {
        "start_pilot": as_office("manager", lambda: fill_charter(make.make_program("designing"))),
        "roll_out": as_office("manager", lambda: make.make_program("piloting"), **WORD),
    },
    "programyear": {
        "announce": as_office("manager", announceable),
        "start": as_office("manager", startable),
        "close": as_office("manager", lambda: make.make_year("running"), **WORD),
    },
    "alignment": {
        "brief": as_office("admin", lambda: aligned(make.make_user("leader")), briefed_on=localdate()),
        "ask": as_office("manager", lambda: aligned(make.make_user("leader"), "brief"), **WORD),
        "answer": as_office("manager", lambda: aligned(make.make_user("leader"), "brief", "ask"), **WORD),
        "agree": as_office("manager", lambda: aligned(make.make_user("leader"), "brief")),
    },
    "communication": {
        "send": as_office("manager", to_many),
        "tell_newcomers": as_office("manager", with_newcomers),
        "withdraw": as_office("manager", lambda: take(to_many(), "send", office("manager")), **WORD),
    },
    "trainingassignment": {
        "complete": as_office("admin", assigned),
        "waive": as_office("manager", assigned, **WORD),
    },
    "inquiry": {
        "answer": as_office("manager", asked, **WORD),
        "hand_on": lambda: (asked(), office("manager"), {"given_to": make.make_user("admin")} | WORD),
        "add": lambda: (one := asked(), one.asked_by, WORD),
        "ask_again": lambda: (one := asked("answer"), one.asked_by, WORD),
        "settle": as_office("manager", lambda: asked("answer")),
        "withdraw": lambda: (one := asked(), one.asked_by, {}),
    },
    "receipt": {
        "confirm": lambda: (one := told(), one.person, {}),
        "waive": as_office("manager", told, **WORD),
        "lapse": as_clock(told),
    },
}
