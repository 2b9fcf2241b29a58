"""P1: a web process killed in the middle of a step leaves all of it or nothing."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from . import invariants
from .clients import Client
from .company import accounts_of, found, requests_of, step_url
from .tally import Tally
from .world import Worlds

SAYS = "a killed web process leaves all or nothing"
POINTS = [
    "after_lock", "before_step", "after_step", "after_save", "after_entries", "after_log", "after_obligations",
    "after_messages", "between_consequences", "after_consequences", "before_commit", "after_commit",
]  # fmt: skip
COMMENT = {"comment": "Because it is so."}
WAYS: dict[str, dict[str, list[tuple[str, str, dict[str, str]]]]] = {  # state -> what may be done there, by whom
    "account": {
        "active": [("flag_risk", "manager", COMMENT)],
        "at_risk": [("recover", "manager", COMMENT), ("close", "manager", COMMENT)],
        "closed": [("reopen", "manager", {})],
    },
    "reviewrequest": {
        "draft": [("submit", "rep", {})],
        "returned": [("submit", "rep", {})],
        "submitted": [("send_back", "admin", COMMENT), ("accept", "admin", {}), ("accept", "admin", {})],
        "gathering": [("cancel", "rep", COMMENT)],
    },
}


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, kills=50 if full else 3, rng=rng)
    control = Tally(quiet=True)
    run(worlds, control, kills=3 if full else 1, rng=rng, off="transaction")
    tally.control(control, "the transaction")


def run(worlds: Worlds, tally: Tally, *, kills: int, rng: random.Random, off: str = "") -> None:
    """Sixteen people at work while the process that serves them is killed at each point so many times."""
    plan = [f"{point}:{rng.randint(1, 4)}:kill" for point in POINTS for _ in range(kills)]
    rng.shuffle(plan)
    with worlds.new() as world:
        struck = world.folder / "struck"
        struck.mkdir()
        company = found(world)
        accounts = accounts_of(company, 48)
        reviews = requests_of(company, accounts)
        things = [*accounts[:24], *reviews[24:]]  # closing one of these accounts cancels a draft nobody else touches
        world.serve(workers=4, threads=4, off=off, ACR_FAULTS=",".join(plan), ACR_FAULTS_DIR=str(struck))
        tally.say(f"{len(things)} objects, {len(plan)} kills to come")
        crew = [Crew(company, things[number::16], rng.random()) for number in range(16)]
        deadline = time.monotonic() + 30 * kills
        enough = 60 * kills

        def busy() -> bool:
            done = sum(len(member.acknowledged) for member in crew)
            return time.monotonic() < deadline and (len(list(struck.iterdir())) < len(plan) or done < enough)

        threads = [threading.Thread(target=member.work, args=(busy,)) for member in crew]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        dead = len(list(struck.iterdir()))
        acknowledged = [click for member in crew for click in member.acknowledged]
        unknown = sum(member.unknown for member in crew)
        tally.say(f"{dead} kills, {len(acknowledged)} steps acknowledged, {unknown} answers lost and asked for again")
        tally.expect(dead >= len(plan) * 9 // 10, "The kills took place.", f"{dead} of {len(plan)}")
        tally.expect(unknown, "Answers were lost.")
        refused = [refusal for member in crew for refusal in member.refused]
        tally.expect(not refused, "Nobody was refused a step that was theirs.", refused[:3])
        world.close()
        invariants.check(tally, acknowledged)


class Crew:
    """One person's hands: takes whatever step is open, and asks again with the same click where no answer came."""

    def __init__(self, company: Any, things: list[Any], seed: float) -> None:
        self.things, self.rng = things, random.Random(seed)
        self.clients: dict[str, Client] = {name: company.as_(name) for name in ("manager", "rep", "admin")}
        self.stand = {id(thing): (thing.status, thing.version) for thing in things}
        self.acknowledged: list[tuple[str, str]] = []
        self.refused: list[str] = []
        self.unknown = 0

    def work(self, busy: Any) -> None:
        while busy() and self.things:
            thing = self.rng.choice(self.things)
            status, version = self.stand[id(thing)]
            ways = WAYS[thing._meta.model_name].get(status)
            if not ways:
                self.things.remove(thing)
                continue
            self.act(thing, version, *self.rng.choice(ways))

    def act(self, thing: Any, version: int, name: str, who: str, given: dict[str, str]) -> None:
        key = f"{thing._meta.model_name}-{thing.pk}-{version}-{self.rng.random()}"
        data = {"seen": version, "key": key, **given}
        for _try in range(60):
            answer = self.clients[who].post(step_url(thing, name), data)
            if answer.status:
                break
            self.unknown += 1
            time.sleep(0.05)
        if answer.status == 200:
            self.stand[id(thing)] = (answer.json["status"], answer.json["version"])
            self.acknowledged.append((key, name))
        else:
            self.refused.append(f"{name}: {answer.status} {answer.body[:200]}")
            self.things.remove(thing)
