"""P6: one click is one effect, for every step form: 64 identical requests at once, one effect, 63 friendly repeats."""

from __future__ import annotations

import random

from django.db import connection

from acr_program.render.models import Rendering
from acr_program.workflow import triggers
from acr_program.workflow.log import LogEntry
from reviews.models import Document
from tests.factories import fresh

from . import invariants
from .clients import Client, all_at_once
from .company import Company, found, step_url
from .forms import Form, forms, step_names
from .tally import Tally
from .world import Worlds

SAYS = "one click is one effect, for every step form"
AT_ONCE = 64


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    for _round in range(20 if full else 1):
        run(worlds, tally)
    control = Tally(quiet=True)
    run(worlds, control, off="key", only=("account.flag_risk", "reviewrequest.submit", "approval.approve"))
    tally.control(control, "the click's key and the log's unique constraints")


def run(worlds: Worlds, tally: Tally, *, off: str = "", only: tuple[str, ...] = ()) -> None:
    with worlds.new() as world:
        company = found(world, program="rolled_out" if only else "designing")
        if off:
            drop_the_constraints()
        world.serve(threads=16, off=off)
        clients = {name: [company.as_(name) for _ in range(AT_ONCE)] for name in company.people}
        walked = set()
        for form in forms(company):
            if not only or form.name in only:
                press(tally, form, clients[form.who], company)
                walked.add(form.name)
        tally.say(f"{len(walked)} step forms, {AT_ONCE} times at once each: {len(walked) * AT_ONCE} requests")
        if not only:
            tally.expect(walked == step_names(), "Every step form is walked.", walked ^ step_names())
        world.close()
        invariants.check(tally)
        tally.expect(
            Rendering.objects.count()
            == Document.objects.count() + LogEntry.objects.filter(step="render_again").count(),
            "One rendering is asked for each version.",
        )


def press(tally: Tally, form: Form, clients: list[Client], company: Company) -> None:
    """The same click from everywhere at once."""
    obj = form.make()
    name, before = form.name.split(".")[1], fresh(obj).version
    url, key = step_url(obj, name), f"click-{form.name}-{obj.pk}"
    data = {"seen": before, "key": key, **form.data(obj)}
    answers = all_at_once([lambda client=client: client.post(url, data) for client in clients])
    effects = LogEntry.objects.filter(key=key).count()
    steps = obj.log().filter(step=name, version__gt=before).count()
    repeats = [answer.json.get("repeated") for answer in answers]
    shown = {(answer.status, answer.body[:160]) for answer in answers if answer.json.get("repeated") is None}
    tally.expect((effects, steps) == (1, 1), f"{form.name}: one effect.", (effects, steps))
    tally.expect(
        (repeats.count(False), repeats.count(True)) == (1, len(clients) - 1),
        f"{form.name}: one answer, {len(clients) - 1} friendly repeats.",
        (repeats.count(False), repeats.count(True), list(shown)[:2]),
    )
    page = clients[0].post(url, data, as_json=False)
    tally.expect(page.status == 302, f"{form.name}: a page answers the repeat with the object.", page.status)


def drop_the_constraints() -> None:
    """What the database itself would refuse, it takes."""
    triggers.remove(connection)
    with connection.schema_editor() as editor:
        for constraint in LogEntry._meta.constraints:
            editor.remove_constraint(LogEntry, constraint)
    connection.close()
