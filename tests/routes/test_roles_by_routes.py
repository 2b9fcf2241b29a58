"""Every path x every identity x own, other's and no record x every method, against the table written by hand (P16)."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.people.management.commands.routes import ours
from acr_program.workflow.docs import machines
from reviews.models import ReviewRequest, TouchPoint
from tests.keyed import keyed
from tests.reviews.library import new_words_typed

from .expected import HOLDS, NARROWER, SEES, expect, expect_step
from .identities import IDENTITIES, OUTSIDE
from .pilots import pilot_answers
from .world import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.alike]

METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")
ROUTES = [(where, name, view.access, view.methods) for where, name, view in ours()]
STEP_ROUTES = {access.model: name for _where, name, access, _methods in ROUTES if access.kind == "steps"}
ARGUMENT = re.compile(r"<\w+:(\w+)>")
CHANGES = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
LEAST = 9_000
SHARED = (
    "program",
    "programyear",
    "communication",
    "templateversion",
    "processversion",
    "batch",
    "contentitem",
    "revision",
    "trial",
    "pilotwave",
    "finding",
    *keyed().shared,
)  # nobody's in particular
counted: Counter[str] = Counter()


@pytest.fixture(scope="module")
def office(once: Any) -> World:
    return once(world)


@pytest.fixture(scope="module")
def clients(office: World, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    """One browser for each identity; sessions in the cookie and no log lines, for speed alone."""
    logging.disable(logging.CRITICAL)
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        found = {identity: Client() for identity in IDENTITIES}
        with django_db_blocker.unblock():
            for identity, person in office.people.items():
                found[identity].force_login(person)
        yield found
    logging.disable(logging.NOTSET)


def sides(where: str, access: Any) -> list[str]:
    """Whose records can stand in the address; one that holds nothing of anybody's is tried once."""
    names = ARGUMENT.findall(where)
    if not names:
        return ["own"]
    if access.model and access.model._meta.model_name not in SHARED:
        return ["own", "other", "none"]
    return ["own", "none"]


def address(office: World, where: str, name: str, access: Any, side: str) -> str:
    """The path with an example in place of each argument; one without an example fails here: none is missing."""
    given: dict[str, Any] = {}
    for argument in ARGUMENT.findall(where):
        if argument == "pk":
            given["pk"] = office.records[side][access.model._meta.model_name].pk
        elif access.kind == "steps":
            given["name"] = next(iter(access.model.declared_steps()))
        else:
            parts = office.parts["own"] | office.parts[side]
            given[argument] = office.parts[side].get(f"{name} {argument}") or parts[argument]
    return reverse(name, kwargs=given)


def ask(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> Any:
    """One request; whatever it writes is taken back."""
    counted["cells"] += 1
    if method in ("GET", "HEAD"):
        return getattr(client, method.lower())(url)
    if method != "POST":
        return client.generic(method, url)
    with transaction.atomic():
        response = client.post(url, data or {})
        transaction.set_rollback(True)
    return response


def check(response: Any, wanted: set[int], cell: tuple[Any, ...], wrong: list[Any]) -> None:
    """The status is right; sign-in is where one is led; a refusal is a page with a sentence."""
    status, said = response.status_code, getattr(response.wsgi_request, "_messages", None)
    if response.wsgi_request.method == "GET" and said is not None and said.added_new:
        wrong.append((*cell, "keeps a message by being looked at"))
    if status not in wanted:
        wrong.append((*cell, "wanted", sorted(wanted), "got", status))
    elif cell[2] in OUTSIDE and status == 302 and cell[1] != "theme":
        if not response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL) + "?next="):
            wrong.append((*cell, "led to", response.headers["Location"]))
    elif status in (403, 404):
        counted["refusals"] += 1
        body = response.content.decode()
        if not response.headers["Content-Type"].startswith("text/html") or not re.search(r"<p[^>]*>[^<]{12,}\.", body):
            wrong.append((*cell, status, "without a sentence"))


