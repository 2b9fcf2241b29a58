"""P20: approval links survive robots, and refuse people they were not meant for."""

from __future__ import annotations

import os
import random
import re
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import now

from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from reviews.models import Approval
from tests.factories import fresh, make_account, make_request, make_user, take

from . import invariants
from .clients import Answer, Client, all_at_once
from .company import Company, found
from .tally import Tally
from .world import World, Worlds

SAYS = "approval links survive robots and refuse people they were not meant for"
GIVEN = re.compile(r'name="(seen|key|signs)" value="([^"]*)"')
PREVIEWS = ("Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "Microsoft Office Outlook", "curl/8")
OVER, UNKNOWN, FOREIGN = 410, 404, 403
AT_ONCE = 16


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, links=100 if full else 5, visits=100, rng=rng)
    for off, guard in (("looking", "deciding only by a form"), ("code", "the code of the mail")):
        control = Tally(quiet=True)
        run(worlds, control, links=1, visits=2, rng=rng, off=off)
        tally.control(control, guard)


def run(worlds: Worlds, tally: Tally, *, links: int, visits: int, rng: random.Random, off: str = "") -> None:
    with worlds.new() as world:
        company = found(world)
        leader = make_user("leader", name="Lea Fern", by_link=True)
        rep = make_user("rep", name="Rolf Rep", reports_to=leader)
        world.serve(off=off)
        for _link in range(links):
            approval, path, code = asked(rep, leader)
            robots(tally, world, approval, path, visits)
            strangers(tally, company, approval, path, code, rng)
            if not off:
                one_decision(tally, world, approval, path, code)
        browsers(tally, world, [asked(rep, leader) for _one in range(3 if not off else 1)])
        if not off:
            guesses(tally, world, *asked(rep, leader), rng)
            dead(tally, world, rep, leader)
        tally.say(f"{links} links, {visits} visits of robots each, {AT_ONCE} decisions at once")
        world.close()
        invariants.check(tally)


def asked(rep: User, leader: User) -> tuple[Approval, str, str]:
    """An approval that waits for the leader; the path of the link in the mail, and the code."""
    approval = make_request("in_approval", account=make_account(manager=rep)).approvals.get()
    mail = Message.objects.filter(person=leader, kind="approval").latest("created_at")
    return approval, urlsplit(mail.private["url"]).path, mail.private["code"]


def robots(tally: Tally, world: World, approval: Approval, path: str, visits: int) -> None:
    """Whoever looks, however often, and presses what there is without having read the mail, decides nothing."""
    client, wrong = Client(world.port), []
    for number in range(visits):
        answer = client.get(path, User_Agent=PREVIEWS[number % len(PREVIEWS)])
        head = client.ask("HEAD", path, None, {})
        if (answer.status, head.status) != (200, 200):
            wrong.append((answer.status, head.status))
    given = dict(GIVEN.findall(answer.body))
    for button in ("approve", "ask_for_changes"):
        pressed = client.post(f"{path}{button}/", given | {"comment": "."}, as_json=False)
        if pressed.status != 400:
            wrong.append((button, pressed.status))
    tally.expect(not wrong, "Robots see the page, and their buttons are refused.", wrong[:3])
    tally.expect(fresh(approval).status == "pending", "Robots decide nothing.", fresh(approval).status)


def strangers(tally: Tally, company: Company, approval: Approval, path: str, code: str, rng: random.Random) -> None:
    """Somebody else who is signed in, an address that was touched, the code of another mail: nothing is decided."""
    wrong, token = [], path.rstrip("/").rpartition("/")[2]
    for who in ("stranger", "leader", "admin", "contributor"):
        answer = company.as_(who).post(
            f"{path}approve/", {"seen": 1, "signs": approval.signs, "code": code}, as_json=False
        )
        wrong += [(who, answer.status)] if answer.status != FOREIGN else []
    client = Client(company.world.port)
    for _try in range(20):
        place = rng.randrange(len(token))
        other = "A" if token[place] != "A" else "B"
        touched = path.replace(token, token[:place] + other + token[place + 1 :])
        answer = client.post(f"{touched}approve/", {"seen": 1, "signs": approval.signs, "code": code}, as_json=False)
        wrong += [("touched", answer.status)] if answer.status != UNKNOWN else []
    tally.expect(not wrong, "A link is taken from nobody else, and no other address.", wrong[:3])
    tally.expect(fresh(approval).status == "pending", "Strangers decide nothing.", fresh(approval).status)


