"""Kill -9 of worker, renderer and web at named points, the broker's folder deleted, Redis restarted empty: nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from typing import Any

import redis
from django.utils.timezone import now

from acr_program.jobs.kinds import kinds
from acr_program.outbox.models import Message
from acr_program.render.models import Rendering
from acr_program.workflow.log import LogEntry
from reviews.models import Document
from tests.factories import make_account, make_request, take
from tests.jobs.office import CELERY, WORKER
from tests.outbox.smtp import Server

from . import invariants, rendered
from .company import Company, found, step_url
from .tally import Tally
from .world import World, Worlds, free_port

SAYS = "every job is done once, every mail arrives, whoever dies in between"
RENDER = [*CELERY, "worker", "-n", "render@%h", "-Q", "render", "-P", "threads", "-c", "2", "--without-gossip",
          "--without-mingle", "--without-heartbeat"]  # fmt: skip
PLANS = {
    "web": "before_commit:2:kill,after_commit:3:kill,after_log:5:kill",
    "worker": "job_claimed:2:kill,mail_sent:3:kill,job_worked:4:kill,mail_sent:9:kill",
    "render": "rendering_rendered:1:kill,rendering_sealed:2:kill,job_claimed:3:kill",
}


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, reviews=40 if full else 5)
    emptied(worlds, tally, mails=1000 if full else 30)
    rendered.prove(worlds, tally, full=full, rng=rng)
    control = Tally(quiet=True)
    forgetful(worlds, control)
    tally.control(control, "the rows (bells alone, on a broker that forgets)")


class Processes:
    """Worker, renderer and clock; whoever falls is started again, as the supervisor does."""

    def __init__(self, world: World, mail_port: int, broker: str = "") -> None:
        self.world, self.starts, self.over = world, Counter[str](), False
        (world.folder / "struck").mkdir(exist_ok=True)
        self.more = {
            "ACR_PROVE_BROKER": "1", "REDIS_URL": broker, "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "ACR_LEASE_SECONDS": "4", "ACR_FAULTS_DIR": str(world.folder / "struck"),
        }  # fmt: skip
        self.commands = {"worker": WORKER, "clock": [*CELERY, "beat", "-s", str(world.folder / "tmp/beat")]}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self, *names: str) -> None:
        for name in names:
            self.start(name)
        threading.Thread(target=self.watch, daemon=True).start()

    def start(self, name: str) -> None:
        self.starts[name] += 1
        faults = {"ACR_FAULTS": ",".join(f"{p}" for p in PLANS.get(name, "").split(",") if p)}
        lease = {"ACR_LEASE_SECONDS": "12"} if name == "render" else {}
        folder = self.world.folder / f"struck-{name}"
        folder.mkdir(exist_ok=True)
        command = RENDER if name == "render" else self.commands[name]
        self.running[name] = self.world.start(command, **(self.more | faults | lease | {"ACR_FAULTS_DIR": str(folder)}))

    def watch(self) -> None:
        while not self.over:
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.over:
                    self.start(name)
            time.sleep(0.3)

    def kill(self, name: str) -> None:
        os.killpg(self.running[name].pid, signal.SIGKILL)

    def struck(self) -> int:
        return sum(len(list(folder.iterdir())) for folder in self.world.folder.glob("struck*"))


def run(worlds: Worlds, tally: Tally, *, reviews: int) -> None:
    """Reviews are compiled, rendered and asked for approval over the web while everything is being killed."""
    with Server() as smtp, worlds.new() as world:
        company = found(world)
        parts = [last_part(company) for _ in range(reviews)]
        processes = Processes(world, smtp.port)
        web = world.folder / "struck-web"
        web.mkdir()
        world.serve(ACR_FAULTS=PLANS["web"], ACR_FAULTS_DIR=str(web), ACR_PROVE_BROKER="1")
        processes.begin("worker", "render", "clock")
        acknowledged = [(accepted(tally, company, part), "accept") for part in parts]
        killed = kill_renderers(processes)
        shutil.rmtree(world.folder / "broker", ignore_errors=True)
        more = [last_part(company) for _ in range(2)]
        acknowledged += [(accepted(tally, company, part), "accept") for part in more]
        processes.kill("worker")
        settle(tally, world, 150)
        processes.over = True
        deaths = processes.struck() + killed + 1
        tally.say(f"{deaths} deaths, starts {dict(processes.starts)}, the broker's folder deleted once")
        tally.expect(processes.struck() >= 8, "The named points were struck.", processes.struck())
        tally.expect(killed == 2, "A renderer and its child were killed.", killed)
        world.close()
        done_once(tally, smtp, deaths)
        invariants.check(tally, acknowledged)


def last_part(company: Company) -> Any:
    """A review of which one section is still to be accepted: accepting it compiles the document."""
    request = make_request("gathering", account=make_account(manager=company.people["rep"]))
    first, second = request.contributions.order_by("pk")
    for part in (first, second):
        take(part, "submit", part.contributor, text="We shipped what we promised.")
    take(first, "accept", company.people["admin"])
    return second


def accepted(tally: Tally, company: Company, part: Any) -> str:
    """By the page, asked again with the same click as long as nobody answers."""
    key, client = f"accept-{part.pk}", company.as_("admin")
    for _try in range(100):
        answer = client.post(step_url(part, "accept"), {"seen": 2, "key": key})
        if answer.status:
            break
        time.sleep(0.1)
    tally.expect(answer.status == 200, "The section was accepted.", answer.body[:200])
    return key


def kill_renderers(processes: Processes) -> int:
    """The child in the middle of a document, then the renderer itself."""
    killed = []
    for depth in (2, 1):
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            servers = rendered.children(processes.running["render"].pid)
            at = servers if depth == 1 else [pid for server in servers for pid in rendered.children(server)]
            if at and rendered.struck(at[0]):
                killed.append(at[0])
                break
            time.sleep(0.01)
        time.sleep(0.5)
    return len(killed)


def settle(tally: Tally, world: World, seconds: float) -> None:
    """Wait until nothing is owed any more; the minutes that a failed try waits are left out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        owed = [kind.objects.filter(state__in=["queued", "running"]) for kind in kinds()]
        if not any(rows.exists() for rows in owed):
            break
        for rows in owed:
            rows.filter(state="queued", attempts__gt=0, due_at__gt=now()).update(due_at=now())
        time.sleep(0.5)
    left = {kind._meta.label: kind.objects.exclude(state="done").values_list("state", "error")[:3] for kind in kinds()}
    left = {label: list(rows) for label, rows in left.items() if rows}
    tally.expect(not left, "Every job is done.", f"{left} {world.told()[-600:] if left else ''}")


