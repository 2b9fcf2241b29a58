"""The charter of the demo company: who owns and drives the program, what it is to reach, what its pilots have shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from acr_program.charter import lines
from acr_program.charter.actions import assign, enrol
from acr_program.charter.choices import Answer, Audience, Topic
from acr_program.charter.models import (
    Alignment,
    Champion,
    Communication,
    Companion,
    ConcludedWave,
    Duty,
    Goal,
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
from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit
from reviews.choices import RequestStatus
from reviews.models import ReviewRequest

from .acting import act
from .stories import Story

GOALS = (
    ("Every strategic customer sees its review", "customers with a review held, of those with a request", "90 %"),
    ("Reviews come in time", "documents delivered two working days before the meeting", "95 %"),
    ("Customers find them worth their time", "mean answer to “Was it worth your time?”", "4.2 of 5"),
)
DUTIES = (
    ("asked", Role.REP, "Ask for the review eight weeks before the meeting, and say what it is to achieve."),
    ("met", Role.REP, "Hold the meeting, and say what came of it within two days."),
    ("approved", Role.LEADER, "Approve within two working days, or say what has to change."),
    ("gathered", Role.CONTRIBUTOR, "Write your section, or confirm that it still holds."),
    ("compiled", Role.ADMIN, "Compile the document, and see that it is complete."),
)
METRICS = (
    ("Reviews in time", "documents there two working days before the meeting, of all", "this program", "95 %", "91 %"),
    (
        "Worth their time",
        "mean of the customers' answers to that question",
        "customer feedback",
        "4.2 of 5",
        "4.4 of 5",
    ),
    ("Adoption", "representatives with a delivered review, of those with a target", "this program", "80 %", ""),
)
TRAININGS = (
    ("Holding the review", "To let the customer speak first, and to leave with three things to do.", Audience.FORCE),
    ("Approving what goes out", "What a leader looks at, and what is the template's own.", Audience.LEADERS),
)
EXPECTED = {
    Audience.LEADERS: "Two reviews for each of your people this year. Approve within two working days.",
    Audience.FORCE: "Two reviews this year. Ask for each eight weeks ahead, and say within two days what came of it.",
}
ROSTER = (
    ("Owen Castellane", "Manages the program", 80), ("Priya Raghunathan", "Administers requests and documents", 100),
    ("Tomasz Wielgosz", "Sees copies to the customers", 50),
)  # fmt: skip
NEEDED = (
    ("Is there a print shop for every theater?", Answer.IN_PLACE, "One in Portland, one in Rotterdam.", "Tomasz Wielgosz", -300),
    ("Who compiles while an administrator is away?", Answer.ALLOCATE, "A second person for August.", "Owen Castellane", 400),
    ("Do order figures of Asia come in time?", Answer.OPEN, "", "Priya Raghunathan", 380),
)  # fmt: skip
NEWS = (
    "The first reviews are held. Customers thank us above all for the page of what became of our promises.",
    "Half of the year’s reviews are asked for. Where a meeting date is missing, please agree one this month.",
    "Nine in ten documents were there in time. What slowed the others down was a section that nobody had asked about early.",
    "The season of meetings begins. Please keep two hours free for each approval, and name your stand-in where you are away.",
)
ORDER = ("first", "second", "third", "fourth")
WAVES = (
    ("Wave 1: hotels in Europe", "repeat", "Order figures of Asia came two weeks late.", 560),
    ("Wave 2: all theaters", "roll_out", "Carriers in Latin America give no tracking number.", 410),
)


SAID = """The program asks three things of you.

