"""P10: the state machines have no secret door.

A table written by hand (edges.py) says what may happen. Every step is tried in every state, by those who may and by those
who may not, on a thing that stands there; then reviews are led anywhere by chance (walking.py), and each log row has to be
an edge of the table.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from acr_program.charter.models import Program, ProgramYear
from acr_program.people.models import User
from acr_program.workflow.book import Book
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Direct, StepBlocked, StepClosed
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from acr_program.workflow.steps import Step
from reviews.actions.deviating import propose
from reviews.models import ReviewRequest, Section
from tests.chartering import align, tell_leaders
from tests.factories import fresh, make_account, make_request, make_template, make_user, render, take, try_out
from tests.keyed import keyed
from tests.reviews.library import a_touch
from tests.reviews.newer import a_newer
from tests.routes.world import World, world

from .edges import BEGIN, EDGES, STATES, STEPS, WHO, Edge
from .forms import accepted, waits_approved, waived
from .given import given
from .pilots import pilots_ready
from .switched import instead
from .tally import Tally
from .walking import walk
from .world import Worlds

SAYS = "the state machines have no secret door"
WORDS = {
    "approver": ("leader", "stand-in"),
    "owner": ("rep",),
    **keyed().words,
}  # whom a word of the table means, towards what is Rita's
FOLLOWING = {
    ("reviewrequest", "printing", "ship"): {"clock"},
    **keyed().following,
}  # it follows from its order, and from nothing else
DRAWN = 1  # people who try a step in the small lane; the full lane takes everybody everywhere


@dataclass
class Tried:
    """What was done, and what came of it."""

    walked: set[Edge] = field(default_factory=set)
    open: set[tuple[str, str]] = field(default_factory=set)
    count: Counter[str] = field(default_factory=Counter)


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    declared = {
        Edge(str(machine._meta.model_name), source, step.name, step.target)
        for machine in machines()
        for step in machine.declared_steps().values()
        for source in step.sources
    }
    tally.expect(declared == set(EDGES), "What is declared is what the table says.", declared ^ set(EDGES))
    with worlds.new(furnish=world) as home:
        office = home.inside
        every_door(tally, office, rng, full=full)
        control, unguarded = Tally(quiet=True), Tally(quiet=True)
        with secret_door():
            try_all(control, Tried(), office, everybody(office), ("reviewrequest", "draft"), rng, full=False)
        tally.control(control, "the rule that a draft is not accepted (one edge too many)")
        with instead(Step, is_for=lambda step, user, obj: True):
            try_all(unguarded, Tried(), office, everybody(office), ("printorder", "ordered"), rng, full=False)
        tally.control(unguarded, "the roles of the steps")
    with worlds.new() as home:
        walk(home, tally, rng, runs=2_000 if full else 12, steps=60, each=full)
    with worlds.new() as home, instead(Book, close=lambda book, obj: None):
        control = Tally(quiet=True)
        walk(home, control, rng, runs=3, steps=20, each=True)
    tally.control(control, "the end of what waits when its state is left")


@contextmanager
def secret_door() -> Iterator[None]:
    """The control: one edge that nobody has written down, from a draft past the office."""
    declared, out_of = ReviewRequest.declared_steps()["accept"], ReviewRequest.steps_out_of
    more = replace(declared, sources=(*declared.sources, "draft"))
    ways = ReviewRequest.accept._django_fsm.transitions  # type: ignore[attr-defined]

    def out(state: str) -> tuple[Step, ...]:
        return (*out_of(state), more) if state == "draft" else out_of(state)

    with instead(ReviewRequest, steps_out_of=staticmethod(out)):
        ways["draft"] = ways["submitted"]
        try:
            yield
        finally:
            del ways["draft"]


# Every step, in every state, by everybody


def every_door(tally: Tally, office: World, rng: random.Random, *, full: bool) -> None:
    tried, people, makers = Tried(), everybody(office), ready(office)
    for machine, state in STATES:
        try_all(tally, tried, office, people, (machine, state), rng, full=full)
    for edge, who in EDGES.items():
        with transaction.atomic():
            row = (makers.get(edge[:3]) or partial(standing, office, edge.machine, edge.source))()
            for name in sorted(named(who) - FOLLOWING.get(edge[:3], set())):
                go(tally, tried, row, edge, people[name])
            transaction.set_rollback(True)
    tally.say(f"{len(tried.walked)} of {len(EDGES)} edges walked, {dict(tried.count)}")
    missed = set(EDGES) - tried.walked
    tally.expect(not missed, "Every edge of the table was walked.", sorted(missed)[:5])


def try_all(
    tally: Tally, tried: Tried, office: World, people: dict[str, User], where: tuple[str, str], rng: random.Random,
    *, full: bool,
) -> None:  # fmt: skip
    """Every step of the machine in this state, by those who may not take it, and past the one door."""
    with transaction.atomic():
        row = standing(office, *where)
        straight_in(tally, row)
        for step in STEPS[where[0]]:
            knock(tally, tried, row, step, people, rng, full=full)
        transaction.set_rollback(True)


def everybody(office: World) -> dict[str, User]:
    system = {"clock": User.objects.clock(), "customer": User.objects.customer(), "printer": User.objects.printer()}
    return office.people | system


def named(words: frozenset[str]) -> set[str]:
    return {name for word in words for name in WORDS.get(word, (word,))}


def standing(office: World, machine: str, state: str) -> Any:
    """Something of Rita's that stands in this state; where nothing does, one that begins is set there past every door."""
    rows = (
        office.states.get(machine)
        or {"program": Program.objects.all(), "programyear": ProgramYear.objects.all()}.get(machine)
        or []
    )
    there = [row for row in rows if row.status == state]
    if there:
        return fresh(there[0])
    row = next((row for row in rows if row.status == BEGIN[machine]), rows[0])
    type(row)._default_manager.filter(pk=row.pk).update(status=state)
    return fresh(row)


