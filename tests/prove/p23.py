"""P23: looking never writes, and forms come from our own pages alone."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from acr_program.links.models import Link
from acr_program.people.access import declared
from acr_program.workflow.log import LogEntry
from reviews.actions.by_link import DECIDE, TOUCH, WRITE
from reviews.actions.delivering import PURPOSE
from reviews.models import Approval, Document, InformationRequest
from tests.factories import make_user
from tests.keyed import keyed
from tests.reviews.library import a_touch
from tests.routes.world import world as office

from .clients import Answer, Client, session_of
from .tally import Tally
from .world import World, Worlds

SAYS = "a GET never writes, a POST never comes from elsewhere"
LINK = re.compile(r'(?:href|action|src|hx-get)="([^"#]+)')
EXAMPLES = {
    "name": "screen.pdf", "label": "accounts.account", "key": "1", "token": "unknown", "uidb36": "1", "absence": "1",
    "contact": "1", "function": "1", "mapping": "1",
}  # fmt: skip
SESSION = "django_session"  # the one table a page of signing in may touch on sight: the secret of a second factor
SIGN_IN = {"mfa_activate_totp"}
BY_LINK = ("desk:calendar-feed", "reviews:printer", "reviews:printer-file", "reviews:say")
SIGNED = ("/reviews/printer/events/",)  # no page of ours sends this form: a signature takes the place of the token
ELSEWHERE = {
    "without its token": (False, {}),
    "from a foreign origin": (True, {"Origin": "https://elsewhere.example"}),
    "from an opaque origin": (True, {"Origin": "null"}),
    "from another site": (True, {"Sec-Fetch-Site": "cross-site"}),
    "from a neighbour": (True, {"Sec-Fetch-Site": "same-site"}),
}


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new(furnish=office) as world:
        found = world.inside
        sessions = {name: session_of(user) for name, user in found.people.items()} | {"anonymous": ""}
        book = world.folder / "writes"
        world.serve(ACR_PROVE_READONLY=str(book), ACR_PRINT_EVENTS_SECRET="p23-" + "x" * 40)
        starts = [url for rows in kinds(found).values() for row in rows for url in pages_of(row, found)]
        crawl(tally, world, found, sessions, starts, book, many=20 if full else 1, rng=rng)
        posts(tally, world, sessions["manager"], addresses())
    control = Tally(quiet=True)
    with worlds.new(furnish=office) as world:
        found = world.inside
        world.serve(off="csrf")
        steps = [f"{row.get_absolute_url()}steps/close/" for row in things(found) if type(row).__name__ == "Account"]
        posts(control, world, session_of(found.people["manager"]), steps[:2])
    tally.control(control, "the token of one view")


def things(found: Any) -> list[Any]:
    rows = [row for side in ("own", "other") for row in found.records[side].values()]
    return rows + [row for of_state in found.states.values() for row in of_state]


def crawl(
    tally: Tally, world: World, found: Any, sessions: dict[str, str], starts: list[str], book: Path, many: int,
    rng: random.Random,
) -> None:  # fmt: skip
    """Each person follows every link there is, so many times a page; nothing may be written by it."""
    asked: Counter[str] = Counter()
    answers: Counter[int] = Counter()
    broken = []
    for who, session in sessions.items():
        client, seen, visits = Client(world.port, session), set(), Counter[str]()
        ahead = ["/", "/views/accounts/keep/?status=active", *plain_addresses(found), *rng.sample(starts, len(starts))]
        while ahead:
            url = ahead.pop(0)
            name = view_of(url)
            if url in seen or not name or visits[name] >= many or name.startswith("account_logout"):
                continue
            seen.add(url)
            visits[name] += 1
            asked[name] += 1
            answer = client.get(url)
            answers[answer.status] += 1
            if (answer.status >= 500 or not answer.status) and name not in SIGN_IN:
                broken.append((who, url, answer.status))
            ahead += links(url, answer)
    tried = book.read_text().splitlines() if book.exists() else []
    wrote = [line for line in tried if not (view_of(line.split(" ")[0]) in SIGN_IN and SESSION in line)]
    tally.say(f"{sum(asked.values())} pages of {len(asked)} kinds seen by {len(sessions)} people: {dict(answers)}")
    tally.expect(not wrote, "No page tried to write.", sorted(set(wrote))[:5])
    tally.expect(not broken, "Every page answers while the database takes nothing.", broken[:5])
    ours = {name for _where, name, view in declared() if "GET" in getattr(view, "methods", ())}
    tally.expect(ours <= set(asked), "Every page of ours was seen.", sorted(ours - set(asked)))


def plain_addresses(office: Any) -> list[str]:
    """Pages that need no argument, of ours and of the libraries, and those that a private link leads to."""
    found = []
    for _where, name, _view in declared():
        if name and not name.startswith("admin:"):
            try:
                found.append(reverse(name))
            except NoReverseMatch:  # it wants arguments: what leads there is asked for by record
                continue
    token = Link.issue(PURPOSE, Document.objects.filter(status="sealed")[0])[1]
    asked = make_user("contributor", "leader", by_link=True)
    write = Link.issue(WRITE, InformationRequest.objects.all()[0], person=asked, code=True)[1]
    touch = Link.issue(TOUCH, a_touch(asked), person=asked, code=True)[1]
    decide = Link.issue(DECIDE, Approval.objects.filter(status="pending")[0], person=asked, code=True)[1]
    return [
        *found,
        *(reverse(f"reviews:{name}", args=[token]) for name in ("delivered", "delivered-file")),
        reverse("reviews:write", args=[write]),
        reverse("reviews:touch", args=[touch]),
        *(reverse(f"reviews:{name}", args=[decide]) for name in ("decide", "decide-file")),
        *(reverse(name, args=[office.parts["own"][f"{name} token"]]) for name in (*BY_LINK, *keyed().tokens)),
        "/admin/",
        "/no/such/page/",
    ]


def view_of(url: str) -> str:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return "missing" if url.startswith("/no/such") else ""
    return match.view_name or match.route


def links(url: str, answer: Answer) -> list[str]:
    """Where one may go from here, by link, form of a search, or redirect."""
    if answer.status in (301, 302):
        found = [answer.headers.get("Location", "")]
    elif "text/html" in answer.headers.get("Content-Type", ""):
        found = [link.replace("&amp;", "&") for link in LINK.findall(answer.body)]
    else:
        return []
    whole = [urljoin(url, link) for link in found]
    return [link for link in whole if link.startswith("/") and not link.startswith("/static/")]


def kinds(found: Any) -> dict[type, list[Any]]:
    """Every record there is, by its model."""
    rows: dict[type, list[Any]] = {}
    for row in things(found):
        rows.setdefault(type(row), []).append(row)
    return rows


def pages_of(row: Any, found: Any) -> list[str]:
    """Every address that leads to this record, each of its steps included."""
    pages = []
    for _where, name, view in declared():
        access = getattr(view, "access", None)
        if access and access.model is type(row) and "GET" in view.methods:
            names = list(row.declared_steps()) if access.kind == "steps" else ["screen.pdf"]
            for given in names:
                wanted = {"pk": row.pk, "name": given} | {k: v for k, v in found.parts["own"].items() if k != "name"}
                pages.append(reverse(name, kwargs={k: v for k, v in wanted.items() if f":{k}>" in _where}))
    return pages


def addresses() -> list[str]:
    """An address of every path that takes a POST, ours and the libraries'."""
    found = []
    for where, name, view in declared():
        if "POST" in getattr(view, "methods", ("POST",)) and not name.startswith("admin:"):
            found.append("/" + fill(where))
    return [*found, "/admin/login/", "/admin/logout/"]


def fill(where: str) -> str:
    """The path with something in place of each argument: the refusal comes before anybody looks for it."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: EXAMPLES.get(m[1], "x"), where.replace("^", "").replace("$", ""))
    plain = plain.replace("<slug:name>", "close")
    plain = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", plain)
    return re.sub(r"<\w+:(\w+)>", lambda m: EXAMPLES.get(m[1], "1"), plain)


def posts(tally: Tally, world: World, session: str, urls: list[str]) -> None:
    """Every form sent from elsewhere is refused, and nothing comes of it."""
    client, before, refused = Client(world.port, session), LogEntry.objects.count(), 0
    for how, (token, headers) in ELSEWHERE.items():
        taken = []
        for url in urls:
            answer = client.post(url, {"seen": "1"}, as_json=False, token=token, **headers)
            if answer.status == 403 or (answer.status == 401 and url in SIGNED):
                refused += 1
            else:
                taken.append((url, answer.status))
        tally.expect(not taken, f"Every form {how} is refused.", taken[:5])
    tally.say(f"{len(urls)} forms sent in {len(ELSEWHERE)} wrong ways: {refused} refused")
    tally.expect(LogEntry.objects.count() == before, "Nothing came of it.")
