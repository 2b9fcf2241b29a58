"""Hands documents to the renderer processes: at most one process a core, started when first needed."""

import atexit
import json
import os
import queue
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import editions, fonts, profile
from .errors import refusal

SERVER = Path(__file__).with_name("server.py")
START = 60  # seconds a renderer may take to import and load the fonts on a busy machine
GRACE = 15  # seconds beyond the wall clock before a silent renderer is given up
WARM = Path(__file__).with_name("warm.html")  # laid out before the first child is forked, so that none does it again

Blobs = Mapping[str, bytes]


@dataclass(frozen=True)
class Limits:
    """What one edition of a document may use: seconds of computing, bytes of memory and file, seconds by the clock."""

    cpu: int = 20
    memory: int = 1 << 30
    file: int = 64 << 20
    wall: int = 30


@dataclass
class Rendered:
    """The files of one rendering, one for each edition; the most memory of a child, the computing of all."""

    files: dict[str, bytes]
    pages: dict[str, int]
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)
    peak: int = 0
    cpu: float = 0.0


class Server:
    """One renderer process and the socket to it; started anew whenever the last one is gone."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self.line: socket.socket | None = None
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.about: dict[str, Any] = {}

    def ask(self, header: dict[str, Any], blobs: Blobs) -> tuple[dict[str, Any], dict[str, bytes]]:
        """One request and its answer; whatever goes wrong with the process ends it and is told in a sentence."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        return self.talk(header, blobs, self.limits.wall + GRACE)

    def start(self) -> None:
        self.stop()
        ours, theirs = socket.socketpair()
        self.folder = tempfile.TemporaryDirectory(prefix="acr-render-", ignore_cleanup_errors=True)
        home = self.folder.name
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(SERVER)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={"HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            start_new_session=True,
        )
        theirs.close()
        self.line = ours
        sheets = {key: editions.sheet(key) for key in editions.ALL}
        setup = {
            "limits": asdict(self.limits),
            "sheets": sheets,
            "faces": fonts.rules(),
            "warm": WARM.read_text(encoding="utf-8"),
        }
        inks = profile.content()
        self.about, _ = self.talk(setup, fonts.assets() | ({"profile": inks} if inks else {}), START)
        if "error" in self.about:
            self.stop()
            raise refusal("start", self.about["detail"], asdict(self.limits))

    def talk(self, header: dict[str, Any], blobs: Blobs, seconds: float) -> tuple[dict[str, Any], dict[str, bytes]]:
        assert self.line is not None
        self.line.settimeout(seconds)
        try:
            send(self.line, header, blobs)
            return receive(self.line)
        except (OSError, EOFError, ValueError) as error:
            raise refusal("server", self.ending(error), asdict(self.limits)) from error
        except BaseException:
            self.stop()  # an answer left on the line would be read as the next document's
            raise

    def ending(self, error: Exception) -> str:
        """How the process came to its end, which this call makes sure of."""
        assert self.process is not None
        try:
            code = self.process.wait(timeout=1) if not isinstance(error, TimeoutError) else None
        except subprocess.TimeoutExpired:
            code = None
        self.stop()
        if code is None:
            return "no answer"
        return f"ended by signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        if self.line is not None:
            self.line.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        if self.folder is not None:
            self.folder.cleanup()
        self.process = self.line = self.folder = None


class Pool:
    """Renderers for the threads of this process; a thread that finds all of them busy waits its turn."""

    def __init__(self, size: int | None = None, limits: Limits | None = None):
        self.limits = limits or Limits()
        self.servers = [Server(self.limits) for _ in range(size or os.process_cpu_count() or 1)]
        self.free: queue.LifoQueue[Server] = queue.LifoQueue()
        for server in self.servers:
            self.free.put(server)

    def render(self, html_by_edition: Mapping[str, str], assets: Blobs) -> Rendered:
        """Each edition in a child of its own, so that none takes the limits of another; as many at a time as are free."""

        def edition(key: str) -> tuple[dict[str, Any], dict[str, bytes]]:
            return self.ask(editions.ALL[key].request, {**assets, "page": html_by_edition[key].encode()})

        rendered, start = Rendered({}, {}), time.monotonic()
        with ThreadPoolExecutor(len(self.servers), "edition") as hands:
            for key, (answer, blobs) in zip(html_by_edition, hands.map(edition, html_by_edition), strict=True):
                if "error" in answer:
                    raise refusal(answer["error"], answer["detail"], asdict(self.limits))
                rendered.files[key], rendered.pages[key] = blobs["file"], answer["pages"]
                rendered.warnings.extend(answer["warnings"])
                rendered.peak = max(rendered.peak, answer["peak"])
                rendered.cpu += answer["cpu"]
        rendered.seconds = time.monotonic() - start
        return rendered

    def ask(self, header: dict[str, Any], blobs: Blobs) -> tuple[dict[str, Any], dict[str, bytes]]:
        """The answer of whichever renderer is free first."""
        server = self.free.get()
        try:
            return server.ask(header, blobs)
        finally:
            self.free.put(server)

    def stop(self) -> None:
        for server in self.servers:
            server.stop()


def send(line: socket.socket, header: Mapping[str, Any], blobs: Blobs) -> None:
    head = json.dumps({**header, "blobs": [[name, len(blob)] for name, blob in blobs.items()]}).encode()
    line.sendall(b"".join([struct.pack("!I", len(head)), head, *blobs.values()]))


def receive(line: socket.socket) -> tuple[dict[str, Any], dict[str, bytes]]:
    (length,) = struct.unpack("!I", exactly(line, 4))
    header = json.loads(exactly(line, length))
    return header, {name: exactly(line, size) for name, size in header["blobs"]}


def exactly(line: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = line.recv(min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


_lock = threading.Lock()
_pool: Pool | None = None


def pool() -> Pool:
    """This process's renderers."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = Pool()
            atexit.register(_pool.stop)
        return _pool


def _forget() -> None:
    """A forked process must not talk over its parent's lines."""
    global _pool, _lock
    _pool, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)


def render(html_by_edition: Mapping[str, str], assets: Blobs | None = None) -> Rendered:
    """Render one document in all the editions given; RenderError has the sentence for its author."""
    return pool().render(html_by_edition, assets or {})
