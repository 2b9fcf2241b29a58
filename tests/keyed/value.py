"""What customers get, are told and know, in the lists that all tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.people.models import User
from keyaccounts.models import Knowing, Membership, NominationRound, Proposition, Statement, Understanding
from tests.acting import make_user, take
from tests.factories import make_function
from tests.keyaccounts.making_value import WORDS, a_farewell, a_proposition, a_statement, plan_for
from tests.keyaccounts.value_clicks import CLICKS
from tests.keyaccounts.value_rows import (
    a_version,
    an_unwritten,
    another_answers,
    asked_of,
    records,
    states,
    token_of,
    told,
    with_account,
)
from tests.keyaccounts.value_sent import SAID, forms, pages
from tests.routes.identities import EVERYWHERE, OFFICE, OTHER, OWN
from tests.workflow.clicks import WORD

from . import Slice

if TYPE_CHECKING:
    from tests.routes.world import World

MACHINES = """
proposition
  publish           draft                                      > in_force           : manager
  replace           in_force                                   > replaced           : clock
  discard           draft                                      > discarded          : manager
understanding
  confirm           asked                                      > confirmed          : contributor
  hand_on           asked                                      > asked              : manager
  lapse             asked                                      > over               : clock
knowing
  tell              unknown told confirmed                     > told               : rep leader admin manager clock
  confirm           told                                       > confirmed          : rep leader admin manager customer clock
statement
  write             draft                                      > ready              : clock
  submit            draft                                      > to_approve         : rep leader admin manager
  hand_back         to_approve                                 > draft              : leader manager
  approve           to_approve                                 > ready              : leader manager
  send              ready                                      > sent               : rep leader admin manager clock
  send_again        sent                                       > sent               : rep leader admin manager
  confirm           sent                                       > confirmed          : customer
  confirm_said      sent                                       > confirmed          : rep leader admin manager
  end               draft to_approve ready sent confirmed      > over               : clock
