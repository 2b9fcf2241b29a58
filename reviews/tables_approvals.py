"""What the lists of approvals show: those that are decided, and those that wait for the reader."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.ui.lists import Column, Sort, Table
from acr_program.ui.phrases import moment
from acr_program.workflow.ages import age_column

from .choices import ApprovalStatus as S
from .pages.contribution_page import late


def version_of(approval: Any) -> Any:
    return _("version %(n)s") % {"n": approval.document.number}


def shown_at(approval: Any) -> str:
    return moment(approval.shown_at) if approval.shown_at else ""


DECIDED = Table(
    columns=[
        Column(
            "request",
            _("Review"),
            lambda a: str(a.request),
            link=True,
            sub=version_of,
        ),
        Column("status", _("Answer")),
        age_column(lambda approval: late(approval, approval.status == S.PENDING)),
        Column("comment", _("What was said"), empty=_("nothing"), whole=True),
        Column("rep", _("Sales representative"), "request.rep.name"),
        Column("meeting_on", _("Meeting"), "request.meeting_on", sort="meeting", nowrap=True),
        Column("approver", _("Asked of"), "approver.name", nowrap=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("meeting", _("Meeting"), "-meeting_on", "-id")],
    noun=(_("approval"), _("approvals")),
    reads=(
        "status",
        "comment",
        "request__meeting_on",
        "request__delivery",
        "request__pace",
        "request__audience",
        "request__account__name",
        "request__year__label",
        "request__rep__name",
        "document__number",
        "approver__name",
    ),
    also=[Column("version", _("Version"), "document.number", num=True)],
)


TO_APPROVE = Table(
    columns=[
        Column("request", _("Review"), lambda a: str(a.request), link=True, sub=version_of),
        Column("shown", _("Shown to you"), shown_at, empty=_("not yet: open it"), nowrap=True),
        age_column(lambda approval: late(approval, True)),
        Column("rep", _("Sales representative"), "request.rep.name"),
        Column("meeting_on", _("Meeting"), "request.meeting_on", sort="meeting", nowrap=True),
        Column("more", _("Asked after you"), empty=_("nobody"), nowrap=True),
        Column("approver", _("Asked of"), "approver.name", nowrap=True),
    ],
    sorts=[Sort("meeting", _("Meeting"), "meeting_on", "id"), Sort("newest", _("Newest"), "-id")],
    noun=(_("document"), _("documents")),
    pick=True,
)
