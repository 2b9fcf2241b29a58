"""Counts what held and what did not, and says so."""

from __future__ import annotations

import time
from typing import Any


class Tally:
    """The checks of one run. A control is a run whose guard is off: it has to fail, or it proves nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.passed = self.failed = 0
        self.quiet = quiet
        self.faults: list[str] = []
        self.begun = time.monotonic()

    def expect(self, holds: object, says: str, detail: Any = "") -> bool:
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            self.faults.append(f"{says} {detail}".strip())
            if not self.quiet and self.failed <= 20:
                print(f"  FAILED: {says} {str(detail)[:400]}", flush=True)
        return bool(holds)

    def say(self, text: str) -> None:
        print(f"  {'(control) ' if self.quiet else ''}{text} [{time.monotonic() - self.begun:.0f} s]", flush=True)

    def control(self, run: Tally, guard: str) -> None:
        """The run with the guard off must have failed."""
        shown = f": e.g. {run.faults[-1][:160]}" if run.faults else ""
        print(f"  control, {guard} off: {run.failed} of {run.failed + run.passed} checks fail{shown}", flush=True)
        self.expect(run.failed, f"With {guard} off nothing failed, so this proof is void.")
