"""The data folder: everything the program keeps outside a database server, readable by its owner only."""

import os
import secrets
from pathlib import Path

PARTS = ("broker", "broker/queue", "broker/taken", "files", "mail", "alive", "tmp")


def prepare(data: Path) -> None:
    """Make what is missing; leave the rights of what is there, which the start-up checks judge."""
    for part in ("", *PARTS):
        (data / part).mkdir(mode=0o700, parents=True, exist_ok=True)


def secret_key(path: Path) -> str:
    """The installation's own key, made once; the first of several processes to come decides."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _read_key(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < 50:
        raise RuntimeError(f"{path} holds no whole key. Delete the file and start again: everybody signs in anew.")
    return key
