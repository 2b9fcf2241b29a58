"""What the list of questions shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table
from acr_program.workflow.ages import age_column

from .choices import InquiryStatus

QUESTIONS = Table(
    columns=[
        Column("subject", _("Question"), link=True, sub="about"),
        Column("status", _("State")),
        age_column(lambda row: "warn" if row.status == InquiryStatus.ASKED else "neutral"),
        Column("asked_by", _("Asked by"), "asked_by.name", nowrap=True),
        Column("given_to", _("Given to"), "given_to.name", empty=_("nobody else"), nowrap=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("question"), _("questions")),
    also=[Column("words", _("What is asked")), Column("page", _("Asked from")), Column("asked_at", _("Asked at"))],
)
