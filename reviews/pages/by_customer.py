"""What the link to the five questions leads to: the questions, what was said, or the sentence why neither (rule 7)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext as _

from acr_program.charter.models import Program
from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link
from acr_program.people.models import User
from reviews.actions.feedback import PURPOSE
from reviews.choices_feedback import CustomerStatus as S
from reviews.models import CustomerFeedback


class NotAsked(Exception):
    """The link asks nothing: a sentence why, whom to ask, and the status that goes with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.sentence = sentences()[reason]
        self.status = HTTPStatus.NOT_FOUND if reason == "unknown" else HTTPStatus.GONE

    @property
    def ask(self) -> User | None:
        program = Program.objects.select_related("manager").first()
        return program.manager if program else None


@dataclass(frozen=True)
class Asked:
    """The questions behind a token, and whether they were answered."""

    link: Link
    of: CustomerFeedback
    token: str

    @property
    def is_answered(self) -> bool:
        return bool(self.of.status == S.ANSWERED)


def asked_of(token: str) -> Asked:
    """The questions of this token; looking changes nothing, however often, whoever looks. Raises NotAsked."""
    link = Link.known(token, PURPOSE)
    if link is None:
        raise NotAsked("unknown")
    found = CustomerFeedback.objects.for_page().filter(pk=link.object_id).first()
    if found is None or found.asked_at is None or link.created_at < found.asked_at:
        raise NotAsked("revoked")  # asked anew since: the newest mail counts
    if found.status in (S.VOID, S.LAPSED):
        raise NotAsked(found.status)
    if found.status == S.ASKED:
        try:
            link.refuse_if_closed()
        except LinkRefused as refused:
            raise NotAsked(refused.reason) from None
    return Asked(link, found, token)


def sentences() -> dict[str, str]:
    return {
        "unknown": _(
            "This address opens nothing. Perhaps it was cut when the mail was forwarded: open it from the mail itself."
        ),
        "expired": _("This link has expired. If you still want to tell us something, write to us."),
        "used": _("This link was used already. If that was not you, write to us."),
        "revoked": _("This link was withdrawn, because you were asked anew. Open the newest mail."),
        S.VOID: _("The answer that was given here was taken out again. If it was yours, write to us."),
        S.LAPSED: _("The review is closed, so we ask nothing more. If you want to tell us something, write to us."),
    }
