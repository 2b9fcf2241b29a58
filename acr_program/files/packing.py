"""Many files as one zip that anybody can check: the same content gives the same bytes, and `sha256sum -c` passes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .models import StoredFile

SUMS = "SHA256SUMS"
MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip knows: when it was packed is no part of what it says
READABLE = 0o100644 << 16
UNIX = 3
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

Content = bytes | StoredFile


def write_zip(
    file: IO[bytes], contents: Mapping[str, Content], told: Callable[[int], None] = lambda _size: None
) -> None:
    """Every file under its name in their order, with the list of sums; `told` hears how many bytes went in.

    Kept files pass through piece by piece and are proved on the way: Corrupt is raised where one is no longer what it was.
    """
    whole = {**contents, SUMS: sums(contents)}
    with ZipFile(file, "w") as zipped:
        for name in sorted(whole):
            with zipped.open(entry(name, whole[name]), "w") as part:
                for piece in pieces(name, whole[name]):
                    part.write(piece)
                    told(len(piece))


def sums(contents: Mapping[str, Content]) -> bytes:
    """As `sha256sum` writes it."""
    return "".join(f"{digest(contents[name])}  {name}\n" for name in sorted(contents)).encode()


def digest(content: Content) -> str:
    return content.sha256 if isinstance(content, StoredFile) else sha256(content).hexdigest()


def size(content: Content) -> int:
    return content.size if isinstance(content, StoredFile) else len(content)


def entry(name: str, content: Content) -> ZipInfo:
    """What is kept is compressed in itself (PDF, pictures) and goes in as it is."""
    info = ZipInfo(name, MOMENT)
    info.create_system, info.external_attr = UNIX, READABLE
    info.compress_type = ZIP_STORED if isinstance(content, StoredFile) else ZIP_DEFLATED
    info.file_size = size(content)
    return info


def pieces(name: str, content: Content) -> Iterator[bytes]:
    if isinstance(content, StoredFile):
        yield from content.pieces(name)
    else:
        yield content


def portable(name: str) -> str:
    """A name of one file or folder that every system takes as it is: small plain letters, digits, dot and dash."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    fit = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:100].rstrip("-.")
    return f"file-{fit}" if fit.partition(".")[0] in RESERVED else fit or "file"