def one_decision(tally: Tally, world: World, approval: Approval, path: str, code: str) -> None:
    """The link still works, once: of many at the same moment one decides, and the others read what became of it."""
    client = Client(world.port)
    given = dict(GIVEN.findall(client.get(path).body)) | {"code": code}
    clients = [Client(world.port) for _one in range(AT_ONCE)]
    answers: list[Answer] = all_at_once(
        [lambda one=one: one.post(f"{path}approve/", given, as_json=False) for one in clients]
    )
    entries = LogEntry.objects.of(approval).filter(step="approve").count()
    tally.expect(entries == 1, "Exactly one decision.", entries)
    shown = {(answer.status, answer.headers.get("Location")) for answer in answers}
    tally.expect(shown == {(302, path)}, "All are led to what became of it.", shown)
    late = client.post(f"{path}ask_for_changes/", given | {"comment": "No, not like this."}, as_json=False)
    page = client.get(path)
    named = "Lea Fern" in page.body and "Lea Fern" in late.body
    tally.expect(
        late.status == 409 and named and fresh(approval).status == "approved",
        "A used link names who acted, and changes nothing.", (late.status, page.status),
    )  # fmt: skip
    tally.expect("No, not like this." in late.body, "What came too late stands there to be copied.", late.body[:200])


def guesses(tally: Tally, world: World, approval: Approval, path: str, code: str, rng: random.Random) -> None:
    """After five wrong codes not even the right one is taken."""
    client = Client(world.port)
    given = dict(GIVEN.findall(client.get(path).body))
    for _try in range(8):
        wrong = f"{(int(code) + rng.randrange(1, 10**6)) % 10**6:06d}"
        client.post(f"{path}approve/", given | {"code": wrong}, as_json=False)
    last = client.post(f"{path}approve/", given | {"code": code}, as_json=False)
    tally.expect((last.status, fresh(approval).status) == (400, "pending"), "Guessing shuts the link.", last.status)


def dead(tally: Tally, world: World, rep: User, leader: User) -> None:
    """Links whose time, whose person or whose matter is over."""
    client, statuses = Client(world.port), []
    _approval, path, _code = asked(rep, leader)
    Link.objects.filter(used_at=None).update(expires_at=now() - timedelta(seconds=1))
    statuses.append(client.get(path).status)
    approval, path, _code = asked(rep, leader)
    take(approval.request, "cancel", rep, comment="Not this year.")
    statuses.append(client.get(path).status)
    _approval, path, _code = asked(rep, leader)
    User.objects.filter(pk=leader.pk).update(is_active=False)
    statuses.append(client.get(path).status)
    statuses.append(client.get(path.replace(path.rstrip("/").rpartition("/")[2], secrets.token_urlsafe(32))).status)
    tally.expect(statuses == [OVER, OVER, OVER, UNKNOWN], "Expired, moved on, left, unknown: refused.", statuses)


def browsers(tally: Tally, world: World, links: list[tuple[Approval, str, str]]) -> None:
    """A real browser that runs scripts and presses the first button, as some scanners of mail do."""
    from playwright.sync_api import sync_playwright

    from acr_program.config.needs import find_browser

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver runs a loop of its own in this thread
    statuses: list[Any] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for approval, path, _code in links:
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{world.port}{path}")
            page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
            page.locator("form button").first.click()
            page.wait_for_load_state()
            statuses.append(fresh(approval).status)
            page.close()
        browser.close()
    tally.expect(set(statuses) == {"pending"}, "A browser that presses the first button decides nothing.", statuses)
