"""P30: bad spreadsheets get a sentence in 10 seconds and 300 MB; an import is all or nothing, twice the same, as previewed."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import structlog

from accounts.models import Account, OrderLine
from acr_program.intake import actions
from acr_program.intake.models import Batch, BatchRow
from acr_program.jobs.work import drain
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform
from acr_program.workflow.seals import verify
from tests.acting import make_user
from tests.factories import make_program
from tests.intake.files import ACCOUNTS, LINES, account, fresh, line, table

from . import sheets
from .tally import Tally
from .world import World, Worlds

SAYS = "bad files are answered, good ones go in whole or not at all"
SECONDS, MEGABYTES = 10, 300
POINTS = ("between_lots:1", "between_lots:2", "import_written:1", "import_committed:1", "job_claimed:3", "job_worked:2")
WITHOUT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
import django.conf; django.conf.settings.configure(USE_I18N=False)
from import_export.formats.base_formats import CSV, XLSX
data = open(sys.argv[1], "rb").read()
(XLSX() if data[:2] == b"PK" else CSV()).create_dataset(data if data[:2] == b"PK" else data.decode())
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new():
        answered(tally, make_user("manager"), rng, 300 if full else 18)
    with worlds.new() as world:
        good(tally, world, rows=50_000 if full else 2_500, kills=50 if full else 3, rng=rng)
    control = Tally(quiet=True)
    unlimited(control, rng)
    tally.control(control, "the limited process")


def answered(tally: Tally, by: Any, rng: random.Random, many: int) -> None:
    """Each bad file: a sentence or a reason for each row, in time, and nothing written."""
    slowest, said = 0.0, Counter[str]()
    peaks: list[int] = [0]
    for name, data in sheets.bad(rng, many):
        begun = time.monotonic()
        with structlog.testing.capture_logs() as logs:
            sentence = answer(data, by)
        took = time.monotonic() - begun
        peaks += [row["peak_mb"] for row in logs if row["event"] == "file_read"]
        slowest = max(slowest, took)
        said[sentence[:60]] += 1
        tally.expect(took <= SECONDS, f"{name} is answered in {SECONDS} seconds.", f"{took:.1f} s")
        tally.expect(sentence.rstrip().endswith((".", "?")), f"{name} gets a sentence.", sentence)
    peak = max(peaks)
    tally.say(f"{many} bad files, {len(said)} different sentences, slowest {slowest:.1f} s, largest process {peak} MB")
    tally.expect(0 < peak <= MEGABYTES, "No process that reads a file has more memory than it may.", f"{peak} MB")
    tally.expect(not Account.objects.exists(), "Nothing came of them.")
    tally.expect(not list(verify()), "The log is as it was written.")


def answer(data: bytes, by: Any) -> str:
    """What the author of the file is told; empty where something would have been taken in without a word."""
    try:
        batch = actions.upload(data, "file", "accounts", by=by)
        drain(["intake.Work"])
        batch = fresh(batch)
        if batch.status == "mapping":
            batch = actions.read_as(batch, batch.columns, batch.options, by=by, seen=batch.version)
            drain(["intake.Work"])
    except Refused as refused:
        return refused.sentence
    batch = fresh(batch)
    if batch.status == "failed":
        return batch.error
    reasons = BatchRow.objects.filter(batch=batch).values_list("outcome", "reason")
    good_rows = [reason for outcome, reason in reasons if outcome == "created"]
    return "" if good_rows or not reasons else reasons[0][1]


def good(tally: Tally, world: World, *, rows: int, kills: int, rng: random.Random) -> None:
    """Killed at named points, then gone on with; the same file twice; the preview is what came of it."""
    make_program()
    by = make_user("manager", email="office@example.com")
    put_in(tally, table(ACCOUNTS, [account(f"C{n}", f"Firm {n}") for n in range(40)]), "accounts", by)
    for number in range(kills):
        killed(tally, world, by, rows // 2 if kills < 10 else 2_500, number, rng)
    begun = time.monotonic()
    data = lines_file("good", rows)
    put_in(tally, data, "order_lines", by)
    took = time.monotonic() - begun
    tally.say(f"{rows} good rows in {took:.1f} s")
    tally.expect(took <= 120, "50,000 good rows take no more than 120 seconds.", took)
    before = OrderLine.objects.count()
    again = checked(data, "order_lines", by)
    tally.expect(again.counts == {"unchanged": rows}, "The same file again changes nothing.", again.counts)
    tally.expect(OrderLine.objects.count() == before, "And writes nothing.")
    tally.expect(not list(verify()), "The log is as it was written.", list(verify())[:3])


def lines_file(tag: str, rows: int) -> bytes:
    return table(LINES, [line(f"{tag}-{n // 3}", f"C{n % 40}", line=str(n % 3 + 1)) for n in range(rows)])


def checked(data: bytes, kind: str, by: Any) -> Batch:
    batch = actions.upload(data, f"{kind}.csv", kind, by=by)
    drain(["intake.Work"])
    batch = fresh(batch)
    actions.read_as(batch, batch.columns, batch.options, by=by, seen=batch.version)
    drain(["intake.Work"])
    return fresh(batch)


def put_in(tally: Tally, data: bytes, kind: str, by: Any) -> None:
    batch = checked(data, kind, by)
    previewed = dict(batch.counts)
    perform(batch, "take_in", by=by, seen=batch.version)
    drain(["intake.Work"])
    batch = fresh(batch)
    tally.expect(
        (batch.status, batch.counts) == ("taken_in", previewed), "What came of it is what was shown.", batch.counts
    )


def killed(tally: Tally, world: World, by: Any, rows: int, number: int, rng: random.Random) -> None:
    """An import from the shell, killed; then whoever comes next goes on."""
    tag, point = f"k{number}", POINTS[number % len(POINTS)] if number < len(POINTS) else rng.choice(POINTS)
    path = world.folder / f"{tag}.csv"
    path.write_bytes(lines_file(tag, rows))
    command = [sys.executable, "manage.py", "intake", "order_lines", str(path), "--by", by.email]
    process = world.start(command, ACR_FAULTS=f"{point}:kill", ACR_LEASE_SECONDS="1")
    code = process.wait(timeout=120)
    there = OrderLine.objects.filter(number__startswith=f"{tag}-").count()
    tally.expect(code == -9, f"The process was killed at {point}.", f"{code} {world.told()[-300:]}")
    tally.expect(there in (0, rows), f"Killed at {point}: everything or nothing.", there)
    time.sleep(1.2)
    drain(["intake.Work"])
    batch = Batch.objects.latest("pk")
    if batch.status == "mapping":
        actions.read_as(batch, batch.columns, batch.options, by=by, seen=batch.version)
        drain(["intake.Work"])
        batch = fresh(batch)
    if batch.status == "ready":
        perform(batch, "take_in", by=by, seen=batch.version)
        drain(["intake.Work"])
    there = OrderLine.objects.filter(number__startswith=f"{tag}-").count()
    tally.expect(
        there == rows, "Whoever comes next brings it to its end.", (there, fresh(batch).status, fresh(batch).error)
    )


def unlimited(tally: Tally, rng: random.Random) -> None:
    """The control: the same files, read by the library in a process without limits."""
    for sort in (sheets.bomb, sheets.strings_bomb, sheets.million):
        with tempfile.NamedTemporaryFile() as file:
            Path(file.name).write_bytes(sort(rng))
            begun = time.monotonic()
            try:
                done = subprocess.run(
                    [sys.executable, "-c", WITHOUT, file.name], timeout=20, capture_output=True, text=True
                )
                peak = int(done.stdout or 0) >> 10
            except subprocess.TimeoutExpired:
                peak = 0
            took = time.monotonic() - begun
        tally.expect(
            0 < peak <= MEGABYTES and took <= SECONDS, f"{sort.__name__}: {took:.0f} s, {peak or 'too many'} MB."
        )
