"""What the lists of feedback show."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column

from .choices_feedback import SHORT, CustomerStatus, Question
from .choices_feedback import SuggestionStatus as S


def of_what(row: Any) -> str:
    """Which review, and who answered or for whom it is meant."""
    words = (row.request.get_audience_display(), row.request.year.label, row.said_by or row.meant_for)
    return " · ".join(str(word) for word in words if word)


def day_answered(row: Any) -> str:
    return day(localdate(row.answered_at)) if row.answered_at else ""


def counted(question: Question) -> Any:
    """The mark of an answer that counts."""
    return lambda row: getattr(row, question.value) if row.status == CustomerStatus.ANSWERED else None


FEEDBACK = Table(
    columns=[
        Column("request", _("Customer"), "request.account.name", link=True, sub=of_what, plain=lambda row: str(row.request)),
        Column("status", _("State")),
        *(Column(q.value, SHORT[q], counted(q), num=True, empty=_("none")) for q in Question),
        Column("change", _("One thing to change"), empty=_("nothing said"), whole=True),
        Column(
            "answered_at", _("Answered"), day_answered, empty=_("not yet"), nowrap=True, plain=lambda row: row.answered_at
        ),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("customer asked"), _("customers asked")),
    pick=True,
    also=[
        Column("customer", _("Account"), "request.account.name"), Column("year", _("Year"), "request.year.label"),
        Column("audience", _("Audience"), "request.audience"), Column("unit", _("Business unit"), "request.business_unit"),
        Column("rep", _("Sales representative"), "request.rep.name"), Column("meant_for", _("Meant for")),
        Column("said_by", _("Who answered")), Column("asked_at", _("Asked at")), Column("reminded_at", _("Reminded at")),
    ],
)  # fmt: skip

SUGGESTIONS = Table(
    columns=[
        Column(
            "words",
            _("What should change"),
            link=True,
            sub=lambda row: str(row.feedback.request) if row.feedback else "",
        ),
        Column("source", _("Where from"), "get_source_display"),
        Column("about", _("Of what")),
        Column("status", _("State")),
        age_column(lambda row: "warn" if row.status == S.NEW else "neutral"),
        Column("rep", _("Suggested by"), "suggested_by.name", nowrap=True),
        Column("answer", _("What was answered"), empty=_("nothing yet"), whole=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("suggestion"), _("suggestions")),
    pick=True,
    also=[Column("adopted_in", _("Adopted in"), "adopted_by")],
)
