"""P17: no id can be swapped.

What people honestly send is recorded (recording.py): they follow every link and keep every form. Then each id in it, in
the path, the query, the form and the cookie, is replaced by somebody else's, and by one that is nobody's: both must be
answered alike, nothing of the other's may be seen, and nothing may be written that the missing one does not write.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import Account, Contact, PinnedNote
from acr_program.desk.models import SavedView
from acr_program.exports.models import Export
from acr_program.outbox.models import Message
from acr_program.workflow.edit import edit
from acr_program.workflow.log import LogEntry
from reviews.models import ReviewRequest
from tests.factories import fresh
from tests.routes.expected import SEES
from tests.routes.world import World, world

from .p16 import in_this_process, signed_in
from .recording import Sent, record
from .switched import instead
from .tally import Tally
from .world import Worlds

SAYS = "no id can be swapped"
OF_OWN = ("rep", "leader", "stand-in", "contributor")  # for whom everything of “other” is foreign
LEAST = 5_000
MARK, REST = "Zyxwomble", "Quagmire"  # one is searched for, and then stands on the page; the other must not
CHANGES = re.compile(
    rb'nonce="[^"]*"|name="(csrfmiddlewaretoken|key)" value="[^"]*"|"X-CSRFToken": "[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|\d+'
)
FIELDS = {
    "account": "account", "request": "reviewrequest", "recipient": "contact", "sections": "informationrequest",
    "mapping": "mapping", "answers": "comment",
}  # fmt: skip
PICKED = {"requests": "reviewrequest", "accounts": "account", "sections": "informationrequest", "approvals": "approval"}


class Swap(NamedTuple):
    """One recorded request with an id in it replaced: by another's, and by nobody's."""

    sent: Sent
    where: str
    foreign: Sent
    missing: Sent


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new(furnish=world) as home, in_this_process():
        office = home.inside
        plant(office)
        clients = signed_in(office)
        markers_show(tally, office, clients["other rep"])
        asked: Counter[str] = Counter()
        for who in OF_OWN:
            traffic = record(clients[who], starts_of(office), many=20 if full else 1)
            swaps = [swap for sent in traffic for swap in swaps_of(sent, who, office)]
            asked["recorded"] += len(traffic)
            few = swaps if full else rng.sample(swaps, min(len(swaps), 90))
            for swap in few:
                try_one(tally, clients[who], who, swap)
            asked["swapped"] += 2 * len(few)
            asked["searched"] += search(tally, clients[who], who)
            asked["tampered"] += tamper(tally, clients[who], who, rng, many=100 if full else 10)
        asked["links"] += links(tally, office, clients)
        tally.say(f"{dict(asked)}: {asked.total() - asked['recorded']} requests with a wrong id")
        if full:
            tally.expect(asked.total() >= LEAST, f"{LEAST} requests at least.", asked.total())
        control = Tally(quiet=True)
        with instead(type(ReviewRequest.objects.all()), visible_to=lambda rows, user: rows):
            for sent in record(clients["rep"], ["/"], many=1):
                if sent.name == "reviews:request":
                    for swap in swaps_of(sent, "rep", office):
                        try_one(control, clients["rep"], "rep", swap)
        tally.control(control, "the filter of reviews")


def plant(office: World) -> None:
    """Words that stand in foreign records alone."""
    theirs, owner, marker = office.records["other"], office.people["other rep"], f"{MARK} {REST}"
    account = fresh(theirs["account"])
    edit(account, seen=account.version, by=office.people["admin"], name=marker)
    for kind, field in (("reviewrequest", "goal"), ("followup", "what"), ("deviation", "text")):
        row = fresh(theirs[kind])
        edit(row, seen=row.version, by=owner, **{field: marker})
    Contact.objects.filter(account=account).update(name=marker, email=f"{MARK}.{REST}@customer.example".lower())
    PinnedNote.objects.filter(account=account).update(text=marker)
    SavedView.objects.filter(pk=theirs["savedview"].pk).update(title=marker)
    Export.objects.filter(pk=theirs["export"].pk).update(title=marker)
    Message.objects.filter(pk=theirs["message"].pk).update(subject=marker)
    type(theirs["comment"]).objects.filter(pk=theirs["comment"].pk).update(text=marker)
    assert Account.objects.get(pk=account.pk).name == marker


def markers_show(tally: Tally, office: World, owner: Client) -> None:
    """To whom they belong, they show: otherwise their absence would prove nothing."""
    pages = [office.records["other"][kind].get_absolute_url() for kind in ("account", "reviewrequest", "followup")]
    silent = [
        url for url in (*pages, "/accounts/", "/reviews/") if REST not in owner.get(url, follow=True).content.decode()
    ]
    tally.expect(not silent, "The planted words show to their owner.", silent)


def starts_of(office: World) -> list[str]:
    pages = [row.get_absolute_url() for row in office.records["own"].values() if hasattr(row, "get_absolute_url")]
    return ["/", *pages]


# What is swapped


def theirs(kind: str, who: str, office: World) -> tuple[Any, Any] | None:
    """Another's id of this kind, and one that nobody has; None where it is no secret from this person."""
    if kind in office.records["other"]:
        if who in SEES.get(kind, ((), ()))[1]:
            return None
        return office.records["other"][kind].pk, office.records["none"][kind].pk
    if kind in office.parts["other"] and kind in office.parts["none"]:
        return office.parts["other"][kind], office.parts["none"][kind]
    return None


