"""What takes long to make, and comes out the same each time, is made once and copied: a migrated database, the static files.

A mould is kept in `.moulds/` of this checkout, or in `ACR_MOULDS` for several (on PostgreSQL as a database `acr_mould_…` of the
server), until the files that make it or the day are others. `python -m tests.moulds [DATABASE_URL …]` makes them ahead, for
SQLite and for each server.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[1]
KEPT = Path(os.environ.get("ACR_MOULDS") or ROOT / ".moulds")
PROGRAM = ("accounts", "acr_program", "keyaccounts", "pilots", "reviews", "requirements.txt")
# What a migrated database comes from: the migrations, what they import, the models whose names Django writes down.
MIGRATED = re.compile(
    r"(^|/)(migrations|models|people|process|workflow)/|(^|/)(apps|models|settings|triggers|requirements)\.\w+$"
)


@cache
def key_of(*parts: str, only: re.Pattern[str] = re.compile("")) -> str:
    """Another one as soon as a file of these is another, and each day: no row of a mould is older than the tests expect."""
    told = hashlib.sha256(f"{sys.version} {date.today()}".encode())
    for path in sorted(path for part in parts for path in [ROOT / part, *(ROOT / part).rglob("*")]):
        name = str(path.relative_to(ROOT))
        if path.is_file() and path.suffix != ".pyc" and only.search(name):
            told.update(f"\0{name}\0".encode() + path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Only one process of this checkout makes or copies this meanwhile; the others then find what it made."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(pattern: str) -> None:
    """Away with what was made before today; of today, another checkout may still copy it."""
    for old in KEPT.glob(pattern):
        if date.fromtimestamp(old.stat().st_mtime) < date.today():
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def manage(*arguments: str, **environment: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ACR_", "DJANGO_", "CELERY_"))}
    with tempfile.TemporaryDirectory(prefix="acr-mould-") as data:
        said = {"DJANGO_SETTINGS_MODULE": "acr_program.settings", "ACR_DATA": data, "REDIS_URL": "", "EMAIL_URL": ""}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=kept | said | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


@dataclass(frozen=True)
class Mould:
    """An empty database as the migrations leave it; `environment` holds while they run."""

    name: str = "empty"
    environment: dict[str, str] = field(default_factory=dict, hash=False)

    def pour(self, url: str) -> None:
        """Make this database a copy; what stood there is gone."""
        if url.startswith("postgres"):
            with self.server_of(url) as server:
                self.pour_on_server(url, server)
        else:
            with alone(self.name):
                shutil.copyfile(self.file(), url.removeprefix("sqlite:///"))

    def make(self, url: str = "") -> None:
        """Ahead, for SQLite or for this server."""
        if url:
            with self.server_of(url) as server:
                self.database(url, server)
        else:
            with alone(self.name):
                self.file()

    @contextmanager
    def server_of(self, url: str) -> Iterator[psycopg.Connection]:
        with (
            alone(f"{self.name}-on-server"),
            psycopg.connect(place(url, "postgres"), autocommit=True) as server,
        ):
            yield server

    def migrate(self, url: str) -> None:
        manage("migrate", "--skip-checks", "-v0", **{"DATABASE_URL": url} | self.environment)

    def file(self) -> Path:
        ready = KEPT / f"{self.name}-{key_of(*PROGRAM, only=MIGRATED)}.sqlite3"
        if not ready.exists():
            sweep(f"{self.name}-*.sqlite3*")
            begun = KEPT / f"{self.name}-begun.sqlite3"
            self.migrate(f"sqlite:///{begun}")
            assert not begun.with_name(f"{begun.name}-wal").exists(), "The migrated database was not closed."
            begun.rename(ready)
        return ready

    def pour_on_server(self, url: str, server: psycopg.Connection) -> None:
        asked, ready = urlsplit(url).path.strip("/"), self.database(url, server)
        server.execute(f'DROP DATABASE IF EXISTS "{asked}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{asked}" TEMPLATE "{ready}"')
        server.execute(f'ALTER DATABASE "{asked}" SET synchronous_commit = off')  # no test outlives a power cut

    def database(self, url: str, server: psycopg.Connection) -> str:
        mine = f"acr_mould_{hashlib.sha256(f'{ROOT} {self.name}'.encode()).hexdigest()[:8]}"
        ready = f"{mine}_{key_of(*PROGRAM, only=MIGRATED)}"
        there = [
            name for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{mine}_"])
        ]
        if ready not in there:
            for old in there:
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{mine}_begun"')
            self.migrate(place(url, f"{mine}_begun"))
            server.execute(f'ALTER DATABASE "{mine}_begun" RENAME TO "{ready}"')
        return ready


empty = Mould()


def place(url: str, name: str) -> str:
    """The database of this name on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def throw_away(url: str) -> None:
    """A copy that is needed no more, whoever still holds a connection to it."""
    if url.startswith("postgres"):
        with psycopg.connect(place(url, "postgres"), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path.strip("/")}" WITH (FORCE)')
    else:
        Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)


def static(folder: Path | None = None) -> None:
    """The collected static files, in this folder."""
    with alone("static"):
        ready = KEPT / f"static-{key_of(*PROGRAM, 'static')}"
        if not ready.exists():
            sweep("static-*")
            begun = KEPT / "static-begun"
            manage("collectstatic", "--noinput", "-v0", ACR_STATIC=str(begun))
            begun.rename(ready)
        if folder:
            shutil.copytree(ready, folder, dirs_exist_ok=True)


def main(urls: list[str]) -> None:
    """All that a run needs, before it begins; two at a time."""
    from tests.northwind.mould import MOULD

    makes: list[Callable[[], None]] = [static]
    makes += [partial(mould.make, url) for mould in (empty, MOULD) for url in ("", *urls)]
    with ThreadPoolExecutor(2) as makers:
        for made in [makers.submit(make) for make in makes]:
            made.result()


if __name__ == "__main__":
    main(sys.argv[1:])
