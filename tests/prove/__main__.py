"""Proves one promise: python -m tests.prove P07 --db sqlite --lane ci --seed 1. The last line counts."""

from __future__ import annotations

import argparse
import random
from importlib import import_module

from .tally import Tally
from .world import Worlds

PROMISES = ("P01", "P06", "P07", "P08", "P20", "P23", "P30", "P31", "KILLS")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("promise", choices=PROMISES)
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--lane", choices=("ci", "full"), default="ci")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally, worlds = Tally(), Worlds(asked.db)
    promise = import_module(f"tests.prove.{asked.promise.lower()}")
    print(f"{asked.promise} on {asked.db}, {asked.lane} lane, seed {asked.seed}: {promise.SAYS}", flush=True)
    try:
        promise.prove(worlds, tally, full=asked.lane == "full", rng=random.Random(asked.seed))
    finally:
        worlds.close()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return bool(tally.failed)


if __name__ == "__main__":
    raise SystemExit(main())
