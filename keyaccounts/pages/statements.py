"""What a customer is told, as pages show it: inside the house, and to the customer by the link (K-02, K-20, K-22, M16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.people.models import User
from acr_program.workflow.offers import next_step
from reviews.pages.one import OnePage

from ..actions.statements import PURPOSE
from ..choices_value import StatementStatus as S
from ..models import Knowing, Sending, Statement


@dataclass(frozen=True)
class Line:
    """One requirement as the customer reads it."""

    title: str
    target: str
    value: str
    on: date | None
    met: bool | None
    words: str = ""  # what is meant by it

    @property
    def label(self) -> str:
        unknown = _("Not measured in every quarter yet") if self.value else _("Not measured yet")
        return {True: _("Met"), False: _("Not met yet"), None: unknown}[self.met]

    @property
    def tone(self) -> str:
        return {True: "good", False: "warn", None: "neutral"}[self.met]


@dataclass(frozen=True)
class Told:
    """What a statement says, read from what was kept of it."""

    content: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.content.get(name, "")

    @property
    def entry(self) -> list[Line]:
        return [line_of(one) for one in self.content.get("entry", ())]

    @property
    def keep(self) -> list[Line]:
        return [line_of(one) for one in self.content.get("keep", ())]

    @property
    def proofs(self) -> list[dict[str, Any]]:
        return [one | {"on": read_day(one["on"])} for one in self.content.get("proofs", ())]

    @property
    def as_of(self) -> date | None:
        return read_day(self.content.get("as_of", ""))

    @property
    def until(self) -> date | None:
        return read_day(self.content.get("until", ""))

    @property
    def re_review(self) -> date | None:
        return read_day(self.content.get("re_review", ""))

    @property
    def since(self) -> date | None:
        return read_day(self.content.get("since", ""))


def line_of(kept: dict[str, Any]) -> Line:
    words = kept.get("words", "")
    return Line(kept["title"], kept["target"], kept["value"], read_day(kept["on"]), kept["met"], words)


def read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class StatementPage(OnePage[Statement]):
    """One statement, for one reader inside the house."""

    @property
    def next(self) -> str:
        return next_step(self.of)

    @property
    def told(self) -> Told:
        return Told(self.of.content)

    @cached_property
    def sendings(self) -> list[Sending]:
        """Each time that it went out, the last first (K-22)."""
        return list(self.of.sendings.select_related("by"))

    @property
    def has_letter(self) -> bool:
        """A farewell is printed once it is approved."""
        return self.of.status in (S.READY, S.SENT, S.CONFIRMED)


class KnowingPage(OnePage[Knowing]):
    """What one customer knows of what it gets."""

    @property
    def next(self) -> str:
        return next_step(self.of)


class NotOpen(Exception):
    """The link opens nothing: a sentence why, whom to ask, and the status that goes with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.sentence = sentences()[reason]
        self.status = HTTPStatus.NOT_FOUND if reason == "unknown" else HTTPStatus.GONE

    @property
    def ask(self) -> User | None:
        program = Program.objects.select_related("manager").first()
        return program.manager if program else None


@dataclass(frozen=True)
class Expected:
    """The statement behind a token, and whether it was confirmed."""

    link: Link
    of: Statement
    token: str

    @property
    def told(self) -> Told:
        return Told(self.of.content)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.of.status == S.CONFIRMED)

    @property
    def manager(self) -> User | None:
        manager: User | None = self.of.membership.account.manager
        return manager


def expected_of(token: str) -> Expected:
    """The statement of this token; looking changes nothing, however often, whoever looks. Raises NotOpen.

    Once it is confirmed every link that went out still shows it, until the day that the mail named.
    """
    link = Link.known(token, PURPOSE)
    if link is None:
        raise NotOpen("unknown")
    found = Statement.objects.for_page().filter(pk=link.object_id).first()
    if found is None or found.status not in (S.SENT, S.CONFIRMED):
        raise NotOpen("over")
    if found.status == S.SENT:
        try:
            link.refuse_if_closed()
        except LinkRefused as refused:
            raise NotOpen(refused.reason) from None
    elif link.expires_at <= now():
        raise NotOpen("expired")
    return Expected(link, found, token)


def sentences() -> dict[str, str]:
    return {
        "unknown": _(
            "This address opens nothing. Perhaps it was cut when the mail was forwarded: open it from the mail itself."
        ),
        "expired": _("This link has expired. Write to us, and you get a new one."),
        "used": _("This link was used already. If that was not you, write to us."),
        "revoked": _("This link was withdrawn. Open the newest mail from us, or write to us."),
        "over": _("What stood here holds no more. Open the newest mail from us, or write to us."),
    }
