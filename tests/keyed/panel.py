"""Panels in the lists that all tests share; Eva chairs them, and Rita or Otto manage the accounts before them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate, now

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.models import Ballot, Membership, NominationRound, PanelReview, PanelSession
from tests.factories import make_user
from tests.keyaccounts.making import a_tier
from tests.keyaccounts.making_panel import FIRST, MINUTES, a_panel, ballot_of, decision, scheduled, sealed
from tests.keyaccounts.panel_rows import (
    CLICKS,
    NOTE,
    ballots,
    decided_session,
    forms,
    opened,
    otherwise,
    pages,
    releasing,
    reviews,
    sessions,
    voted,
    with_chair,
)
from tests.routes.identities import EVERYWHERE
from tests.workflow.clicks import WORD

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

MACHINES = """
panelsession
  open_voting       planned                                    > open               : manager executive
  add_member        open                                       > open               : manager executive
  hold              open                                       > held               : executive
  resume            held                                       > open               : executive
  release           held                                       > released           : executive
  cancel            planned                                    > cancelled          : manager
panelreview
  put_on_agenda     waiting                                    > scheduled          : manager
  take_off          scheduled                                  > waiting            : manager clock
  open              scheduled                                  > voting             : clock
  decide            voting decided                             > decided            : executive
  pass_chair        voting                                     > voting             : clock
  release           decided                                    > released           : clock
  withdraw          waiting scheduled voting decided           > withdrawn          : clock
ballot
  cast              asked                                      > cast               : executive
  note_dissent      cast                                       > cast               : executive
  lapse             asked                                      > lapsed             : clock
  void              asked cast                                 > void               : clock
"""
EVA = {"executive"}
CHAIR = {"manager", "executive"}


def records(who: dict[str, User], side: str) -> dict[str, Any]:
    """An account of each side on which a panel votes, and Eva's ballot on it."""
    review = opened(who["executive"], who["rep" if side == "own" else "other rep"])
    found = {"panelreview": review, "ballot": ballot_of(review, who["executive"])}
    return found | ({"panelsession": review.session} if side == "own" else {})


def states(who: dict[str, User]) -> dict[str, list[Any]]:
    eva, rita = who["executive"], who["rep"]
    return {"panelsession": sessions(eva, rita), "panelreview": reviews(eva, rita), "ballot": ballots(eva, rita)}


def ready(world: World) -> dict[tuple[str, str, str], Callable[[], Any]]:
    """Where a step needs more than its state."""
    eva, rita = world.people["executive"], world.people["rep"]

    def on_agenda() -> Any:
        session = with_chair(eva)
        scheduled(session)
        return session

    return {
        ("panelsession", "planned", "open_voting"): on_agenda,
        ("panelsession", "open", "hold"): partial(decided_session, eva, rita),
        ("panelreview", "scheduled", "open"): lambda: scheduled(with_chair(eva)),
        ("panelreview", "voting", "decide"): partial(voted, eva, rita),
        ("panelreview", "decided", "release"): partial(releasing, eva, rita),
        ("ballot", "cast", "note_dissent"): partial(otherwise, eva, rita),
    }


def a_vote(ballot: Ballot) -> dict[str, Any]:
    return {"ballot": sealed(ballot.review, FIRST[ballot.review.kind])}


def a_decision(review: PanelReview) -> dict[str, Any]:
    return {"decision": decision(FIRST[review.kind])}


def typed(obj: Any) -> dict[str, Any]:
    """What the steps of panels ask, as it is typed."""
    if isinstance(obj, Ballot):
        scores = {f"score_{n}": 4 for n in range(len(obj.review.asked()))}
        return scores | {"vote": FIRST[obj.review.kind], "words": "As the figures show."}
    if isinstance(obj, PanelReview):
        panel = PanelSession.objects.filter(status="planned").values_list("pk", flat=True).first() or ""
        terms = {
            "tier": a_tier().pk,
            "missing": "Two quarters on time",
            "money": "100",
            "days": "2",
            "handover": "Inside sales.",
        }
        return {
            "session": panel,
            "outcome": FIRST[obj.kind],
            "departs": "The figures.",
            "reason": "As they show.",
            **terms,
        }
    if isinstance(obj, PanelSession):
        newcomer = User.objects.holding("executive").exclude(pk__in=obj.members.values("pk")).first()
        return {"really": "on", "person": newcomer.pk if newcomer else "", **MINUTES}
    return {}


def busy(people: dict[str, User]) -> None:
    opened(people["executive"], people["rep"])


