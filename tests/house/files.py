"""The program's own files, as git knows them."""

import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the program that is there, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return tuple(sorted({Path(name) for name in listed.split("\0") if name and (settings.BASE_DIR / name).is_file()}))


def python_files() -> list[Path]:
    """Python that people write: no migrations."""
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in tracked() if path.suffix in (".html", ".txt") and path.parts[0] == "templates"]


def lines(path: Path) -> int:
    return len((settings.BASE_DIR / path).read_text().splitlines())
