"""Measures the program against a bare limit: python -m tests.bench --db sqlite --rows 10000,100000 [--write]."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from typing import Any

from .office import BenchWorlds, found
from .report import Report

SECTIONS = ("pages", "records", "exports", "imports", "documents", "memory", "planning")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--rows", default="10000,100000", help="the two sizes, small first")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default=",".join(SECTIONS), help="some of: " + ", ".join(SECTIONS))
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/bench.md")
    asked = parser.parse_args()
    worlds = BenchWorlds(asked.db)
    report = Report(asked.db, sorted(int(rows) for rows in asked.rows.split(",")))
    offices: list[Any] = []
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("ended from outside"))  # nothing is left running
    try:
        for rows in report.rows:
            offices.append(found(worlds, rows))
            print(f"{rows:,} rows of everything on {asked.db}, written in {offices[-1].seconds:.0f} s", flush=True)
        for section in asked.only.split(","):
            measures(section)(report, offices, asked.rounds)
        print(f"\n{report.summary()}")
        if asked.write:
            report.write()
    finally:
        for office in offices:
            office.world.close()
        worlds.close()


def measures(section: str) -> Callable[[Report, list[Any], int], None]:
    """What measures this section."""
    from . import documents, exports, imports, memory, pages, planning, records

    return {
        "pages": pages.measure,
        "records": lambda report, offices, rounds: records.measure(report, offices[-1], rounds),
        "exports": lambda report, offices, rounds: exports.measure(report, offices[-1], rounds),
        "imports": lambda report, offices, _rounds: imports.measure(report, offices[-1], report.rows),
        "documents": lambda report, offices, rounds: documents.measure(report, offices[-1], rounds),
        "memory": lambda report, offices, _rounds: memory.measure(report, offices[-1]),
        "planning": lambda report, _offices, rounds: planning.measure(report, rounds),
    }[section]


if __name__ == "__main__":
    main()
