"""Lists of mails: what was mailed to me, and everything that goes out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.jobs.models import State
from acr_program.ui import markup
from acr_program.ui.addresses import address_of
from acr_program.ui.lists import Column, Sort, Table

TONES = {State.QUEUED: "info", State.RUNNING: "info", State.DONE: "good", State.FAILED: "bad"}
WORDS = {State.QUEUED: _("Waiting"), State.RUNNING: _("Being sent"), State.DONE: _("Sent"), State.FAILED: _("Not sent")}

KINDS = {
    "step": _("what happened"), "accepted": _("a request accepted"), "contribution": _("a section to write"),
    "approval": _("a document to approve"), "delivery": _("the document for the customer"), "print": _("an order for print"),
    "failed": _("a rendering that failed"), "reminder": _("a reminder"), "escalation": _("late, to who is above"),
    "invitation": _("an invitation"), "comment": _("a mention in a comment"), "seal": _("the anchor of the log"),
    "handover": _("an account handed over"), "stand_in": _("acting for somebody"), "yearly": _("reviews planned for the year"),
}  # fmt: skip


def kind_of(message: Any) -> Any:
    """What sort of mail it is, in words."""
    return KINDS.get(message.kind, message.kind)


def state_of(message: Any) -> Any:
    """How a mail stands, as a badge; one that was tried and waits for its next try says so."""
    if message.is_held_up:
        return markup.badge(_("Held up"), "warn")
    return markup.badge(WORDS[message.state], TONES[message.state])


def state_in_words(message: Any) -> Any:
    return _("Held up") if message.is_held_up else WORDS[message.state]


def state_and_error(message: Any) -> Any:
    return markup.under(state_of(message), message.error[:120]) if message.error else state_of(message)


def page_of(message: Any) -> str:
    return address_of("outbox:message", message.pk)


def receiver(message: Any) -> Any:
    return markup.under(message.person.name, message.address) if message.person else message.address


NEWEST = Sort("newest", _("Newest"), "-created_at", "-id")

MINE = Table(
    columns=[
        Column("subject", _("Message"), link=page_of),
        Column("created_at", _("Written"), nowrap=True, sort="newest"),
        Column("state", _("State"), value=state_of, plain=state_in_words),
    ],
    sorts=[NEWEST],
    noun=(_("message"), _("messages")),
)

OUTGOING = Table(
    columns=[
        Column("subject", _("Mail"), link=page_of, sub=kind_of),
        Column("to", _("To"), value=receiver, plain=lambda mail: mail.person.name if mail.person else mail.address),
        Column("created_at", _("Written"), nowrap=True, sort="newest"),
        Column("state", _("State"), value=state_and_error, plain=state_in_words),
    ],
    sorts=[NEWEST],
    noun=(_("mail"), _("mails")),
    also=[Column("kind", _("Kind"), plain=kind_of), Column("address", _("Address")), Column("error", _("Error"))],
)
