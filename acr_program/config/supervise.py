"""Runs web, worker, render worker and clock together: a child that dies is started again, Ctrl-C ends all."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field

from .checks import BOOT_FAILED

# Run as root (a container, a test machine) each worker would print a page of warning about pickle, which is off.
CALM = ["-W", "ignore:You're running the worker with superuser privileges"]
CELERY = [sys.executable, *CALM, "-m", "celery", "-q", "-A", "acr_program"]
QUIET = ["--loglevel=warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
CHILDREN = {
    "web": [sys.executable, "-m", "gunicorn", "--config", "python:acr_program.config.gunicorn"],
    "worker": [*CELERY, "worker", "-n", "worker@%h", "-Q", "celery", "-c", "2", *QUIET],
    "render": [*CELERY, "worker", "-n", "render@%h", "-Q", "render", "-P", "threads", "-c", "2", *QUIET],
    "clock": [*CELERY, "beat", "--loglevel=warning"],
}
GRACE = 30.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process, the leader of its own group, so that what it started goes with it."""

    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.started = time.monotonic()
        self.starts = [*[at for at in self.starts if at > self.started - 60], self.started]
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        threading.Thread(target=self.relay, args=(self.process,), daemon=True).start()

    def relay(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            say(self.name, line.rstrip())

    def due_again(self) -> float:
        """At once after the first fall, then slower, so that a child that cannot live does not burn the machine."""
        return self.started + min(2.0 ** (len(self.starts) - 1), 15.0)

    def kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL) if self.process else None
        except ProcessLookupError:
            return


def die_with_parent() -> None:
    """Where the kernel offers it: a supervisor that is killed leaves no orphans."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def say(name: str, line: str) -> None:
    sys.stdout.write(f"{name:<7}| {line}\n")  # in one piece: two children may speak at the same moment
    sys.stdout.flush()


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def announce(port: int) -> None:
    """Says where the office is as soon as it answers; who may sign in was said just before."""
    address = f"http://127.0.0.1:{port}"
    for _try in range(240):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1).close()  # noqa: S310  our own address
        except OSError:
            time.sleep(0.5)
        else:
            print(f"\nThe office is open:  {address}/   (this machine only; Ctrl-C closes it)\n", flush=True)
            return


def watch(children: list[Child], stopping: threading.Event) -> int:
    """Until told to stop, or until a child says that starting again would not help."""
    while not stopping.wait(0.2):
        for child in children:
            code = child.process.poll() if child.process else None
            if child.process and code is None:
                continue
            if child.process and code is not None:
                child.kill_group()  # what it leaves behind would work beside its successor
                if code == BOOT_FAILED:
                    return BOOT_FAILED
                say(child.name, f"ended with {code}; it is started again")
                child.process = None
            if time.monotonic() >= child.due_again():
                child.start()
    return 0


def stop(children: list[Child]) -> None:
    for child in children:
        if child.process and child.process.poll() is None:
            child.process.terminate()  # to the leader alone, which lets its own children end their work
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic())) if child.process else None
        except subprocess.TimeoutExpired:
            say(child.name, "did not end in time and is killed; its job rows are taken up again")
        child.kill_group()


def main(names: list[str]) -> int:
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free("127.0.0.1", port):
        print(f"Port {port} is taken by another program. Start on another one with:  make run PORT={port + 1}")
        return 1
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    children = [Child(name, command) for name, command in CHILDREN.items() if not names or name in names]
    for child in children:
        child.start()
    threading.Thread(target=announce, args=(port,), daemon=True).start()
    try:
        return watch(children, stopping)
    finally:
        stop(children)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