def straight_in(tally: Tally, row: Any) -> None:
    """Past the one door: saved, set, or called by its method."""
    calls = [partial(getattr(row, step), by=None, **given(row, step)) for step in STEPS[row._meta.model_name]]
    for act in (row.save, partial(setattr, row, "status", row.status), *calls):
        try:
            act()
        except (Direct, AttributeError, TransitionNotAllowed):
            continue
        tally.expect(False, "A row is written past the one door.", (row, act))
    tally.expect(stood(row)[:2] == (row.status, row.version), "Nothing is written past the one door.", row)


def knock(
    tally: Tally, tried: Tried, row: Any, step: str, people: dict[str, User], rng: random.Random, *, full: bool
) -> None:
    """Whoever may not is refused, and nothing is written; the small lane brings everybody once to each step that is open."""
    machine = str(row._meta.model_name)
    may = named(WHO.get((machine, row.status, step), frozenset()))
    everyone = full or (bool(may) and (machine, step) not in tried.open)
    wrong, want = sorted(set(people) - may), PermissionDenied if may else StepClosed
    said, before = given(row, step), stood(row)
    if may:
        tried.open.add((machine, step))
    for name in wrong if everyone else rng.sample(wrong, DRAWN):
        told: Any = "taken"
        try:
            perform(row, step, by=people[name], seen=row.version, **said)
        except Exception as refused:  # whatever it is: what was not refused as it should be is told
            told = refused
        tried.count["refused"] += 1
        where = (machine, row.status, step, name, repr(told)[:120])
        tally.expect(type(told) is want, "What the table does not know is refused.", where)
    tally.expect(stood(row) == before, "What is refused writes nothing.", (machine, row.status, step))


def stood(row: Any) -> tuple[Any, ...]:
    """The row as it is, and the length of the log."""
    return *type(row)._default_manager.values_list("status", "version").get(pk=row.pk), LogEntry.objects.count()


def go(tally: Tally, tried: Tried, row: Any, edge: Edge, person: User) -> None:
    """Whoever may, goes; the log has one row of it, and of whatever follows nothing but edges of the table."""
    last = LogEntry.objects.latest("pk").pk
    with transaction.atomic():
        try:
            taken = perform(row, edge.step, by=person, seen=row.version, **given(row, edge.step))
        except (StepBlocked, StepClosed, PermissionDenied) as refused:
            tally.expect(False, "What the table knows is done.", (edge, person, refused))
        else:
            entry = taken.taken.entry
            told = entry.before, entry.step, entry.after, entry.version, entry.by
            tally.expect(
                told == (edge.source, edge.step, edge.target, row.version + 1, person), "It is logged as it was.", told
            )
            rows = (
                LogEntry.objects.filter(pk__gt=last).exclude(step__in=("create", "edit")).select_related("content_type")
            )
            new = {Edge(one.content_type.model, one.before, one.step, one.after) for one in rows}
            tally.expect(new <= set(EDGES), "What follows is in the table.", new - set(EDGES))
            tried.walked |= new & set(EDGES)
            tried.count["taken"] += 1
        transaction.set_rollback(True)


