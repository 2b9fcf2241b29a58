"""P28: mark-up that somebody stored does not run.

Every text column there is holds every payload, put there past the forms, as an import or an old release might have. Then a real
browser opens every page, as somebody who may, with the content policy switched off: whatever is not escaped or cleaned runs
and leaves its mark. That the policy alone would have stopped it as well is the header of every answer.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.people.management.commands.routes import ours
from acr_program.render import clean as cleaning
from acr_program.render.models import canonical
from reviews import prose
from reviews.models import Document
from tests.browser.places import NO_PAGE
from tests.factories import make_account, take
from tests.routes.expected import expect
from tests.routes.identities import SIGNED_IN
from tests.routes.test_roles_by_routes import address
from tests.routes.world import world as office

from .clients import session_of
from .markup import payloads
from .switched import instead
from .tally import Tally
from .world import World, Worlds

SAYS = "stored mark-up does not run"
LOOKERS = ("manager", "admin", "rep", "leader", "contributor", "auditor")
# Columns that the program writes for itself, or reads as something else than words.
NO_WORDS = {
    "password", "time_zone", "search", "sha256", "kind", "inputs_sha256", "digest", "key", "message_id", "object_id", "link",
    "purpose", "token_hash", "code_hash", "salt", "url", "form", "status", "list_name", "query", "step", "act", "theater", "signs",
    "token", "zone", "location", "currency", "event_id", "hash", "detail_digest", "previous", "before", "after", "html",
    "accent", "pace",
}  # fmt: skip
NO_ROWS = {
    "workflow.logentry",
    "workflow.logdetail",
    "workflow.logseal",
    "jobs.duty",
    "files.manifestfile",
    "files.storedfile",
    "workflow.click",
}
OURS = ("accounts", "acr_program", "reviews", "pilots", "keyaccounts")
SCAN = """() => {
  const bad = [], runs = /^\\s*(javascript|vbscript|data:text)/i, leads = /^(href|src|action|formaction|xlink:href)$/i
  for (const one of document.querySelectorAll('*')) {
    if (one.localName === 'script' && !one.nonce && !String(one.src || '').startsWith(location.origin)) bad.push(one.outerHTML)
    if (['embed', 'object', 'base', 'marquee'].includes(one.localName)) bad.push(one.outerHTML)
    for (const attribute of one.attributes)
      if (/^on/i.test(attribute.name) || (leads.test(attribute.name) && runs.test(attribute.value)))
        bad.push(one.outerHTML)
  }
  return [window.ran || 0, bad.slice(0, 3).map(text => text.slice(0, 200))]
}"""


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    texts = payloads(3_000 if full else 150, rng)
    with a_browser() as browser:
        by_themselves(tally, browser, texts)
        rounds = [texts[at : at + 150] for at in range(0, len(texts), 150)]
        for some in rounds:
            everywhere(worlds, tally, browser, some, rng)
        control = Tally(quiet=True)
        with instead(cleaning.nh3, clean=lambda text, **_how: text), instead(prose, escape=lambda text: text):
            by_themselves(control, browser, texts[:60])
        tally.control(control, "the sanitiser")
        control = Tally(quiet=True)
        everywhere(
            worlds, control, browser, texts[:60], rng, off="marks", only={"reviews:approval", "reviews:document"}
        )
        tally.control(control, "the sanitiser of the pages")


@contextmanager
def a_browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from acr_program.config.needs import find_browser

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver runs a loop of its own in this thread
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


def by_themselves(tally: Tally, browser: Any, texts: list[str]) -> None:
    """Each payload alone through each sanitiser, so that none can hide another."""
    page = browser.new_page()
    for name, drawn in (("clean", cleaned), ("paragraphs", prose.paragraphs)):
        shown = [drawn(text) for text in texts]
        page.set_content("<!doctype html><title>x</title>" + "".join(f"<section>{one}</section>" for one in shown))
        page.wait_for_timeout(100)
        for text, one in zip(texts, shown, strict=True):
            tally.expect(not active(one), f"{name}: {text!r} leaves no live mark-up.", one[:120])
        ran, bad = page.evaluate(SCAN)
        tally.expect(not ran and not bad, f"{name}: nothing runs of {len(texts)} payloads.", (ran, bad))
    page.close()


def cleaned(text: str) -> str:
    try:
        return cleaning.clean(text)
    except cleaning.TooDeep:
        return ""


LIVE = re.compile(
    r"(?i)<\s*(script|img|svg|iframe|object|embed|style|link|meta|base|form|math|body|input|video|audio|details)\b|<[a-z][^>]*\s(on\w+|style|hx-[\w:-]+)\s*=|<a[^>]*href=[\"']?\s*(javascript|data|vbscript)"
)


def active(html: str) -> bool:
    """Judged in another way than the program does: by what would be an element or an attribute that acts."""
    return bool(LIVE.search(html))


def everywhere(
    worlds: Worlds, tally: Tally, browser: Any, texts: list[str], rng: random.Random, off: str = "",
    only: set[str] | None = None,
) -> None:  # fmt: skip
    """Every text of the office says every payload; every page is opened."""
    with worlds.new(furnish=office) as world:
        found = world.inside
        texts = [text.replace("\x00", "") for text in texts]  # no database keeps it
        account = make_account(manager=found.people["rep"])
        found.states["account"].insert(0, take(account, "flag_risk", found.people["rep"], comment="\n".join(texts)))
        keep_inputs(texts, found.records["own"]["document"])
        columns = plant(texts, rng)
        world.serve(off=off)
        looked = look(tally, browser, world, only)
        tally.expect(only or looked > 60, "Enough pages were seen.", looked)
        tally.say(f"{len(texts)} payloads in each of {columns} columns, {looked} pages opened")


def plant(texts: list[str], rng: random.Random) -> int:
    """The number of columns; each row says them in another order, its number first where no two may say the same."""
    planted = 0
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if is_words(field)]
        rows = list(model._default_manager.all()) if names else []
        if not rows or model._meta.label_lower in NO_ROWS or not model.__module__.startswith(OURS):
            continue
        unbound(model, names)
        said = "\n".join(rng.sample(texts, len(texts)))
        for number, row in enumerate(rows):
            for name in names:
                setattr(row, name, f"{number} {said}")
        models.QuerySet(model).bulk_update(rows, names, batch_size=40)
        planted += len(names)
    return planted


def is_words(field: Any) -> bool:
    words = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.primary_key
    return (
        words
        and not isinstance(field, models.SlugField | models.EmailField | models.URLField)
        and field.name not in NO_WORDS
    )


def unbound(model: Any, names: list[str]) -> None:
    """In this proof's own database every text may be as long as all payloads together; indexes would not take it."""
    if connection.vendor != "postgresql":
        return
    table = model._meta.db_table
    columns = {model._meta.get_field(name).column for name in names}
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, table)
        for name, one in known.items():
            if columns & set(one["columns"] or ()) and one["index"] and not one["primary_key"]:
                drop = f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"' if one["unique"] else f'DROP INDEX "{name}"'
                with suppress(Exception):
                    cursor.execute(drop)
        for column in columns:
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text')


