import re
from pathlib import Path

from . import disk
from .models import StoredFile

MIME = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")


def store(data: bytes, kind: str) -> StoredFile:
    """Keep bytes and their row; the same bytes are kept once, whoever brings them."""
    refuse_unnamed(kind)
    return known_as(disk.write(data), len(data), kind)


def store_file(source: Path, kind: str) -> StoredFile:
    """Keep what a file holds, however large, and its row."""
    refuse_unnamed(kind)
    return known_as(disk.write_from(source), source.stat().st_size, kind)


def refuse_unnamed(kind: str) -> None:
    """Before anything is written: what is no kind of file is a mistake of whoever calls."""
    if not MIME.fullmatch(kind):
        raise ValueError(f"“{kind}” is no kind of file: write e.g. application/pdf.")


def known_as(digest: str, size: int, kind: str) -> StoredFile:
    return StoredFile.objects.get_or_create(sha256=digest, defaults={"size": size, "kind": kind})[0]
