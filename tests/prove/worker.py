"""A worker that may be killed: a copy of the proof's own process, so that nothing is read and compiled anew for each death."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.db import connections

from acr_program.jobs.work import drain


def worker_of(kinds: list[str], environment: dict[str, str], **given: Any) -> int:
    """A process that works off what is due of these kinds and ends; `environment` arms its fault points, `given` are settings."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            os.environ.update(environment)
            for name, value in given.items():
                setattr(settings, name, value)
            drain(kinds)
        finally:
            os._exit(0)
    return pid


def was_killed(pid: int) -> bool:
    """Wait for its end; whether somebody ended it."""
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)
