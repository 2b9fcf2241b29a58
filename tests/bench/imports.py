"""Order lines taken in (parsed, checked, previewed, written, undoing kept) against a bare upsert of the same rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.intake.files import LINES, line, table
from tests.prove.world import ROOT

from .office import Office
from .report import Report

TIMES, MEGABYTES, ROUNDS = 4.5, 150, 3
BUYERS = 100


def measure(report: Report, office: Office, sizes: list[int]) -> None:
    report.section("Import of order lines")
    office.world.enter()
    for rows in sizes:
        taken: dict[str, list[dict[str, Any]]] = {"ours": [], "bare": []}
        for number in range(ROUNDS if rows <= 20_000 else 1):
            for how in taken:
                taken[how].append(run(office, how, rows, f"{how}-{rows}-{number}"))
        ours, bare = (median(one["seconds"] for one in taken[how]) for how in ("ours", "bare"))
        report.tell(f"{rows:,} rows", ours / bare, "× bare", TIMES)
        report.tell(f"{rows:,} rows, the import", ours, "s")
        report.tell(f"{rows:,} rows, the bare upsert", bare, "s")
        peak = max(one["peak"] for one in taken["ours"])
        report.tell(f"{rows:,} rows, the most memory", peak, "MiB", MEGABYTES)
        report.tell(f"{rows:,} rows, memory before the first", max(one["before"] for one in taken["ours"]), "MiB")


def run(office: Office, how: str, rows: int, tag: str) -> dict[str, Any]:
    path = office.world.folder / f"{tag}.csv"
    path.write_bytes(file_of(tag, rows, min(office.rows, BUYERS)))
    environment = os.environ | office.world.environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.importing", how, str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert (told["status"], told["counts"].get("created")) == ("taken_in", rows), told
    Path(path).unlink()
    return told


def file_of(tag: str, rows: int, buyers: int) -> bytes:
    """Three lines an order, of a hundred accounts, over three years."""
    return table(
        LINES,
        (
            line(
                f"{tag}-{n // 3}",
                f"C{1 + n % buyers}",
                line=str(n % 3 + 1),
                quantity=str(1 + n % 40),
                unit_price=f"{5 + n % 90}.50",
                order_date=f"{2023 + n % 3}-{1 + n % 12:02}-15",
                required_date=f"{2023 + n % 3}-{1 + n % 12:02}-28",
                shipped_date=f"{2023 + n % 3}-{1 + n % 12:02}-20",
            )
            for n in range(rows)
        ),
    )
