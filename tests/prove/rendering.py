"""Renders as the program does, in a renderer that writes down what its documents try to reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from acr_program.render import client
from acr_program.render.client import Limits, Pool

from .switched import instead

HARNESS = Path(__file__).with_name("renderer.py")
SCRIPT = """import runpy, sys
sys.argv = ["renderer", {off!r}, {book!r}]
runpy.run_path({harness!r}, run_name="__main__")
"""


class Watched:
    """A pool of renderers, and the book of what they tried."""

    def __init__(self, folder: Path, pool: Pool, name: str) -> None:
        self.pool, self.book = pool, folder / f"{name}.book"

    def reached(self) -> list[str]:
        return self.book.read_text(errors="replace").splitlines() if self.book.exists() else []


@contextmanager
def watched(folder: Path, *, off: str = "", size: int = 1, limits: Limits | None = None) -> Iterator[Watched]:
    """The program's renderers, watched; `off` names guards that are switched off: fetcher, doors, network."""
    name = f"renderer-{off.replace(',', '-') or 'whole'}"
    script, pool = folder / f"{name}.py", Pool(size, limits)
    found = Watched(folder, pool, name)
    script.write_text(SCRIPT.format(off=off, book=str(found.book), harness=str(HARNESS)))
    with instead(client, SERVER=script, pool=lambda: pool):
        try:
            yield found
        finally:
            pool.stop()
