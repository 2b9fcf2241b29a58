"""The web server's parent loads what its workers share, and hands no connection on to them (docs/bench.md, memory)."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from acr_program.config import gunicorn, sharing

ROOT = Path(__file__).parents[2]
LOADED = """
import gc, json, sys
from acr_program.wsgi import application
from acr_program.config.gunicorn import when_ready
when_ready(None)
from django.db import connection, connections
from django.template.loader import get_template
opened = len(list(connections.all(initialized_only=True))) and connection.connection is not None
loaded = set(sys.modules)
get_template("accounts/account.html")
heavy = [name for name in ("weasyprint", "highspy", "pikepdf") if name in sys.modules]
with connection.cursor() as cursor:
    pragmas = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "mmap_size", "foreign_keys")]
print(json.dumps({"opened": opened, "frozen": gc.get_freeze_count(), "heavy": heavy, "pragmas": pragmas,
                  "views": "reviews.views.asking" in loaded, "later": sorted(set(sys.modules) - loaded)}))
"""


@pytest.mark.process
def test_the_parent_has_everything_loaded_and_nothing_open(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"], "ACR_MODE": "embedded", "ACR_DATA": str(tmp_path), "ACR_SECRET_KEY": "x" * 60,
        "DATABASE_URL": f"sqlite:///{tmp_path}/acr.sqlite3", "DJANGO_SETTINGS_MODULE": "acr_program.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])

    assert not told["opened"]
    assert told["frozen"] > 50_000
    assert told["views"]
    assert told["heavy"] == []
    assert told["later"] == [], "A page's template was not there yet."
    assert told["pragmas"] == [-sharing.CACHE, 1 << 30, 1]


def test_every_template_but_those_of_documents_is_named_once() -> None:
    found = sharing.templates()

    assert {"accounts/account.html", "mail/step.txt", "cotton/list.html"} <= set(found)
    assert len(found) == len(set(found))
    assert not [name for name in found if name.startswith("pdf/")]


def test_a_connection_to_another_database_is_left_alone() -> None:
    asked: list[str] = []
    held = SimpleNamespace(execute=asked.append)

    sharing.small(SimpleNamespace(vendor="postgresql", connection=held))
    assert asked == []
    sharing.small(SimpleNamespace(vendor="sqlite", connection=held))
    assert asked == [f"PRAGMA cache_size = -{sharing.CACHE}"]
    with closing(sqlite3.connect(":memory:")) as connection:
        assert all(connection.execute(sql) for sql in asked)


def test_the_app_is_loaded_by_the_parent() -> None:
    assert gunicorn.preload_app
