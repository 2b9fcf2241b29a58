"""P26: documents that would never end are ended, their author reads why, the worker lives, and others hardly notice."""

from __future__ import annotations

import random
import statistics
import threading
import time
from functools import partial
from typing import Any

from acr_program.jobs.work import drain
from acr_program.render import client
from acr_program.render.client import Limits, Pool
from acr_program.render.errors import RenderError
from tests.factories import fresh, make_account, make_request, make_user, take

from .bombs import page_bombs, typed_bombs
from .bounded import bounded
from .switched import instead
from .tally import Tally
from .world import Worlds

SAYS = "render bombs end within their limits, and others do not notice"
OFFICE = Limits()
SHORT = Limits(cpu=2, memory=OFFICE.memory, wall=20)  # for the small lane: what takes the office's 20 s takes these 2
OTHERS = "<html lang=en><title>Another</title>" + "<h2>Service</h2><p>We shipped what we promised.</p>" * 40


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    bombs, limits = page_bombs(), OFFICE if full else SHORT
    some = bombs if full else dict(rng.sample(sorted(bombs.items()), 6))
    beside(tally, some, limits)
    with worlds.new():
        told(tally, typed_bombs() if full else {name: typed_bombs()[name] for name in WRITTEN}, limits)
    control = Tally(quiet=True)
    in_the_worker(control)
    tally.control(control, "the child (rendered in the worker itself)")


WRITTEN = ("a heading on every line", "one word")


def beside(tally: Tally, bombs: dict[str, str], limits: Limits) -> None:
    """Bombs on one renderer, somebody else's documents on the other; each of those is timed with a bomb beside it and without."""
    pool, alone, among, ended = Pool(2, limits), list[float](), list[float](), list[tuple[str, str]]()
    try:
        with_a_renderer_each(pool)
        for name, body in bombs.items():
            alone += [timed(pool) for _ in range(5)]
            thread = threading.Thread(target=blow_up, args=(tally, pool, limits, name, body, ended))
            thread.start()
            time.sleep(0.1)
            while thread.is_alive() and len(among) < len(alone) * 3:
                among.append(timed(pool))
            thread.join(limits.wall + client.GRACE)
            tally.expect(not thread.is_alive(), f"{name}: comes to an end.")
        servers = [server.process.pid for server in pool.servers if server.process]
        tally.expect(len(ended) == len(bombs), "Each author is told.", ended)
        tally.expect(len(servers) == 2, "Both renderers live.", servers)
    finally:
        pool.stop()
    before, beside_them = p95(alone), p95(among)
    tally.expect(among and beside_them <= 2 * before + 0.1, "Others wait at most twice as long.", (before, beside_them))
    kinds = sorted({kind for _name, kind in ended})
    tally.say(f"{len(bombs)} bombs: {kinds}; others p95 {before:.2f} s, beside {beside_them:.2f} s")


def with_a_renderer_each(pool: Pool) -> None:
    """Both are started before anything is timed."""
    for server in pool.servers:
        server.ask({"editions": {"screen": client.editions.EDITIONS["screen"].request}}, {"screen": OTHERS.encode()})


def timed(pool: Pool) -> float:
    begun = time.monotonic()
    pool.render({"screen": OTHERS}, {})
    return time.monotonic() - begun


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else (values or [0.0])[0]


def blow_up(tally: Tally, pool: Pool, limits: Limits, name: str, body: str, ended: list[tuple[str, str]]) -> None:
    """One bomb: what its author is told; within the limits of the child, whose figures the renderer gives."""
    html = f"<!doctype html><html lang=en><head><title>A page</title></head><body>{body}</body></html>"
    begun = time.monotonic()
    try:
        made = pool.render({"screen": html}, {})
        ended.append((name, "rendered"))
        tally.expect(made.peak <= limits.memory, f"{name}: stays within its memory.", made.peak)
    except RenderError as error:
        ended.append((name, error.kind))
        tally.expect(error.sentence.startswith("The document"), f"{name}: the author reads why.", error.sentence)
    took = time.monotonic() - begun
    tally.expect(took <= limits.wall + client.GRACE, f"{name}: is over in time.", f"{took:.1f} s")


def told(tally: Tally, texts: dict[str, str], limits: Limits) -> None:
    """Typed into a section, accepted and compiled: the worker goes on, and the office reads on the document why it failed."""
    pool, requests = Pool(1, limits), {}
    rep = make_user("rep", reports_to=make_user("leader"))
    for name, text in {**texts, "an ordinary one": "We shipped what we promised."}.items():
        request = make_request("gathering", account=make_account(manager=rep))
        for part in request.contributions.order_by("pk"):
            take(part, "submit", part.contributor, text=text)
            take(part, "accept", make_user("admin"))
        requests[name] = request
    with instead(client, pool=lambda: pool):
        try:
            drain(["render.Rendering"], limit=len(requests))
        finally:
            pool.stop()
    made = {name: fresh(request).latest_document() for name, request in requests.items()}
    for name, document in made.items():
        if name == "an ordinary one":
            tally.expect(document.status == "ready", "The next document is made.", document.error)
        else:
            said = (
                document.error if document.status == "failed" else "" if document.status == "ready" else tried(document)
            )
            tally.expect(document.status == "ready" or "document" in said, f"{name}: the office reads why.", said)
    tally.say(f"typed: {[(name, one.status, (one.error or tried(one))[:70]) for name, one in made.items()]}")


def tried(document: Any) -> str:
    """What the last try says while another is to come."""
    from acr_program.render.models import Rendering

    rendering = Rendering.latest(document)
    return rendering.error if rendering else ""


def in_the_worker(tally: Tally) -> None:
    """The control: the worker renders a bomb itself, bounded by the harness alone, and another document after it."""
    bomb = next(iter(page_bombs().values()))
    took = bounded(partial(without_a_child, [bomb, OTHERS]), cpu=4, megabytes=2048)
    tally.expect(took.answer == 2, "The worker lives, and others get their document.", took)


def without_a_child(bodies: list[str]) -> int:
    from weasyprint import HTML

    return sum(bool(HTML(string=body).write_pdf()) for body in bodies)