@pytest.mark.demand("features, 85")
@pytest.mark.parametrize(("where", "name", "access", "methods"), ROUTES, ids=[route[1] for route in ROUTES])
def test_each_path_answers_everybody_as_declared(where, name, access, methods, office, clients):
    wrong = tried(office, clients, where, name, access, methods)

    assert not wrong, listed(wrong)


def test_a_filter_taken_away_is_noticed(office, clients, monkeypatch):
    """The control: were every review everybody's, its paths would fail here."""
    monkeypatch.setattr(type(ReviewRequest.objects.all()), "visible_to", lambda rows, user: rows)
    route = next(route for route in ROUTES if route[1] == "reviews:request")

    assert len(tried(office, clients, *route)) >= 10


def tried(
    office: World, clients: dict[str, Client], where: str, name: str, access: Any, methods: tuple[str, ...]
) -> list[Any]:
    """Ask one path as everybody; the cells that are not as the table says."""
    wrong: list[Any] = []
    for side in sides(where, access):
        url = address(office, where, name, access, side)
        for identity in IDENTITIES:
            for method in METHODS if side == "own" else METHODS[:2]:
                if access.kind == "steps" and method in ("GET", "POST"):
                    continue  # below, step by step
                response = ask(clients[identity], method, url)
                wanted = expect(method, name, identity, side, access, methods)
                check(response, wanted, (method, name, identity, side), wrong)
    return wrong


def listed(wrong: list[Any]) -> str:
    return f"{len(wrong)} cells are not as the table says:\n" + "\n".join(
        " ".join(map(str, cell)) for cell in wrong[:25]
    )


STEPS = [(model, step) for model in machines() for step in model.declared_steps().values()]


def answers(obj: Any) -> dict[str, Any]:
    """What any step may ask, as it would be typed by somebody who has read the page."""
    return {
        "seen": obj.version, "briefed_on": localdate().isoformat(),
        "comment": "Because it is so.", "text": "We kept our word.", "carrier": "Post",
        "really": "on", "unchanged": "on",
        "tracking": "T-1", "met_on": localdate().isoformat(), "attendees": "Kim", "worked": "Well.",
        "words": "Shorter.", "about": "stage:gathering", "adopted_stage": "gathering",
        "customer_feedback": "Thank you.", "signs": getattr(obj, "signs", ""),
        "outcome": "It is in force.", "ended_on": localdate().isoformat(), "owner": getattr(obj, "owner_id", None) or "",
        "due_on": (localdate() + timedelta(days=40)).isoformat(),
        "to": getattr(getattr(obj, "newer_template", None), "pk", ""),
        "copies": 5, "paper": "silk", "binding": "wire", "ship_to": "Dock 5", "needed_by": "2099-01-01",
        "given_to": getattr(obj, "given_to_id", None) or "",
        "lesson": "Bring the figures first.", **(new_words_typed(obj) if isinstance(obj, TouchPoint) and obj.pk else {}),
        **pilot_answers(obj), **keyed().typed(obj),
    }  # fmt: skip


@pytest.mark.parametrize(("model", "step"), STEPS, ids=[f"{m._meta.model_name}.{s.name}" for m, s in STEPS])
def test_each_step_is_taken_by_those_it_names_alone(model, step, office, clients):
    """Others who see the record get 403 with the step's own sentence; whoever does not see it, 404."""
    kind, wrong = model._meta.model_name, []
    titles = [str(role.title) for role in step.by]
    for side in ("own", "other", "none") if kind in office.records["other"] else ("own", "none"):
        obj = office.records[side][kind]
        url = reverse(STEP_ROUTES[model], kwargs={"pk": obj.pk, "name": step.name})
        for identity in IDENTITIES:
            for method in ("GET", "POST") if side != "none" else ("POST",):
                response = ask(clients[identity], method, url, answers(obj) if side != "none" else {"seen": 1})
                wanted = expect_step(method, identity, side, kind, titles)
                check(response, wanted, (method, f"{kind}.{step.name}", identity, side), wrong)
                if response.status_code == 403 and "is for" not in response.content.decode():
                    wrong.append((step.name, identity, "without the step's sentence"))

    assert not wrong, listed(wrong)


