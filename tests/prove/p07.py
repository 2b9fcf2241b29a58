"""P7: conflicting decisions have one winner; who comes too late is told who was faster and when, and keeps every word."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from tests.factories import fresh, make_account, make_request

from . import invariants
from .clients import Answer, all_at_once
from .company import Company, accounts_of, found, requests_of, step_url
from .tally import Tally
from .world import Worlds

SAYS = "conflicting decisions have one winner, losers get 409 naming who and when, no text is lost"
WHO_AND_WHEN = re.compile(r"(Lena Leader|Rita Rep|Ada Admin|The clock): .{3,60} at \d\d:\d\d\.")
Act = tuple[str, Callable[[], Answer]]  # what is typed, and the click


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, rounds=500 if full else 20, rng=rng)
    control = Tally(quiet=True)
    run(worlds, control, rounds=2, rng=rng, off="seen")
    tally.control(control, "the version check")


def run(worlds: Worlds, tally: Tally, *, rounds: int, rng: random.Random, off: str = "") -> None:
    with worlds.new() as world:
        company = found(world)
        world.serve(threads=16, off=off)
        drafts = requests_of(company, accounts_of(company, rounds))
        wins: dict[str, int] = {}
        for number in range(rounds):
            read = make_request("in_approval", account=make_account(manager=company.people["rep"]))
            for kind, acts in (("leaders", decide(company, read)), ("rep", write(company, drafts[number]))):
                rng.shuffle(acts)
                conflict(tally, kind, acts, wins)
        tally.say(f"{rounds * 2} documents, {rounds * 64} decisions at once by 32: {sorted(wins.items())}")
        world.close()
        invariants.check(tally)
        written = {fresh(draft).goal for draft in drafts}
        tally.expect(all(goal for goal in written), "Every text is whole.")


def decide(company: Company, request: Any) -> list[Act]:
    """The leader approves or asks for changes, the representative and the office withdraw: eight times each."""
    approval = request.approvals.get()
    ways = [
        (approval, "approve", "leader", {"signs": approval.signs}),
        (approval, "ask_for_changes", "leader", {}),
        (request, "cancel", "rep", {}),
        (request, "cancel", "admin", {}),
    ]
    return [click(company, *way, number) for way in ways for number in range(8)]


def click(company: Company, obj: Any, name: str, who: str, given: dict[str, Any], number: int) -> Act:
    typed = f"{who} {name} {number} of {obj.pk}: because."
    data = {"seen": obj.version, "key": f"{name}-{who}-{obj.pk}-{number}", "comment": typed} | given
    client, url = company.as_(who), step_url(obj, name)
    return typed, lambda: client.post(url, data, as_json=number % 2 == 0)


def write(company: Company, request: Any) -> list[Act]:
    """The representative's own windows: twenty texts, six submissions, six withdrawals of one draft."""
    return [
        *(goal(company, request, number) for number in range(20)),
        *(click(company, request, "submit", "rep", {}, number) for number in range(6)),
        *(click(company, request, "cancel", "rep", {}, number) for number in range(6)),
    ]


def goal(company: Company, request: Any, number: int) -> Act:
    typed = f"Goal {number} of {request.pk}: agree on next year."
    data = {
        "seen": request.version, "key": f"edit-{request.pk}-{number}", "draft": "1", "goal": typed,
        "audience": request.audience, "meeting_on": request.meeting_on.isoformat(), "delivery": request.delivery,
        "recipient": request.recipient_id,
    }  # fmt: skip
    client, url = company.as_("rep"), f"{request.get_absolute_url()}edit/"
    return typed, lambda: client.post(url, data, as_json=False)


def conflict(tally: Tally, kind: str, acts: list[Act], wins: dict[str, int]) -> None:
    answers = all_at_once([act for _typed, act in acts])
    took = [number for number, answer in enumerate(answers) if answer.status in (200, 302)]
    late = [number for number, answer in enumerate(answers) if answer.status == 409]
    odd = [answers[n] for n in range(len(acts)) if n not in took and n not in late]
    tally.expect(len(took) == 1, f"{kind}: one winner.", [acts[number][0] for number in took])
    tally.expect(not odd, f"{kind}: everybody else is answered with 409.", [a[:2] for a in odd[:2]])
    unnamed = [answers[number].body for number in late if not WHO_AND_WHEN.search(answers[number].body)]
    tally.expect(not unnamed, f"{kind}: each is told who was faster, and when.", [told(page) for page in unnamed[:2]])
    lost = [acts[n][0] for n in late if "<html" in answers[n].body and asks_words(acts[n][0], answers[n].body)]
    tally.expect(not lost, f"{kind}: no word is lost.", lost[:3])
    for number in took:
        word = " ".join(acts[number][0].split()[:2]) if kind == "leaders" else acts[number][0].split()[0]
        wins[word] = wins.get(word, 0) + 1


def asks_words(typed: str, page: str) -> bool:
    """Whether something was typed (submitting asks nothing) and the answer no longer holds it."""
    return " submit " not in typed and typed not in page


def told(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.find("<main") :]))[:300]
