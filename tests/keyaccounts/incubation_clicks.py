"""The steps of incubation at their dearest."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from acr_program.people.models import User
from keyaccounts.calendar import months_after
from tests.acting import make_user
from tests.workflow.clicks import WORD, Click, Clicks, as_clock, as_office

from .incubation_rows import a_checkpoint, a_cycle, a_draft
from .making_incubation import a_standard, actuals_of, figures_since


def a_rep() -> User:
    return make_user("rep", reports_to=make_user("leader"))


def giving(status: str) -> Callable[[], Click]:
    """What the account manager says of a quarter."""

    def click() -> Click:
        row = a_checkpoint(a_rep(), status)
        manager = row.membership.account.manager
        assert manager is not None
        return row, manager, {"actuals": actuals_of(row), "comment": "As agreed."}

    return click


def measured() -> Any:
    """A checkpoint ahead, with figures on file for it."""
    row = a_checkpoint(a_rep(), "ahead")
    figures_since(row.membership.account, months_after(row.quarter_begins_on, -21), 8)
    return row


def replaced() -> Any:
    """A draft beside a version that is in force."""
    a_standard()
    return a_draft()


CLICKS: Clicks = {
    "standard": {
        "publish": as_office("manager", replaced),
        "discard": as_office("manager", replaced),
        "retire": as_clock(a_standard),
    },
    "incubationcycle": {
        "lift": as_office("executive", lambda: a_cycle(a_rep()), money=Decimal(100), **WORD),
        "ask_evidence": as_clock(lambda: a_cycle(a_rep())),
        "close": as_clock(lambda: a_cycle(a_rep(), "evidence_due"), outcome="qualify"),
    },
    "checkpoint": {
        "ask": as_clock(measured),
        "ask by hand": as_office("manager", measured),
        "answer": giving("asked"),
        "answer late": giving("missed"),
        "correct": giving("answered"),
        "lapse": as_clock(lambda: a_checkpoint(a_rep())),
        "drop": as_clock(lambda: a_checkpoint(a_rep(), "ahead")),
    },
}
