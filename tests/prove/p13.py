"""P13: each approved document is ordered and shipped once, from the approved file alone; what is said twice changes nothing."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.utils.timezone import now

from acr_program.jobs.models import OPEN
from acr_program.outbox.signing import signed
from reviews.models import Handover, PrintOrder
from tests.factories import fresh, make_account, make_request, take

from . import invariants
from .clients import all_at_once
from .company import Company, found, step_url
from .tally import Tally
from .worker import was_killed, worker_of
from .world import World, Worlds

SAYS = "print order and shipment exactly once, from the approved file only"
SECRET = "p13-" + "x" * 40
WEB = "before_commit:3:kill,after_commit:5:kill,after_log:9:kill,between_consequences:14:kill"
WORKER = "job_claimed:2:kill,handed_over:3:kill,after_log:4:kill,handed_over:6:kill,job_worked:8:kill"
PRINTED: dict[str, Any] = {"delivery": "printed", "copies": 12, "ship_to": "Dock 4, Hamburg"}
WORDS = ("printed", "shipped", "delivered")
Event = dict[str, str]


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, orders=1_000 if full else 20, rng=rng)
    control = Tally(quiet=True)
    run(worlds, control, orders=3, rng=rng, off="event")
    tally.control(control, "the key that events are known by")


def run(worlds: Worlds, tally: Tally, *, orders: int, rng: random.Random, off: str = "") -> None:
    with worlds.new() as world:
        company = found(world)
        struck = [world.folder / f"struck-{name}" for name in ("web", "worker")]
        for folder in struck:
            folder.mkdir()
        world.serve(off=off, ACR_FAULTS=WEB, ACR_FAULTS_DIR=str(struck[0]), ACR_PRINT_EVENTS_SECRET=SECRET)
        for _ in range(orders):
            approve(tally, company)
        hand_over(world, struck[1])
        given = list(PrintOrder.objects.order_by("pk"))
        mended = stop_some(tally, world, company, given[::3], struck[1], rng)
        said = [event for order in given for event in story(order)]
        tell_all(tally, world, said, rng)
        deaths = sum(len(list(folder.iterdir())) for folder in struck)
        tally.say(f"{len(given)} orders, {len(mended)} of them stopped and mended, {len(said)} events, {deaths} deaths")
        tally.expect(off or deaths >= 5, "The named points were struck.", deaths)
        judge(tally, world, orders)
        replay(tally, world, said + mended, rng)
        world.close()
        invariants.check(tally)


def approve(tally: Tally, company: Company) -> None:
    """The last approval, clicked four times at once, and once more as long as nobody answers."""
    request = make_request("in_approval", account=make_account(manager=company.people["rep"]), **PRINTED)
    approval = request.approvals.get()
    given = {"seen": approval.version, "key": f"approve-{approval.pk}", "signs": approval.signs}
    for _try in range(100):
        answers = all_at_once([lambda: company.as_("leader").post(step_url(approval, "approve"), given)] * 4)
        if all(answer.status for answer in answers):
            break
        time.sleep(0.1)
    tally.expect({answer.status for answer in answers} == {200}, "The approval was taken.", answers[0].body[:200])


def hand_over(world: World, struck: Path) -> None:
    """A worker works off what is due, and another takes its place whenever it is killed."""
    faults, drop = {"ACR_FAULTS": WORKER, "ACR_FAULTS_DIR": str(struck)}, str(world.folder / "print")
    for _try in range(60):
        killed = was_killed(worker_of(["reviews.handover"], faults, ACR_PRINT_DROP=drop))
        if not killed and not Handover.objects.exclude(state="done").exists():
            return
        Handover.objects.filter(state__in=OPEN).update(due_at=now())  # no lease is waited for


def stop_some(
    tally: Tally, world: World, company: Company, orders: list[PrintOrder], struck: Path, rng: random.Random
) -> list[Event]:
    """The printer says that something is in the way; the office mends it and hands the order over again."""
    said = [event_of(order, "problem") | {"note": "No paper of this kind."} for order in orders]
    answers = [post(world, event)[0] for event in said]
    tally.expect(set(answers) == {200}, "What is in the way is taken.", Counter(answers))
    for order in orders:
        take(fresh(order), "try_again", company.people["admin"])
    hand_over(world, struck)
    replay(tally, world, said, rng)
    return said


def story(order: PrintOrder) -> list[Event]:
    """What becomes of an order, and beside it what is about nothing."""
    own = [event_of(order, word) | {"carrier": "DHL", "tracking": f"T-{order.pk}"} for word in WORDS]
    nobodys = event_of(order, "printed") | {"order": f"P{order.pk + 10**6}", "id": f"nobody-{order.pk}"}
    return [*own, event_of(order, "exploded"), nobodys]


def event_of(order: PrintOrder, word: str) -> Event:
    return {"id": f"{word}-{order.pk}", "event": word, "order": order.name}


def tell_all(tally: Tally, world: World, said: list[Event], rng: random.Random) -> None:
    """In any order, each twice at once; what came too soon is said again, as its sender does."""
    answers: Counter[int] = Counter()
    for _round in range(8):
        rng.shuffle(said)
        early = []
        for number in range(0, len(said), 8):
            some = said[number : number + 8]
            twice = [event for event in some for _time in range(2)]
            got = all_at_once([partial(post, world, event) for event in twice])
            answers.update(status for status, _sentence in got)
            early += [event for event, answer in zip(twice, got, strict=True) if answer[0] == 409]
        if not early:
            break
    tally.expect(set(answers) <= {200, 404, 409}, "Each event is answered with a sentence.", answers)
    tally.expect(answers[404] > 0 and answers[409] > 0, "Some were unknown, and some came too soon.", answers)
    tally.expect(not early, "In the end nothing is too soon any more.", early[:2])


def post(world: World, event: Event) -> tuple[int, str]:
    """The answer; while the server is being started anew it is asked again, as a carrier does."""
    body = json.dumps(event).encode()
    for _try in range(100):
        ask = Request(
            f"http://127.0.0.1:{world.port}/reviews/printer/events/", body, signed(SECRET, body), method="POST"
        )
        try:
            with urlopen(ask, timeout=30) as answer:
                return answer.status, json.load(answer)["sentence"]
        except HTTPError as error:
            with error, suppress(HTTPException, OSError):  # it may die before it has said why
                return error.code, error.read().decode()[:200]
        except (URLError, HTTPException, ConnectionError, TimeoutError):
            pass
        time.sleep(0.1)
    return 0, "no answer"


def judge(tally: Tally, world: World, wanted: int) -> None:
    """I3: one order a document, one handover a round, one file an order. I6: one hash from the approval to the drop."""
    orders = list(PrintOrder.objects.select_related("document__manifest", "file__file", "request"))
    per = Counter(order.document_id for order in orders)
    tally.expect(
        len(orders) == wanted and set(per.values()) == {1}, "I3: one order for each document.", (len(orders), wanted)
    )
    rounds = Counter(Handover.objects.values_list("order", "round"))
    tally.expect(set(rounds.values()) == {1}, "I3: one handover for each round.", rounds.most_common(2))
    sent = {order.pk: order.log().filter(step="send").count() for order in orders}
    due = Counter(Handover.objects.filter(state="done").values_list("order", flat=True))
    tally.expect(sent == dict(due), "I4: each handover is told once.", [pk for pk in sent if sent[pk] != due[pk]][:3])
    files = sorted(path.name for path in (world.folder / "print").iterdir())
    expected = sorted(f"{o.name}{end}" for o in orders for end in (".pdf", "-ticket.pdf", "-ticket.json"))
    tally.expect(files == expected, "One file and one ticket an order lie in the drop.", set(files) ^ set(expected))
    for order in orders:
        laid = hashlib.sha256((world.folder / "print" / f"{order.name}.pdf").read_bytes()).hexdigest()
        signs = set(order.document.approvals.filter(status="approved").values_list("signs", flat=True))
        one = laid == order.sha256 == order.file.file.sha256 and signs == {order.document.manifest.digest}
        tally.expect(one, "I6: what lies in the drop is what was approved.", order.name)
        shipped = order.log().filter(step="ship").count(), order.request.log().filter(step="ship").count()
        ended = order.status, order.request.status, *shipped
        tally.expect(ended == ("delivered", "delivered", 1, 1), "Shipped and delivered once.", (order.name, ended))


def replay(tally: Tally, world: World, said: list[Event], rng: random.Random) -> None:
    """Everything that was ever said, said once more."""
    before = standing()
    rng.shuffle(said)
    for event in said:
        post(world, event)
    tally.expect(standing() == before, "Said once more it changes nothing.", len(said))


def standing() -> list[Any]:
    return list(
        PrintOrder.objects.order_by("pk").values_list("status", "version", "request__status", "request__version")
    )