def many(world: World, count: int) -> None:
    """So many rows more of each list."""
    eva, rep, tag = world.people["executive"], world.people["rep"], f"panel-{count}-"
    day, told = localdate(), {"status": "released", "version": 1}
    rows = [PanelSession(name=f"{tag}{n}", meets_on=day, chair=eva, released_on=day, **told) for n in range(count)]
    first, *_others = PanelSession.objects.bulk_create(rows)
    accounts = Account.objects.bulk_create(
        [Account(name=f"{tag}{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    said = {"round": NominationRound.objects.first(), "nominated_by": rep, "nomination": "x", "version": 1}
    members = Membership.objects.bulk_create([Membership(account=one, **said) for one in accounts])
    frozen = {"session": first, "kind": "entry", "packet_hash": "0" * 64, "frozen_at": now(), "chair": eva, **told}
    PanelReview.objects.bulk_create([PanelReview(membership=one, **frozen) for one in members])


def make_rooted() -> None:
    opened()


def furnish(people: dict[str, User]) -> None:
    """Panels, accounts before them and ballots in each state, chaired by Evi Everything; a vote that departs and a dissent."""
    evi = people["everything"]
    sessions(evi)
    reviews(evi)
    ballots(evi)
    otherwise(evi)


def keys(ask: Any) -> dict[str, Callable[[], list[str]]]:
    voting = "SELECT min(id) FROM keyaccounts_panelreview WHERE status = 'voting'"
    planned = "SELECT min(id) FROM keyaccounts_panelsession WHERE status = 'planned'"
    return {
        "keyaccounts:panel": lambda: ask.one_each("keyaccounts_panelsession"),
        "keyaccounts:panel-review": lambda: ask.one_each("keyaccounts_panelreview"),
        **dict.fromkeys(("keyaccounts:panel-since", "keyaccounts:recuse"), lambda: ask.keys(voting)),
        "keyaccounts:edit-panel": lambda: ask.keys(planned),
    }


def paths(ask: Any) -> dict[str, list[str]]:
    """The steps of a ballot are its member's own."""
    own = "SELECT min(b.id) FROM keyaccounts_ballot b JOIN people_user u ON u.id = b.member_id WHERE u.name = 'Evi Everything'"
    cast, noted = (ask.keys(f"{own} AND b.status = '{status}'")[0] for status in ("asked", "cast"))
    return {
        "keyaccounts:ballot-step": [
            f"key-accounts/panels/ballots/{cast}/steps/cast/", f"key-accounts/panels/ballots/{noted}/steps/note_dissent/",
        ]
    }  # fmt: skip


SLICE = Slice(
    machines=MACHINES,
    begin={"panelsession": "planned", "panelreview": "waiting", "ballot": "asked"},
    need={
        "panelsession": ("open_voting", "hold"), "panelreview": ("decide", "release"), "ballot": ("cast", "note_dissent"),
    },
    given={
        "panelsession.add_member": lambda _session: {"person": make_user("executive")},
        "panelsession.hold": MINUTES, "panelsession.cancel": WORD, "panelsession.release": {"really": True},
        "panelreview.put_on_agenda": lambda _review: {"session": a_panel()}, "panelreview.decide": a_decision,
        "panelreview.withdraw": WORD, "ballot.cast": a_vote, "ballot.note_dissent": NOTE,
    },
    ready=ready,
    forms=forms,
    pages=pages,
    sees={"panelsession": (EVERYWHERE, set()), "panelreview": (EVERYWHERE, EVERYWHERE), "ballot": (EVA, EVA)},
    holds={
        "the program manager or the chair of the panel": CHAIR,
        "whoever chairs the panel for this account": EVA,
        "the member of the panel, in person": EVA,
    },
    narrower={"keyaccounts:recuse": (CHAIR, CHAIR)},
    answers={("GET", "keyaccounts:ballot"): 302},
    early={("panelreview.decide", "waiting"): 404, ("panelreview.decide", "scheduled"): 403},
    shared=("panelsession",),
    records=records,
    states=states,
    typed=typed,
    lists=("panels", "panel-accounts"),
    busy=busy,
    many=many,
    clicks=CLICKS,
    dear={
        "panelsession.open_voting": 36,  # its own, each part of the packets once for all accounts, the ballots asked for
        "panelsession.add_member": 20,  # its own, the reviews that are voted on, and a ballot for each
        "panelsession.release": 132,  # of three accounts: each membership's own, with all that follows from its outcome
        "panelsession.cancel": 16,  # its own, and the reviews taken off
        "panelreview.open": 26,  # its own, and each part of the packet
    },
    undoable=("panelsession", "panelreview"),
    rooted={
        "PanelReview": ["keyaccounts_membership", "keyaccounts_panelreview"],
        "Ballot": ["keyaccounts_panelreview", "keyaccounts_ballot"],
    },
    make_rooted=make_rooted,
    furnish=furnish,
    no_page=("keyaccounts:ballot",),
    keys=keys,
    paths=paths,
    tables={
        "keyaccounts:panel-step": ("keyaccounts_panelsession", "keyaccounts.PanelSession"),
        "keyaccounts:panel-review-step": ("keyaccounts_panelreview", "keyaccounts.PanelReview"),
    },
)  # fmt: skip
