"""Rounds and memberships as the lists that all tests share want them: each step at its dearest, and as it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from acr_program.charter.models import Program
from acr_program.people.models import User
from keyaccounts.models import Membership, PanelReview, Programme, Tier
from tests.factories import fresh, make_account, make_user, numbers, office, take
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent
from tests.workflow.clicks import WORD, Click, Clicks, as_clock, as_office

from .making import a_membership, a_programme, a_round, a_tier
from .making_filter import a_scorecard
from .making_panel import a_panel, again, decided, not_carried_out, voting

if TYPE_CHECKING:
    from tests.prove.company import Company

ENTRY = ("reject", "extend", "qualify")
OUTCOMES = (*ENTRY, "maintain", "return_to_incubation", "down_tier")
MORE: dict[str, Any] = {"missing": ["A second site"], "money": Decimal(500), "days": Decimal(4)}


def account_of(rep: User | None = None) -> Any:
    return make_account(manager=rep or make_user("rep", reports_to=make_user("leader")))


def another_round(status: str = "open", **fields: Any) -> Any:
    """A round of another quarter than any before it."""
    year, quarter = divmod(next(numbers), 4)
    return a_round(status, year=2100 + year, quarter=quarter + 1, **fields)


def as_decided(outcome: str, rep: User | None = None, chair: User | None = None) -> Membership:
    """A membership on which its panel has decided so, in the moment in which its decisions are released."""
    chair = chair or office("executive")
    session = a_panel([chair, make_user("executive"), make_user("executive")])
    review = decided(voting(session, account_of(rep), "entry" if outcome in ENTRY else "re_review"), outcome)
    not_carried_out(session)
    return fresh(review.membership)


def given(outcome: str) -> dict[str, Any]:
    """What the step of this outcome takes."""
    data = WORD | (MORE if outcome in ("extend", "return_to_incubation") else {})
    data |= {"tier": a_tier()} if outcome == "qualify" else {}
    return data | ({"handover": "Their manager takes over in March."} if outcome == "down_tier" else {})


def deciding(outcome: str) -> Any:
    def click() -> Click:
        membership = as_decided(outcome)
        return membership, User.objects.get(pk=membership.chair_id), given(outcome)

    return click


def decided_round() -> Any:
    """A round whose nominations are all decided."""
    found = another_round()
    a_membership("vetoed", round=found)
    return another_filtering(found)


def another_filtering(found: Any) -> Any:
    return a_round("filtering", year=found.year, quarter=found.quarter)


CLICKS: Clicks = {
    "nominationround": {
        "close_nominations": as_clock(lambda: a_membership().round),
        "close": as_office("manager", decided_round, **WORD),
    },
    "membership": {
        "veto": as_office("executive", a_membership, **WORD),
        "fail_filter": as_office("manager", lambda: a_scorecard("confirmed", score=1).membership, **WORD),
        "pass_filter": as_office("manager", lambda: a_scorecard("confirmed").membership),
        "start_incubation": as_office(
            "manager", lambda: a_membership("incubator_nominated"), starts_on=localdate(), money=Decimal(500), days=4
        ),
        "call_panel": as_office("manager", lambda: a_membership("incubating"), **WORD),
        "open_re_review": as_clock(lambda: a_membership("key_account")),
        "withdraw": as_office("manager", lambda: a_membership("in_panel_review"), **WORD),
        **{outcome: deciding(outcome) for outcome in OUTCOMES},
    },
}


# As forms are sent


def forms(company: Company) -> Iterator[Form]:
    """Each step that a person may take, once."""
    rep, chair = company.people["rep"], company.people["executive"]
    a_programme(chair=chair)
    yield Form("membership.veto", "executive", lambda: a_membership("nominated", account_of(rep)), COMMENT)
    yield Form("membership.fail_filter", "manager", lambda: a_scorecard("confirmed", score=1).membership, COMMENT)
    yield Form("membership.pass_filter", "manager", lambda: a_scorecard("confirmed").membership)
    starts = {"starts_on": localdate().isoformat(), "money": "500", "days": "4"}
    yield Form("membership.start_incubation", "manager", lambda: a_membership("incubator_nominated"), starts)
    yield Form("membership.call_panel", "manager", lambda: a_membership("incubating"), COMMENT)
    yield Form("membership.open_re_review", "manager", lambda: a_membership("key_account"))
    yield Form("membership.withdraw", "manager", lambda: a_membership("incubating"), COMMENT)
    again = COMMENT | {"missing": "A second site", "money": "500", "days": "4"}
    for outcome in OUTCOMES:
        data = again if outcome in ("extend", "return_to_incubation") else COMMENT
        yield Form(f"membership.{outcome}", "executive", lambda outcome=outcome: as_decided(outcome, rep, chair), data)
    yield Form("nominationround.close_nominations", "manager", another_round)
    yield Form("nominationround.close", "manager", decided_round, COMMENT)


SETTINGS = {"called": "national account", "nomination_days": 20, "barred_months": 6, "quorum": 2, "chair": ""}


def pages(company: Company) -> Iterator[Page]:
    """Each path whose form is no step."""

    def nominated() -> Sent:
        a_programme()
        a_round()
        account = account_of(company.people["rep"])
        rows = Membership.objects.filter(account=account)
        return sent("keyaccounts:nominate", rows=rows, account=account.pk, nomination="They grow.")

    def programme() -> Sent:
        a_programme(name="key account", plural="key accounts")
        return sent("keyaccounts:edit-programme", of=Program.objects.get(), **SETTINGS)

    def added() -> Sent:
        name = f"Tier {next(numbers)}"
        return sent(
            "keyaccounts:new-tier", of=Program.objects.get(), rows=Tier.objects.filter(name=name), name=name, rank=3
        )

    def changed() -> Sent:
        tier = a_tier(f"Tier {next(numbers)}")
        return sent("keyaccounts:tier", tier.pk, of=Program.objects.get(), name=tier.name, rank=4)

    def dropped() -> Sent:
        for review in PanelReview.objects.filter(status="decided"):  # while decisions are held, none goes
            take(again(review), "withdraw", User.objects.clock(), **WORD)
        return sent("keyaccounts:drop-tier", a_tier(f"Tier {next(numbers)}").pk, of=Program.objects.get())

    yield Page("keyaccounts:nominate", "rep", nominated)
    yield Page("keyaccounts:edit-programme", "manager", programme)
    yield Page("keyaccounts:new-tier", "manager", added)
    yield Page("keyaccounts:tier", "manager", changed)
    yield Page("keyaccounts:drop-tier", "manager", dropped)


def the_programme(chair: User) -> None:
    """The programme, chaired by this person."""
    there = Programme.objects.first()
    if there is None or there.chair_id != chair.pk:
        a_programme(chair=chair)
