"""Rounds, memberships and the programme itself in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.choices import MembershipStatus, RoundStatus
from keyaccounts.models import Membership, NominationRound
from tests.keyaccounts.making import a_membership, a_round, a_tier
from tests.keyaccounts.making_filter import a_scorecard
from tests.keyaccounts.rounds_rows import (
    CLICKS,
    OUTCOMES,
    account_of,
    another_round,
    as_decided,
    decided_round,
    forms,
    given,
    pages,
    the_programme,
)
from tests.routes.identities import EVERYWHERE, OFFICE, OTHER, OWN
from tests.workflow.clicks import WORD

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

MACHINES = """
nominationround
  close_nominations open                                       > filtering          : manager clock
  close             filtering                                  > closed             : manager
membership
  veto              nominated                                  > vetoed             : manager executive
  fail_filter       nominated                                  > filtered_out       : manager
  pass_filter       nominated                                  > incubator_nominated : manager
  start_incubation  incubator_nominated                        > incubating         : manager
  call_panel        incubating                                 > in_panel_review    : manager clock
  reject            in_panel_review                            > not_selected       : executive
  extend            in_panel_review                            > incubating         : executive
  qualify           in_panel_review                            > key_account        : executive
  open_re_review    key_account                                > in_re_review       : manager clock
  maintain          in_re_review                               > key_account        : executive
  return_to_incubation in_re_review                            > incubating         : executive
  down_tier         in_re_review                               > down_tiered        : executive
  withdraw          nominated incubator_nominated incubating in_panel_review key_account in_re_review > withdrawn : manager clock
"""
SELLERS = {"rep", "other rep", "leader", "other leader"}
SEES_ROUNDS = EVERYWHERE | SELLERS


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    """A membership of each side; the programme is chaired by Eva."""
    the_programme(who["executive"])
    own = {"nominationround": a_round()} if side == "own" else {}
    rep = who["rep" if side == "own" else "other rep"]
    return own | {"membership": a_membership("nominated", account_of(rep))}


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    rounds = [a_round(), *(another_round(status) for status in RoundStatus.values if status != RoundStatus.OPEN)]
    members = [a_membership(status, account_of(who["rep"])) for status in MembershipStatus.values]
    return {"nominationround": rounds, "membership": members}


def ready(world: World) -> dict[tuple[str, str, str], Callable[[], Any]]:
    """Where a step needs more than its state: the filter has said so, the panel has decided so."""
    rep, chair = world.people["rep"], world.people["executive"]
    entry = {"reject", "extend", "qualify"}

    def scored(score: int) -> Any:
        return a_scorecard("confirmed", a_membership("nominated", account_of(rep)), score).membership

    return {
        ("membership", "nominated", "pass_filter"): partial(scored, 4),
        ("membership", "nominated", "fail_filter"): partial(scored, 1),
        ("nominationround", "filtering", "close"): decided_round,
        **{
            ("membership", "in_panel_review" if one in entry else "in_re_review", one): partial(
                as_decided, one, rep, chair
            )
            for one in OUTCOMES
        },
    }


def data_of(outcome: str, _obj: Any) -> dict[str, Any]:
    return given(outcome)


def busy(people: dict[str, User]) -> None:
    a_membership("key_account", account_of(people["rep"]))


def many(world: World, count: int) -> None:
    """So many rows more of each list."""
    rep, tier, day = world.people["rep"], a_tier(), localdate()
    first = NominationRound.objects.order_by("-year").values_list("year", flat=True)[0] + 1
    rounds = [
        NominationRound(year=first + n, quarter=1, opens_on=day, closes_on=day, status="closed", version=1)
        for n in range(count)
    ]
    of, *_others = NominationRound.objects.bulk_create(rounds)
    accounts = Account.objects.bulk_create(
        [Account(name=f"rounds-{count}-{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    said = {"round": of, "nominated_by": rep, "nomination": "x", "status": "key_account", "version": 1}
    held = {"tier": tier, "key_since": day, "re_review_on": day}
    Membership.objects.bulk_create([Membership(account=one, **said, **held) for one in accounts])


def furnish(people: dict[str, User]) -> None:
    """Memberships and rounds in each state."""
    the_programme(people["everything"])
    rep = people["everything"]
    for status in MembershipStatus.values:
        a_membership(status, account_of(rep))
    for status in RoundStatus.values:
        another_round(status)


def keys(ask: Any) -> dict[str, Callable[[], list[str]]]:
    return {
        "keyaccounts:membership": lambda: ask.one_each("keyaccounts_membership"),
        "keyaccounts:round": lambda: ask.one_each("keyaccounts_nominationround"),
        "keyaccounts:tier": lambda: ask.keys("SELECT min(id) FROM keyaccounts_tier"),
    }


SLICE = Slice(
    machines=MACHINES,
    begin={"nominationround": "open", "membership": "nominated"},
    need={
        "nominationround": ("close",),
        "membership": ("pass_filter", "fail_filter", "start_incubation", *OUTCOMES),
    },
    given={
        "nominationround.close": WORD,
        **{f"membership.{name}": WORD for name in ("veto", "fail_filter", "call_panel", "withdraw")},
        **{f"membership.{one}": partial(data_of, one) for one in OUTCOMES},
    },
    ready=ready,
    forms=forms,
    pages=pages,
    sees={"nominationround": (SEES_ROUNDS, SEES_ROUNDS), "membership": (OWN, OTHER)},
    holds={
        "everybody but contributors": SEES_ROUNDS,
        "a sales representative, a sales leader or the program office": OFFICE | SELLERS,
        "the program manager or a senior executive": {"manager", "executive"},
        "the chair of the panel": {"executive"},
    },
    shared=("nominationround",),
    records=records,
    states=states,
    parts=lambda who, own: {"tier": a_tier().pk},
    numbered=("tier",),
    lists=("memberships", "re-reviews", "nomination-rounds"),
    busy=busy,
    texts=lambda: {Membership: ("nomination", "reason")},
    many=many,
    clicks=CLICKS,
    dear={  # a cycle with its checkpoints, what the customer is told, the panel: what each of these lets follow
        "membership.start_incubation": 40,
        "membership.call_panel": 19,
        "membership.open_re_review": 28,
        "membership.withdraw": 25,
        "membership.reject": 27,
        "membership.extend": 54,
        "membership.qualify": 47,
        "membership.maintain": 43,
        "membership.return_to_incubation": 50,
        "membership.down_tier": 33,
    },
    furnish=furnish,
    keys=keys,
    tables={
        "keyaccounts:round-step": ("keyaccounts_nominationround", "keyaccounts.NominationRound"),
        "keyaccounts:membership-step": ("keyaccounts_membership", "keyaccounts.Membership"),
    },
)
