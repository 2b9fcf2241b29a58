"""At least sixty hostile templates and texts through the real save: refused with field, line and reason, and nothing is reached."""

import json
import re
import signal
import sys
import time
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Account
from acr_program.render.checking import InputError
from acr_program.render.document import compose
from reviews.actions import template_editing as act
from reviews.models import Section
from reviews.trying import inputs_on
from tests.factories import fresh, make_account, make_program, make_template, make_year, office

from .hostile_texts import HARMLESS, TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.demand("issue 6, shown by 3"), pytest.mark.demand("P24")]
SECONDS = 5  # for one text, its page and its errors, beside other work; a worker gives up after ninety
PLACED = re.compile(r"Line \d+: ")
OWN = ("/site-packages/", "/lib/python", "/templates/", "/locale/", "/static/css/pdf/")
LISTENING = ["off"]
REACHED: list[str] = []


def hear(event, args):
    """Whatever the process opens or calls while it is listened to."""
    if LISTENING[0] == "off":
        return
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        REACHED.append(f"{event} {args!r}"[:200])
    if event == "open" and isinstance(args[0], str) and not any(part in args[0] for part in OWN):
        REACHED.append(f"open {args[0]}")


sys.addaudithook(hear)


@contextmanager
def listened(seconds=SECONDS):
    """What was reached meanwhile; ends what does not end."""

    def over(*_):
        raise TimeoutError(f"It took longer than {seconds} s.")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    REACHED.clear()
    LISTENING[0] = "on"
    try:
        yield REACHED
    finally:
        LISTENING[0] = "off"
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def draft(once):
    def build():
        make_program()
        make_year()
        make_account(name="Blue Heron Markets", sector="Food")
        make_account(name="Nobody Elses Business", sector="Retail")
        return act.begin_draft(make_template(), by=office("manager"))[0]

    return once(build)


@pytest.fixture
def manager(client, draft):
    client.force_login(office("manager"))
    client.get(reverse("reviews:section-edit", args=[draft.pk, "letter"]))  # what a process reads once is read
    return client


def saved(manager, draft, field, text):
    given = {
        "title": "A word",
        "kind": "letter",
        "body": "<p>Thank you.</p>",
        "required": "on",
        "key": "k",
        "seen": fresh(draft).version,
    }
    url = reverse("reviews:section-edit", args=[draft.pk, "letter"])
    return manager.post(url, given | {field: text})


def test_there_are_sixty_at_least():
    assert len(TEXTS) >= 60


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_refused_with_its_field_and_reason_and_reaches_nothing(manager, draft, name):
    field, text = TEXTS[name]
    before = list(Section.objects.filter(template=draft).values())
    begun = time.monotonic()
    with listened() as reached:
        answer = saved(manager, draft, field, text)
    took = time.monotonic() - begun

    errors = answer.context["form"].errors
    said = " ".join(sentence for sentences in errors.values() for sentence in sentences)
    assert answer.status_code == 400
    assert field in errors or "__all__" in errors
    assert said
    if field in ("body", "lede", "guidance") and len(text) <= 20_000:
        assert PLACED.search(said) or "nested" in said or "characters" in said, said
    assert answer.context["form"][field].value() in (text, [text])
    if field == "body":
        assert unescape(answer.content.decode()).count(text.strip()) >= 1  # what was typed stays in the editor
    assert (reached, list(Section.objects.filter(template=draft).values())) == ([], before)
    assert took < SECONDS


@pytest.mark.parametrize("name", [name for name, (field, _text) in TEXTS.items() if field == "body"])
@pytest.mark.demand("P25")
def test_its_preview_says_the_same_and_reaches_nothing(manager, draft, name):
    typed = {"title": "A word", "kind": "letter", "body": TEXTS[name][1], "section": "letter", "on": "blue"}

    with listened() as reached:
        answer = manager.post(reverse("reviews:section-preview", args=[draft.pk]), typed)

    page = answer.content.decode()
    assert (answer.status_code, reached) == (200, [])
    assert "It cannot be kept like this:" in page
    assert "Nobody Elses Business" not in page


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_past_the_form_it_is_not_composed_into_anything_that_reaches_out(draft, name):
    """As if it had come past saving: written into the row, and a document made of it."""
    field, text = TEXTS[name]
    if field not in ("body", "title", "lede"):
        pytest.skip("no document is made of it")
    Section.objects.filter(template=draft, key="letter").update(**{field: text[:120] if field == "title" else text})
    account = Account.objects.get(name="Blue Heron Markets")

    with listened(20) as reached:
        try:
            pages = compose(inputs_on(fresh(draft), account) | {"editions": ["screen"]})["screen"]
        except InputError:  # with its sentence
            pages = ""

    assert reached == []
    drawn = pages.partition('data-kind="letter"')[2].partition("</section>")[0]
    assert not re.search(
        r"<(script|style|img|svg|iframe|object|embed|link|base|meta|form|video)\b", drawn, re.IGNORECASE
    )
    assert not re.search(r"<[^>]*\s(on\w+|style|src|srcset|background|rel)\s*=", drawn, re.IGNORECASE)
    assert not re.search(r"<[^>]*\shref=\"(?!https?://|mailto:)", drawn, re.IGNORECASE)
    assert "Nobody Elses Business" not in pages


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_kept(manager, draft, name):
    answer = saved(manager, draft, "body", HARMLESS[name])

    kept = draft.sections.get(key="letter").body
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert kept.startswith(("<p>", "<table>"))
    assert "span" not in kept
    assert "999999999" not in kept


def test_a_line_is_named_as_it_was_typed(manager, draft):
    text = "<p>One.</p>\n<p>Two.</p>\n<p>Three <img src='x'></p>"

    said = saved(manager, draft, "body", text).context["form"].errors["body"]

    assert said == ["Line 3: <img> cannot stand in a text: words, headings, lists, quotes, tables and links can."]


def test_the_ear_hears_what_it_listens_to(tmp_path):
    """The control: a file that is opened, and a call that is made, are heard."""
    import socket

    with listened() as reached:
        Path(tmp_path / "x").write_text("x")
        with pytest.raises(OSError), socket.create_connection(("127.0.0.1", 9), timeout=1):
            pass
    assert [line.split()[0] for line in reached][:1] == ["open"]
    assert "socket.connect" in json.dumps(reached)


def test_what_does_not_end_is_ended():
    with pytest.raises(TimeoutError), listened(1):
        time.sleep(9)
