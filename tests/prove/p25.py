"""P25: texts that blow a template engine up end in 2 s and 256 MB, with a sentence, and who typed them can go on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from acr_program.render import document
from acr_program.render.checking import InputError
from reviews import prose
from reviews.compiler import inputs_of
from reviews.content.content import Content
from reviews.content.tokens import nested
from reviews.models import Section
from tests.factories import fresh, make_account, make_request, make_user, take

from .bombs import template_bombs, typed_bombs
from .bounded import Took, bounded
from .company import found, step_url
from .tally import Tally
from .world import Worlds

SAYS = "template bombs end in 2 s and 256 MB"
SECONDS, MEGABYTES = 2, 256
CPU, MEMORY = 3, 512  # where the harness itself ends what does not end
WORST = ("loop of 10^9", "doubled 32 times", "10000 openings")


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    bombs = template_bombs()
    with worlds.new() as world:
        company = found(world)
        request, other = (
            make_request("gathering", account=make_account(manager=company.people["rep"])) for _ in range(2)
        )
        tokens = nested(Content(request))
        standard(tally, bombs, lambda text: refused_or_filled(text, tokens))
        sections(tally, request, bombs if full else dict(rng.sample(sorted(bombs.items()), 10)))
        pages(tally, company, other)
    control = Tally(quiet=True)
    standard(control, {name: bombs[name] for name in WORST}, unlimited)
    tally.control(control, "the grammar of tokens (the stock engine without limits)")


def standard(tally: Tally, bombs: dict[str, str], save: Callable[[str], str]) -> None:
    """Saved and filled as a standard text, each in a child that cannot hurt the machine."""
    slowest, most = 0.0, 0
    for name, text in bombs.items():
        took = bounded(partial(save, text), cpu=CPU, megabytes=MEMORY)
        slowest, most = max(slowest, took.cpu), max(most, took.megabytes)
        within(tally, name, took)
        tally.expect(took.answer, f"{name}: the author is told in a sentence.", took)
    tally.say(f"{len(bombs)} bombs in a standard text: slowest {slowest:.2f} s of computing, most {most} MB")


def within(tally: Tally, name: str, took: Took) -> None:
    tally.expect(took.cpu <= SECONDS and not took.ended, f"{name}: ends in {SECONDS} s.", took)
    tally.expect(took.megabytes <= MEGABYTES, f"{name}: takes no more than {MEGABYTES} MB.", took.megabytes)


def refused_or_filled(text: str, tokens: Any) -> str:
    """What saving says; filling it all the same, as if it had come past saving, must say it too."""
    faults = Section(title="A word", body=text)
    said = prose.fault_in(faults.body)
    try:
        return said or f"taken, and filled with {len(prose.filled(text, tokens))} characters"
    except InputError as refused:
        return str(refused)


def unlimited(text: str) -> str:
    from liquid import Environment

    return f"filled with {len(Environment().from_string(text).render())} characters"


def sections(tally: Tally, request: Any, bombs: dict[str, str]) -> None:
    """Typed into a section: set as the page beside the editor sets it, and composed, in the same time."""
    others = typed_bombs() | {name: text[:59_000] for name, text in bombs.items()}
    inputs, slowest, most = base(request), 0.0, 0
    for name, text in others.items():
        took = bounded(partial(composed, inputs, text), cpu=CPU, megabytes=MEMORY)
        slowest, most = max(slowest, took.cpu), max(most, took.megabytes)
        within(tally, f"{name}, in a section", took)
    tally.say(f"{len(others)} bombs in a section: slowest {slowest:.2f} s of computing, most {most} MB")


def pages(tally: Tally, company: Any, request: Any) -> None:
    """Handed in over the web: the page of the section shows it, and the next one can be written."""
    company.world.serve(workers=1)
    typed = typed_bombs()
    for part, name in zip(request.contributions.order_by("pk"), ("a heading on every line", "quotes"), strict=True):
        client = company.client(part.contributor)
        given = {"seen": part.version, "key": f"bomb-{part.pk}", "text": typed[name], "note": ""}
        answer = client.post(step_url(part, "submit"), given)
        begun = time.monotonic()
        page = client.get(part.get_absolute_url())
        took = time.monotonic() - begun
        tally.expect((answer.status, page.status) == (200, 200), f"{name}: the editor stays usable.", answer[:2])
        tally.say(f"{name}: handed in, and its page is there in {took:.2f} s")


def base(request: Any) -> dict[str, Any]:
    """The inputs of a document with one section that somebody wrote."""
    for part in request.contributions.all():
        take(part, "submit", part.contributor, text="We shipped what we promised.")
        take(part, "accept", make_user("admin"))
    inputs: dict[str, Any] = inputs_of(fresh(request).latest_document())
    return inputs


def composed(inputs: dict[str, Any], text: str) -> int:
    wrote = next(section for section in inputs["sections"] if section["kind"] == "input")
    wrote["html"] = prose.paragraphs(text)
    return sum(map(len, document.compose(inputs).values()))
