"""P24: what people type cannot reach code or secrets: refused with line and reason, or printed as it was typed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import escape

from accounts.models import Account, Contact
from acr_program.charter.models import Program
from acr_program.people.models import User
from acr_program.render.checking import InputError
from acr_program.render.document import compose
from reviews import prose
from reviews.content.content import Content
from reviews.content.tokens import nested
from reviews.forms.steps import AnswerForm
from reviews.kept_text import kept_text
from reviews.models import ReviewRequest, Section, template
from tests.factories import fresh, make_account, make_request, make_user, take

from .injections import injections, on_a_line
from .switched import instead
from .tally import Tally
from .world import Worlds

SAYS = "templates cannot reach code or secrets"
HASH = "the-marker-in-the-hash"
TRAPPED = (User, Account, Contact, Program, ReviewRequest)
METHODS = (
    "__str__", "__getitem__", "__call__", "__html__", "__liquid__", "__format__", "__iter__", "__len__", "save", "delete",
    "refresh_from_db", "set_unusable_password", "get_session_auth_hash", "check_password", "full_clean",
)  # fmt: skip


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    with worlds.new():
        texts = injections(rng)
        rep = make_user("rep", name="Rita Rep", reports_to=make_user("leader"))
        User.objects.filter(pk=rep.pk).update(password=HASH)
        request = make_request("gathering", account=make_account(manager=fresh(rep)))
        given = nested(Content(request))
        standard(tally, texts, given, rng)
        edited(tally, texts, given)
        contributed(tally, request, texts)
        control = Tally(quiet=True)
        with engine_over_a_model():
            standard(control, texts, given | {"rep": fresh(rep)}, rng)
        tally.control(control, "plain data (one model instance passed to the stock engine)")


def standard(tally: Tally, texts: list[str], tokens: Any, rng: random.Random) -> None:
    """Typed into a standard text: saved, and filled as if it had come past saving."""
    refused = printed = 0
    for text in texts:
        typed, line = on_a_line(text, rng)
        said = saved(typed)
        shown, calls = trapped(lambda typed=typed: prose.filled(typed, tokens))
        tally.expect(not calls, f"{text!r} calls nothing.", calls)
        tally.expect(not marked(shown), f"{text!r} shows no secret.", shown[:200])
        if set("{}") & set(text):
            refused += 1
            tally.expect(f"Line {line}: " in said, f"{text!r} is refused at save, with its line and a reason.", said)
            tally.expect(shown == "", f"{text!r} is not filled.", shown)
        else:
            printed += 1
            tally.expect((said, shown) == ("", typed), f"{text!r} is text like any other.", (said, shown))
    tally.say(
        f"{len(texts)} injections into a standard text: {refused} refused at save and at filling, {printed} printed"
    )


def edited(tally: Tally, texts: list[str], tokens: Any) -> None:
    """Typed into the editor of the template, as lines and as rich text: refused with a line, or kept and filled as words."""
    refused = 0
    for text in texts:
        for typed in (text, f"<p>Before it.</p><p>{escape(text)}</p>"):
            shown, calls = trapped(lambda typed=typed: prose.marked_up(kept_or_refused(typed), tokens))
            said = kept_or_refused(typed)
            refused += said.startswith("Line ")
            tally.expect(not calls, f"{typed!r} calls nothing.", calls)
            tally.expect(not marked(shown), f"{typed!r} shows no secret.", shown[:200])
            if set("{}") & set(text):
                tally.expect(
                    said.startswith("Line "), f"{typed!r} is refused at save, with its line and a reason.", said
                )
    tally.say(f"{2 * len(texts)} injections into the editor: {refused} refused with their line")


def kept_or_refused(typed: str) -> str:
    """The text as the editor keeps it, or what its author is told."""
    try:
        return kept_text(typed)
    except ValidationError as refused:
        return " ".join(refused.messages)


def saved(typed: str) -> str:
    """What the author is told when the text is saved; nothing where it is taken."""
    try:
        Section(title="A word", body=typed).clean()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def contributed(tally: Tally, request: Any, texts: list[str]) -> None:
    """Typed into sections by their contributors: refused with its line, or accepted, compiled and composed as typed."""
    refused = [text for text in texts if prose.objections(text)]
    texts = [text for text in texts if text not in refused]
    for text in refused:
        part = request.contributions.first()
        form = AnswerForm({"text": text, "seen": part.version, "key": "k"}, obj=part, user=part.contributor)
        tally.expect("Line " in str(form.errors.get("text", "")), f"{text!r} is refused with its line.", form.errors)
    first, second = request.contributions.order_by("pk")
    for part, typed in ((first, texts[::2]), (second, texts[1::2])):
        take(part, "submit", part.contributor, text="\n\n".join(typed))
        take(part, "accept", request_office())
    inputs = fresh(request).latest_document().render_inputs()
    pages, calls = trapped(lambda: "".join(compose(inputs).values()))
    tally.expect(not calls, "Composing calls nothing.", calls)
    tally.expect(not marked(pages), "No secret is in the document.")
    lost = [text for text in texts if any(seen(line) not in seen_in(pages) for line in lines(text))]
    tally.expect(not lost, "Each is in the document as it was typed.", lost[:3])
    tally.say(
        f"{len(refused)} injections into sections refused, {len(texts)} printed as typed on {len(pages)} characters"
    )


def request_office() -> User:
    return User.objects.holding("admin").first() or make_user("admin")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def seen(text: str) -> str:
    """The text as mark-up holds it: which of the quotes are written as entities is no matter."""
    return unquoted(str(escape(text))).removeprefix("# ")


_pages: dict[int, str] = {}


def seen_in(pages: str) -> str:
    return _pages.setdefault(hash(pages), unquoted(pages))


def unquoted(text: str) -> str:
    for written, sign in (("&#x27;", "'"), ("&#39;", "'"), ("&quot;", '"'), ("&#34;", '"'), ("&nbsp;", "\u00a0")):
        text = text.replace(written, sign)
    return text


def marked(text: str) -> bool:
    return any(secret in text for secret in (HASH, settings.SECRET_KEY, "root:x:"))


def trapped(act: Callable[[], str]) -> tuple[str, list[str]]:
    """What came of it, and which methods of model objects were called meanwhile."""
    calls: list[str] = []
    with traps(calls):
        try:
            return str(act()), calls
        except InputError:
            return "", calls


@contextmanager
def traps(calls: list[str]) -> Iterator[None]:
    """Every way in which an engine uses an object is written down, and works: a mapping, a text, a callable."""
    kept: list[tuple[type[Model], str, Any]] = []
    for model in TRAPPED:
        for name in METHODS:
            kept.append((model, name, vars(model).get(name)))
            setattr(model, name, trap(model, name, calls))
    try:
        yield
    finally:
        for model, name, before in kept:
            delattr(model, name) if before is None else setattr(model, name, before)


def trap(model: type[Model], name: str, calls: list[str]) -> Any:
    def called(self: Any, *given: Any, **_more: Any) -> Any:
        calls.append(f"{model.__name__}.{name}")
        if name == "__getitem__":
            return getattr(self, str(given[0]), "")
        return {"__iter__": iter(()), "__len__": 0}.get(name, HASH)

    return called


@contextmanager
def engine_over_a_model() -> Iterator[None]:
    """The control: an engine as it comes, over whatever it is given, and nothing refused at save."""
    from liquid import Environment

    def stock(typed: str, tokens: Any) -> str:
        try:
            return str(Environment().from_string(typed).render(**tokens))
        except Exception:  # whatever an engine says that is given what it was not made for
            return ""

    with instead(prose, filled=stock), instead(template, fault_in=lambda text: ""):
        yield
