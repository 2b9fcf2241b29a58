"""The key accounts of the demo company: a first round that is judged within the year, and a second that is under way.

The programme is new: what the old list of large customers has shown counts, so that the first panel is called before the
incubations are a year old, each time with the reason that stands on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter.models import Function, Program
from acr_program.people.models import User
from acr_program.workflow.sealed import Sealed
from keyaccounts.actions import filter as filters
from keyaccounts.actions import settings, spending, standards, value
from keyaccounts.actions.filter_scores import judge
from keyaccounts.actions.nominating import nominate, open_round
from keyaccounts.actions.panel import plan_panel
from keyaccounts.choices import MembershipStatus
from keyaccounts.choices_filter import Verdict
from keyaccounts.filter_cards import card_of
from keyaccounts.filter_rules import result_of
from keyaccounts.models import (
    Ballot,
    Checkpoint,
    IncubationCycle,
    Membership,
    NominationRound,
    PanelReview,
    Scorecard,
    Statement,
    Tier,
    Understanding,
)

from .acting import act

CHAIR, MEMBER, MANAGER = "Gerard Achterberg", "Sunniva Lund", "Owen Castellane"
WHY = (
    "They buy in four of our five fields, and their new depot doubles what we could deliver.",
    "Their board has named us in its plan for the coming three years.",
    "Nobody else in the theater teaches us as much about cold chains.",
    "They opened six houses in a year, and ask us before they ask anybody else.",
)
JUDGED = (
    "Their head of purchasing has said so twice, the second time in writing.",
    "Two fields are known, one of them with figures.",
    "What they need is what we do every day.",
)
EARLY = "The programme is new: what the old list of large customers has shown before it counts."
SAID = ("Their orders have grown in every quarter.", "Their people come to us before something goes wrong.")
REASONS = {
    "qualify": "What was asked is there, and they want the same of us.",
    "extend": "The figures hold; that their management wants it is still to be shown.",
    "reject": "They buy by price alone, and say so.",
    "maintain": "They stand where they stood, and have opened a second site to us.",
    "down_tier": "Half of what kept the status went when their kitchens were sold.",
}
MISSING = ("A meeting of both managements in each quarter", "A second field in which they buy from us by contract")
FAREWELL = "From the new quarter on your contact is our inside sales team, which knows your orders and your depots."
GETS: dict[str, Any] = {
    "promise": "One person who knows your kitchens and answers within the day.",
    "does": "A team of its own for your account\nPrices that hold for a year\nA review of the year, in person",
    "does_not": "No products for one customer alone\nNo credit beyond sixty days",
}
PROOF: dict[str, Any] = {
    "words": "Late deliveries to key accounts fell from 9 to 4 in a hundred",
    "source": "Order system",
}
USES = (
    ("A planner for their depots", 6_000, 12),
    ("Samples for their new houses", 2_500, 3),
    ("Training of their staff", 0, 8),
)
TOLD = {"days-to-pay": (("31", "41", "52"), "Ledger"), "joint-meetings": (("1", "2"), "Calendar"),
        "joint-projects": (("0", "1", "2"), "Project list")}  # fmt: skip


def keyed(accounts: Sequence[Account], people: dict[str, User], chance: Random) -> Iterator[timedelta]:
    """The rules of the programme, then two rounds of it."""
    manager = people[MANAGER]
    write_rules(people, manager)
    while open_round() is None:
        yield timedelta(days=3)
    chosen = chance.sample([one for one in accounts if one.manager and one.customer_since], 19)
    first = [nominated(account, chance) for account in chosen[:15]]
    yield timedelta(days=6)
    act(first[0], "veto", people[CHAIR], comment="Their bank has called in its loans; we look again next year.")
    while NominationRound.objects.filter(pk=first[1].round_id, status="open").exists():
        yield timedelta(days=7)
    yield timedelta(days=2)
    passed = decide_by_filter(first[1:], manager, chance)
    yield timedelta(days=2)
    begin_incubations(passed[1:], manager, chance)
    yield timedelta(days=8)
    yield from first_year(passed[1:], people, chance)
    late = [nominated(account, chance) for account in chosen[15:]] if open_round() else []
    yield timedelta(days=4)
    if late:
        act(late[0], "withdraw", manager, comment="They were bought by a customer of another wholesaler.")


def write_rules(people: dict[str, User], manager: User) -> None:
    """What it is called and who chairs, its tiers, the first filter, the requirements, what its customers get."""
    seen = Program.objects.get().version
    settings.keep_programme(by=manager, seen=seen, quorum=2, chair=people[CHAIR])
    for rank, (name, meaning) in enumerate(
        (("Gold", "A team of its own, in every theater."), ("Silver", "One person, and a review of the year.")), 1
    ):
        settings.keep_tier(
            Tier(), by=manager, seen=Program.objects.get().version, name=name, rank=rank, meaning=meaning
        )
    write_filter(manager)
    act(standards.begin_draft(by=manager), "publish", manager)
    gets = value.begin_proposition(by=manager, **GETS)
    gets = value.keep_proof(gets, by=manager, seen=gets.version, on=localdate() - timedelta(days=40), **PROOF)
    act(gets, "publish", manager, functions=list(Function.objects.order_by("pk")[:4]))


def write_filter(manager: User) -> None:
    """The usual criteria, with this company's own figure; tried out before it is published."""
    draft = filters.begin_draft(by=manager)
    net = draft.criteria.get(key="net")
    said = {name: getattr(net, name) for name in filters.FIELDS}
    said |= {"title": "Net value of at least 20,000 in the year", "threshold": Decimal(20_000)}
    draft = filters.change(net, by=manager, seen=draft.version, **said)
    draft = filters.set_bar(draft, by=manager, seen=type(draft).objects.get(pk=draft.pk).version, bar=Decimal(40))
    act(draft, "try_out", manager)
    act(draft, "publish", manager, comment="What our best customers of ten years have in common.")


