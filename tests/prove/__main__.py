"""Proves promises, one after another: python -m tests.prove P07 P08 --db sqlite --lane ci --seed 1. The last line counts."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import traceback
from importlib import import_module

from .tally import Tally
from .world import Worlds

PROMISES = (
    "P01", "P06", "P07", "P08", "P09", "P10", "P12", "P13", "P14", "P16", "P17", "P20", "P23", "P24", "P25", "P26", "P27",
    "P28", "P30", "P31", "KILLS",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("promises", nargs="+", choices=PROMISES, metavar="PROMISE", help=", ".join(PROMISES))
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--lane", choices=("ci", "full"), default="ci")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))  # whoever is told to stop leaves nothing running
    worlds, passed, failed = Worlds(asked.db), 0, 0
    try:
        for name in asked.promises:
            tally = proved(name, worlds, asked)
            passed, failed = passed + tally.passed, failed + tally.failed
    finally:
        worlds.close()
    print(f"{passed} passed, {failed} failed")
    return bool(failed)


def proved(name: str, worlds: Worlds, asked: argparse.Namespace) -> Tally:
    """One promise; where its proof itself breaks, the promise has failed and the next one is proved all the same."""
    tally = Tally()
    try:
        promise = import_module(f"tests.prove.{name.lower()}")
        print(f"{name} on {asked.db}, {asked.lane} lane, seed {asked.seed}: {promise.SAYS}", flush=True)
        promise.prove(worlds, tally, full=asked.lane == "full", rng=random.Random(asked.seed))
    except Exception:
        tally.expect(False, f"The proof of {name} broke.", traceback.format_exc()[-400:])
        traceback.print_exc()
    tally.say(f"{name}: {tally.passed} held, {tally.failed} did not")
    return tally


if __name__ == "__main__":
    raise SystemExit(main())
