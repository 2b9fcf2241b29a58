"""P6: one click is one effect, for every form: of many identical requests at once one has its effect, the others are repeats."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model
from django.urls import reverse

from acr_program.render.models import Rendering
from acr_program.workflow import triggers
from acr_program.workflow.clicks import Click
from acr_program.workflow.log import LogEntry
from reviews.models import Document
from tests.factories import fresh
from tests.keyed import keyed

from . import invariants
from .beside import beside, views
from .charter import charter_forms, charter_pages
from .clients import Answer, Client, all_at_once
from .company import Company, found, step_url
from .deviating import deviations, standard_pages
from .forms import Form, forms, step_names
from .library_pages import library_pages
from .mail_pages import evidence, mail_pages
from .many import batches, imports, many
from .pages import Page, beginning, page_names, pages, same_thing
from .pilots import first_criteria, pilot_forms, pilot_pages
from .tally import Tally
from .told import told
from .undo_forms import undo_pages
from .world import Worlds

SAYS = "one click is one effect, for every form"
AT_ONCE = 64
BUSY = 8  # the small lane: fewer than the server has threads, so that all are at work in one moment
IN_CONTROL = 8  # a repeat that is not known is an effect too many, however few come at once
READ = "desk:shortcuts"  # a small page that says what is to be said
GUARDED = (
    "account.flag_risk", "reviewrequest.submit", "approval.approve", "batch.take_in", "accounts:new",
    "accounts:new-contact", "accounts:new-note", "accounts:account-say", "accounts:account-attach", "desk:drop-view",
    "desk:invite-again", "bulk:choose", "intake:new",
)  # fmt: skip


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    for _round in range(20 if full else 1):
        run(worlds, tally, at_once=AT_ONCE if full else BUSY)
    control = Tally(quiet=True)
    run(worlds, control, off="key", only=GUARDED, at_once=IN_CONTROL)
    tally.control(control, "the click's key and the unique constraints of log and clicks")
    unhurt = [name for name in GUARDED if not any(fault.startswith(f"{name}:") for fault in control.faults)]
    tally.expect(not unhurt, "Without its guard each form of the control fails.", unhurt)


def run(worlds: Worlds, tally: Tally, *, off: str = "", only: tuple[str, ...] = (), at_once: int) -> None:
    with worlds.new() as world:
        company = found(world, program="rolled_out" if only else "")
        if off:
            drop_the_constraints()
        world.serve(threads=16, off=off)
        clients = {name: [company.as_(name) for _ in range(at_once)] for name in company.people}
        walked = set()
        for form in every(company):
            if not only or form.name in only:
                walked.add(form.name)
                (send if isinstance(form, Page) else press)(tally, form, clients[form.who])
        tally.say(f"{len(walked)} forms, {at_once} times at once each: {len(walked) * at_once} requests")
        if not only:
            wanted = step_names() | page_names()
            tally.expect(walked == wanted, "Every form is walked.", walked ^ wanted)
            for name, who, data, model in same_thing():
                collide(tally, name, data, model, clients[who])
        world.close()
        invariants.check(tally)
        tally.expect(
            Rendering.objects.count()
            == Document.objects.count() + LogEntry.objects.filter(step="render_again").count(),
            "One rendering is asked for each version.",
        )


def every(company: Company) -> Iterator[Any]:
    """Each form of the program, in an order in which what it needs is there."""
    yield from chain(
        beginning(), forms(company), charter_forms(company), pages(company), charter_pages(company),
        first_criteria(), pilot_forms(company), pilot_pages(company), keyed().forms(company), keyed().pages(company),
    )  # fmt: skip
    for others in (
        deviations,
        standard_pages,
        told,
        beside,
        views,
        many,
        imports,
        batches,
        mail_pages,
        evidence,
        undo_pages,
        library_pages,  # leaves a stale text behind, with which nothing is compiled
    ):
        yield from others(company)


def press(tally: Tally, form: Form, clients: list[Client]) -> None:
    """The same click on a step from everywhere at once."""
    obj = form.make()
    came = form.rows(obj).count() if form.rows else 0
    name, before = form.name.split(".")[1], fresh(obj).version
    url, key = step_url(obj, name), f"click-{form.name}-{obj.pk}"
    data = {"seen": before, "key": key, **form.data(obj)}
    answers = all_at_once([lambda client=client: client.post(url, data) for client in clients])
    effects = LogEntry.objects.filter(key=key).count()
    steps = obj.log().filter(step=name, version__gt=before).count()
    repeats = [answer.json.get("repeated") for answer in answers]
    shown = {(answer.status, answer.body[:160]) for answer in answers if answer.json.get("repeated") is None}
    tally.expect((effects, steps) == (1, 1), f"{form.name}: one effect.", (effects, steps))
    if form.rows:
        came = form.rows(obj).count() - came
        tally.expect(came == 1, f"{form.name}: one row comes of it.", came)
    tally.expect(
        (repeats.count(False), repeats.count(True)) == (1, len(clients) - 1),
        f"{form.name}: one answer, {len(clients) - 1} friendly repeats.",
        (repeats.count(False), repeats.count(True), list(shown)[:2]),
    )
    page = clients[0].post(url, data, as_json=False)
    tally.expect(page.status == 302, f"{form.name}: a page answers the repeat with the object.", page.status)


def send(tally: Tally, form: Page, clients: list[Client]) -> None:
    """The same click on another form from everywhere at once."""
    given = form.make()
    before, data = given.count(), {"key": f"click-{form.name}", **given.data}

    def post(client: Client) -> Answer:
        return client.post(given.url, data, files=given.files, as_json=False)

    answers = all_at_once([partial(post, client) for client in clients])
    led = Counter((answer.status, answer.headers.get("Location", answer.body[:160])) for answer in answers)
    after = given.count()
    changes = [abs(now - then) for now, then in zip(after, before, strict=True)]
    tally.expect(changes and set(changes) == {1}, f"{form.name}: one effect.", changes)
    tally.expect(len(led) == 1 and next(iter(led))[0] == 302, f"{form.name}: all are led to the same place.", led)
    clients[0].get(reverse(READ))  # whatever was said before is read
    repeat = post(clients[0])
    shown = clients[0].get(reverse(READ))
    friendly = any(
        words in shown.body
        for words in ("That was done already.", "You have already requested this", "nothing to send again")
    )
    tally.expect(repeat.status == 302 and friendly, f"{form.name}: a repeat is told so.", repeat.status)
    tally.expect(given.count() == after, f"{form.name}: the repeat changes nothing.", after)


def collide(tally: Tally, name: str, data: dict[str, Any], model: type[Model], clients: list[Client]) -> None:
    """Each with a click of their own, the same thing: one has done it, the others read a sentence beside the form."""
    before = model._default_manager.count()
    acts = [
        lambda client=client, n=n: client.post(reverse(name), {"key": f"own-{n}", **data}, as_json=False)
        for n, client in enumerate(clients)
    ]
    got = Counter(answer.status for answer in all_at_once(acts))
    refused = got[400] + got[409]
    tally.expect((got[302], refused) == (1, len(clients) - 1), f"{name}: one has done it, the others are told.", got)
    tally.expect(model._default_manager.count() == before + 1, f"{name}: one effect of all.")


def drop_the_constraints() -> None:
    """What the database itself would refuse, it takes."""
    triggers.remove(connection)
    with connection.schema_editor() as editor:
        for model in (LogEntry, Click):
            for constraint in model._meta.constraints:
                editor.remove_constraint(model, constraint)
    connection.close()
