"""P9: approved bytes are the delivered bytes: whatever is changed in the store is refused and reported, and hands out nothing."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import structlog
from django.core.management import CommandError, call_command
from django.urls import reverse

from acr_program.files import disk
from acr_program.files.duties import verify
from acr_program.files.errors import Corrupt
from acr_program.files.models import Manifest, ManifestFile, StoredFile
from acr_program.jobs.work import drain
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.render.models import Rendering
from reviews.models import Document
from tests.factories import fresh, make_account, make_request, make_user, take

from . import invariants
from .company import Company, found
from .tally import Tally
from .world import ROOT, World, Worlds

SAYS = "approved bytes are the delivered bytes"
TOLD = "stored_file_corrupt", "manifest_corrupt"


class Door(NamedTuple):
    """One way to a file: who goes it, where, and which bytes were approved."""

    name: str
    cookie: str
    path: str
    sha256: str


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, downloads=10_000 if full else 500, changes=1_000 if full else 60, rng=rng)
    control = Tally(quiet=True)
    run(worlds, control, downloads=8, changes=len(CHANGES), rng=rng, off="hash")
    tally.control(control, "the check of hashes")


def run(worlds: Worlds, tally: Tally, *, downloads: int, changes: int, rng: random.Random, off: str = "") -> None:
    with worlds.new() as world:
        company = found(world)
        doors, documents = delivered(company)
        world.serve(off=off)
        handed_out(tally, world, doors, downloads)
        for number in range(changes):
            change = CHANGES[number % len(CHANGES)]
            refused(tally, world, rng.choice(doors), change, rng)
        tally.say(f"{downloads} downloads by {len(doors)} doors, {changes} changes in the store")
        handed_out(tally, world, doors, len(doors))
        if not off:
            receipts(tally, world, company, documents)
            rendered_again(tally)
            world.close()
            invariants.check(tally)


def delivered(company: Company) -> tuple[list[Door], list[Document]]:
    """Rendered in earnest: one sent to its customer by link, one to be printed, one that a leader is asked for by mail."""
    leader = make_user("leader", name="Lea Fern", by_link=True)
    reps = {
        "digital": company.people["rep"],
        "printed": company.people["rep"],
        "asked": make_user("rep", reports_to=leader),
    }
    reviews = {name: compiled(rep, name) for name, rep in reps.items()}
    drain(["render.Rendering"])
    for name in ("digital", "printed"):
        for approval in fresh(reviews[name]).approvals.filter(status="pending").order_by("place"):
            take(approval, "approve", approval.approver, signs=approval.signs)
    made = {name: fresh(review).latest_document() for name, review in reviews.items()}
    doors = []
    for name, who in (("digital", "rep"), ("printed", "admin")):
        for row in made[name].manifest.rows():
            path = reverse("reviews:download", args=[made[name].pk, row.name])
            doors.append(Door(f"{row.name}, {name}, by its page", company.as_(who).cookie, path, row.file.sha256))
    for name, kind in (("digital", "delivery"), ("asked", "approval")):
        mail = Message.objects.filter(kind=kind).latest("created_at")
        screen = made[name].manifest.file("screen.pdf").file.sha256
        doors.append(Door(f"screen.pdf, {name}, by the mail", "", f"{urlsplit(mail.private['url']).path}file/", screen))
    return doors, [made["digital"], made["printed"]]


def compiled(rep: User, name: str) -> Any:
    more = {"delivery": "printed", "copies": 10, "ship_to": "1 Main Street"} if name == "printed" else {}
    review = make_request("gathering", account=make_account(manager=rep), **more)
    for part in review.contributions.order_by("pk"):
        take(part, "submit", part.contributor, text=f"We shipped what we promised: {name}.")
        take(part, "accept", User.objects.holding("admin").first())
    return review


def asked(world: World, door: Door) -> tuple[int, bytes]:
    """The answer at this door, byte for byte."""
    connection = http.client.HTTPConnection("127.0.0.1", world.port, timeout=30)
    try:
        connection.request("GET", door.path, headers={"Cookie": door.cookie} if door.cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def handed_out(tally: Tally, world: World, doors: list[Door], downloads: int) -> None:
    odd = []
    for number in range(downloads):
        door = doors[number % len(doors)]
        status, data = asked(world, door)
        if (status, hashlib.sha256(data).hexdigest()) != (200, door.sha256):
            odd.append((door.name, status, data[:120]))
    tally.expect(not odd, f"{downloads} downloads are the bytes that were approved.", odd[:3])


def refused(tally: Tally, world: World, door: Door, change: Change, rng: random.Random) -> None:
    """The change is made, the door tried, the change taken back."""
    before = reports(world)
    with change(door.sha256, rng):
        status, data = asked(world, door)
        by_night = at_night() if change in ON_DISK else "is no longer"
    name = f"{door.name}, {change.__name__}"
    tally.expect(
        status == 409 and b"%PDF" not in data and b"<main" in data, f"{name}: refused in words.", (status, data[:60])
    )
    tally.expect(reports(world) > before, f"{name}: reported in the log.")
    tally.expect(by_night, f"{name}: the nightly look finds it.")


def reports(world: World) -> int:
    log = (world.folder / "processes.log").read_text(errors="replace")
    return sum(log.count(word) for word in TOLD)


def at_night() -> str:
    with structlog.testing.capture_logs():
        try:
            verify()
        except Corrupt as corrupt:
            return corrupt.sentence
    return ""


Change = Callable[[str, random.Random], Any]


@contextmanager
def on_disk(sha256: str, data: bytes | None) -> Iterator[None]:
    """Other bytes in the file's place, or none."""
    path = disk.path_of(sha256)
    kept = path.read_bytes()
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(kept)


