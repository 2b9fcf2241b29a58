"""What the lists of pilots show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.marks import named
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day

from .choices import BEST_SCORE
from .ranking import reason_of

WAVES = Table(
    columns=[
        Column("name", _("Wave"), link=True),
        Column("status", _("State")),
        Column("pilots", _("Pilots"), num=True),
        Column("launched_on", _("Launched"), lambda wave: day(wave.launched_on) if wave.launched_on else "", nowrap=True,
               plain=lambda wave: wave.launched_on, empty=_("not yet")),
        Column("outcome", _("Outcome"), lambda wave: wave.get_outcome_display(), empty=_("not decided")),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("wave"), _("waves")),
)  # fmt: skip


CANDIDATES = Table(
    columns=[
        Column("rank", _("Rank")),
        Column("account", _("Account"), named, plain=lambda row: row.account.name, link=True, sub="manager.name"),
        Column("status", _("State")),
        Column("tier", _("Scorecards"), "stands", plain=lambda row: row.stands.label),
        Column("score", _("Score"), num=True),
        Column("reason", _("Why it stands there"), reason_of, whole=True),
        Column("business_unit", _("Business unit"), empty=""),
        Column("theater", _("Theater"), empty=""),
    ],
    sorts=[
        Sort("rank", _("Rank"), "tier", "-score", "id"),
        Sort("newest", _("Newest"), "-id"),
    ],
    noun=(_("candidate"), _("candidates")),
    also=[
        Column("manager", _("Account manager"), "manager.name"),
        Column("country", _("Country")),
        Column("decided_by", _("Decided by"), "decided_by.name"),
        Column("decided_on", _("Decided on")),
    ],
)

FINDINGS = Table(
    columns=[
        Column("words", _("Finding"), str, link=True, sub=lambda row: row.about, plain=lambda row: row.words),
        Column("status", _("State")),
        Column("severity", _("How bad")),
        Column("decision", _("Decision"), empty=_("none yet")),
        Column("owner", _("Who sees to it"), "owner.name"),
        Column("due_on", _("By"), nowrap=True, empty=""),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("finding"), _("findings")),
    also=[Column("answer", _("What was done or answered"))],
)


def rating(person: Any) -> str:
    """The average of what they were rated, by the criteria about account managers."""
    return f"{person.rating:.1f} / {BEST_SCORE}" if person.rating is not None else ""


MANAGERS = Table(
    columns=[
        Column("name", _("Account manager"), link=lambda person: reverse("desk:person", args=[person.pk]), sub="title"),
        Column("skills", _("Skills"), empty=_("not noted"), whole=True),
        Column("accounts_held", _("Accounts"), num=True),
        Column("reviews_held", _("Reviews delivered"), num=True),
        Column("rating", _("Rated as a pilot’s manager"), rating, num=True, empty=_("not rated"),
               plain=lambda person: person.rating),
        Column("piloted", _("Pilots"), num=True),
    ],
    sorts=[Sort("name", _("Name"), "name", "id"), Sort("newest", _("Newest"), "-id")],
    noun=(_("account manager"), _("account managers")),
)  # fmt: skip