def done_once(tally: Tally, smtp: Server, deaths: int) -> None:
    """Each mail arrived; a repeat, if any, says by its id that it is one; each document was made once."""
    ids = [str(mail["Message-ID"]) for mail in smtp.mails]
    wanted = set(Message.objects.values_list("message_id", flat=True))
    tally.expect(set(ids) == wanted, "Each mail arrived, and no other.", len(set(ids) ^ wanted))
    tally.expect(len(ids) - len(set(ids)) <= deaths, "Repeats are rare, with the same id.", len(ids) - len(set(ids)))
    made = LogEntry.objects.filter(step="rendered").count()
    documents = Document.objects.exclude(manifest=None).count()
    tally.expect(made == documents == Rendering.objects.count(), "Each document was made once.", (made, documents))
    rendered.once(tally)
    tally.say(f"{len(wanted)} mails, {len(ids) - len(set(ids))} repeats with the same id, {made} documents")


def emptied(worlds: Worlds, tally: Tally, *, mails: int) -> None:
    """Redis is killed while bells are in it, and comes back empty."""
    if not shutil.which("redis-server"):
        tally.expect(os.environ.get("CI") is None, "There is a redis-server on this machine.")
        return
    with Server() as smtp, worlds.new() as world:
        port = free_port()
        server = redis_server(world, port)
        company = found(world)
        before = Message.objects.count()
        processes = Processes(world, smtp.port, f"redis://127.0.0.1:{port}/0")
        processes.begin("worker", "clock")
        parts = [last_part(company) for _ in range(max(1, mails // 10))]
        server.kill()
        server.wait()
        for part in parts[:2]:
            take(part, "accept", company.people["admin"])
        redis_server(world, port)
        settle_mails(tally)
        processes.over = True
        tally.say(f"Redis killed and restarted empty; {Message.objects.count() - before} mails owed over it")
        world.close()
        ids = [str(mail["Message-ID"]) for mail in smtp.mails]
        wanted = set(Message.objects.values_list("message_id", flat=True))
        tally.expect(set(ids) == wanted, "Each mail arrived although Redis forgot.", len(set(ids) ^ wanted))


def redis_server(world: World, port: int) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(world.folder)]
    process = world.start(command)
    client = redis.Redis(port=port)
    for _try in range(100):
        try:
            client.ping()
            break
        except redis.RedisError:
            time.sleep(0.1)
    return process


def settle_mails(tally: Tally) -> None:
    deadline = time.monotonic() + 60
    while Message.objects.exclude(state="done").exists() and time.monotonic() < deadline:
        time.sleep(0.3)
    left = Counter(Message.objects.values_list("state", flat=True))
    tally.expect(set(left) == {"done"}, "Every mail is out.", dict(left))


def forgetful(worlds: Worlds, tally: Tally) -> None:
    """The control: no clock sweeps the rows, and the broker forgets: what was rung for stays undone."""
    with Server() as smtp, worlds.new() as world:
        company = found(world)
        last_part(company)
        processes = Processes(world, smtp.port)
        shutil.rmtree(world.folder / "broker", ignore_errors=True)
        processes.begin("worker")
        time.sleep(6)
        processes.over = True
        world.close()
        done = Message.objects.filter(state="done").count()
        tally.expect(done == Message.objects.count(), "Every mail is out.", done)