def swaps_of(sent: Sent, who: str, office: World) -> Iterator[Swap]:
    """Each id of it, one at a time."""
    match = resolve(sent.path)
    access = getattr(match.func, "access", None)
    for name in match.kwargs:
        kind = access.model._meta.model_name if name == "pk" and access and access.model else name
        if pair := theirs(kind, who, office):
            foreign, missing = (
                sent._replace(path=reverse(sent.name, kwargs=match.kwargs | {name: other})) for other in pair
            )
            yield Swap(sent, f"path {name}", foreign, missing)
    for part in ("query", "typed"):
        for number, (name, _value) in enumerate(getattr(sent, part) or ()):
            kind = PICKED.get(match.kwargs.get("name", ""), "") if name == "pick" else FIELDS.get(name, "")
            if pair := theirs(kind, who, office):
                foreign, missing = (put(sent, part, number, name, other) for other in pair)
                yield Swap(sent, f"{part} {name}", foreign, missing)


def put(sent: Sent, part: str, number: int, name: str, value: Any) -> Sent:
    given = list(getattr(sent, part))
    given[number] = (name, str(value))
    return sent._replace(**{part: tuple(given)})


# How it is answered


def ask(client: Client, sent: Sent) -> tuple[int, bytes, int]:
    """Status, body, and how many log rows it would write; whatever it writes is taken back."""
    before = LogEntry.objects.count()
    with transaction.atomic():
        if sent.typed is None:
            answer = client.get(sent.url)
        else:
            given: dict[str, list[str]] = {}
            for name, value in sent.typed:
                given.setdefault(name, []).append(value)
            answer = client.post(sent.url, given)
        body = b"".join(answer) if answer.streaming else answer.content
        body += answer.headers.get("Location", "").encode()
        wrote = LogEntry.objects.count() - before
        transaction.set_rollback(True)
    return answer.status_code, body, wrote


def try_one(tally: Tally, client: Client, who: str, swap: Swap) -> None:
    client.get("/")  # takes what an earlier form had to say, which would stand on the first page alone
    status, body, wrote = ask(client, swap.foreign)
    client.get("/")
    absent, empty, would = ask(client, swap.missing)
    told = (who, swap.sent.name, swap.where, swap.foreign.url)
    tally.expect(REST.encode() not in body and REST.lower().encode() not in body, "Nothing foreign is seen.", told)
    tally.expect(status == absent, "Foreign is answered as missing.", (*told, status, absent))
    same = abs(len(CHANGES.sub(b"", body)) - len(CHANGES.sub(b"", empty))) <= 64
    tally.expect(same, "Foreign and missing are of one size.", (*told, len(body), len(empty)))
    tally.expect(wrote == would or not wrote, "Nothing is written.", (*told, wrote, would))


def search(tally: Tally, client: Client, who: str) -> int:
    """Whoever looks for half of it does not find the other half."""
    urls = [f"/search/?q={MARK}", f"/search/suggest/?q={MARK}", f"/accounts/?q={MARK}", f"/reviews/?q={MARK}"]
    found = [url for url in urls if REST in client.get(url).content.decode()]
    tally.expect(not found, "Searching finds nothing foreign.", (who, found))
    return len(urls)


def tamper(tally: Tally, client: Client, who: str, rng: random.Random, *, many: int) -> int:
    """A cookie of which one character is another is nobody's."""
    real, taken = client.cookies[settings.SESSION_COOKIE_NAME].value, []
    for _try in range(many):
        place = rng.randrange(len(real) - 2)
        wrong = real[:place] + rng.choice([c for c in "abcXYZ019" if c != real[place]]) + real[place + 1 :]
        stranger = Client()
        stranger.cookies[settings.SESSION_COOKIE_NAME] = wrong
        if stranger.get("/accounts/").status_code != 302:
            taken.append(place)
    tally.expect(not taken, "A touched cookie signs nobody in.", (who, taken))
    return many


def links(tally: Tally, office: World, clients: dict[str, Client]) -> int:
    """A mailed link leads to what it was made for: under another purpose, or by another person, it is none."""
    parts, asked, wrong = office.parts["own"], 0, []
    ways = {"reviews:write": "reviews:decide token", "reviews:decide": "reviews:write token"}
    for name, swapped in ways.items():
        for who, status in ((None, 404), ("rep", 404), ("other rep", 404)):
            client = clients[who] if who else Client()
            answer = client.get(reverse(name, args=[parts[swapped]]))
            asked += 1
            if answer.status_code != status:
                wrong.append((name, who, answer.status_code))
        answer = clients["other rep"].get(reverse(name, args=[parts[f"{name} token"]]))
        asked += 1
        if answer.status_code != 403:
            wrong.append((name, "another's", answer.status_code))
    tally.expect(not wrong, "A link serves its purpose and its person alone.", wrong)
    return asked