def nominated(account: Account, chance: Random) -> Membership:
    assert account.manager is not None
    return nominate(Account.objects.get(pk=account.pk), by=account.manager, nomination=chance.choice(WHY))


def decide_by_filter(members: Sequence[Membership], manager: User, chance: Random) -> list[Membership]:
    """What nothing on file answers is judged; each passes or fails by its total. Those that passed are given back."""
    passed = []
    for place, one in enumerate(members):
        card = Scorecard.objects.get(membership=one)
        for line in card_of(card).lines:
            if line.is_to_judge:
                card = Scorecard.objects.get(pk=card.pk)
                score = 1 if place == 0 else chance.choice((4, 4, 5))
                judge(card, line.criterion, by=manager, seen=card.version, score=score, why=chance.choice(JUDGED))
        card = act(card, "confirm", manager)
        if card.verdict == Verdict.PASSES:
            passed.append(act(one, "pass_filter", manager))
        else:
            act(one, "fail_filter", manager, comment=result_of(card))
    return passed


def begin_incubations(members: Sequence[Membership], manager: User, chance: Random) -> None:
    for one in members:
        money, days = Decimal(chance.choice((8_000, 12_000, 20_000))), Decimal(chance.choice((15, 25, 40)))
        act(one, "start_incubation", manager, starts_on=localdate(), money=money, days=days)


def first_year(members: Sequence[Membership], people: dict[str, User], chance: Random) -> Iterator[timedelta]:
    """Quarters are measured and money is spent; then a panel, and after it the first re-reviews."""
    confirm_some(chance)
    for _quarter in range(2):
        spend(chance, people[CHAIR])
        for _fortnight in range(4):
            yield timedelta(days=14)
            give_actuals(chance)
    manager, able = people[MANAGER], list(members)
    for one in able[:5]:
        act(one, "call_panel", manager, comment=EARLY)
    yield timedelta(days=9)
    yield from panel(
        "Spring panel",
        dict(zip(able, ("qualify", "qualify", "qualify", "extend", "reject"), strict=False)),
        people,
        chance,
    )
    confirm_some(chance)
    yield timedelta(days=30)
    keys = list(Membership.objects.filter(status=MembershipStatus.KEY_ACCOUNT).order_by("pk"))
    for one in keys:
        act(one, "open_re_review", manager)
    yield timedelta(days=6)
    yield from panel("Summer panel", dict(zip(keys, ("maintain", "down_tier"), strict=False)), people, chance)
    bid_farewell(manager)
    close_rounds(manager)
    for one in able[5:7]:
        act(one, "call_panel", manager, comment=EARLY)
    yield timedelta(days=4)
    open_panel("Autumn panel", able[5:6], people, chance)


def confirm_some(chance: Random) -> None:
    """Most customers confirm by the link in their mail, and two of our functions say what they make of it."""
    for one in Statement.objects.filter(status="sent").order_by("pk"):
        contact = one.membership.account.contacts.first()
        if contact and chance.random() < 0.7:
            act(one, "confirm", User.objects.customer(), who=contact.name)
    for asked in Understanding.objects.filter(status="asked").order_by("pk")[:2]:
        act(asked, "confirm", asked.person, words="We pick up the telephone first for them.")


