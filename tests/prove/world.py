"""One promise's own world on loopback: a data folder, a database, a web server; nothing of it is left afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests import moulds

ROOT = Path(__file__).parents[2]
GIVEN = os.environ.get("DATABASE_URL", "")
PG = GIVEN.rpartition("/")[0] if GIVEN.startswith("postgres") else "postgresql://postgres@127.0.0.1:5432"


class Worlds:
    """Makes worlds that are alike: each begins with a copy of one migrated database."""

    settings = "tests.prove.settings"

    def __init__(self, db: str) -> None:
        self.db, self.made = db, 0
        self.furnished: dict[Callable[[], Any], tuple[int, Any]] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="acr-prove-"))
        self.base = f"acr_prove_{os.getpid()}"
        os.environ |= self.environment(self.folder / "base", self.base)
        os.environ["DJANGO_SETTINGS_MODULE"] = self.settings
        (self.folder / "base").mkdir()
        moulds.empty.pour(os.environ["DATABASE_URL"])
        import django

        django.setup()

    def environment(self, folder: Path, name: str) -> dict[str, str]:
        url = f"{PG}/{name}" if self.db == "pg" else f"sqlite:///{folder}/acr.sqlite3"
        return {
            "ACR_MODE": "embedded", "ACR_DEBUG": "0", "ACR_SECRET_KEY": "harness-" + "x" * 50, "ACR_LOG_LEVEL": "ERROR",
            "ACR_DATA": str(folder), "DATABASE_URL": url, "REDIS_URL": "", "EMAIL_URL": "",
        }  # fmt: skip

    def admin(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(f"{PG}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    def new(self, *, furnish: Callable[[], Any] | None = None, **environment: str) -> World:
        """A fresh copy, and this process looks into it; what `furnish` makes in it is made once and copied as well."""
        if furnish and furnish not in self.furnished:
            self.new()
            made = self.made
            self.furnished[furnish] = made, furnish()
        of, inside = self.furnished[furnish] if furnish else (0, None)
        world = self.copy(of, environment)
        world.inside = deepcopy(inside)
        return world

    def copy(self, of: int, environment: dict[str, str]) -> World:
        from django.db import connection

        self.made += 1
        connection.close()
        name = f"{self.base}_{self.made}"
        folder = self.folder / str(self.made)
        shutil.copytree(self.folder / (str(of) if of else "base"), folder)
        if self.db == "pg":
            self.admin(f"CREATE DATABASE {name} TEMPLATE {self.base}{f'_{of}' if of else ''}")
            self.admin(
                f"ALTER DATABASE {name} SET synchronous_commit = off"
            )  # whoever is killed here, it is not the server
        world = World(folder, {**os.environ, **self.environment(folder, name), **environment})
        world.place = name if self.db == "pg" else str(folder / "acr.sqlite3")
        world.enter()
        return world

    def close(self) -> None:
        from django.db import connections

        connections.close_all()
        if self.db == "pg":
            for name in [f"{self.base}_{number}" for number in range(1, self.made + 1)] + [self.base]:
                self.admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


class World:
    """A running copy of the program."""

    place = ""  # its database
    inside: Any = None  # what it was furnished with

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.running: list[subprocess.Popen[bytes]] = []
        self.port = free_port()

    def enter(self) -> None:
        """From now on this process looks into this world."""
        from django.conf import settings
        from django.db import connection, connections

        connection.close()
        connection.settings_dict["NAME"] = connections.databases["default"]["NAME"] = self.place
        settings.FILES_ROOT = self.folder / "files"

    def start(self, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / "processes.log").open("ab") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment | more, stdout=out, stderr=out, start_new_session=True
            )
        self.running.append(process)
        return process

    def serve(self, *, workers: int = 2, threads: int = 8, off: str = "", **more: str) -> None:
        """Start the web server and wait until it answers."""
        command = [
            sys.executable, "-m", "gunicorn", "--config", "python:acr_program.config.gunicorn",
            "--threads", str(threads), "--log-level", "critical", "tests.prove.server:application",
        ]  # fmt: skip
        self.web = self.start(
            command, PORT=str(self.port), WEB_CONCURRENCY=str(workers), ACR_PROVE_OFF=off,
            ACR_URL=f"http://127.0.0.1:{self.port}", **more,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.web.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The web server does not answer: {self.told()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def told(self) -> str:
        log = self.folder / "processes.log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""

    def close(self) -> None:
        from django.db import connections

        connections.close_all()
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def __enter__(self) -> World:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
