"""Lists of mails: what was mailed to me, and everything that goes out."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.models import State
from acr_program.ui import markup
from acr_program.ui.addresses import address_of
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.phrases import moment

from .choices import Course
from .kinds import kind_named

TONES = {State.QUEUED: "info", State.RUNNING: "info", State.DONE: "good", State.FAILED: "bad"}
WORDS = {State.QUEUED: _("Waiting"), State.RUNNING: _("Being sent"), State.DONE: _("Sent"), State.FAILED: _("Not sent")}

COURSES = {
    Course.DIGEST: _("For the digest"), Course.HELD: _("Held"), Course.DIGESTED: _("In the digest"),
    Course.LEFT_OUT: _("Left out"), Course.DROPPED: _("Dropped"),
}  # fmt: skip
COURSE_TONES = {Course.DIGEST: "info", Course.HELD: "warn", Course.DIGESTED: "good", Course.DROPPED: "warn"}


def kind_of(message: Any) -> Any:
    """What sort of mail it is, in words."""
    return kind_named(message.kind).words


def state_of(message: Any) -> Any:
    """How a mail stands, as a badge; one that was tried and waits for its next try says so."""
    if message.course:
        return markup.badge(COURSES[message.course], COURSE_TONES.get(message.course, "neutral"))
    if message.is_held_up:
        return markup.badge(_("Held up"), "warn")
    return markup.badge(WORDS[message.state], TONES[message.state])


def state_in_words(message: Any) -> Any:
    if message.course:
        return COURSES[message.course]
    return _("Held up") if message.is_held_up else WORDS[message.state]


def state_and_error(message: Any) -> Any:
    if message.waits:
        return markup.under(state_of(message), when_of(message))
    return markup.under(state_of(message), message.error[:120]) if message.error else state_of(message)


def when_of(message: Any) -> Any:
    """When what waits will go."""
    if message.course == Course.HELD:
        return _("until somebody lets it go")
    return (
        _("not before %(moment)s") % {"moment": moment(message.due_at)}
        if message.due_at > now()
        else _("any moment now")
    )


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
    also=[
        Column("due_at", _("Due")), Column("kind", _("Kind"), plain=kind_of), Column("address", _("Address")),
        Column("error", _("Error")),
    ],
)  # fmt: skip
OUTGOING_READS = (  # by page and file alike: of a hundred thousand mails no column is fetched that neither shows
    "subject", "kind", "address", "person__name", "created_at", "due_at", "state", "attempts", "course", "error",
)  # fmt: skip