Goals: every strategic customer sees its review, in time for the meeting.
Expectations: two reviews for each representative, and your approval within two working days.
Requirements: a meeting date eight weeks ahead, and your people in the training."""


def align(manager: User, today: date) -> None:
    """The leaders have been briefed, and stand behind it."""
    enrol(manager)
    for alignment in Alignment.objects.select_related("leader"):
        act(alignment, "brief", manager, briefed_on=today - timedelta(days=300))
        act(alignment, "agree", alignment.leader)


def tell(year: ProgramYear, manager: User) -> None:
    """What the year asks of them is sent to the leaders, and each confirms it."""
    said = {"audience": Audience.LEADERS, "title": f"What {year} asks of you", "words": SAID, "topics": Topic.values}
    told = act(begin(Communication(year=year, **said), by=manager), "send", manager)
    for receipt in Receipt.objects.filter(communication=told).select_related("person"):
        act(receipt, "confirm", receipt.person)
    expect(year, manager)


def show_the_way(manager: User, people: dict[str, User], today: date) -> None:
    """How often they hear of it, and who brings the others along."""
    for audience in (Audience.LEADERS, Audience.FORCE):
        lines.keep(Rhythm(), by=manager, audience=audience, early_days=14, later_days=90)
    best, *others = User.objects.holding(Role.LEADER)
    reason = "Lets the customer speak for the first half of the meeting, and leaves with three things to do."
    champion = lines.keep(Champion(), by=manager, person=best, reason=reason, example="/reviews/")
    for number, person in enumerate(others[:2]):
        lines.keep(Companion(), by=manager, champion=champion, person=person, contacts=3 - number)


def letters(year: ProgramYear, manager: User) -> Story:
    """Each quarter leaders and force hear how it goes, and say that they read it; of the last one the force still waits."""
    for number, words in enumerate(NEWS):
        yield timedelta(days=85)
        for audience in (Audience.LEADERS, Audience.FORCE)[: 1 if words == NEWS[-1] else 2]:
            said = {"title": f"The program in its {ORDER[number]} quarter", "words": words, "audience": audience}
            sent = act(begin(Communication(year=year, **said), by=manager), "send", manager)
            for receipt in Receipt.objects.filter(communication=sent).select_related("person"):
                act(receipt, "confirm", receipt.person)


def show_an_example(manager: User) -> None:
    """The review by which the champion shows how it is done: the first that their team closed."""
    champion = Champion.objects.select_related("person", "program").get()
    closed = ReviewRequest.objects.filter(status=RequestStatus.CLOSED).order_by("pk")
    if found := closed.filter(rep__reports_to=champion.person).first() or closed.first():
        lines.keep(champion, by=manager, seen=champion.program.version, example=found.get_absolute_url())


def answer_the_four(manager: User) -> None:
    """How many, who does what, how it is measured, which training; everybody is to take it."""
    for nth, reviews in ((1, 2), (3, 3)):
        lines.keep(Ramp(), by=manager, nth=nth, reviews=reviews)
    for step, role, words in DUTIES:
        lines.keep(Duty(), by=manager, step=step, role=role, words=words)
    for name, definition, source, target, actual in METRICS:
        fields: dict[str, Any] = {
            "name": name,
            "definition": definition,
            "source": source,
            "target": target,
            "actual": actual,
        }
        lines.keep(Metric(), by=manager, **fields)
    for name, words, audience in TRAININGS:
        fields = {"name": name, "words": words, "audience": audience, "before_meeting": audience == Audience.FORCE}
        training: Any = lines.keep(Training(), by=manager, **fields)
        assign(training, manager)
    for number, one in enumerate(TrainingAssignment.objects.select_related("person").order_by("pk")):
        if number % 7:
            act(one, "complete", one.person)


def expect(year: ProgramYear, manager: User) -> None:
    """What is expected of leaders and of the force, published; nearly everybody has confirmed it."""
    for audience, words in EXPECTED.items():
        reviews = 2 if audience == Audience.FORCE else None
        said = {"audience": audience, "title": f"What we expect of you in {year}", "words": words, "reviews": reviews}
        check = {"question": "How many reviews does each representative deliver?", "answers": "Two\nOne\nTen"}
        one = Communication(year=year, kind="expectations", effective_on=year.begins_on, **said, **check)
        sent = act(begin(one, by=manager), "send", manager)
        for number, receipt in enumerate(Receipt.objects.filter(communication=sent).select_related("person")):
            if number % 5 != 4:
                act(receipt, "confirm", receipt.person)


def staff(manager: User, people: dict[str, User], today: date) -> None:
    """Who works for the office, and whether it has what it needs."""
    for name, part, share in ROSTER:
        lines.keep(RosterEntry(), by=manager, person=people[name], part=part, share=share)
    for question, answer, words, name, days in NEEDED:
        fields: dict[str, Any] = {"question": question, "answer": answer, "words": words, "owner": people[name]}
        lines.keep(ReadinessItem(), by=manager, due_on=today + timedelta(days=days), **fields)


def write_charter(program: Program, manager: User, people: dict[str, User], today: date) -> None:
    """Everything the gates of the program ask for, as its manager has written it down."""
    edit(program, seen=program.version, by=manager, team="Sales Operations", team_lead=people["Priya Raghunathan"])
    period: dict[str, Any] = {"begins_on": today - timedelta(days=400), "ends_on": today + timedelta(days=425)}
    for text, measure, target in GOALS:
        lines.keep(Goal(), by=manager, text=text, measure=measure, target=target, **period)
    for name, outcome, findings, ago in WAVES:
        day = today - timedelta(days=ago)
        lines.keep(ConcludedWave(), by=manager, name=name, outcome=outcome, findings=findings, concluded_on=day)
    answer_the_four(manager)
    staff(manager, people, today)
    align(manager, today)
    show_the_way(manager, people, today)
