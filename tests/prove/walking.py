"""One review and all that hangs on it, led anywhere by chance, beside a model that knows the table of edges alone (P10)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from acr_program.people.models import User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.docs import machines
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused, Stale, StepBlocked, StepClosed
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform
from reviews.actions.deviating import propose
from reviews.actions.follow_ups import begin_by_hand
from reviews.actions.printing import order_by_hand
from reviews.models import ReviewRequest
from tests.factories import fresh, make_year

from . import invariants
from .company import accounts_of, found
from .edges import BEGIN, NEED, STEPS, TARGETS, WHO
from .given import given
from .tally import Tally
from .world import World

BY_ITSELF = ("rendered", "failed", "ask", "remind")  # what the clock does without another's step before it
ASIDE = (
    "cancel", "withdraw", "recall", "drop", "refuse", "void", "lapse", "send_back", "reconsider", "waive", "ask_for_changes",
    "fail", "failed", "change", "reopen", "hand_over", "suggest", "remind",
)  # fmt: skip
ORDER = {"copies": 12, "ship_to": "Dock 4", "reason": "A box was wet."}
Thing = tuple[str, int]


def walk(world: World, tally: Tally, rng: random.Random, *, runs: int, steps: int, each: bool) -> None:
    """So many walks of so many steps; `each` proves every invariant after each step, and not at each end alone."""
    company, count = found(world), Counter[str]()
    system = {"clock": User.objects.clock(), "customer": User.objects.customer(), "printer": User.objects.printer()}
    here = {
        "people": company.people | system, "account": accounts_of(company, 1)[0], "tally": tally, "count": count, "each": each,
        "kinds": {str(machine._meta.model_name): machine for machine in machines()},
    }  # fmt: skip
    how = settings(
        max_examples=runs, stateful_step_count=steps, database=None, deadline=None, print_blob=False,
        phases=(Phase.generate,) if tally.quiet else (Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        run_state_machine_as_test(seed(rng.randrange(2**32))(type("Here", (Walk,), here)), settings=how)
    except AssertionError as wrong:
        tally.expect(False, "A walk came where the table does not lead.", str(wrong)[:400])
    walked = {name: number for name, number in count.items() if not name.startswith("edge ")}
    tally.say(f"{walked}, {sum(name.startswith('edge ') for name in count)} edges walked by chance")


class Walk(RuleBasedStateMachine):
    """What the model believes is kept in `stands`: of each thing its state and its version."""

    people: ClassVar[dict[str, User]]
    kinds: ClassVar[dict[str, Any]]
    account: ClassVar[Any]
    tally: ClassVar[Tally]
    count: ClassVar[Counter[str]]
    each: ClassVar[bool]

    def __init__(self) -> None:
        super().__init__()
        self.stands: dict[Thing, tuple[str, int]] = {}
        self.shut: set[tuple[Thing, str]] = set()  # what lacked something when it was tried
        self.last = LogEntry.objects.latest("pk").pk
        self.around = transaction.atomic()
        self.around.__enter__()
        self.count["walks"] += 1

    def teardown(self) -> None:
        try:
            self.prove()
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    @initialize(printed=st.booleans())
    def request(self, printed: bool) -> None:
        where = {"delivery": "printed", "copies": 12, "ship_to": "Dock 4"} if printed else {"delivery": "digital"}
        self.review = begin(
            ReviewRequest(
                account=self.account, year=make_year(), rep=self.people["rep"], goal="Agree on next year.",
                meeting_on=add_working_days(localdate(), 60), recipient=self.account.contacts.get(), **where,
            ),
            by=self.people["rep"],
        )  # fmt: skip
        self.stands["account", self.account.pk] = (str(fresh(self.account).status), fresh(self.account).version)
        self.read()

    # What is tried

    @rule(data=st.data(), what=st.integers(0, 9))
    def act(self, data: Any, what: int) -> None:
        """Mostly onward, so that a review comes somewhere."""
        others = {9: self.something_new, 8: self.anything, 7: self.too_early, 6: self.what_is_open}
        others.get(what, self.onward)(data)

    def anything(self, data: Any) -> None:
        """Any step of any thing by anybody, now and then from a page that was read before."""
        machine, pk = data.draw(st.sampled_from(sorted(self.stands)))
        step, name = data.draw(st.sampled_from(STEPS[machine])), data.draw(st.sampled_from(sorted(self.people)))
        self.attempt((machine, pk), step, name, late=data.draw(st.integers(0, 3)) == 0)

    def too_early(self, data: Any) -> None:
        """What is not open now, by somebody who may take it where it is."""
        machine, pk = data.draw(st.sampled_from(sorted(self.stands)))
        step, state = data.draw(st.sampled_from(STEPS[machine])), self.stands[machine, pk][0]
        sources = [source for kind, source, name in TARGETS if (kind, name) == (machine, step)]
        some = sorted({name for source in sources for name in self.who(machine, pk, step, source)})
        if state not in sources:
            self.attempt((machine, pk), step, data.draw(st.sampled_from(some or ["clock"])))

    def what_is_open(self, data: Any) -> None:
        self.take_one(data, self.open())

    def onward(self, data: Any) -> None:
        """As an office goes: the way on of the review, and neither the way out nor in a circle."""
        ahead = {what: who for what, who in self.open().items() if what[0][0] != "account" and what[1] not in ASIDE}
        self.take_one(data, ahead or self.open())

    def take_one(self, data: Any, some: dict[tuple[Thing, str], list[str]]) -> None:
        if some:
            thing, step = data.draw(st.sampled_from(sorted(some)))
            self.attempt(thing, step, data.draw(st.sampled_from(some[thing, step])))

    def something_new(self, data: Any) -> None:
        """What begins by a door of its own; where it cannot begin now, a sentence says so."""
        review, rep = fresh(self.review), self.people["rep"]
        letter = review.template and review.template.sections.get(key="letter")
        day = localdate() + timedelta(days=30)
        doors: list[Callable[[], Any]] = [
            lambda: order_by_hand(review, by=self.people["admin"], needed_by=day, **ORDER),
            lambda: begin_by_hand(review, by=rep, what="Walk the dock.", owner=rep, due_on=day, commitment=None),
        ]
        if letter:
            doors.append(lambda: propose(review, letter, by=rep, text="Dear friends.", reason="We know them."))
        try:
            data.draw(st.sampled_from(doors))()
            self.count["begun"] += 1
        except Refused:
            self.count["not begun"] += 1
        self.read()

    # What the table says of it

    def open(self) -> dict[tuple[Thing, str], list[str]]:
        """What may be done now, and by whom; the clock leaves alone what follows from others' steps."""
        found = {}
        for (machine, pk), (state, _version) in self.stands.items():
            for step in STEPS[machine]:
                some = self.who(machine, pk, step, state) - (set() if step in BY_ITSELF else {"clock"})
                if some and ((machine, pk), step) not in self.shut:
                    found[(machine, pk), step] = sorted(some)
        return found

    def who(self, machine: str, pk: int, step: str, state: str) -> set[str]:
        words = WHO.get((machine, state, step), frozenset())
        return {name for word in words for name in self.called(machine, pk, word)}

    def called(self, machine: str, pk: int, word: str) -> set[str]:
        """Which of us a word of the table means, towards this thing."""
        if word in ("contributor", "approver", "owner"):
            person = getattr(self.kinds[machine]._default_manager.get(pk=pk), f"{word}_id")
            return {name for name, one in self.people.items() if one.pk == person}
        return {"admin", "second admin"} if word == "admin" else {word}

    def attempt(self, thing: Thing, step: str, name: str, late: bool = False) -> None:
        machine, pk = thing
        state, version = self.stands[thing]
        row = self.kinds[machine]._default_manager.get(pk=pk)
        known = (machine, state, step) in TARGETS
        may = name in self.who(machine, pk, step, state)
        want = Stale if late else StepClosed if not known else None if may else PermissionDenied
        told: Any = None
        try:
            perform(row, step, by=self.people[name], seen=version - 1 if late else version, **given(row, step))
        except (Refused, PermissionDenied) as refused:
            told = type(refused)
        shut = want is None and told is StepBlocked and step in NEED.get(machine, ())
        if shut:
            self.shut.add((thing, step))
        self.count["shut" if shut else "taken" if told is None else "refused"] += 1
        self.expect(shut or told is want, "The table has it otherwise.", (thing, state, step, name, late, told, want))
        new = self.read()
        self.expect(bool(new) == (told is None), "What is refused writes nothing, what is done is logged.", new)
        if told is None:
            first = next((one for one in new if one[:3] == (machine, pk, step)), None)
            self.expect(first is not None, "The step is in the log.", new)
        if self.each:
            self.prove()

    def read(self) -> list[tuple[str, int, str]]:
        """Take the new log rows into the model, one by one: each is an edge, by somebody who may, from where it stood."""
        new = []
        for entry in LogEntry.objects.filter(pk__gt=self.last).select_related("content_type").order_by("pk"):
            machine, pk, step = entry.content_type.model, entry.object_id, entry.step
            state, version = self.stands.get((machine, pk), ("", 0))
            if step == "create":
                to = BEGIN[machine]
            elif step == "edit":
                to = state
            else:
                to = TARGETS.get((machine, state, step), "nowhere")
                by = next((name for name, one in self.people.items() if one.pk == entry.by_id), "")
                self.expect(by in self.who(machine, pk, step, state), "Whoever did it may.", (machine, state, step, by))
                self.count[f"edge {machine} {state} {step}"] += 1
            told = entry.before, entry.after, entry.version
            self.expect(
                told == (state, to, version + 1), "The log goes along an edge.", (machine, step, told, state, to)
            )
            self.stands[machine, pk] = (to, version + 1)
            self.last = entry.pk
            self.shut.clear()
            new.append((machine, pk, step))
        for machine, pk in {one[:2] for one in new}:
            row = self.kinds[machine]._default_manager.values_list("status", "version").get(pk=pk)
            self.expect(row == self.stands[machine, pk], "The row stands where the log has led it.", (machine, pk, row))
        return new

    def prove(self) -> None:
        before = self.tally.failed
        invariants.check(self.tally)
        assert self.tally.failed == before, self.tally.faults[-1]

    def expect(self, holds: bool, says: str, detail: Any) -> None:
        if not self.tally.expect(holds, says, detail):
            raise AssertionError(f"{says} {detail}")