def keep_inputs(texts: list[str], document: Document) -> None:
    """What a version is made of, with mark-up in it that never went through a form."""
    inputs = document.render_inputs()
    for section in inputs["sections"]:
        section["html"] = "".join(f"<p>x</p>{text}" for text in texts)
    kept = store(canonical(inputs), "application/json")
    Manifest.objects.filter(pk=document.manifest_id).update(inputs_sha256=kept.sha256)


def look(tally: Tally, browser: Any, world: World, only: set[str] | None) -> int:
    """Each path once, by the first who may; how many were pages."""
    sessions = {who: session_of(world.inside.people[who]) for who in LOOKERS}
    opened: dict[str, Any] = {}
    looked = 0
    for who, name, url in paths(world.inside, only):
        if who not in opened:
            opened[who] = page_of(browser, world, sessions.get(who, ""))
        answer = opened[who].goto(f"http://127.0.0.1:{world.port}{url}")
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        looked += 1
        policy = answer.headers.get("content-security-policy", "")
        tally.expect(policy and "unsafe" not in policy, f"{name}: the policy lets nothing inline run.", policy)
        ran, bad = opened[who].evaluate(SCAN)
        tally.expect(answer.status < 500, f"{name} answers.", answer.status)
        tally.expect(not ran and not bad, f"{name}, {answer.status}, as {who}: nothing stored runs.", (ran, bad))
    for page in opened.values():
        page.context.close()
    return looked


def page_of(browser: Any, world: World, session: str) -> Any:
    """A window of somebody, in which the content policy stops nothing."""
    from django.conf import settings

    context = browser.new_context(bypass_csp=True)
    if session:
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{world.port}"}]
        )
    context.route(re.compile(r"\.(css|woff2?|png|ico)(\?|$)"), lambda route: route.abort())
    return context.new_page()


def paths(found: Any, only: set[str] | None) -> Iterator[tuple[str, str, str]]:
    """Who looks, at which page, and where: each that is read, with the office's own records, and each record in its states."""
    for where, name, view in ours():
        if "GET" not in view.methods or name in NO_PAGE or (only and name not in only):
            continue
        access = view.access
        who = "" if access.kind == "public" else first_who_may(name, access, view.methods)
        if who is None:
            continue
        yield who, name, address(found, where, name, access, "own")
        if access.kind == "reads" and where.endswith("<int:pk>/"):
            rows = found.states.get(access.model._meta.model_name, [])
            yield from ((who, name, reverse(name, args=[row.pk])) for row in rows[:1])


def first_who_may(name: str, access: Any, methods: tuple[str, ...]) -> str | None:
    if access.kind == "steps":
        return "manager"
    asked = (who for who in LOOKERS if who in SIGNED_IN)
    return next(
        (who for who in asked if expect("GET", name, who, "own", access, methods) <= {200, 302, 404, 409}), None
    )
