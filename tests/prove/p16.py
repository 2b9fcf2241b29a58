"""P16: every URL x every role is decided in one table.

The walk is over the resolver itself, not over a list: each path it knows is tried as everybody, with their own record,
another's and none, by every method, and held against the table written by hand in tests/routes. A path that declares no
access, or of which no example is known, fails; so does another's record that does not look like one that is not there.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from acr_program.people.checks import LIBRARIES
from reviews.models import ReviewRequest
from tests.routes import test_roles_by_routes as table
from tests.routes.expected import expect, expect_step
from tests.routes.identities import IDENTITIES, OUTSIDE
from tests.routes.world import World, world

from .switched import instead
from .tally import Tally
from .world import Worlds

SAYS = "every URL x every role is decided in one table"
LEAST = 8_000
SHARE = 20  # the small lane tries one cell in so many
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Cell(NamedTuple):
    """One request by one person, and whose record stands in the address."""

    where: str
    name: str
    view: Any
    side: str
    identity: str
    method: str


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new(furnish=world) as home, in_this_process():
        office = home.inside
        clients = signed_in(office)
        paths = list(walked())
        undeclared = [where for where, name, view in paths if not covered(name, view)]
        tally.expect(not undeclared, "Every path declares who comes through, or is a library's.", undeclared[:5])
        cells = cells_of(paths)
        tally.expect(len(cells) >= LEAST, f"The table has {LEAST} cells at least.", len(cells))
        tried = cells if full else rng.sample(cells, len(cells) // SHARE)
        answers = Counter(try_one(tally, office, clients, cell) for cell in tried)
        tally.say(
            f"{len(paths)} paths, {len(cells)} cells, {len(tried)} tried as {len(IDENTITIES)} people: {told(answers)}"
        )
        control = Tally(quiet=True)
        mine = [cell for cell in cells if cell.name == "reviews:request" and cell.method == "GET"]
        with instead(type(ReviewRequest.objects.all()), visible_to=lambda rows, user: rows):
            for cell in mine:
                try_one(control, office, clients, cell)
        tally.control(control, "the rule of who sees a review")


@contextmanager
def in_this_process() -> Iterator[None]:
    """Asked without a server, with sessions in the cookie and no log lines, for speed alone."""
    logging.disable(logging.CRITICAL)
    sessions = "django.contrib.sessions.backends.signed_cookies"
    with override_settings(SESSION_ENGINE=sessions, ALLOWED_HOSTS=["testserver"]):
        yield
    logging.disable(logging.NOTSET)


def signed_in(office: World) -> dict[str, Client]:
    clients = {identity: Client(raise_request_exception=False) for identity in IDENTITIES}
    for identity, person in office.people.items():
        clients[identity].force_login(person)
    return clients


def walked(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every pattern the resolver knows, by a walk of the proof's own."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walked(entry, where, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield where, space + (entry.name or ""), entry.callback


def covered(name: str, view: Any) -> bool:
    return hasattr(view, "access") or name.startswith(LIBRARIES)


def cells_of(paths: list[tuple[str, str, Any]]) -> list[Cell]:
    """Each path by each person, for each record that can stand in it; foreign and missing ones are read and written to."""
    return [
        Cell(where, name, view, side, identity, method)
        for where, name, view in paths
        if hasattr(view, "access")
        for side in table.sides(where, view.access)
        for identity in IDENTITIES
        for method in (METHODS if side == "own" else ("GET", "HEAD", "POST"))
    ]


def try_one(tally: Tally, office: World, clients: dict[str, Client], cell: Cell) -> int:
    access = cell.view.access
    url = table.address(office, cell.where, cell.name, access, cell.side)
    response = table.ask(clients[cell.identity], cell.method, url)
    wanted, wrong = expected(cell), []  # type: ignore[var-annotated]
    if cell.method != "HEAD":
        table.check(response, wanted, (cell.method, cell.name, cell.identity, cell.side), wrong)
    elif response.status_code not in wanted or response.content:
        wrong = [(cell[1], cell[3:], "wanted", wanted, "got", response.status_code)]
    tally.expect(not wrong, "The cell is as the table says.", wrong)
    return int(response.status_code)


def expected(cell: Cell) -> set[int]:
    """What the table written by hand says; HEAD as GET."""
    access, method = cell.view.access, "GET" if cell.method == "HEAD" else cell.method
    if access.kind != "steps" or method not in ("GET", "POST"):
        return expect(method, cell.name, cell.identity, cell.side, access, cell.view.methods)
    step = next(iter(access.model.declared_steps().values()))
    titles = [str(role.title) for role in step.by]
    answers = expect_step(method, cell.identity, cell.side, access.model._meta.model_name, titles)
    return answers | {400} if 302 in answers and method == "POST" and cell.identity not in OUTSIDE else answers


def told(answers: Counter[int]) -> str:
    return ", ".join(f"{status}: {count}" for status, count in sorted(answers.items()))