def flipped(sha256: str, rng: random.Random) -> Any:
    data = bytearray(disk.path_of(sha256).read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return on_disk(sha256, bytes(data))


def cut_short(sha256: str, rng: random.Random) -> Any:
    data = disk.path_of(sha256).read_bytes()
    return on_disk(sha256, data[: rng.randrange(len(data))])


def longer(sha256: str, rng: random.Random) -> Any:
    return on_disk(sha256, disk.path_of(sha256).read_bytes() + rng.randbytes(rng.randrange(1, 99)))


def swapped(sha256: str, rng: random.Random) -> Any:
    return on_disk(sha256, disk.path_of(other_file(sha256, rng).sha256).read_bytes())


def gone(sha256: str, rng: random.Random) -> Any:
    return on_disk(sha256, None)


@contextmanager
def another_row(sha256: str, rng: random.Random) -> Iterator[None]:
    """The manifest names another document's file, which is whole in itself."""
    rows = ManifestFile.objects.filter(file__sha256=sha256)
    mine = StoredFile.objects.get(sha256=sha256)
    changed = [row.pk for row in rows]
    rows.update(file=other_file(sha256, rng))
    try:
        yield
    finally:
        ManifestFile.objects.filter(pk__in=changed).update(file=mine)


@contextmanager
def other_digest(sha256: str, rng: random.Random) -> Iterator[None]:
    """The seal says something else than what was sealed."""
    manifest = Manifest.objects.get(files__file__sha256=sha256)
    Manifest.objects.filter(pk=manifest.pk).update(digest=hashlib.sha256(rng.randbytes(9)).hexdigest())
    try:
        yield
    finally:
        Manifest.objects.filter(pk=manifest.pk).update(digest=manifest.digest)


ON_DISK = (flipped, cut_short, longer, swapped, gone)
CHANGES: tuple[Change, ...] = (*ON_DISK, another_row, other_digest)


def other_file(sha256: str, rng: random.Random) -> StoredFile:
    return rng.choice(list(StoredFile.objects.filter(kind="application/pdf").exclude(sha256=sha256)))


def receipts(tally: Tally, world: World, company: Company, documents: list[Document]) -> None:
    """The receipt of each, checked by the script of the office against the files on somebody's desk, whole and touched."""
    for document in documents:
        desk = world.folder / f"desk-{document.pk}"
        desk.mkdir()
        receipt = company.as_("admin").get(reverse("reviews:receipt", args=[document.pk]))
        (desk / "receipt.json").write_text(receipt.body)
        files = [one["name"] for one in json.loads(receipt.body)["manifest"]["files"]]
        for name in files:
            door = Door(name, company.as_("admin").cookie, reverse("reviews:download", args=[document.pk, name]), "")
            (desk / name).write_bytes(asked(world, door)[1])
        tally.expect(checks(desk, files), "The receipt fits the files.")
        (desk / files[0]).write_bytes((desk / files[0]).read_bytes() + b"\n")
        tally.expect(not checks(desk, files), "It does not fit a file that was touched.")


def checks(desk: Path, files: list[str]) -> bool:
    command = [sys.executable, str(ROOT / "bin" / "check-receipt"), "receipt.json", *files]
    return subprocess.run(command, cwd=desk, capture_output=True).returncode == 0


def rendered_again(tally: Tally) -> None:
    """From the inputs that were kept come the bytes that were sealed."""
    for rendering in Rendering.objects.all():
        try:
            call_command("rerender", rendering.pk, verify=True, stdout=StringIO())
            same = ""
        except CommandError as error:
            same = str(error)
        tally.expect(not same, f"Rendering {rendering.pk} again gives the same bytes.", same)