def spend(chance: Random, executive: User) -> None:
    """Something of each allowance; where it would be too much, an executive lifts the limit by name."""
    for cycle in IncubationCycle.objects.open().order_by("pk"):
        what, money, days = chance.choice(USES)
        now = IncubationCycle.objects.with_sums().get(pk=cycle.pk)
        said: dict[str, Any] = {"money": Decimal(money), "days": Decimal(days)}
        if spending.allowance(now).over(**said):
            if now.find("lift") is None:  # before its panel nothing is lifted any more
                continue
            reason = "Their depot opens before winter; it cannot wait for the next year."
            now = act(now, "lift", executive, comment=reason, **said)
        keeper = now.membership.account.manager
        if keeper:
            spending.take(now, by=keeper, seen=now.version, what=what, used=chance.random() < 0.6, **said)


def give_actuals(chance: Random) -> None:
    """What only account managers know of the quarter."""
    for one in Checkpoint.objects.filter(status="asked").select_related("membership__account__manager").order_by("pk"):
        manager = one.membership.account.manager
        if manager:
            told = [
                [measure.pk, chance.choice(values), source]
                for measure in one.told_measures
                for values, source in [TOLD[measure.key]]
            ]
            act(one, "answer", manager, actuals=told, comment="As agreed with their purchasing.")


def panel(name: str, outcomes: dict[Membership, str], people: dict[str, User], chance: Random) -> Iterator[timedelta]:
    """Both executives vote on each account that is none of their people's, the chair decides, all is released together."""
    manager, chair, member = people[MANAGER], people[CHAIR], people[MEMBER]
    session = plan_panel(
        by=manager, members=[chair, member], name=name, meets_on=localdate() + timedelta(days=5), chair=chair, deputy=member,
        quorum=1,
    )  # fmt: skip
    found: dict[PanelReview, str] = {}
    for one, outcome in outcomes.items():
        review = PanelReview.objects.live().get(membership=one)
        found[act(review, "put_on_agenda", manager, session=session)] = outcome
    yield timedelta(days=5)
    act(session, "open_voting", manager)
    yield timedelta(days=2)
    for review, outcome in found.items():
        for ballot in review.ballots.filter(status="asked").select_related("review", "member").order_by("pk"):
            vote(ballot, outcome, chance)
        decide(review, outcome)
    yield timedelta(days=1)
    act(session, "hold", chair, minutes="Both members were there; each account took a quarter of an hour.")
    act(session, "release", chair, really=True)


def open_panel(name: str, members: Sequence[Membership], people: dict[str, User], chance: Random) -> None:
    """A panel that votes now: one of its members has voted, and nobody sees for what."""
    manager, chair, member = people[MANAGER], people[CHAIR], people[MEMBER]
    meets_on = localdate() + timedelta(days=3)
    session = plan_panel(by=manager, members=[chair, member], name=name, meets_on=meets_on, chair=chair, quorum=1)
    for one in members:
        act(PanelReview.objects.live().get(membership=one), "put_on_agenda", manager, session=session)
    if members:
        act(session, "open_voting", manager)
        for ballot in Ballot.objects.filter(review__session=session, member=chair):
            vote(ballot, "qualify", chance)


def vote(ballot: Ballot, outcome: str, chance: Random) -> None:
    scores = {question: chance.choice((3, 4, 4, 5)) for question in ballot.review.asked()}
    act(ballot, "cast", ballot.member, ballot=Sealed(scores=scores, vote=outcome, words=chance.choice(SAID)))


def close_rounds(manager: User) -> None:
    """Rounds of which every nomination is decided."""
    for one in NominationRound.objects.filter(status="filtering"):
        if not one.memberships.filter(status=MembershipStatus.NOMINATED).exists():
            act(one, "close", manager, comment="Every nomination of it is decided.")


def decide(review: PanelReview, outcome: str) -> None:
    terms: dict[str, Any] = {"outcome": outcome, "reason": REASONS[outcome], "letter": ""}
    more: dict[str, dict[str, Any]] = {
        "qualify": {"tier": Tier.objects.all()[0].pk},
        "extend": {"missing": list(MISSING), "money": "6000", "days": "12"},
        "down_tier": {"handover": "Inside sales takes over with the new quarter; prices hold until the end of it."},
    }
    terms |= more.get(outcome, {})
    now = PanelReview.objects.get(pk=review.pk)
    if now.chair:
        act(now, "decide", now.chair, decision=Sealed(**terms))


def bid_farewell(manager: User) -> None:
    """What the customer is told whose status ends: written by the account's manager, approved before it goes."""
    for one in Statement.objects.filter(status="draft").select_related("membership__account__manager"):
        keeper = one.membership.account.manager
        if keeper:
            said = {"handover": one.handover, "to_person": keeper, "handed_over_on": localdate() + timedelta(days=30)}
            act(act(one, "submit", keeper, message=FAREWELL, **said), "approve", manager)
