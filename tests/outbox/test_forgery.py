import re
from collections import defaultdict
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as program
from django.utils.safestring import mark_safe

from acr_program.outbox.render import absolute, render
from acr_program.outbox.safe import ForeignLink, Ours, defuse, defuse_html
from acr_program.outbox.send import compose

pytestmark = pytest.mark.django_db  # every mail names the company and whom to ask
KINDS = sorted(path.stem for path in Path(program.BASE_DIR, "templates/mail").glob("*.txt") if path.stem != "base")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = absolute("/reviews/7/")
PAYLOADS = [
    "http://evil.example/a?b=c#d", "HTTPS://EVIL.EXAMPLE", "ftp://evil.example", "//evil.example/x",
    "www.evil.example", "evil.example", "evil.com/login", "mail@evil.example", "mailto:mail@evil.example",
    "tel:+1555", "javascript:alert(1)", "[click](http://evil.example)", "<http://evil.example>",
    "<a href='http://evil.example'>x</a>", "<img src=//evil.example>", "<script>fetch('//evil.example')</script>",
    '"><a href="http://evil.example">', "http://10.0.0.1/x", "10.0.0.1", "http:\u200b//evil.example",
    "evil\u200b.example", "evil.\u00adexample", "evil．example", "еvil.рф", "xn--vil-8cd.example",
    "http：//evil.example", "http:\\\\evil.example", "http:/evil.example", "file:///etc/passwd", "data:text/html,x",
    "\u202ehttp://evil.example", "moc.live\u202e//:ptth", "x\r\nBcc: victim@evil.example", "x\nSubject: other",
    "x\n\nBcc: v@evil.io", "x\u2028Bcc: v@evil.io", "x\x00y", "x\x0bBcc: v@evil.io", "=?utf-8?q?Bcc:_v?=",
    "{{ url }}", "{% include 'x' %}", "⟦url⟧ ⟦code⟧", "QZ0000000000000000N0QZ", "http://127.0.0.1:8000@evil.example/",
    "http://127.0.0.1:8000.evil.example/", "a" * 3000,
]  # fmt: skip
LINKISH = re.compile(
    r"\w[:：][/\\／]|www[.．。]\w|\w[.．。]\w*[^\W\d_]{2}|\w[@＠]\w|\d+\.\d+\.\d+\.\d+"
    r"|\b(?:mailto|tel|javascript|data|file):\S", re.IGNORECASE,
)  # fmt: skip


class Evil(str):
    """Every attribute of it is the payload again."""

    __slots__ = ()
    _meta = SimpleNamespace(label_lower="tests.evil")

    @classmethod
    def declared_steps(cls):
        return defaultdict(lambda: SimpleNamespace(label="Go on"))

    def __getattr__(self, name):
        if name.startswith("_") or name in ("resolve_expression", "alters_data", "do_not_call_in_templates"):
            raise AttributeError(name)
        if name in ("number", "pages", "max_words", "count", "copies"):
            return 3
        if name in ("rows", "all"):
            return [Evil(self)]
        if name == "marks":
            return [(Evil(self), 3)]
        if name == "zone":  # chosen from a list
            return "Europe/Berlin"
        if name == "awaits":
            one = SimpleNamespace(what=Evil(self), who=lambda _about: [Evil(self)], due=lambda _about: NOON)
            return [one]
        return NOON if name in ("at", "on") or name.endswith(("_on", "_at", "_by")) else Evil(self)


class Page(HTMLParser):
    """What a mail program would see: tags, what they link to, and the text between them."""

    def __init__(self, text):
        super().__init__()
        self.links, self.tags, self.text, self.style = [], set(), [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.style = tag == "style"
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, data):
        if not self.style:
            self.text.append(data)


def forged(payload):
    names = [
        "about",
        "absence",
        "alarm",
        "approval",
        "by_name",
        "comment",
        "entry",
        "link",
        "meeting",
        "obligation",
        "person",
        "rep",
        "request",
        "review",
        "said",
        "seal",
        "step",
        "title",
    ]
    one = Evil(payload)
    line = {"subject": one, "at": NOON, "url": URL}
    several = {
        "follow_ups": [one],
        "slips": [(one, [one])],
        "groups": [{"title": one, "lines": [line]}],
        "lines": [one],
    }
    return dict.fromkeys(names, one) | several | {"kind": "invited"}


@pytest.mark.slow
@pytest.mark.demand("P32")
@pytest.mark.parametrize("kind", KINDS)
def test_names_forge_no_link_and_no_markup(kind, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    url = absolute("/reviews/7/")
    plain = Page(render(kind, forged("x") | {"url": url}, {}).html)
    for payload in PAYLOADS:
        letter = render(kind, forged(payload) | {"url": url}, {})
        page = Page(letter.html)

        assert (kind, payload, LINKISH.findall(letter.text.replace(url, ""))) == (kind, payload, [])
        assert (kind, payload, LINKISH.findall(letter.subject)) == (kind, payload, [])
        assert (kind, payload, LINKISH.findall(" ".join(page.text))) == (kind, payload, [])
        assert set(page.links) == {url}
        assert page.tags - {"br"} == plain.tags - {"br"}
        assert "\n" not in letter.subject


@pytest.mark.demand("P32")
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_names_forge_no_header(send_one, payload):
    message = send_one(context=forged(payload))

    mail = compose(message).message()
    names = ["Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"]
    assert sorted(mail.keys()) == sorted(names)
    assert mail["To"] == "ada@example.com"


def test_without_the_guard_the_same_names_do_forge_links(monkeypatch):
    """The control: what the test looks for is there when nothing is defused."""
    monkeypatch.setattr("acr_program.outbox.render.defuse", lambda text: text)

    found = [p for p in PAYLOADS if LINKISH.search(render("note", forged(p) | {"url": URL}, {}).text.replace(URL, ""))]

    assert len(found) > 25


def test_people_read_the_same_words():
    text = "Dr. Smith, 3.14 %, 10.5.2026, 12:30, R&D, a/b, e.g. this: that. End"

    assert defuse(text).replace("\u200b", "") == text
    assert defuse("1,250.00 EUR on 10.5.2026 at 12:30") == "1,250.00 EUR on 10.5.2026 at 12:30"


@pytest.mark.parametrize("tag", ['<a href="http://x">', "<img src=//x>", "<a HREF='{}'>", '<td background="u">'])
def test_a_template_links_to_nothing_that_was_not_given_to_it(tag):
    with pytest.raises(ForeignLink):
        defuse_html(mark_safe(f"<p>{tag}</p>"), Ours())


def test_no_template_switches_escaping_off():
    for path in Path(program.BASE_DIR, "templates/mail").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape off|mark_safe", path.read_text()), path


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_both_parts_and_a_subject(kind):
    letter = render(kind, forged("Northwind") | {"url": URL, "person": Evil("Ada")}, {})

    assert letter.subject != ""
    assert letter.text.count("\n\n\n") == 0
    assert set(Page(letter.html).links) == {URL}
