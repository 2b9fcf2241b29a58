"""P27: rendering opens nothing: whatever a page asks for, nobody is knocked at and no file is read; nor is what people type."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
from django.utils.html import escape

from acr_program.charter.models import Program
from acr_program.jobs.work import drain
from acr_program.render import atoms, editions
from acr_program.render.errors import RenderError
from acr_program.render.models import Rendering
from reviews import prose
from reviews.models import Document
from tests.factories import fresh, make_account, make_request

from .company import Company, found, step_url
from .p24 import lines, unquoted
from .rendering import watched
from .switched import instead
from .tally import Tally
from .trap import Trap, apart
from .vectors import VECTORS, addresses, page
from .world import World, Worlds

SAYS = "rendering opens nothing"
MARKER = "the-marker-on-the-disk"
HOSTILE = Path(__file__).parents[1] / "render" / "hostile.txt"
MORE = [
    "<img src=\"data:image/svg+xml,<svg><image href='http://127.0.0.1/'/></svg>\">",
    '<p style="behavior:url(http://127.0.0.1/)">x</p>',
    "@import url(http://127.0.0.1/);",
    "url(file:///etc/passwd)",
    "![x](http://127.0.0.1/x.png)",
    "[x](file:///etc/passwd)",
    "</p></div></section><img src=http://127.0.0.1/>",
    "<!--><img src=http://127.0.0.1/>-->",
    "<![CDATA[<img src=http://127.0.0.1/>]]>",
    '# <link rel=stylesheet href="http://127.0.0.1/">',
]
SECTIONS = 12
REFUSED = ("address", "broken")  # an address that is none is told as a page that cannot be laid out


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new() as world:
        lay_marker(world)
        every = list(product(VECTORS, range(25)))
        some = every if full else [*rng.sample(every, 20), *((vector, rng.randrange(25)) for vector in VECTORS)]
        opened(tally, world, some if full else rng.sample(some, 20), off="")
        opened(tally, world, some, off="doors,network")
        control = Tally(quiet=True)
        opened(control, world, [*product(("img", "link", "attachment"), (0, 7, 14))], off="fetcher,doors,network")
        tally.control(control, "the fetcher (the stock one in its place)")
        typed(tally, world, hostile())
    control = Tally(quiet=True)
    with worlds.new() as world:
        lay_marker(world)
        with instead(prose, escape=str), instead(atoms, clean=str):
            typed(control, world, hostile()[:SECTIONS], off="fetcher,doors,network")
    tally.control(control, "escaping, cleaning and the fetcher")


def lay_marker(world: World) -> None:
    marker(world).write_text(MARKER)


def marker(world: World) -> Path:
    return world.folder / "marker.txt"


def opened(tally: Tally, world: World, pairs: list[tuple[str, int]], *, off: str) -> None:
    """Each page in a network that is empty but for the trap; without the fetcher's helpers where they are off."""
    told = apart(lambda alone: walked(world, pairs, alone, off))
    if not tally.expect(isinstance(told, dict), "The pages were rendered.", str(told)[-300:]):
        return
    tally.expect(not told["knocks"], "Nobody was knocked at.", told["knocks"][:3])
    tally.expect(not told["reached"], "Nothing was tried.", told["reached"][:3])
    tally.expect(not told["odd"], "Each page is refused for its address, or made without it.", told["odd"][:3])
    where = "in an empty network" if told["alone"] else "on the loopback (the kernel allows no network of its own)"
    tally.say(
        f"{len(pairs)} pages {where}, {off or 'no guard'} off: {told['refused']} refused, {len(told['knocks'])} knocks"
    )


def walked(world: World, pairs: list[tuple[str, int]], alone: bool, off: str) -> dict[str, Any]:
    trap = Trap(alone, f"file://{marker(world)}")
    given, odd, refused = addresses(trap.port, str(marker(world))), [], 0
    with watched(world.folder, off=off) as renderer:
        renderer.pool.render(
            {"screen": "<html lang=en><title>x</title><p>x"}, {}
        )  # the sheets and fonts are read before the count
        before = len(renderer.reached())
        for vector, number in pairs:
            if not alone and "fetcher" in off and number >= 14:
                continue  # without a network of its own the control knocks at this machine only
            try:
                made = renderer.pool.render({"screen": page(vector, given[number])}, {})
                odd += [(vector, given[number], fault) for fault in carried(made.files["screen"])]
            except RenderError as error:
                refused += 1
                odd += [(vector, given[number], error.sentence)] if error.kind not in REFUSED else []
        reached = renderer.reached()[before:]
    return {"alone": alone, "knocks": trap.knocks, "reached": reached, "odd": odd, "refused": refused}


