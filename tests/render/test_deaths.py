"""A killed child, a killed renderer, a killed worker: each is noticed, told in a sentence, and nothing is left over."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

from acr_program.render.client import Limits, Pool
from acr_program.render.errors import RenderError

pytestmark = pytest.mark.process
LONG = '<div style="display:flex">' * 14


@pytest.fixture
def pool():
    pool = Pool(size=1, limits=Limits(cpu=10, wall=15))
    yield pool
    pool.stop()


def children(pid):
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
    return found


def in_background(pool, html):
    """Start a rendering in a thread; gives the thread and where its error will be."""
    errors = []

    def work():
        try:
            pool.render(html, {})
        except RenderError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, errors


def test_a_killed_child_is_told_and_the_renderer_goes_on(pool, page):
    pool.render(page("warm"), {})
    server = pool.servers[0].process
    thread, errors = in_background(pool, page(LONG))

    (child,) = until(lambda: children(server.pid))
    os.kill(child, signal.SIGKILL)
    thread.join(60)

    assert errors[0].sentence == (
        "The rendering was ended by signal 9 while it worked on the document; it will be tried again."
    )
    assert not errors[0].permanent
    assert pool.render(page("fine"), {}).pages == {"screen": 1}
    assert pool.servers[0].process is server


def test_a_killed_renderer_is_replaced_and_its_child_dies_with_it(pool, page):
    pool.render(page("warm"), {})
    server, folder = pool.servers[0].process, Path(pool.servers[0].folder.name)
    thread, errors = in_background(pool, page(LONG))

    (child,) = until(lambda: children(server.pid))
    os.kill(server.pid, signal.SIGKILL)
    thread.join(60)

    assert errors[0].sentence == (
        "The renderer stopped while it worked on the document (ended by signal 9); it will be tried again."
    )
    assert not errors[0].permanent
    until(lambda: not running(child))
    assert not folder.exists()
    assert pool.render(page("fine"), {}).pages == {"screen": 1}
    assert pool.servers[0].process is not server


def test_a_renderer_killed_while_idle_costs_no_document(pool, page):
    pool.render(page("warm"), {})
    pool.servers[0].process.kill()
    pool.servers[0].process.wait()

    assert pool.render(page("fine"), {}).pages == {"screen": 1}


def test_a_killed_worker_takes_its_renderer_along():
    code = (
        "import django; django.setup()\n"
        "from acr_program.render.client import Pool\n"
        "pool = Pool(size=1)\n"
        "pool.render({'screen': '<title>x</title><p>x'}, {})\n"
        "print(pool.servers[0].process.pid, flush=True)\n"
        "input()\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"ACR_TEST_DATA": str(settings.DATA)},
    )
    renderer = int(worker.stdout.readline())

    worker.kill()
    worker.wait()
    worker.stdin.close()
    worker.stdout.close()

    until(lambda: not running(renderer))


def test_two_threads_share_one_renderer_in_turn(pool, page):
    pages = []
    threads = [threading.Thread(target=lambda: pages.append(pool.render(page("fine"), {}).pages)) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert pages == [{"screen": 1}] * 4


def test_the_renderer_knows_nothing_of_our_environment(pool, page, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    pool.render(page("fine"), {})

    environ = Path(f"/proc/{pool.servers[0].process.pid}/environ").read_bytes().split(b"\0")
    assert sorted(line.split(b"=")[0] for line in environ if line) == [b"HOME", b"LANG", b"PATH", b"TMPDIR"]


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
