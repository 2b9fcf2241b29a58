"""Workers and clock say that they live by touching a file in the data folder, which they share with the web."""

import os
import socket
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings

EVERY = 3.0  # seconds between two signs of life
STALE = 10.0  # seconds after which silence is a fault


def beat_alive(service: Any) -> None:
    """The clock's sign comes from its own loop, so a loop that hangs goes silent."""
    forget_the_dead()
    scheduler = service.scheduler
    tick = scheduler.tick

    def ticking(*args: Any, **kwargs: Any) -> Any:
        touch("beat")
        return min(tick(*args, **kwargs), EVERY)

    scheduler.tick = ticking


def worker_alive(worker: Any) -> None:
    """One sign for each queue it listens to; a thread, because the pool decides whether there is a loop."""
    names = [f"worker-{queue}" for queue in sorted(worker.app.amqp.queues.consume_from)]

    def telling() -> None:
        while True:
            for name in names:
                touch(name)
            time.sleep(EVERY)

    threading.Thread(target=telling, name="alive", daemon=True).start()


def folder() -> Path:
    return Path(settings.DATA) / "alive"


def touch(name: str) -> None:
    """Silence is what a full or missing disk must look like, so it is no error here."""
    try:
        folder().mkdir(mode=0o700, exist_ok=True)
        (folder() / f"{name}@{socket.gethostname()}.{os.getpid()}").touch()
    except OSError:
        return


def silence(name: str) -> float | None:
    """Seconds since the last sign of anybody so called; None where there never was one."""
    times = [path.stat().st_mtime for path in folder().glob(f"{name}@*") if path.exists()]
    return time.time() - max(times) if times else None


def forget_the_dead(after: float = 3600.0) -> None:
    """Files of processes long gone."""
    for path in folder().glob("*@*"):
        if time.time() - path.stat().st_mtime > after:
            path.unlink(missing_ok=True)
