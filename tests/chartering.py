"""A charter with everything that the gates of the program and of its years ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils.timezone import localdate, now

from acr_program.charter import lines
from acr_program.charter.choices import Topic
from acr_program.charter.models import (
    Alignment,
    Champion,
    Communication,
    Companion,
    ConcludedWave,
    Duty,
    Goal,
    Inquiry,
    Line,
    Metric,
    Program,
    ProgramYear,
    Ramp,
    ReadinessItem,
    Receipt,
    Rhythm,
    RosterEntry,
    Training,
    TrainingAssignment,
)
from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin, begin_many, edit

from .acting import fresh, make_user, office, take

TEAM = "Sales Operations"
GOAL = {
    "text": "Every strategic customer has its review.", "measure": "customers with a review held", "target": "90 %",
    "begins_on": date(1990, 1, 1), "ends_on": date(2099, 12, 31),
}  # fmt: skip
WAVE = {"name": "Wave 1", "outcome": "roll_out", "concluded_on": date(1990, 6, 1), "findings": ""}

RAMP = {"nth": 1, "reviews": 2}
DUTY = {"step": "asked", "role": "rep", "words": "Ask for the review eight weeks ahead."}
METRIC = {
    "name": "Reviews in time", "definition": "documents there two days before the meeting", "source": "this program",
    "target": "95 %", "actual": "",
}  # fmt: skip
TRAINING = {
    "name": "Holding the review", "words": "To let the customer speak.", "audience": "force", "before_meeting": False,
}  # fmt: skip
LINES: tuple[tuple[type[Line], dict[str, Any]], ...] = (
    (Goal, GOAL), (ConcludedWave, WAVE), (Ramp, RAMP), (Duty, DUTY), (Metric, METRIC), (Training, TRAINING),
)  # fmt: skip


def fill_charter(program: Program, owner: User | None = None, manager: User | None = None) -> Program:
    """Write down what is not there yet, as the program manager does."""
    manager = manager or office("manager")
    owned: dict[str, Any] = {"team": program.team or TEAM, "team_lead": program.team_lead or manager}
    owned["owner"] = program.owner or owner or manager
    with click():  # the program is locked and its log written once
        program = edit(fresh(program), seen=program.version, by=manager, **owned)
        align(manager)
        for line, fields in LINES:
            if not line.objects.exists():
                lines.keep(line(), by=manager, **fields)
    return fresh(program)


def align(manager: User) -> None:
    """Every sales leader at work has agreed."""
    leaders = User.objects.holding("leader").exclude(pk__in=Alignment.objects.filter(status="agreed").values("leader"))
    standing = Alignment.objects.filter(leader__in=leaders)
    days = {"briefed_on": localdate(), "agreed_on": localdate()}
    begin_many(
        [Alignment(leader=one, status="agreed", **days) for one in leaders.exclude(pk__in=standing.values("leader"))],
        by=manager,
    )
    for alignment in standing:
        for name, data in {"brief": {"briefed_on": localdate()}, "agree": {}}.items():
            if fresh(alignment).find(name):
                take(alignment, name, manager, **data)


def publish(year: ProgramYear, *audiences: str, manager: User | None = None) -> None:
    """Expectations that hold, published to nobody by name."""
    said = {"year": year, "status": "sent", "number": 1} | EXPECTED
    begin_many([Communication(audience=each, **said) for each in audiences], by=manager or office("manager"))


EXPECTED = {
    "kind": "expectations", "title": "What is expected", "words": "Two reviews each.", "reviews": 2,
    "effective_on": date(1990, 1, 1), "sent_on": date(1990, 1, 1),
}  # fmt: skip


def tell_leaders(year: ProgramYear, manager: User | None = None) -> None:
    """Every sales leader at work has confirmed every topic of the year, and expectations are published."""
    manager, open_ = manager or office("manager"), year.not_settled()
    publish(year, *sorted({"leaders", "force"} - year.published_to()), manager=manager)
    if not open_:
        return
    said: dict[str, Any] = {"year": year, "audience": "leaders", "title": "What the year asks of you"}
    told = Communication(topics=Topic.values, words="Two reviews each.", sent_on=localdate(), status="sent", **said)
    told = begin(told, by=manager)
    begin_many(
        [
            Receipt(communication=told, person=leader, status="confirmed", confirmed_at=now())
            for leader, _topics in open_
        ],
        by=manager,
    )


@contextmanager
def chartered(program: Program, manager: User) -> Iterator[Program]:
    """The charter is complete meanwhile; an owner whom nobody named is gone again after it, as approvals look at them."""
    program = fresh(program)
    owner = program.owner
    yield fill_charter(program, manager=manager)
    after = fresh(program)
    edit(after, seen=after.version, by=manager, owner=owner)


WAYS: dict[str, dict[str, Any]] = {
    "brief": {"briefed_on": localdate()}, "ask": {"comment": "Who pays?"}, "answer": {"comment": "We do."}, "agree": {},
}  # fmt: skip


def aligned(leader: User, *steps: str) -> Any:
    """A leader led so far."""
    one = begin(Alignment(leader=leader), by=office("manager"))
    for name in steps:
        one = take(one, name, office("manager"), **WAYS[name])
    return one


def a_communication(audience: str = "force", year: ProgramYear | None = None, **fields: Any) -> Any:
    """A draft to the force, or to whom the caller says."""
    said = {"title": "What we ask of you", "words": "Two reviews each.", "topics": ["goals"]} | fields
    year = year or ProgramYear.objects.first()
    return begin(Communication(year=year, audience=audience, **said), by=office("manager"))


def a_receipt(person: User, **fields: Any) -> Receipt:
    """Something that the person is told, sent to everybody like them."""
    audience = "leaders" if person.has("leader") else "force"
    sent = take(a_communication(audience, **fields), "send", office("manager"))
    return Receipt.objects.get(communication=sent, person=person)


SAYS: dict[str, dict[str, Any]] = {
    "answer": {"comment": "Eight weeks."}, "ask_again": {"comment": "From which day?"}, "add": {"comment": "In Europe."},
}  # fmt: skip


def a_question(asker: User, *steps: str, **fields: Any) -> Inquiry:
    """Something that this person asks the program office, led so far; the office answers, they do the rest."""
    said = {"subject": "How long before the meeting?", "words": "How many weeks ahead do I ask for a review?"}
    one = begin(Inquiry(asked_by=asker, **said | fields), by=asker)
    for name in steps:
        by = office("manager") if name in ("answer", "hand_on") else asker
        one = take(one, name, by, **SAYS.get(name, {"given_to": office("admin")} if name == "hand_on" else {}))
    return one


def write_charter(people: dict[str, User]) -> None:
    """A line of each kind; leaders, communications and receipts in each state; two of the last wait."""
    manager = people["manager"]
    champion = lines.keep(Champion(), by=manager, person=people["leader"], reason="Asks first.", example="/reviews/")
    lines.keep(Companion(), by=manager, champion=champion, person=people["rep"], contacts=2)
    asked = {"question": "Is there a print shop?", "answer": "in_place", "words": "Nordprint.", "due_on": localdate()}
    lines.keep(ReadinessItem(), by=manager, owner=people["admin"], **asked)
    lines.keep(RosterEntry(), by=manager, person=people["admin"], part="Compiles the documents", share=60)
    lines.keep(Rhythm(), by=manager, audience="leaders", early_days=14, later_days=90)
    for steps in ((), ("brief",), ("brief", "ask")):
        aligned(make_user("leader", name=f"Leader {len(steps)}"), *steps)
    a_question(people["everything"], subject="What does print cost?", page="/program/", about="The program")
    a_question(people["everything"], "answer", "ask_again", "add")
    a_question(people["everything"], "answer")
    a_question(people["everything"], "answer", "settle")
    waived, confirmed, _asked = (a_receipt(people["rep"], title=f"What we ask {n}") for n in "ABC")
    take(waived, "waive", manager, comment="On leave.")
    take(confirmed, "confirm", people["rep"])
    a_communication()
    withdrawn = take(a_communication(title="Too early"), "send", manager)
    take(withdrawn, "withdraw", manager, comment="It names the wrong year.")
    expectations = a_communication(**EXPECTED | {"sent_on": None}, question="How many?", answers="Two\nNine")
    take(expectations, "send", manager)
    for state in ("complete", "waive", ""):
        one = an_assignment(make_user("rep", name=f"Trainee {state or 'new'}"))
        if state:
            take(one, state, manager, **({"comment": "Knows it."} if state == "waive" else {}))


def an_assignment(person: User) -> TrainingAssignment:
    """The training of the charter, for this person."""
    return begin(TrainingAssignment(training=Training.objects.first(), person=person), by=office("admin"))
