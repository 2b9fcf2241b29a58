"""A small office of real processes for tests: its own data folder and database, a worker, a clock, a mail server."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[2]
CELERY = [sys.executable, "-m", "celery", "-A", "acr_program"]
WORKER = [*CELERY, "worker", "-c", "2", "-Q", "celery", "--without-gossip", "--without-mingle", "--without-heartbeat"]
BEAT = [*CELERY, "beat"]


class Office:
    """Starts processes on one data folder and ends each of them by its own id."""

    def __init__(self, folder: Path, mail_port: int, database: str = "", **environment: str) -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder}/acr.sqlite3"
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ACR_", "DJANGO_", "CELERY_"))
        }
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "acr_program.settings",
            "ACR_DATA": str(folder),
            "DATABASE_URL": self.database,
            "REDIS_URL": "",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "ACR_LEASE_SECONDS": "3",
            **environment,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        out = (self.folder / "processes.log").open("ab")
        if command == BEAT:
            command = [*BEAT, "-s", str(self.folder / "tmp/beat")]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment | environment, stdout=out, stderr=out, start_new_session=True
        )
        out.close()
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """The process and all its children, with no chance to tidy up."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process in self.running:
            self.running.remove(process)

    def close(self) -> None:
        for process in list(self.running):
            self.kill(process)

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def post(self, key: str, count: int) -> None:
        """So many mails, each posted and rung for in a transaction of its own."""
        self.manage(
            "shell",
            "--no-imports",
            "-c",
            f"""
from django.contrib.contenttypes.models import ContentType
from acr_program.outbox.models import Message
about = ContentType.objects.get_for_model(Message)
for n in range({count}):
    message = Message(key="{key}", kind="note", address=f"{key}-{{n}}@example.com", subject="A note", text="Read it.")
    message.html, message.content_type, message.object_id = "<p>Read it.</p>", about, "1"
    message.save(force_insert=True)
    message.ring()
""",
        )

    def query(self, sql: str) -> list[Any]:
        if self.database.startswith("postgres"):
            with psycopg.connect(self.database) as connection:
                return connection.execute(sql).fetchall()
        connection = sqlite3.connect(self.folder / "acr.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def states(self) -> dict[str, int]:
        return dict(self.query("SELECT state, count(*) FROM outbox_message GROUP BY state"))

    def told(self) -> str:
        log = self.folder / "processes.log"
        return log.read_text()[-6000:] if log.exists() else ""


def until(true: Callable[[], bool], seconds: float, explain: Callable[[], object] = lambda: "") -> None:
    """Wait for something to become true, or say how things stand instead."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"still not after {seconds} s: {explain()}")
        time.sleep(0.1)


def copied(template: Path, to: Path) -> Path:
    """A data folder like the one that was migrated once."""
    shutil.copytree(template, to)
    return to
