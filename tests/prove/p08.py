"""P8: nobody approves what they did not see: it came back, was changed and was handed in again since the page was read."""

from __future__ import annotations

import random
import re
from typing import Any

from tests.factories import fresh, make_account, make_request, render, take

from . import invariants
from .clients import Client
from .company import Company, found, step_url
from .tally import Tally
from .world import Worlds

SAYS = "nobody approves what they did not see"
SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')
SIGNS = re.compile(r'name="signs"[^>]*value="([0-9a-f]{64})"')


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, rounds=334 if full else 17)
    control = Tally(quiet=True)
    run(worlds, control, rounds=2, off="seen")
    tally.control(control, "the version check")


def run(worlds: Worlds, tally: Tally, *, rounds: int, off: str = "") -> None:
    """Three kinds of what is read and decided: a document by its leader, a section and a request by the office."""
    with worlds.new() as world:
        company = found(world)
        world.serve(off=off)
        before = tally.passed + tally.failed
        for _round in range(rounds):
            document(tally, company)
            section(tally, company)
            request(tally, company)
        tally.say(f"{rounds * 3} rounds, {tally.passed + tally.failed - before} checks")
        world.close()
        invariants.check(tally)


def read(client: Client, obj: Any, name: str) -> dict[str, str]:
    """What the page of the step hands back with the decision."""
    page = client.get(step_url(obj, name)).body
    found_seen, found_signs = SEEN.search(page), SIGNS.search(page)
    assert found_seen, f"The page of {name} shows no version."
    return {"seen": found_seen[1]} | ({"signs": found_signs[1]} if found_signs else {})


def refused(tally: Tally, client: Client, obj: Any, name: str, shown: dict[str, str], stands: str) -> None:
    """The decision made from the old page changes nothing; the answer says what happened and leads to it."""
    answer = client.post(step_url(obj, name), shown | {"key": f"late-{name}-{obj.pk}"}, as_json=False)
    tally.expect(answer.status == 409, f"{name}: refused.", answer.status)
    tally.expect(fresh(obj).status == stands, f"{name}: it stands as it stood.", fresh(obj).status)
    told = re.search(r" at \d\d:\d\d\.|not the one you were shown", answer.body)
    offered = told and obj.get_absolute_url() in answer.body
    tally.expect(offered, f"{name}: the page says what changed and leads to it.", answer.body[:200])


def document(tally: Tally, company: Company) -> None:
    """The leader reads; the other leader sends it back; it is mended, compiled and asked for again."""
    review = make_request("in_approval", account=make_account(manager=company.people["rep"]))
    approval, leader = review.approvals.get(), company.as_("leader")
    shown = read(leader, approval, "approve")
    take(approval, "ask_for_changes", company.people["leader"], comment="Say more.")
    part = review.contributions.first()
    take(review, "rework", company.people["admin"], comment="As asked.", sections=[part])
    take(part, "submit", part.contributor, text="Another text.")
    take(part, "accept", company.people["admin"])
    render(review.latest_document())
    again = review.approvals.get(status="pending")
    refused(tally, leader, approval, "approve", shown, "changes_requested")
    refused(tally, leader, again, "approve", shown, "pending")


def section(tally: Tally, company: Company) -> None:
    """The office reads a section; a colleague sends it back; it is handed in again with other words."""
    part = make_request("gathering", account=make_account(manager=company.people["rep"])).contributions.first()
    take(part, "submit", part.contributor, text="The first text.")
    shown = read(company.as_("admin"), part, "accept")
    take(part, "send_back", company.people["second admin"], comment="Which quarter?")
    take(part, "submit", part.contributor, text="Another text.")
    refused(tally, company.as_("admin"), part, "accept", shown, "submitted")


def request(tally: Tally, company: Company) -> None:
    """The office reads a request; a colleague sends it back; it is handed in again for another day."""
    from tests.prove.forms import change

    review = make_request("submitted", account=make_account(manager=company.people["rep"]))
    shown = read(company.as_("admin"), review, "accept")
    take(review, "send_back", company.people["second admin"], comment="Which site?")
    change(review, company, goal="Another goal.")
    take(review, "submit", company.people["rep"])
    refused(tally, company.as_("admin"), review, "accept", shown, "submitted")
