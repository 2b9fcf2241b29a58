"""The desk's lists: people, what is late, messages to me."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import User
from acr_program.ui import markup
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


def page_of(person: Any) -> str:
    return reverse("desk:person", args=[person.pk])


PEOPLE = Table(
    columns=[
        Column("name", _("Name"), link=page_of, sub="title", sort="name"),
        Column("roles", _("Roles"), value=roles_of, empty=_("none")),
        Column("reports_to", _("Reports to"), value="reports_to.name", empty=_("nobody")),
        Column(
            "email", _("E-mail address"), value=lambda person: markup.address(person.email), plain=lambda p: p.email
        ),
        Column("away", _("At work"), value=presence),
    ],
    sorts=[Sort("name", _("Name"), "name", "id")],
    noun=(_("person"), _("people")),
)


def late_for(user: User) -> Table:
    """What is late, as this person reads it: what is with them is with «you»."""
    return Table(
        columns=[
            Column("what", _("What"), link=lambda row: row.url, sub="title"),
            Column("holder", _("With"), value=lambda row: row.with_whom(user)),
            Column("opened_at", _("Since"), value=lambda row: day(row.opened_at), nowrap=True),
            Column("late", _("Late"), value=lambda row: markup.toned(when(row), "bad"), nowrap=True, sort="due"),
        ],
        sorts=[Sort("due", _("Longest late"), "due_at", "id"), Sort("newest", _("Just late"), "-due_at", "-id")],
        noun=(_("late thing"), _("late things")),
    )