def carried(data: bytes) -> Iterator[str]:
    """What a file must not carry: attachments, the marker, addresses of anything but web and mail."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if pdf.attachments:
            yield f"attached: {list(pdf.attachments)}"
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and MARKER.encode() in unpacked(one):
                yield "the marker is in it"
            if isinstance(one, pikepdf.Dictionary) and "/URI" in one:
                address = str(one.URI)
                if not address.startswith(("http://", "https://", "mailto:")):
                    yield f"it leads to {address}"


def unpacked(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def hostile() -> list[str]:
    """Sixty texts that want out."""
    return [*HOSTILE.read_text(encoding="utf-8").splitlines(), *MORE]


def typed(tally: Tally, world: World, texts: list[str], off: str = "") -> None:
    """The contributor's whole way: typed on the page, accepted, compiled, composed, rendered, sealed."""
    company = found(world, sections=SECTIONS)
    trap = Trap(False, f"file://{marker(world)}")
    there = [
        text.replace("127.0.0.1", f"127.0.0.1:{trap.port}").replace("/etc/passwd", str(marker(world))) for text in texts
    ]
    world.serve()
    reviews = [written(tally, company, there[at : at + SECTIONS]) for at in range(0, len(there), SECTIONS)]
    with watched(world.folder, off=off) as renderer:
        drain(["render.Rendering"])
        reached = renderer.reached()
    made = [fresh(review).latest_document() for review in reviews]
    tally.expect(not trap.knocks, "Nobody was knocked at.", trap.knocks[:3])
    tally.expect(not reached, "Nothing was tried.", reached[:3])
    states = {document.status for document in made}
    tally.expect(
        states == {"ready"}, "Each document is made, and asked to be approved.", [one.error for one in made][:2]
    )
    for document in made:
        faults = [fault for row in manifest_rows(document) for fault in carried(row.read())]
        tally.expect(not faults, "Its files carry nothing.", faults[:3])
    shown = unquoted("".join(composed_sections()))
    lost = [
        text
        for text in map(as_printed, there)
        if any(unquoted(str(escape(line))).removeprefix("# ") not in shown for line in lines(text))
    ]
    tally.expect(not lost, "Each text is printed as it was typed.", lost[:2])
    tally.say(
        f"{len(there)} hostile texts in {len(made)} documents of {len(editions.EDITIONS)} editions: {len(trap.knocks)} knocks"
    )
    trap.close()


def written(tally: Tally, company: Company, texts: list[str]) -> Any:
    """A review whose contributors type these texts, section by section, and whose office accepts them."""
    review = make_request("gathering", account=make_account(manager=company.people["rep"]))
    for number, part in enumerate(review.contributions.order_by("pk")):
        text = texts[number] if number < len(texts) else "We shipped what we promised."
        given = {"seen": part.version, "key": f"type-{part.pk}", "text": text, "note": ""}
        writer = company.client(part.contributor)
        if prose.objections(text):
            refused = writer.post(step_url(part, "submit"), given)
            tally.expect(refused.status == 400, f"{text!r} is sent back to be mended.", refused[:2])
            given |= {"key": f"mended-{part.pk}", "text": signs_apart(text)}
        answers = [writer.post(step_url(part, "submit"), given)]
        answers += [
            company.as_("admin").post(step_url(part, "accept"), {"seen": part.version + 1, "key": f"accept-{part.pk}"})
        ]
        tally.expect([one.status for one in answers] == [200, 200], f"{text!r} is taken.", answers[0][:2])
    return review


def signs_apart(text: str) -> str:
    """As the refusal asks for it: nothing in the text looks like an instruction or a token."""
    return text.replace("{%", "{ %").replace("{{", "{ {") if prose.objections(text) else text


def as_printed(text: str) -> str:
    """The one token of the texts that everybody may use is filled; all else stands as it was typed."""
    return signs_apart(text).replace("{{ company.name }}", Program.objects.get().company)


def manifest_rows(document: Document) -> list[Any]:
    return document.manifest.rows() if document.manifest else []


def composed_sections() -> Iterator[str]:
    for rendering in Rendering.objects.exclude(inputs=None).select_related("inputs"):
        assert rendering.inputs is not None
        yield from (section.get("html", "") for section in json.loads(rendering.inputs.read())["sections"])
