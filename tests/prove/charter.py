"""Forms of the charter: its steps, and what is written down in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.timezone import localdate

from acr_program.charter import lines
from acr_program.charter.models import (
    Alignment,
    Communication,
    Goal,
    Inquiry,
    Program,
    ProgramYear,
    Reading,
    Training,
    TrainingAssignment,
)
from acr_program.workflow.edit import begin
from tests.acting import make_user, office, take
from tests.chartering import GOAL, TRAINING, WAYS, a_communication, a_question, a_receipt, aligned

from .company import Company
from .forms import COMMENT, Form
from .pages import Page, Sent, sent

TO_BRIEFED = {"not_briefed": ["brief"], "briefed": [], "has_questions": ["answer"], "agreed": ["ask", "answer"]}
TYPED = GOAL | {"begins_on": "2051-01-01", "ends_on": "2051-12-31"}


def charter_forms(company: Company) -> Iterator[Form]:
    """What leaders and the force are told, and how far they stand behind it."""
    leader = company.people["leader"]

    def standing(*steps: str) -> Callable[[], Any]:
        """The leader's own, led on from wherever the form before left it: briefed, then so far."""

        def make() -> Any:
            one = Alignment.objects.filter(leader=leader).first() or aligned(leader, "brief")
            for name in (*TO_BRIEFED[one.status], *steps):
                one = take(one, name, office("manager"), **WAYS[name])
            return one

        return make

    yield Form(
        "alignment.brief", "admin", lambda: aligned(make_user("leader")), {"briefed_on": localdate().isoformat()}
    )
    yield Form("alignment.ask", "leader", standing(), COMMENT)
    yield Form("alignment.answer", "manager", standing("ask"), COMMENT)
    yield Form("alignment.agree", "leader", standing())
    yield Form("communication.send", "manager", a_communication)
    yield Form("communication.withdraw", "manager", lambda: take(a_communication(), "send", office("manager")), COMMENT)
    yield Form("communication.tell_newcomers", "manager", with_newcomers)
    yield Form("trainingassignment.complete", "rep", lambda: training(company.people["rep"]))
    yield Form("trainingassignment.waive", "manager", lambda: training(company.people["rep"]), COMMENT)
    rep, admin = company.people["rep"], company.people["admin"]
    yield Form("inquiry.answer", "manager", lambda: a_question(rep), COMMENT)
    yield Form("inquiry.hand_on", "manager", lambda: a_question(rep), {"given_to": admin.pk})
    yield Form("inquiry.add", "rep", lambda: a_question(rep), COMMENT)
    yield Form("inquiry.ask_again", "rep", lambda: a_question(rep, "answer"), COMMENT)
    yield Form("inquiry.settle", "rep", lambda: a_question(rep, "answer"))
    yield Form("inquiry.withdraw", "rep", lambda: a_question(rep))
    yield Form("receipt.confirm", "rep", lambda: a_receipt(company.people["rep"]))
    yield Form("receipt.waive", "manager", lambda: a_receipt(company.people["rep"]), COMMENT)


def with_newcomers() -> Any:
    """Sent, and somebody came after it."""
    sent = take(a_communication(), "send", office("manager"))
    make_user("rep")
    return sent


def training(person: Any) -> Any:
    """A training of the person's that is like no other."""
    named = TRAINING | {"name": f"Training {Training.objects.count()}"}
    one = lines.keep(Training(), by=office("manager"), **named)
    return begin(TrainingAssignment(training=one, person=person), by=office("admin"))


def asked() -> Sent:
    rows = Inquiry.objects.filter(subject="Asked once")
    return sent("charter:ask", rows=rows, subject="Asked once", words="How?", page="/program/")


def read_once(reader: Any) -> Sent:
    one = a_receipt(reader)
    return sent("charter:receipt-read", one.pk, rows=Reading.objects.filter(receipt=one))


def charter_pages(company: Company) -> Iterator[Page]:
    people = company.people

    def owned() -> Sent:
        one = Program.objects.get()
        given = {"owning_function": "sales", "team": "Sales Strategy", "team_lead": people["leader"].pk}
        return sent("charter:edit-ownership", one.pk, of=one, **given)

    def line(path: str, **changed: Any) -> Callable[[], Sent]:
        def make() -> Sent:
            one = lines.keep(Goal(), by=people["manager"], **GOAL)
            given = {"seen": Program.objects.get().version} | (TYPED | changed if changed else {})
            return sent(path, "goals", one.pk, rows=Program.objects.get().log(), **given)

        return make

    def new_line() -> Sent:
        return sent("charter:new-line", "goals", rows=Goal.objects.filter(text="Once."), **TYPED | {"text": "Once."})

    def enrolled() -> Sent:
        rows = Alignment.objects.filter(leader=make_user("leader"))
        return sent("charter:enrol", rows=rows)

    said = {"audience": "force", "title": "Said once", "words": "Two each.", "topics": ["goals"]}

    def written() -> Sent:
        rows = Communication.objects.filter(title="Said once")
        return sent("charter:write", ProgramYear.objects.latest("pk").pk, rows=rows, **said)

    def rewritten() -> Sent:
        one = a_communication()
        return sent("charter:edit-communication", one.pk, of=one, **said)

    def expected() -> Sent:
        rows = Communication.objects.filter(title="Expected once")
        asked = said | {"title": "Expected once", "effective_on": "2051-01-01", "reviews": 2}
        return sent("charter:expect", ProgramYear.objects.latest("pk").pk, rows=rows, **asked)

    def assigned() -> Sent:
        rows = TrainingAssignment.objects.filter(person=make_user("rep"))
        return sent("charter:assign", Training.objects.latest("pk").pk, rows=rows)

    yield Page("charter:ask", "rep", asked)
    yield Page("charter:receipt-read", "rep", lambda: read_once(people["rep"]))
    yield Page("charter:expect", "manager", expected)
    yield Page("charter:assign", "admin", assigned)
    yield Page("charter:write", "manager", written)
    yield Page("charter:enrol", "admin", enrolled)
    yield Page("charter:edit-communication", "manager", rewritten)
    yield Page("charter:edit-ownership", "manager", owned)
    yield Page("charter:new-line", "manager", new_line)
    yield Page("charter:line", "manager", line("charter:line", text="Anew."))
    yield Page("charter:drop-line", "manager", line("charter:drop-line"))
