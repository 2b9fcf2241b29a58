"""What works and what does not, asked of the things themselves (promise P43); nothing secret is said."""

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import mailers
from django.db import connection
from django.db.models import Min, Value
from django.utils.timezone import now
from django.utils.translation import gettext as _

from .alive import STALE, silence

FREE = 500 * 2**20  # bytes below which documents and logs may not fit
OLDEST = timedelta(minutes=5)
KEPT = 3.0  # seconds an answer is kept: asking often must not become a load


@dataclass(frozen=True)
class Sign:
    """One thing asked: its name, whether it is well, and the sentence for whoever mends it or could better it."""

    name: str
    well: bool
    sentence: str


def signs() -> list[Sign]:
    """All of them, at most a few seconds old."""
    with _lock:
        if time.monotonic() - _kept.at > KEPT:
            _kept.signs, _kept.at = [ask(name) for name in QUESTIONS], time.monotonic()
        return _kept.signs


def ask(name: str) -> Sign:
    """One question; a thing that breaks while it is asked is not well."""
    remark = ""
    try:
        fault = QUESTIONS[name]()
        if not fault and name in REMARKS:
            remark = REMARKS[name]()
    except Exception as error:  # whatever it is, it must not silence the others
        fault = _("It does not answer (%(error)s).") % {"error": type(error).__name__}
    return Sign(name, not fault, fault or remark)


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def broker() -> str:
    """Away, it costs up to 10 s a job, for the sweep's bell is lost with it; nothing else."""
    if not settings.REDIS_URL:
        folder = Path(settings.DATA) / "broker/queue"
        return "" if os.access(folder, os.W_OK) else _("The broker's folder is missing or cannot be written.")
    import redis

    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    try:
        client.ping()
    finally:
        client.close()
    return ""


def mail() -> str:
    """Opens and closes a connection to the mail server, with its password; sends nothing."""
    server = mailers["default"]
    if hasattr(server, "timeout"):
        server.timeout = 2
    server.open()
    server.close()
    return ""


def disk() -> str:
    free = shutil.disk_usage(settings.DATA).free
    if free < FREE:
        return _("Only %(free)d MB are free in the data folder.") % {"free": free // 2**20}
    return "" if os.access(settings.DATA, os.W_OK) else _("The data folder cannot be written.")


def jobs() -> str:
    """Work that is due and that nobody takes up."""
    from acr_program.jobs.kinds import kinds

    first, *others = (kind.due().order_by().values(of=Value(1)).annotate(at=Min("due_at")) for kind in kinds())
    moments = (row["at"] for row in first.union(*others, all=True))  # one query for all kinds
    oldest = min((moment for moment in moments if moment), default=None)
    if oldest and now() - oldest > OLDEST:
        return _("The oldest job has been due for %(minutes)d minutes.") % {"minutes": (now() - oldest).seconds // 60}
    return ""


def clock() -> str:
    return heard("beat", _("The clock (celery beat) is not running."))


def worker() -> str:
    return heard("worker-celery", _("No worker is running."))


def render() -> str:
    return heard("worker-render", _("No render worker is running."))


def renderer() -> str:
    """What is weaker than it could be, and stops no document."""
    from acr_program.render.health import isolated, remarks

    return "" if isolated() else " ".join(remarks())


def holding() -> str:
    """What is well, and stands still until the office reads it."""
    from acr_program.outbox.models import Message

    if not settings.ACR_HOLD_CUSTOMER_MAIL:
        return ""
    return _("Mails to customers wait until the program office lets each one go; %(n)d wait now.") % {
        "n": Message.objects.held().count()
    }


def heard(name: str, sentence: str) -> str:
    quiet = silence(name)
    return "" if quiet is not None and quiet < STALE else sentence


def fonts() -> str:
    from acr_program.render.fonts import missing

    families = missing()
    if not families:
        return ""
    return _("Documents fall back on other type: %(names)s is missing.") % {"names": ", ".join(families)}


QUESTIONS: dict[str, Callable[[], str]] = {
    "database": database,
    "disk": disk,
    "broker": broker,
    "mail": mail,
    "jobs": jobs,
    "clock": clock,
    "worker": worker,
    "render": render,
    "fonts": fonts,
}
REMARKS: dict[str, Callable[[], str]] = {"render": renderer, "mail": holding}  # of what is well, and could be better
NEEDED = {"database", "disk"}  # without these the web server itself cannot serve


class _Kept:
    signs: list[Sign] = []
    at: float = float("-inf")


_kept = _Kept()
_lock = threading.Lock()
