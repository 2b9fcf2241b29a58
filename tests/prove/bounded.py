"""Does something in a child of this process that cannot hurt the machine, and says what it took."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Took:
    """What came of it, or the word for its end; seconds by the clock and of computing; megabytes above the parent's."""

    answer: Any
    ended: str
    seconds: float
    cpu: float
    megabytes: int


def bounded(act: Callable[[], Any], *, cpu: int, megabytes: int) -> Took:
    """Run it in a forked child with so many seconds of computing and so much memory beyond what it begins with."""
    read, write = os.pipe()
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
            most = (in_use("VmSize") + megabytes) << 20
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            start = in_use("VmRSS")
            answer, ended = told(act)
            result = pickle.dumps((answer, ended, max(0, in_use("VmHWM") - start)))
            os.write(write, result[:60_000])
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        data = pipe.read()
    _pid, status, usage = os.wait4(pid, 0)
    seconds, spent = time.monotonic() - begun, usage.ru_utime + usage.ru_stime
    if os.WIFSIGNALED(status) or not data:
        return Took(None, f"signal {os.WTERMSIG(status)}", seconds, spent, megabytes)
    answer, ended, peak = pickle.loads(data)
    return Took(answer, ended, seconds, spent, peak)


def told(act: Callable[[], Any]) -> tuple[Any, str]:
    try:
        return act(), ""
    except MemoryError:
        return None, "out of memory"
    except Exception as error:
        return None, f"{type(error).__name__}: {str(error)[:300]}"


def in_use(name: str) -> int:
    """Megabytes of this process, by the kernel's count."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) >> 10
