import re

from . import disk
from .models import StoredFile

MIME = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")


def store(data: bytes, kind: str) -> StoredFile:
    """Keep bytes and their row; the same bytes are kept once, whoever brings them."""
    if not MIME.fullmatch(kind):
        raise ValueError(f"“{kind}” is no kind of file: write e.g. application/pdf.")
    digest = disk.write(data)
    return StoredFile.objects.get_or_create(sha256=digest, defaults={"size": len(data), "kind": kind})[0]
