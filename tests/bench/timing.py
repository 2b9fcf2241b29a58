"""Fair times on a busy machine: everything in turn, round by round, and the median of the rounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

WARM = 2


def timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def medians(acts: dict[str, Callable[[], Any]], rounds: int, warm: int = WARM) -> dict[str, float]:
    """Seconds of each act; each round does every act once, so that what slows the machine slows them alike."""
    for _ in range(warm):
        for act in acts.values():
            act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            taken[name].append(timed(act))
    return {name: median(times) for name, times in taken.items()}
