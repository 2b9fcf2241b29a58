"""The desk's lists: people, what is late, messages to me."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui import markup
from acr_program.ui.addresses import address_of
from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.phrases import day

from .today import when


def roles_of(person: Any) -> str:
    held = (person.held or "").split(",")
    return ", ".join(str(role.label) for role in Role if role in held)


def presence(person: Any) -> Any:
    """Whether somebody can be reached, and who acts for whoever cannot."""
    if not person.is_active:
        return markup.badge(_("Switched off"))
    if not person.away_now:
        return markup.quiet(_("here"))
    absence = person.away_now[0]
    words = _("until %(day)s, %(name)s acts") % {"day": day(absence.to_on), "name": absence.stand_in}
    return markup.under(markup.badge(_("Away"), "warn"), words)


def presence_in_words(person: Any) -> Any:
    """The same for an export, where no badge stands."""
    if not person.is_active:
        return _("Switched off")
    return _("Away") if person.away_now else _("here")


def page_of(person: Any) -> str:
    return address_of("desk:person", person.pk)


PEOPLE = Table(
    columns=[
        Column("name", _("Name"), link=page_of, sub="title", sort="name"),
        Column("roles", _("Roles"), value=roles_of, empty=_("none")),
        Column("reports_to", _("Reports to"), value="reports_to.name", empty=_("nobody")),
        Column(
            "email",
            _("E-mail address"),
            value=lambda person: markup.address(person.email),
            plain=lambda person: person.email,
        ),
        Column("away", _("At work"), value=presence, plain=presence_in_words),
    ],
    also=[
        Column("title", _("Job title")),
        Column(
            "away_until", _("Away until"), value=lambda person: person.away_now[0].to_on if person.away_now else None
        ),
        Column(
            "stand_in", _("Stand-in"), value=lambda person: person.away_now[0].stand_in.name if person.away_now else ""
        ),
    ],
    sorts=[Sort("name", _("Name"), "name", "id")],
    noun=(_("person"), _("people")),
)


def late_for(user: User) -> Table:
    """What is late, as this person reads it: what is with them is with “you”."""
    return Table(
        columns=[
            Column("what", _("What"), link=lambda row: row.url, sub="title"),
            Column("holder", _("With"), value=lambda row: row.with_whom(user)),
            Column(
                "opened_at",
                _("Since"),
                value=lambda row: day(row.opened_at),
                plain=lambda row: row.opened_at,
                nowrap=True,
            ),
            Column(
                "late", _("Late"), value=lambda row: markup.toned(when(row), "bad"), plain=when, nowrap=True, sort="due"
            ),
        ],
        also=[Column("title", _("Of what")), Column("due_at", _("Due"))],
        sorts=[Sort("due", _("Longest late"), "due_at", "id"), Sort("newest", _("Just late"), "-due_at", "-id")],
        noun=(_("late thing"), _("late things")),
    )
