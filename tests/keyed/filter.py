"""The first filter and its scorecards in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.models import FilterVersion, Membership, NominationRound, Scorecard
from tests.keyaccounts.filter_rows import CLICKS, card, cards, forms, judged_card, outdated, pages, tried, versions
from tests.keyaccounts.making_filter import a_draft
from tests.routes.identities import EVERYWHERE, OTHER, OWN
from tests.workflow.clicks import WORD

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

MACHINES = """
filterversion
  try_out           draft                                      > draft              : manager
  publish           draft                                      > published          : manager
  discard           draft                                      > discarded          : manager
  retire            published                                  > retired            : clock
scorecard
  confirm           open                                       > confirmed          : manager
  reopen            confirmed                                  > open               : manager
  take_filter       open                                       > open               : manager clock
  let_pass          confirmed                                  > passed             : clock
  turn_down         confirmed                                  > failed             : clock
  drop              open confirmed                             > dropped            : clock
"""
WRITTEN = (
    "filter-bar",
    "add-criterion",
    "criterion",
    "remove-criterion",
    "move-criterion",
    "judge-criterion",
    "begin-scorecard",
)
ALONE = ({"manager"}, {"manager"})


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    """An open scorecard of each side; of filters the draft, beside a version in each other state."""
    rep = who["rep" if side == "own" else "other rep"]
    draft = {"filterversion": versions()[0]} if side == "own" else {}
    return {"scorecard": card("open", rep)} | draft


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    return {"scorecard": cards(who["rep"]), "filterversion": versions()}


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    criterion = own["filterversion"].criteria.first().pk
    asked = own["scorecard"].filter.criteria.filter(basis="judged").first().pk
    edited = ("criterion", "remove-criterion", "move-criterion")
    return {
        **{f"keyaccounts:{name} criterion": criterion for name in edited}, "keyaccounts:move-criterion way_": "down",
        "keyaccounts:judge-criterion criterion": asked, "way_": "down",
    }  # fmt: skip


def ready(world: World) -> dict[tuple[str, str, str], Callable[[], Any]]:
    """Where a step needs more than its state."""
    rep = world.people["rep"]
    return {
        ("filterversion", "draft", "try_out"): a_draft,
        ("filterversion", "draft", "publish"): tried,
        ("scorecard", "open", "confirm"): partial(judged_card, rep),
        ("scorecard", "open", "take_filter"): partial(outdated, rep),
    }


def busy(people: dict[str, User]) -> None:
    card("confirmed", people["rep"])


def many(world: World, count: int) -> None:
    """So many rows more of each list."""
    rep, first = world.people["rep"], FilterVersion.objects.order_by("-number").values_list("number", flat=True)[0] + 1
    made = FilterVersion.objects.bulk_create(
        [FilterVersion(number=first + n, status="retired", version=1) for n in range(count)]
    )
    accounts = Account.objects.bulk_create(
        [Account(name=f"filter-{count}-{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    said = {"round": NominationRound.objects.first(), "nominated_by": rep, "nomination": "x", "version": 1}
    members = Membership.objects.bulk_create([Membership(account=one, **said) for one in accounts])
    Scorecard.objects.bulk_create([Scorecard(membership=one, filter=made[0], version=1) for one in members])


def make_rooted() -> None:
    card("open")


def furnish(people: dict[str, User]) -> None:
    """Scorecards and versions in each state."""
    cards(people["everything"])
    versions()


def keys(ask: Any) -> dict[str, Callable[[], list[str]]]:
    draft = "SELECT min(id) FROM keyaccounts_filterversion WHERE status = 'draft'"
    return {
        "keyaccounts:filter": lambda: ask.one_each("keyaccounts_filterversion"),
        "keyaccounts:backtest": lambda: ask.one_each("keyaccounts_filterversion"),
        "keyaccounts:scorecard": lambda: ask.one_each("keyaccounts_scorecard"),
        **dict.fromkeys(("keyaccounts:filter-bar", "keyaccounts:add-criterion"), lambda: ask.keys(draft)),
    }


def paths(ask: Any) -> dict[str, list[str]]:
    of_draft = ask.office.query(
        "SELECT c.version_id, min(c.id) FROM keyaccounts_filtercriterion c JOIN keyaccounts_filterversion v ON v.id = c.version_id "
        "WHERE v.status = 'draft' GROUP BY c.version_id"
    )
    of_cards = ask.office.query(
        "SELECT min(s.id), min(c.id) FROM keyaccounts_scorecard s JOIN keyaccounts_filtercriterion c ON c.version_id = s.filter_id "
        "WHERE s.status = 'open' AND c.basis = 'judged' GROUP BY s.filter_id"
    )
    return {
        "keyaccounts:criterion": [f"key-accounts/filter/{of}/criteria/{one}/" for of, one in of_draft],
        "keyaccounts:judge-criterion": [f"key-accounts/scorecards/{of}/judge/{one}/" for of, one in of_cards[:1]],
    }


SLICE = Slice(
    machines=MACHINES,
    begin={"filterversion": "draft", "scorecard": "open"},
    need={"filterversion": ("try_out", "publish"), "scorecard": ("confirm", "take_filter")},
    given={"filterversion.publish": WORD},
    ready=ready,
    forms=forms,
    pages=pages,
    sees={"filterversion": (EVERYWHERE, EVERYWHERE), "scorecard": (OWN, OTHER)},
    holds={"the program office, an auditor or a senior executive": EVERYWHERE},
    narrower={f"keyaccounts:{name}": ALONE for name in WRITTEN},
    shared=("filterversion",),
    records=records,
    states=states,
    parts=parts,
    numbered=("way_",),
    lists=("filter-versions", "scorecards"),
    busy=busy,
    texts=lambda: {FilterVersion: ("words",)},
    many=many,
    clicks=CLICKS,
    dear={
        "membership.pass_filter with its scorecard": 18,  # its own, whether the scorecard passes, and the scorecard's
        "membership.fail_filter with its scorecard": 18,  # the same
        "membership.veto with its scorecard": 17,
        "filterversion.publish": 18,  # its own, whether it was tried out, that of the version before, who waits for it
    },
    undoable=("scorecard",),
    rooted={"Scorecard": ["keyaccounts_membership", "keyaccounts_scorecard"]},
    make_rooted=make_rooted,
    furnish=furnish,
    keys=keys,
    paths=paths,
    tables={
        "keyaccounts:filter-step": ("keyaccounts_filterversion", "keyaccounts.FilterVersion"),
        "keyaccounts:scorecard-step": ("keyaccounts_scorecard", "keyaccounts.Scorecard"),
    },
)  # fmt: skip
