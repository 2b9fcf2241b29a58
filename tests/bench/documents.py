"""A document of twelve pages in a warm worker against WeasyPrint alone on the same HTML; and the request that asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from tests.prove.clients import all_at_once
from tests.prove.company import seen, step_url
from tests.prove.world import ROOT
from tests.render import example

from .office import Office
from .report import Report
from .timing import medians, timed

TIMES, THROUGHPUT, QUEUED, MEMORY = 1.1, 1 / 0.9, 30, 150
AGAINST_ONE = QUEUED / 538  # on the machine of the goal WeasyPrint alone took 538 ms
TOGETHER = 4  # documents that each of two workers makes one after the other
FAULT = "The renderer was stopped by the bench."


def measure(report: Report, office: Office, rounds: int) -> None:
    report.section("A document of twelve pages")
    office.world.enter()
    inputs = example.full() | {"editions": ["screen"]}
    document = office.review.latest_document()
    with bare(office.world.folder / "weasy", inputs) as alone, bare(office.world.folder / "weasy", inputs) as beside:
        ours = rendering(document, inputs)
        spent = medians({"ours": ours, "alone": alone}, rounds)
        report.tell("the limit: WeasyPrint alone, warm, the same HTML", spent["alone"] * 1000, "ms")
        report.tell("compiled, laid out, stored and sealed", spent["ours"] / spent["alone"], "× limit", TIMES)
        report.tell("the same in processor time", computing(ours, alone, rounds), "× limit", TIMES)
        both = medians({"ours": pair(ours, ours), "alone": pair(alone, beside)}, max(3, rounds // 3), warm=1)
        report.tell("two workers, the same number of documents", both["ours"] / both["alone"], "× limit", THROUGHPUT)
        report.tell("two workers, documents a minute", 2 * TOGETHER * 60 / both["ours"])
        asking = queued(office, rounds)
        report.tell("the request that asks for it, answered", asking * 1000, "ms", QUEUED)
        report.tell("the same against one document of the limit", asking / spent["alone"], "× limit", AGAINST_ONE)
    made = ours()
    assert made.pages == {"screen": 12}, made.pages
    report.tell("the most memory of a render child", made.peak / 2**20, "MiB", MEMORY)
    everything = inputs | {"editions": ["screen", "print", "internal"]}
    report.tell("three editions, computing of the children", rendering(document, everything)().cpu, "s")


def rendering(document: Any, inputs: dict[str, Any]) -> Callable[[], Any]:
    """What a worker does: reads the data of a review, composes the pages, has them laid out, stores and seals them."""
    from acr_program.files.models import Manifest
    from acr_program.files.store import store
    from acr_program.render import client
    from acr_program.render.document import compose
    from acr_program.render.models import canonical

    def act() -> Any:
        document.render_inputs()
        kept = store(canonical(inputs), "application/json")
        rendered = client.render(compose(inputs))
        files = [(f"{key}.pdf", store(data, "application/pdf"), 12) for key, data in rendered.files.items()]
        Manifest.seal(files, inputs=kept.sha256)
        return rendered

    return act


@contextmanager
def bare(folder: Path, inputs: dict[str, Any]) -> Iterator[Alone]:
    """A process that does nothing but WeasyPrint; each call is one document."""
    from acr_program.render import editions, fonts
    from acr_program.render.document import compose

    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for name, data in fonts.assets().items():
        (folder / name).write_bytes(data)
    (folder / "faces.css").write_text(fonts.rules().replace("asset:", f"{folder.as_uri()}/"))
    (folder / "sheet.css").write_text(editions.sheet("screen"))
    (folder / "page.html").write_text(compose(inputs)["screen"])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.weasy", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "ready\n"

    try:
        yield Alone(process)
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


class Alone:
    """That process: one document a call, and the seconds of computing it has taken so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert int(self.process.stdout.readline()) > 50_000

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def computing(ours: Callable[[], Any], alone: Alone, rounds: int) -> float:
    """Processor time of worker and child by that of WeasyPrint alone: what a busy machine does not change."""
    before, began, children = alone.cpu(), time.process_time(), 0.0
    for _ in range(rounds):
        alone()
        children += ours().cpu
    return (children + time.process_time() - began) / (alone.cpu() - before)


def pair(one: Callable[[], Any], other: Callable[[], Any]) -> Callable[[], Any]:
    """Two workers at once, each with its documents one after the other."""
    from django.db import connection

    def some(act: Callable[[], Any]) -> None:
        for _ in range(TOGETHER):
            act()
        connection.close()

    return lambda: all_at_once([lambda: some(one), lambda: some(other)])


def queued(office: Office, rounds: int) -> float:
    """Seconds of the click that has a document rendered again, by the web server; the failing is not counted."""
    from acr_program.people.models import User
    from acr_program.workflow.perform import perform
    from reviews.models import Document
    from tests.factories import make_account, make_request

    clock, admin, keys = User.objects.clock(), office.client("admin"), count()
    request = make_request("compiling", account=make_account(manager=office.company.people["rep"]))
    failing = request.latest_document()

    def click() -> None:
        fresh = Document.objects.get(pk=failing.pk)
        answer = admin.post(step_url(fresh, "render_again"), {"seen": seen(fresh), "key": f"bench-{next(keys)}"})
        assert answer.status == 200, (answer.status, answer.body[:300])

    times = []
    for _ in range(rounds * 2):
        fresh = Document.objects.get(pk=failing.pk)
        perform(fresh, "failed", by=clock, seen=fresh.version, comment=FAULT)
        times.append(timed(click))
    return median(times[2:])
