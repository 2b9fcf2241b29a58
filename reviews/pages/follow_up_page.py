"""The list of follow-ups, and the page of one: what was undertaken, by whom, for which commitment, and what came of it."""

from __future__ import annotations

from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from acr_program.ui import markup, phrases
from acr_program.ui.columns import Column, Sort, Table
from acr_program.workflow.ages import age_column
from reviews.models import FollowUp, ReviewRequest

from .one import OnePage


def tone_of(follow_up: FollowUp) -> str:
    """Late in red while somebody still has to act."""
    return "bad" if follow_up.is_open and follow_up.due_on < localdate() else "neutral"


def due_of(follow_up: FollowUp) -> SafeString | str:
    shown = phrases.day(follow_up.due_on)
    return markup.toned(shown, "bad") if tone_of(follow_up) == "bad" else shown


TABLE = Table(
    columns=[
        Column("what", _("What"), link=True, sub=lambda row: str(row.request)),
        Column("status", _("State")),
        age_column(tone_of),
        Column("owner", _("Who does it"), "owner.name"),
        Column("due_on", _("By when"), value=due_of, plain=lambda row: row.due_on, sort="due", nowrap=True),
        Column("outcome", _("What came of it"), empty=_("nothing yet")),
    ],
    sorts=[
        Sort("newest", _("Newest"), "-id"),
        Sort("due", _("Day due"), "due_on", "id"),
    ],
    noun=(_("follow-up"), _("follow-ups")),
    pick=True,
    also=[
        Column("customer", _("Account"), "request.account.name"), Column("ended_on", _("Ended on")),
    ],
)  # fmt: skip


class FollowUpPage(OnePage[FollowUp]):
    """One follow-up as one person sees it."""

    @cached_property
    def may_see_review(self) -> bool:
        return ReviewRequest.objects.visible_to(self.user).filter(pk=self.of.request_id).exists()
