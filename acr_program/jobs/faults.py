"""Named places where a test may end, stop or break the process (design rule 21)."""

import os
import signal
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_passes: Counter[str] = Counter()


class FaultRaised(Exception):
    """The error an armed fault point raises."""


def armed() -> bool:
    """True when the environment arms any fault point."""
    return bool(os.environ.get("ACR_FAULTS"))


def allowed() -> bool:
    """Fault points are for tests: a production process refuses to arm them."""
    return not getattr(settings, "PRODUCTION", False)


def fault(name: str) -> None:
    """Nothing, unless ACR_FAULTS says e.g. "job_worked:3:kill": then the third pass here ends the process."""
    plan = os.environ.get("ACR_FAULTS")
    if not plan:
        return
    if not allowed():
        raise ImproperlyConfigured("Fault points are armed in a production process: remove ACR_FAULTS.")
    _passes[name] += 1
    for number, entry in enumerate(plan.split(",")):
        point, at, action = entry.strip().split(":", 2)
        if point == name and at in ("*", str(_passes[name])) and _first_time(f"{number}-{point}"):
            _strike(name, action)


def _first_time(entry: str) -> bool:
    """With ACR_FAULTS_DIR an entry strikes once over all processes: whoever makes its file first."""
    folder = os.environ.get("ACR_FAULTS_DIR")
    if not folder:
        return True
    try:
        Path(folder, entry).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _strike(name: str, action: str) -> None:
    match action.split("="):
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["raise"]:
            raise FaultRaised(f"The fault point {name} is armed.")
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case _:
            raise ImproperlyConfigured(f"Unknown fault action “{action}”: use kill, raise or sleep=SECONDS.")