@pytest.mark.parametrize("model", [m for m in machines() if m._meta.model_name != "program"], ids=lambda m: m.__name__)
def test_a_step_is_taken_where_it_is_open_and_refused_where_it_is_closed(model, office, clients):
    """In every state there is: those whom the step names take it where it is open, and get 409 where it is not."""
    kind, wrong, taken = model._meta.model_name, [], set()
    for obj in office.states[kind]:
        for step in model.declared_steps().values():
            url = reverse(STEP_ROUTES[model], kwargs={"pk": obj.pk, "name": step.name})
            may = set().union(*(HOLDS[str(role.title)] for role in step.by)) & SEES[kind][0]
            is_open = obj.status in step.sources and not obj.unmet(step)
            early = keyed().early.get((f"{kind}.{step.name}", obj.status))
            for identity in sorted(may) or sorted(SEES[kind][0])[:1]:
                wanted = {early} if early else {302} if is_open and may else {409} if may else {403}
                response = ask(clients[identity], "POST", url, answers(obj))
                taken |= {step.name} if response.status_code == 302 else set()
                check(response, wanted, ("POST", f"{kind}.{step.name}", identity, obj.status), wrong)

    assert not wrong, listed(wrong)
    assert taken, "no step was taken at all"


def test_head_says_what_get_says(office, clients):
    wrong = []
    for where, name, access, methods in ROUTES:
        for identity in ("anonymous", "rep", "superuser") if "GET" in methods else ():
            url = address(office, where, name, access, "own")
            got, head = (ask(clients[identity], method, url) for method in ("GET", "HEAD"))
            if (got.status_code, got.get("Content-Type")) != (head.status_code, head.get("Content-Type")):
                wrong.append((name, identity, got.status_code, head.status_code))
            if head.getvalue():
                wrong.append((name, identity, "HEAD has a body"))

    assert not wrong, listed(wrong)


def test_what_belongs_to_others_looks_like_what_is_not_there(office, clients):
    """The same answer, byte for byte: from a 404 nobody learns that there is something."""
    for client in clients.values():
        client.get("/")  # takes what an earlier step had to say, which would stand on the first page alone
    wrong, compared = [], 0
    for where, name, access, methods in ROUTES:
        method = "GET" if "GET" in methods else "POST"
        if "other" not in sides(where, access) or access.model._meta.model_name == "user":
            continue
        for identity in ("rep", "leader", "contributor", "stand-in", "superuser"):
            foreign, absent = (
                ask(clients[identity], method, address(office, where, name, access, side)) for side in ("other", "none")
            )
            bodies = [CHANGES.sub(b"", answer.content) for answer in (foreign, absent)]
            compared += 1
            if foreign.status_code != absent.status_code or bodies[0] != bodies[1]:
                wrong.append((name, identity, foreign.status_code, absent.status_code))

    assert not wrong, listed(wrong)
    assert compared >= 100


def test_the_table_names_nothing_that_is_gone():
    names = {name for _where, name, _access, _methods in ROUTES}

    assert NARROWER.keys() <= names


def test_enough_was_tried(capsys, request):
    """Stands last: how many cells were asked; a part of the tests alone asks fewer and says nothing."""
    here = {item.originalname for item in request.session.items if item.fspath == request.node.fspath}
    if here < {name for name in globals() if name.startswith("test_")}:
        pytest.skip("Only a part of the table was asked for here.")
    with capsys.disabled():
        print(f"\n{counted['cells']} cells: {len(ROUTES)} paths, {len(STEPS)} steps, {len(IDENTITIES)} identities.")
    assert counted["cells"] >= LEAST
