"""P12: votes of panels count once and stay sealed (panels.py); so does what customers say of a review, and never after its close.

Each customer has one link; whoever has it may send it on, so that many answer at once,
with other marks, while the office closes the review or takes an answer out. The counted result is held against what was
acknowledged, reckoned here and not by the program.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from acr_program.workflow.log import LogEntry
from reviews.choices_feedback import Question
from reviews.models import CustomerFeedback
from reviews.pages.feedback_results import results_of
from tests.factories import fresh, make_account, take
from tests.reviews.feedback import asked, links_to, speak

from . import invariants, panels
from .clients import Answer, Client, all_at_once
from .company import Company, found, step_url
from .tally import Tally
from .world import World, Worlds

SAYS = "what panels vote and customers say counts once, exactly, and never after the close; no vote is seen before its time"
AT_ONCE = 16
WHY = {"comment": "No answer came."}
Marks = dict[str, int]


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, rounds=70 if full else 4, rng=rng)
    control = Tally(quiet=True)
    run(worlds, control, rounds=1, rng=rng, off="late")
    tally.control(control, "the end of the asking with the close")
    panels.prove(worlds, tally, full=full, rng=rng)


def run(worlds: Worlds, tally: Tally, *, rounds: int, rng: random.Random, off: str = "") -> None:
    """Each round four customers: one answers sixteenfold, one while the review is closed, one after it, and one in vain."""
    with worlds.new() as world:
        company = found(world)
        world.serve(threads=16, off=off)
        counted: list[Marks] = []
        lost = 0
        for _round in range(rounds):
            counted += crowd(tally, world, company, rng)
            before_the_close = closing(tally, world, company, rng)
            lost += not before_the_close
            counted += before_the_close
            too_late(tally, world, company, rng)
            taken_out(tally, world, company, rng)
        tally.say(f"{rounds * 4} customers, {AT_ONCE} answers at once; in {lost} of {rounds} races the close was first")
        world.close()
        reckon(tally, counted, asked_in_all=rounds * 3)  # a void answer was never asked for
        invariants.check(tally)


def questions(company: Company) -> tuple[CustomerFeedback, str]:
    """A customer who was asked, and the path of the link; the representative has spoken, so that the review may be closed."""
    feedback = asked(account=make_account(manager=company.people["rep"]))
    speak(feedback.request)
    return fresh(feedback), urlsplit(links_to(feedback)[-1]).path


def answers(world: World, path: str, rng: random.Random, number: int) -> tuple[list[Marks], list[Callable[[], Answer]]]:
    """So many people with the same link, each with marks and a click of their own."""
    marks = [{question: rng.randint(1, 5) for question in Question.values} for _one in range(number)]
    return marks, [partial(say, world, path, one, f"{n}") for n, one in enumerate(marks)]


def say(world: World, path: str, marks: Marks, name: str) -> Answer:
    said = {**marks, "change": "Call us earlier.", "said_by": f"Kim {name}", "key": f"say-{name}"}
    return Client(world.port).post(path, said, as_json=False)


def close(company: Company, request: Any) -> Callable[[], Answer]:
    data = {"seen": request.version, "key": f"close-{request.pk}"} | WHY
    return partial(company.as_("admin").post, step_url(request, "close"), data)


def kept(feedback: CustomerFeedback) -> Marks:
    return {question: getattr(feedback, question) for question in Question.values}


def crowd(tally: Tally, world: World, company: Company, rng: random.Random) -> list[Marks]:
    feedback, path = questions(company)
    marks, acts = answers(world, path, rng, AT_ONCE)
    got = all_at_once(acts)
    stands, log = fresh(feedback), feedback.log().filter(step="answer").count()
    tally.expect((stands.status, log) == ("answered", 1), "One answer of all is taken.", (stands.status, log))
    tally.expect({one.status for one in got} <= {302, 409, 410}, "Each is told.", {one.status for one in got})
    tally.expect(kept(stands) in marks, "It is one of those that were given, whole.", kept(stands))
    number = int(stands.said_by.split()[1]) if stands.said_by else -1
    tally.expect(number >= 0 and marks[number] == kept(stands), "Marks and name are of one.", stands.said_by)
    again = say(world, path, dict.fromkeys(Question.values, 1), "late")
    tally.expect(kept(fresh(feedback)) == kept(stands), "Whoever comes later changes nothing.", again.status)
    return [kept(stands)]


def closing(tally: Tally, world: World, company: Company, rng: random.Random) -> list[Marks]:
    """The office closes while the customer answers: the one or the other is first, and the log says which."""
    feedback, path = questions(company)
    request = fresh(feedback.request)
    marks, acts = answers(world, path, rng, AT_ONCE - 1)
    closes = partial(
        company.as_("admin").post,
        step_url(request, "close"),
        {"seen": request.version, "key": f"close-{request.pk}"} | WHY,
    )
    got = all_at_once([closes, *acts])
    if got[0].status != 200:  # an answer came between: the office reads it, and closes with it
        take(request, "close", company.people["admin"], **WHY)
    stands = fresh(feedback)
    order = list(
        LogEntry.objects.filter(pk__in=[*numbers(feedback), *numbers(request)], step__in=("answer", "close"))
        .order_by("pk").values_list("step", flat=True)
    )  # fmt: skip
    right = ["answer", "close"] if stands.status == "answered" else ["close"]
    tally.expect(order == right, "No answer comes after the close.", (order, stands.status))
    tally.expect(stands.status in ("answered", "lapsed"), "It is answered, or it has ended.", stands.status)
    late = say(world, path, dict.fromkeys(Question.values, 1), "late")
    same = fresh(feedback).version == stands.version
    tally.expect(same, "Whoever answers a closed review changes nothing.", (late.status, fresh(feedback).status))
    return [kept(stands)] if stands.status == "answered" and kept(stands) in marks else []


def too_late(tally: Tally, world: World, company: Company, rng: random.Random) -> None:
    """Closed first: of sixteen answers none is taken, and each is told why."""
    feedback, path = questions(company)
    closed = close(company, fresh(feedback.request))()
    tally.expect(closed.status == 200, "The review is closed.", closed.body[:200])
    stands = fresh(feedback)
    got = all_at_once(answers(world, path, rng, AT_ONCE)[1])
    tally.expect({one.status for one in got} == {410}, "Who comes too late is told so.", {one.status for one in got})
    now = fresh(feedback)
    tally.expect((now.status, now.version) == ("lapsed", stands.version), "No late answer is taken.", now.status)


def numbers(thing: Any) -> list[int]:
    return list(thing.log().values_list("pk", flat=True))


def taken_out(tally: Tally, world: World, company: Company, rng: random.Random) -> None:
    """Said by somebody else: the office takes it out, and the old link takes nothing any more."""
    feedback, path = questions(company)
    _marks, (act,) = answers(world, path, rng, 1)
    act()
    take(fresh(feedback), "void", company.people["admin"], comment="Not theirs.")
    stands = fresh(feedback)
    late = all_at_once(answers(world, path, rng, 4)[1])
    tally.expect(
        {one.status for one in late} == {410}, "A void answer is not answered again.", {one.status for one in late}
    )
    tally.expect(fresh(feedback).version == stands.version, "Nothing comes of it.", fresh(feedback).status)


def reckon(tally: Tally, counted: list[Marks], asked_in_all: int) -> None:
    """What the page of results says, against a reckoning of its own."""
    whole = results_of(CustomerFeedback.objects.all()).whole
    tally.expect((whole.asked, whole.answered) == (asked_in_all, len(counted)), "Each is counted once.", whole)
    for question in Question.values:
        mine = sum(marks[question] for marks in counted) / len(counted)
        told: Any = whole.averages[question]
        tally.expect(told is not None and abs(told - mine) < 1e-9, "The average is exact.", (question, told, mine))
