"""Rounds and memberships for tests, led to the wanted state through the program's own doors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter import lines
from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.workflow import registry
from acr_program.workflow.edit import begin, edit
from keyaccounts.models import Membership, NominationRound, Programme, Tier
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account, make_program

from .making_incubation import a_standard

WHY = {"comment": "As the figures show."}
WAYS: dict[str, tuple[str, ...]] = {
    "nominated": (),
    "vetoed": ("veto",),
    "filtered_out": ("fail_filter",),
    "incubator_nominated": ("pass_filter",),
    "incubating": ("pass_filter", "start_incubation"),
    "in_panel_review": ("pass_filter", "start_incubation", "call_panel"),
    "not_selected": ("pass_filter", "start_incubation", "call_panel", "reject"),
    "key_account": ("pass_filter", "start_incubation", "call_panel", "qualify"),
    "in_re_review": ("pass_filter", "start_incubation", "call_panel", "qualify", "open_re_review"),
    "down_tiered": ("pass_filter", "start_incubation", "call_panel", "qualify", "open_re_review", "down_tier"),
    "withdrawn": ("withdraw",),
}
OUTCOMES = ("reject", "extend", "qualify", "maintain", "return_to_incubation", "down_tier")
BEGINS_WITH = ("round", "nominated_by", "nomination")


def the_program() -> Program:
    return Program.objects.first() or make_program()


def a_programme(**fields: Any) -> Programme:
    """The key-account programme, written down, with a chair."""
    program, there = the_program(), Programme.objects.first()
    if there is None:
        fields = {"chair": make_user("executive")} | fields
    return lines.keep(there or Programme(), by=office("manager"), seen=program.version, **fields)


def a_tier(name: str = "Gold", **fields: Any) -> Tier:
    """A tier; the one of this name, where it is there."""
    fields = {"rank": 1, "meaning": "A team of its own."} | fields
    return Tier.objects.filter(name=name).first() or Tier.objects.create(program=the_program(), name=name, **fields)


def a_round(status: str = "open", **fields: Any) -> NominationRound:
    """The round of this quarter, or of the one that is named; open today unless said otherwise."""
    today = localdate()
    year, quarter = fields.pop("year", today.year), fields.pop("quarter", (today.month + 2) // 3)
    fields = {"opens_on": today - timedelta(days=10), "closes_on": today + timedelta(days=20)} | fields
    there = NominationRound.objects.filter(year=year, quarter=quarter).first()
    found = there or begin(NominationRound(year=year, quarter=quarter, **fields), by=User.objects.clock())
    if status != "open" and found.status == "open":
        found = take(found, "close_nominations", office("manager"))
    if status == "closed" and found.status == "filtering":
        found = take(found, "close", office("manager"), comment="All are decided.")
    return fresh(found)


@contextmanager
def ungated() -> Iterator[None]:
    """What the parts of the programme ask before a step of a membership is not asked: for rows that others begin from."""
    without = {name: needs for name, needs in registry._gates.items() if not name.startswith("membership.")}
    with patch.dict(registry._gates, without, clear=True):
        yield


def a_membership(status: str = "nominated", account: Account | None = None, **more: Any) -> Membership:
    """An account's membership, led to this state by the steps that lead there; `more` are fields that it then has.

    `round`, `nominated_by` and `nomination` are those it begins with; every other field is edited at the end.
    """
    Programme.objects.first() or a_programme()
    tier, _standard = a_tier(), a_standard()
    account = account or make_account()
    said = {"nominated_by": account.manager, "nomination": "They grow by a fifth each year."}
    said |= {name: more.pop(name) for name in BEGINS_WITH if name in more}
    said.setdefault("round", NominationRound.objects.filter(status="open").first() or a_round())
    row = begin(Membership(account=account, **said), by=said["nominated_by"])
    with ungated():
        for name in WAYS[status]:
            row = led(row, name, tier)
    return edit(fresh(row), seen=fresh(row).version, by=office("manager"), **more) if more else fresh(row)


def led(row: Membership, name: str, tier: Tier) -> Membership:
    """One step, by whoever may take it, with what it asks for."""
    by = row.programme.chair if name in OUTCOMES else office("manager")
    asked = {"veto", "fail_filter", "call_panel", "withdraw", *OUTCOMES}
    data: dict[str, Any] = dict(WHY) if name in asked else {}
    data |= {"tier": tier} if name == "qualify" else {}
    data |= {"handover": "Their manager takes over in March."} if name == "down_tier" else {}
    row = take(row, name, by, **data)
    if name in OUTCOMES:  # decided here without a panel: what waits for one is not needed
        for review in row.panel_reviews.live():
            take(review, "withdraw", User.objects.clock(), comment="Decided without a panel.")
    return row
