"""A child that is killed comes back, with nothing of the old one left; one signal ends all."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from acr_program.config.supervise import port_is_free

pytestmark = pytest.mark.process

# A child that starts a child of its own, as a worker's pool does, and says who both are.
CHILD = (
    "import os, subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); print(os.getpid(), p.pid); time.sleep(60)"
)
SCRIPT = """
import sys
from acr_program.config import supervise
supervise.CHILDREN = {"one": [sys.executable, "-u", "-c", %r], "two": [sys.executable, "-u", "-c", %r]}
raise SystemExit(supervise.main([]))
"""


@pytest.fixture
def start(free_port):
    running = []

    def run(first=CHILD, second=CHILD, port=None):
        environment = os.environ | {"PORT": str(port or free_port), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", SCRIPT % (first, second)]
        pipe = subprocess.PIPE
        running.append(subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True, env=environment))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.wait()


def pids(process, name):
    """The next line in which the named child says who it is."""
    for line in process.stdout:
        if line.startswith(name) and line.rstrip()[-1].isdigit() and "ended" not in line:
            return [int(word) for word in line.split("|")[1].split()]
    return None


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(*wanted, within=10.0):
    deadline = time.monotonic() + within
    while any(lives(pid) for pid in wanted) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(lives(pid) for pid in wanted)


def test_a_killed_child_comes_back_and_leaves_no_orphan(start):
    process = start()
    first, its_own = pids(process, "one")

    os.kill(first, signal.SIGKILL)
    second, _ = pids(process, "one")

    assert second != first
    assert gone(its_own)


def test_one_signal_ends_all(start):
    process = start()
    everybody = [*pids(process, "one"), *pids(process, "two")]

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 0
    assert gone(*everybody)


def test_a_supervisor_that_is_killed_leaves_no_children(start):
    process = start()
    one, two = pids(process, "one")[0], pids(process, "two")[0]

    process.kill()

    assert gone(one, two)


def test_unsafe_settings_are_not_tried_again(start):
    process = start(first="raise SystemExit(3)")

    assert process.wait(timeout=20) == 3


def test_a_taken_port_is_told(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        process = start(port=port)

        assert process.wait(timeout=20) == 1
        assert process.stdout.read().startswith(f"Port {port} is taken by another program.")
