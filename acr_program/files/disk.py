"""Bytes on disk under the name of their own hash: written once, never changed (design rule 6)."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import NotKept


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(digest: str) -> Path:
    return Path(settings.FILES_ROOT, digest[:2], digest[2:4], digest)


def write(data: bytes) -> str:
    """Keep bytes; the same bytes again cost nothing, and a damaged copy is replaced by a whole one."""
    return keep(sha256(data), lambda file: file.write(data))


def write_from(source: Path) -> str:
    """Keep what a file holds, piece by piece: memory stays flat whatever its size."""
    with source.open("rb") as read:
        digest = hashlib.file_digest(read, "sha256").hexdigest()
        read.seek(0)
        return keep(digest, lambda file: shutil.copyfileobj(read, file))


def keep(digest: str, pour: Callable[[IO[bytes]], object]) -> str:
    path = path_of(digest)
    if holds(path, digest):
        os.utime(path)  # young again, so that no clean-up takes it before its row is written
        return digest
    try:
        _write_aside(pour, path)
    except OSError as error:
        raise NotKept(
            _("The file could not be kept (%(reason)s). Ask the administrator to look at the disk, then try again.")
            % {"reason": error.strerror or type(error).__name__}
        ) from error
    return digest


def holds(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _write_aside(pour: Callable[[IO[bytes]], object], path: Path) -> None:
    """Whole or not at all: written aside, on the disk before it is renamed, the name on the disk before we say so."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            pour(file)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o400)
        os.replace(aside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(aside)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def every_file() -> Iterator[Path]:
    """All files there are, also those left aside by a process that died."""
    yield from (path for path in Path(settings.FILES_ROOT).glob("??/??/*") if path.is_file())
