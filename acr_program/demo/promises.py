"""What the demo company has undertaken: reviews of the year before with what became of them, and what this year adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.people.models import User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin_many
from reviews.choices import RequestStatus as S
from reviews.choices import Side
from reviews.models import FollowUp, ReviewRequest

from . import feedback
from .acting import act

GOAL = "The review of the year before, taken over from paper with what was undertaken in it."
OUTLOOK = [
    "The coming year is one of steadiness: the same routes, fewer exceptions, and a word from us before you have to ask.",
    "You open two sites next year. What follows is what we can promise for them today; the rest we say when we know it.",
    "We propose less than last year, and mean to keep all of it.",
]
OURS = [  # what, who (nobody: the account manager), months ahead, how it is seen
    (
        "Report on-time shipment each quarter",
        "Kenji Otsuka",
        3,
        "A page with your own figures, by the tenth of the month",
    ),
    ("Call on the day a delay is known", "Bea Sørlie", 1, "Every late order was called in"),
    ("Propose a second source for citrus", "Dmitri Vasquez", 4, "A sample and a price from two growers"),
    ("Walk the receiving dock together", "", 2, ""),
    ("One price list in place of three", "", 5, "The old lists are withdrawn"),
    ("Show the spring range at your house", "Anouk Ferrand", 4, ""),
    ("Returnable crates on all routes to you", "Femi Adeyemi-Rasmussen", 6, "No one-way crate is delivered"),
]
THEIRS = [
    ("Order chilled goods before noon", "your purchasing", 1, "Four in five orders are in by then"),
    ("Name one person for claims", "", 2, ""),
]
BEFORE = [  # what was undertaken a year before, by whom, and how it ended
    ("Two deliveries a week in place of four", "Bea Sørlie", "done", "In force since March; no order was short because of it."),
    ("Settle claims within three working days", "Femi Adeyemi-Rasmussen", "late", "It took until autumn; before, five days."),
    ("Offer returnable crates for dry goods", "Dmitri Vasquez", "dropped", "The crates cost more lorry space than they saved."),
    ("A second maturity of the hard cheese", "Dmitri Vasquez", "open", ""),
    ("Quarterly figures by mail", "Kenji Otsuka", "done", "Sent in the second week of each quarter."),
    ("Put your receiving hours on the driver's sheet", "Bea Sørlie", "late", "Done six weeks after we had promised it."),
]  # fmt: skip
ENDINGS = [
    "Done, and seen by the customer's own people.",
    "Done as promised; nothing is left of it.",
    "In force, and kept since.",
]
DROPPED = "The customer asked us to leave it: their own plans have changed."
ISSUES = [
    ("Credit note for the broken pallet of May", "Femi Adeyemi-Rasmussen", "done", "Credited in the week after."),
    ("Wrong door on Friday evenings", "Bea Sørlie", "open", "The carrier has the new plan; we look at it again in four weeks."),
    ("Missing best-before dates on two lots", "Femi Adeyemi-Rasmussen", "late", "Explained and mended, ten days later than said."),
]  # fmt: skip


def answer(kind: str, chance: Random, rep: User) -> dict[str, Any]:
    """What the contributor of such a section hands in."""
    if kind == "follow":
        rows = chance.sample(ISSUES, 2)
        lines = [
            {"what": w, "who": who, "due_on": None, "state": state, "outcome": said} for w, who, state, said in rows
        ]
        return {"text": "", "lines": lines}
    lines = [line(row, Side.US, rep.name) for row in chance.sample(OURS, chance.randint(2, 4))]
    lines.append(line(chance.choice(THEIRS), Side.YOU, ""))
    return {"text": chance.choice(OUTLOOK), "lines": lines}


def line(row: tuple[str, str, int, str], side: str, otherwise: str) -> dict[str, Any]:
    what, who, months, measure = row
    day = add_working_days(localdate() + timedelta(days=45 + 30 * months), 0)
    return {"what": what, "side": str(side), "who": who or otherwise, "due_on": day, "measure": measure}


def kept(request: ReviewRequest, chance: Random) -> Iterator[timedelta]:
    """What a review has promised is lived: most of it in time, some late, some dropped; the rest is not due yet."""
    for one in list(request.follow_ups.select_related("owner").order_by("due_on", "pk")):
        slack = chance.choice([-6, -3, -1, 2, 5])
        while localdate() < one.due_on + timedelta(days=slack):
            yield timedelta(days=max(1, (one.due_on - localdate()).days + slack))
        turn = chance.random()
        if turn < 0.12:
            act(one, "drop", one.owner, comment=DROPPED)
        elif turn < 0.24:
            act(one, "start", one.owner)
        else:
            act(one, "finish", one.owner, outcome=chance.choice(ENDINGS), ended_on=localdate())


def take_over(chosen: Sequence[tuple[Account, str]], year: ProgramYear, people: dict[str, User], today: date) -> None:
    """The reviews of the year before, closed as they came, and what became of each of their promises."""
    manager = people["Owen Castellane"]
    rows = [
        ReviewRequest(
            account=account, year=year, rep=account.manager, goal=GOAL, audience=audience, meeting_on=today - timedelta(days=40),
            met_on=today - timedelta(days=40), recipient=account.contacts.first(),
            customer_feedback="Taken over from paper.", attendees="As on paper.", status=S.CLOSED,
        )
        for account, audience in chosen
    ]  # fmt: skip
    begun = []
    reviews = begin_many(rows, by=manager)
    feedback.take_over(reviews, by=manager)
    for place, review in enumerate(reviews):
        begun += [promise(review, row, people, today) for row in BEFORE[place % 3 : place % 3 + 4]]
    ends = {what: (how, said) for what, _who, how, said in BEFORE}
    for one in begin_many(begun, by=manager):
        end(one, *ends[one.what], today)


def promise(review: ReviewRequest, row: tuple[str, str, str, str], people: dict[str, User], today: date) -> FollowUp:
    what, who, how, _said = row
    due = today + timedelta(days=395) if how == "open" else today - timedelta(days=30)
    return FollowUp(request=review, owner=people[who], what=what, due_on=add_working_days(due, 0))


def end(one: FollowUp, how: str, said: str, today: date) -> None:
    if how == "dropped":
        act(one, "drop", one.owner, comment=said)
    elif how != "open":
        days = 9 if how == "late" else -4
        act(one, "finish", one.owner, outcome=said, ended_on=one.due_on + timedelta(days=days))
