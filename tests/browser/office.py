"""The office as it runs for people: the supervisor with web, workers, renderer and clock, on data of its own."""

from __future__ import annotations

import email
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from tests import moulds
from tests.jobs.office import ROOT, Office, until

OFFICES = count(1)
SUPERVISOR = [sys.executable, "-m", "acr_program.config.supervise"]


class RealOffice(Office):
    """One data folder, one database, one broker, and all its processes behind one address."""

    mould = moulds.empty

    def __init__(
        self, folder: Path, database: str = "", broker: str = "", company: str = "tests.browser.company", **more: str
    ) -> None:
        self.port = free_port()
        own = {"EMAIL_URL": "", "REDIS_URL": broker, "PORT": str(self.port), "ACR_STATIC": str(folder / "static")}
        super().__init__(folder, 0, database, **own, **more)
        self.makes = company
        del self.environment["ACR_LEASE_SECONDS"]
        self.url = f"http://127.0.0.1:{self.port}"
        self.company: dict[str, Any] = {}

    def open(self) -> None:
        """Make the company, start everything, and wait until the web answers."""
        self.mould.pour(self.database)
        moulds.static(Path(self.environment["ACR_STATIC"]))
        kept = self.folder / "company.json"
        command = [sys.executable, "-m", self.makes, str(kept)]
        made = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr[-4000:]
        self.company = json.loads(kept.read_text())
        self.run()

    def run(self, **more: str) -> None:
        """Start everything, with this said beside, and wait until the web answers."""
        self.environment |= more
        self.supervisor = self.start(SUPERVISOR)
        until(self.answers, 60, self.told)

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
        except (OSError, urllib.error.URLError):
            return False
        return True

    def shut(self) -> None:
        """Ask the supervisor to end; it ends its children. Only what does not listen is killed."""
        if self.running:
            self.supervisor.terminate()
            try:
                self.supervisor.wait(40)
            except subprocess.TimeoutExpired:
                self.told()
        self.close()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What was sent to this address, oldest first: without a mail server each mail is a file."""
        found = []
        for path in sorted((self.folder / "mail").glob("*"), key=lambda each: each.stat().st_mtime):
            mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            if address in str(mail["To"]):
                found.append(mail)
        return found

    @contextmanager
    def renderer_held(self) -> Iterator[None]:
        """Nothing is drawn meanwhile, so that a test can look at a page which waits for a drawing."""
        held = [int(path.name) for path in Path("/proc").glob("[0-9]*") if self.is_renderer(path)]
        assert held, "the render worker does not run"
        for pid in held:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in held:
                os.kill(pid, signal.SIGCONT)

    def is_renderer(self, process: Path) -> bool:
        """A render worker that the supervisor of this very office started."""
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            return parent == str(self.supervisor.pid) and "render@" in (process / "cmdline").read_text()
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database() -> Iterator[str]:
    """SQLite in the office's folder, or a database of its own beside the one that DATABASE_URL names."""
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        yield ""
        return
    name = f"acr_browser_{os.getpid()}_{next(OFFICES)}"  # a process may have several open at a time
    try:
        yield moulds.place(named, name)
    finally:
        with psycopg.connect(moulds.place(named, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def own_broker() -> Iterator[str]:
    """The folder, or an empty numbered database of the Redis that REDIS_URL names, taken by a mark in it."""
    named = os.environ.get("REDIS_URL", "")
    if not named:
        yield ""
        return
    for number in range(15, 5, -1):
        address = urlunsplit(urlsplit(named)._replace(path=f"/{number}"))
        server = redis.Redis.from_url(address)
        if not server.dbsize() and server.set("acr-browser-office", os.getpid(), nx=True, ex=3600):
            break
    else:
        raise AssertionError("Redis has no empty database for the browser tests; flush one of 6 to 15.")
    try:
        yield address
    finally:
        server.flushdb()
        server.close()


@contextmanager
def opened(
    folder: Path, company: str = "tests.browser.company", mould: moulds.Mould = moulds.empty, **more: str
) -> Iterator[RealOffice]:
    """An office for as long as the tests need it, with the company that this module makes."""
    with own_database() as database, own_broker() as broker:
        office = RealOffice(folder, database, broker, company, **more)
        office.mould = mould
        started = time.monotonic()
        try:
            office.open()
            print(f"the office was ready after {time.monotonic() - started:.1f} s")
            yield office
        finally:
            office.shut()
