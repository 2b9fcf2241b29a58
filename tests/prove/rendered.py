"""A document whose rendering is killed, wherever, is rendered once: one manifest, one set of files, one step in the log."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import ExitStack
from pathlib import Path

from django.db import connection
from django.utils.timezone import now

from acr_program.files import disk
from acr_program.files.models import Manifest, StoredFile
from acr_program.jobs.models import OPEN
from acr_program.jobs.work import drain
from acr_program.render.models import Rendering
from acr_program.workflow.log import LogEntry
from reviews.models import Document
from tests.factories import fresh, make_account, make_request, take

from .company import Company, found
from .switched import instead
from .tally import Tally
from .worker import was_killed, worker_of
from .world import Worlds

POINTS = (
    "job_claimed", "rendering_rendered", "rendering_sealed", "after_log", "before_commit", "after_commit", "job_worked",
)  # fmt: skip
BELOW = ("the child", "the renderer")


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, [*POINTS, *BELOW] * (20 if full else 1))
    control = Tally(quiet=True)
    run(worlds, control, ["rendering_sealed"], forgetful=True)
    tally.control(control, "what a rendering keeps of its last try")


def run(worlds: Worlds, tally: Tally, deaths: list[str], *, forgetful: bool = False) -> None:
    with worlds.new() as world, ExitStack() as guards:
        if forgetful:
            guards.enter_context(instead(Rendering, work=from_the_beginning))
        company = found(world)
        struck_at = [death for death in deaths if dies(document_of(company), death)]
        tally.expect(struck_at == deaths, "Each death came to pass.", struck_at)
        made = list(Document.objects.values_list("status", flat=True))
        tally.expect(set(made) == {"ready"}, "Each document is made in the end.", made)
        once(tally)
        tally.say(f"{len(deaths)} renderings killed at {len(set(deaths))} places")


def from_the_beginning(rendering: Rendering) -> None:
    """The control: a try that knows nothing of the one before it."""
    rendering.manifest = None
    WORK(rendering)


WORK = Rendering.work


def document_of(company: Company) -> Document:
    """A document that waits for its rendering."""
    review = make_request("gathering", account=make_account(manager=company.people["rep"]))
    for part in review.contributions.order_by("pk"):
        take(part, "submit", part.contributor, text=f"We shipped what we promised: {review.pk}.")
        take(part, "accept", company.people["admin"])
    document: Document = fresh(review).latest_document()
    return document


def dies(document: Document, death: str) -> bool:
    """A worker takes the document up and something dies; the next worker brings it to its end."""
    faults = f"{death}:1:kill" if death in POINTS else ""
    worker = worker_of(["render.Rendering"], {"ACR_FAULTS": faults})
    struck_one = True
    if death in BELOW:
        struck_one = kill_below(worker, 2 if death == "the child" else 1)
    killed = was_killed(worker)
    if death in POINTS:
        struck_one = killed
    Rendering.objects.filter(object_id=document.pk, state__in=OPEN).update(due_at=now())  # no lease is waited for
    drain(["render.Rendering"])
    return struck_one


def kill_below(worker: int, depth: int) -> bool:
    """The renderer of this worker, or its child in the middle of a document."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        servers = children(worker)
        at = servers if depth == 1 else [pid for server in servers for pid in children(server)]
        if at and struck(at[0]):
            return True
        time.sleep(0.005)
    return False


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    there = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                there.append(int(stat.parent.name))
        except (OSError, IndexError, ValueError):
            continue
    return there


def struck(pid: int) -> bool:
    """Kill one process; False where it had ended by itself since it was seen."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def once(tally: Tally) -> None:
    """One step, one manifest of its own, one set of files, for each document; on the disk lies nothing else."""
    documents = Document.objects.exclude(manifest=None).count()
    steps = LogEntry.objects.filter(step="rendered").count()
    manifests, renderings = Manifest.objects.count(), Rendering.objects.filter(state="done").count()
    counts = {"steps": steps, "manifests": manifests, "renderings": renderings}
    tally.expect(set(counts.values()) == {documents}, f"{documents} documents, each made once.", counts)
    sets = [len(manifest.rows()) for manifest in Manifest.objects.all()]
    tally.expect(len(set(sets)) <= 1, "Each has one set of files.", sets)
    kept, lying = set(StoredFile.objects.values_list("sha256", flat=True)), {path.name for path in disk.every_file()}
    tally.expect(kept == lying, "The files on the disk are the ones that are known.", len(kept ^ lying))
    connection.close()
