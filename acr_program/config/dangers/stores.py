"""Database, broker and data folder: where things are kept, and who could get at them."""

import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .danger import Danger, weak_secret


def database_password(s: Any) -> bool:
    database = s.DATABASES["default"]
    return "postgresql" in database["ENGINE"] and weak_secret(database.get("PASSWORD"), database.get("USER"))


def redis_password(s: Any) -> bool:
    url = urlsplit(s.CELERY_BROKER_URL)
    return url.scheme.startswith("redis") and weak_secret(unquote(url.password or ""))


def twice(s: Any) -> bool:
    patience = s.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout", 10**9)
    return bool(patience <= s.CELERY_TASK_TIME_LIMIT)


def sqlite_without(s: Any, option: str, word: str) -> bool:
    database = s.DATABASES["default"]
    given = str(database.get("OPTIONS", {}).get(option, "")).upper().replace(" ", "")
    return "sqlite3" in database["ENGINE"] and word not in given


def open_to_others(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def served(s: Any) -> bool:
    static, data = Path(s.STATIC_ROOT).resolve(), Path(s.DATA).resolve()
    return data.is_relative_to(static) or static.is_relative_to(data / "files")


DANGERS = [
    Danger(
        "database-password",
        database_password,
        "The database has no password of its own, or one that everybody knows.",
        "Give its user a password of 12 characters or more and put it into DATABASE_URL.",
    ),
    Danger(
        "redis-password",
        redis_password,
        "Redis has no password of its own, or one that everybody knows.",
        "Set requirepass in Redis and write redis://:PASSWORD@host:6379/0 into REDIS_URL.",
    ),
    Danger(
        "pickle",
        lambda s: set(s.CELERY_ACCEPT_CONTENT) != {"json"},
        "Workers would unpack more than JSON, and could be made to run what they unpack.",
        "Leave CELERY_ACCEPT_CONTENT at json alone.",
        always=True,
    ),
    Danger(
        "twice",
        twice,
        "A task may run longer than the broker waits for it, and would be handed out twice.",
        "Keep CELERY_TASK_TIME_LIMIT below the broker's visibility_timeout.",
        always=True,
    ),
    Danger(
        "sqlite-deferred",
        lambda s: sqlite_without(s, "transaction_mode", "IMMEDIATE"),
        "SQLite would refuse writes at once instead of letting them wait their turn.",
        "Leave transaction_mode of the database at IMMEDIATE.",
        always=True,
    ),
    Danger(
        "sqlite-journal",
        lambda s: sqlite_without(s, "init_command", "JOURNAL_MODE=WAL"),
        "SQLite would make readers wait for writers.",
        "Leave journal_mode = WAL in the database's init_command.",
        always=True,
    ),
    Danger(
        "atomic-requests",
        lambda s: s.DATABASES["default"].get("ATOMIC_REQUESTS", False),
        "Every page would be one long transaction, and a refused step could undo its own log.",
        "Leave ATOMIC_REQUESTS off: perform and edit open the transactions.",
        always=True,
    ),
    Danger(
        "no-anchor",
        lambda s: "@" not in s.ACR_ANCHOR_EMAIL,
        "Nobody outside keeps the head of the sealed log, so its end could be cut off unseen.",
        "Set ACR_ANCHOR_EMAIL to a mailbox that this program's operators cannot change.",
    ),
    Danger(
        "data-folder",
        lambda s: open_to_others(Path(s.DATA)),
        "Other people of this machine may look into the data folder.",
        "Run chmod 700 on the folder that ACR_DATA names.",
    ),
    Danger(
        "files-folder",
        lambda s: open_to_others(Path(s.FILES_ROOT)),
        "Other people of this machine may read the stored files.",
        "Run chmod 700 on the folder `files` in ACR_DATA.",
    ),
    Danger(
        "served-files",
        served,
        "Stored files lie where everybody may fetch them.",
        "Keep the folders ACR_DATA and ACR_STATIC apart.",
        always=True,
    ),
]