def agreed(office: World) -> Any:
    """The program, with every leader agreed, those too who came since."""
    align(office.people["manager"])
    Program.objects.update(status="designing")
    return Program.objects.get()


def told(office: World) -> Any:
    """A year of which every leader has confirmed what they are told."""
    year = fresh(next(row for row in office.states["programyear"] if fresh(row).status == "communicating"))
    tell_leaders(year)
    return fresh(year)


def tried() -> Any:
    """A draft of the template that renders on an account."""
    template = make_template("operational", status="draft")
    try_out(template)
    return fresh(template)


def ready(office: World) -> dict[tuple[str, str, str], Callable[[], Any]]:
    """Where a step needs more than its state: a thing that has it."""
    people = office.people

    def review(status: str) -> Any:
        return make_request(status, account=make_account(manager=people["rep"]))

    def section(*steps: str) -> Any:
        part = review("gathering").contributions.filter(contributor=people["contributor"])[0]
        for step in steps:
            part = take(part, step, people["contributor"], **given(part, step))
        return part

    def deviation() -> Any:
        request = review("gathering")
        letter = request.template.sections.get(key="letter")
        return propose(request, letter, by=people["rep"], text="Dear friends.", reason="We know them.")

    def lonely() -> Any:
        """Nobody was above the representative; the office has just named somebody."""
        request = make_request("compiling", account=make_account(manager=make_user("rep")))
        owner = Program.objects.get().owner
        Program.objects.update(owner=None)  # who approves where nobody is above
        render(request.latest_document())
        Program.objects.update(owner=owner)
        request = fresh(request)
        return edit(request, seen=request.version, by=people["admin"], approver_designated=people["leader"])

    def optional() -> Any:
        """What is still out is wanted no more: somebody has to decide."""
        request = review("gathering")
        Section.objects.filter(template=request.template).update(required=False)
        return fresh(request)

    def newer(status: str) -> Any:
        """The template has gone on since it was accepted."""
        request = review(status)
        a_newer()
        return fresh(request)

    part, company = "informationrequest", office
    returned = partial(lambda: take(section("submit"), "send_back", people["admin"], comment="More."))
    return pilots_ready() | keyed().ready(office) | {
        (part, "requested", "submit"): section, (part, "requested", "waive"): section, (part, "returned", "submit"): returned,
        (part, "returned", "waive"): returned, (part, "submitted", "recall"): lambda: section("submit"),
        (part, "submitted", "accept"): lambda: section("submit"), (part, "submitted", "send_back"): lambda: section("submit"),
        (part, "accepted", "send_back"): lambda: accepted(section("submit"), company),  # type: ignore[arg-type]
        (part, "accepted", "reconsider"): lambda: accepted(section("submit"), company),  # type: ignore[arg-type]
        (part, "waived", "ask_again"): lambda: waived(section(), company),  # type: ignore[arg-type]
        ("approval", "pending", "approve"): lambda: review("in_approval").approvals.get(),
        ("approval", "pending", "ask_for_changes"): lambda: review("in_approval").approvals.get(),
        ("approval", "pending", "lapse"): lambda: review("in_approval").approvals.get(),
        ("approval", "approved", "withdraw"): lambda: review("printing").approvals.get(),
        ("touchpoint", "asked", "answer"): lambda: a_touch(people["rep"], kind="star"),
        ("touchpoint", "missed", "answer"): lambda: a_touch(people["rep"], "missed", kind="star"),
        ("deviation", "proposed", "allow"): deviation,
        ("deviation", "allowed", "withdraw"): lambda: take(deviation(), "allow", people["manager"]),
        ("reviewrequest", "gathering", "upgrade"): lambda: newer("gathering"),
        ("reviewrequest", "compiling", "upgrade"): lambda: newer("compiling"),
        ("reviewrequest", "changes_requested", "upgrade_in_rework"): lambda: newer("changes_requested"),
        ("templateversion", "published", "unpublish"): lambda: make_template("operational"),
        ("templateversion", "draft", "publish"): tried,
        ("program", "designing", "start_pilot"): partial(agreed, office),
        ("programyear", "communicating", "start"): partial(told, office),
        ("reviewrequest", "gathering", "start_compiling"): optional,
        ("reviewrequest", "compiling", "request_approval"): lonely,
        ("reviewrequest", "approved", "send_to_print"): lambda: waits_approved(company, delivery="printed", copies=5),  # type: ignore[arg-type]
        ("reviewrequest", "approved", "deliver_digital"): lambda: waits_approved(company),  # type: ignore[arg-type]
    }  # fmt: skip