"""
KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}
WRITE, OTHER_WRITE = {"manager", "rep"}, {"manager", "other rep"}
WRITING = ["reword-proposition", "next-proposition", "add-proof", "proof", "drop-proof", "own-proposition"]
TYPED = {
    "who": "Kim Kunde", "whom": "Kim Kunde", "how": "meeting", "on": localdate().isoformat(), "words": "We call back first.",
    "message": "From March on Sam answers you.", "handover": "Open orders run on.",
    "handed_over_on": localdate().isoformat(),
}  # fmt: skip


def parts(who: dict[str, User], own: dict[str, Any]) -> dict[str, Any]:
    return {"keyaccounts:expected token": token_of(a_statement())}


def typed(obj: Any) -> dict[str, Any]:
    """What these steps ask, as it is typed."""
    if not isinstance(obj, (Knowing, Statement, Understanding, Proposition)):
        return {}
    membership = getattr(obj, "membership", None)
    contact = membership.account.contacts.first() if membership else None
    rep = membership.account.manager if membership else None
    return TYPED | ({"contact": contact.pk, "to_person": rep.pk if rep else ""} if contact else {})


# What each step is given, and where it needs more than its state


def a_sending(statement: Statement) -> dict[str, Any]:
    return {"how": "meeting", "contact": statement.membership.account.contacts.first(), "on": localdate()}


def a_plan(statement: Statement) -> dict[str, Any]:
    return plan_for(statement.membership.account.manager)


GIVEN: dict[str, Any] = {
    "understanding.confirm": {"words": "We pick up the telephone first."},
    "knowing.tell": {"whom": "Kim Kunde", "how": "phone", "on": localdate()},
    "knowing.confirm": SAID, "statement.submit": a_plan, "statement.hand_back": WORD, "statement.send": a_sending,
    "statement.send_again": a_sending, "statement.confirm": {"who": "Kim Kunde"}, "statement.confirm_said": SAID,
}  # fmt: skip


def ready(world: World) -> dict[tuple[str, str, str], Callable[[], Any]]:
    rep, writer = world.people["rep"], world.people["contributor"]
    return {
        ("understanding", "asked", "hand_on"): lambda: another_answers(writer),
        ("statement", "draft", "write"): lambda: an_unwritten(rep),
    }


# Lists


def busy(people: dict[str, User]) -> None:
    a_proposition(account=with_account(people["rep"]))
    a_statement("confirmed", account=with_account(people["rep"]))


def texts() -> dict[Any, tuple[str, ...]]:
    return {
        Proposition: ("promise", "does", "does_not"), Statement: ("confirmed_by", "said"),
        Knowing: ("told_to", "confirmed_by"),
    }  # fmt: skip


def many(world: World, count: int) -> None:
    """So many rows more of each list."""
    rep, tag = world.people["rep"], f"value-{count}-"
    rounds = NominationRound.objects.first()
    accounts = Account.objects.bulk_create(
        [Account(name=f"{tag}{n}", manager=rep, status="active", version=1) for n in range(count)]
    )
    members = Membership.objects.bulk_create(
        [
            Membership(account=one, round=rounds, nominated_by=rep, nomination="x", status="incubating", version=1)
            for one in accounts
        ]
    )
    Statement.objects.bulk_create([Statement(membership=one, occasion="incubation", version=1) for one in members])
    Knowing.objects.bulk_create([Knowing(membership=one, version=1) for one in members])
    Proposition.objects.bulk_create(
        [Proposition(account=one, subject=f"account-{one.pk}", number=1, version=1, **WORDS) for one in accounts]
    )


def make_rooted() -> None:
    """One of each machine that hangs on another."""
    a_statement()
    asked_of(make_user("contributor"))


# The office that the browser looks at


LONG = "One person who knows every plant, every order and every open question, and who answers within a working day"


def furnish(people: dict[str, User]) -> None:
    """Values, statements and what is known in each state; a function that knows it and one that does not."""
    rep = people["everything"]
    know = [make_function("After sales", people["everything"]), make_function("Credit control", people["everything"])]
    of = a_proposition(functions=know, promise=LONG)
    take(
        of.understandings.get(function=know[0]),
        "confirm",
        people["everything"],
        words="We pick up the telephone first.",
    )
    asked_of(people["everything"])
    take(asked_of(people["everything"]), "lapse", User.objects.clock())
    for status in ("draft", "in_force", "replaced", "discarded"):
        a_version(status, account=with_account(rep))
    for status in ("draft", "to_approve", "ready", "sent", "confirmed", "over"):
        told(status, rep)


def links(people: dict[str, User]) -> Iterator[str]:
    """As the customer is led: to what is to be confirmed, to what was, to a farewell."""
    for made in (a_statement(), a_farewell("sent")):
        yield reverse("keyaccounts:expected", args=[token_of(made)])


def keys(ask: Any) -> dict[str, Callable[[], list[str]]]:
    draft = "SELECT min(id) FROM keyaccounts_proposition WHERE status = 'draft'"
    shows = f"SELECT min(id) FROM keyaccounts_proofpoint WHERE proposition_id IN ({draft})"
    live = "SELECT min(id) FROM keyaccounts_membership WHERE status = 'incubating'"
    return {
        "keyaccounts:proposition": lambda: ask.one_each("keyaccounts_proposition"),
        "keyaccounts:understanding": lambda: ask.one_each("keyaccounts_understanding"),
        "keyaccounts:statement": lambda: ask.one_each("keyaccounts_statement"),
        "keyaccounts:knowing": lambda: ask.one_each("keyaccounts_knowing"),
        **dict.fromkeys(("keyaccounts:reword-proposition", "keyaccounts:add-proof"), lambda: ask.keys(draft)),
        "keyaccounts:proof": lambda: ask.keys(shows),
        "keyaccounts:own-proposition": lambda: ask.keys(live),
    }


SLICE = Slice(
    machines=MACHINES,
    begin={"proposition": "draft", "understanding": "asked", "knowing": "unknown", "statement": "draft"},
    need={
        "proposition": ("publish",), "understanding": ("hand_on",),
        "statement": ("write", "submit", "approve", "send", "send_again"),
    },
    given=GIVEN,
    ready=ready,
    forms=forms,
    pages=pages,
    sees={
        "proposition": (OWN, OTHER), "proofpoint": (OWN, OTHER), "statement": (OWN, OTHER), "knowing": (OWN, OTHER),
        "understanding": (EVERYWHERE | {"contributor"}, EVERYWHERE | {"other contributor"}),
    },
    holds={
        "whoever sells or oversees": EVERYWHERE | {"rep", "other rep", "leader", "other leader"},
        "whoever answers for the function": {"contributor"},
        "the account manager, the leader above, or the program office": KEEPERS,
        "the program manager or the sales leader above the account manager": {"manager", "leader"},
    },
    holds_other={
        "whoever answers for the function": {"other contributor"},
        "the account manager, the leader above, or the program office": OTHER_KEEPERS,
        "the program manager or the sales leader above the account manager": {"manager", "other leader"},
    },
    narrower={
        **{f"keyaccounts:{name}": (WRITE, OTHER_WRITE) for name in WRITING},
        "keyaccounts:write-statement": (KEEPERS, OTHER_KEEPERS),
    },
    answers={("GET", f"keyaccounts:{name}"): 302 for name in ("reword-proposition", "add-proof", "proof")},
    public={("POST", "keyaccounts:expected"): {400}},
    records=records,
    states=states,
    parts=parts,
    typed=typed,
    tokens=("keyaccounts:expected",),
    without_once={"keyaccounts:expected": "who is not signed in has no click: the statement itself is confirmed once"},
    lists=("value-propositions", "statements", "what-customers-know"),
    busy=busy,
    texts=texts,
    many=many,
    clicks=CLICKS,
    dear={
        "proposition.publish": 22,  # its own, that of the version before it, whom it asked, and whom this one asks
        "statement.send": 17,  # its own, the link, the mail, and what the customer knows
    },
    rooted={
        "Knowing": ["keyaccounts_membership", "keyaccounts_knowing"],
        "Statement": ["keyaccounts_membership", "keyaccounts_statement"],
        "Understanding": ["keyaccounts_proposition", "keyaccounts_understanding"],
    },
    make_rooted=make_rooted,
    furnish=furnish,
    by_link=("keyaccounts:expected",),
    links=links,
    keys=keys,
    tables={
        "keyaccounts:proposition-step": ("keyaccounts_proposition", "keyaccounts.Proposition"),
        "keyaccounts:understanding-step": ("keyaccounts_understanding", "keyaccounts.Understanding"),
        "keyaccounts:statement-step": ("keyaccounts_statement", "keyaccounts.Statement"),
        "keyaccounts:knowing-step": ("keyaccounts_knowing", "keyaccounts.Knowing"),
    },
    lookers={"/steps/approve/": "leader", "/steps/hand_back/": "leader"},  # nobody approves what is of their own account
)  # fmt: skip
