"""What the lists of star performers and of their lessons show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column

from .choices_voices import StarStatus

STARS = Table(
    columns=[
        Column("person", _("Star performer"), "person.name", link=True, sub="person.title"),
        Column("status", _("State")),
        age_column(lambda row: "warn" if row.status == StarStatus.NOMINATED else "neutral"),
        Column("reason", _("Why"), whole=True),
        Column("example", _("For which review"), lambda row: str(row.example)),
        Column("nominated_by", _("Nominated by"), "nominated_by.name", nowrap=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("star performer"), _("star performers")),
    also=[Column("answer", _("What was answered"))],
)

LESSONS = Table(
    columns=[
        Column("person", _("Who"), "person.name", link=True, nowrap=True),
        Column("label", _("Quarter"), nowrap=True),
        Column("lesson", _("What the meetings taught"), whole=True),
        Column("suggested", _("Suggestions made of it"), num=True, empty=_("none")),
        Column(
            "answered_on", _("Said"), lambda row: day(row.answered_on), plain=lambda row: row.answered_on, nowrap=True
        ),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("lesson"), _("lessons")),
)
