"""What the lists of the programme show."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acr_program.ui import markup
from acr_program.ui.columns import Column, Sort, Table
from acr_program.ui.phrases import day
from acr_program.workflow.ages import age_column

from .ways import is_overdue, what_next

SOON = 30  # days before its re-review from which an account is on the list as due

MEMBERSHIPS = Table(
    columns=[
        Column("account", _("Account"), "account.name", link=True, sub="account.manager.name"),
        Column("status", _("Stands at"), plain=lambda row: row.get_status_display()),
        Column("tier", _("Tier"), "tier_now.name", empty=""),
        age_column(lambda row: "neutral"),
        Column("next", _("What comes next"), what_next, whole=True),
        Column("incubations", _("Incubations"), num=True),
        Column("round", _("Nominated in"), lambda row: str(row.round), nowrap=True),
    ],
    sorts=[
        Sort("newest", _("Newest"), "-id"),
        Sort("oldest", _("Oldest"), "id"),
        Sort("re_review", _("Next re-review"), "re_review_on", "id"),
    ],
    noun=(_("membership"), _("memberships")),
    also=[
        Column("manager", _("Account manager"), "account.manager.name"),
        Column("nominated_by", _("Nominated by"), "nominated_by.name"),
        Column("nomination", _("Why it is nominated")),
        Column("key_since", _("In the programme since")),
        Column("re_review_on", _("Next re-review")),
        Column("reason", _("Reason of the last decision")),
        Column("decided_by", _("Decided by"), "decided_by.name"),
        Column("decided_on", _("Decided on")),
    ],
)  # fmt: skip


def standing(row: Any) -> SafeString | str:
    """Overdue by how many days, due within the month, or how long it has."""
    left = (row.re_review_on - localdate()).days
    if is_overdue(row):
        words = ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}
        return markup.badge(words, "bad", "bare")
    words = ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left}
    return markup.badge(words, "warn", "bare") if left <= SOON else words


def standing_plain(row: Any) -> int:
    """For exports: days left, negative where it is overdue."""
    return int((row.re_review_on - localdate()).days)


RE_REVIEWS = Table(
    columns=[
        Column("account", _("Account"), "account.name", link=True, sub="account.manager.name"),
        Column("re_review_on", _("Re-review on"), nowrap=True, sort="due"),
        Column("stands", _("Due"), standing, plain=standing_plain, nowrap=True),
        Column("status", _("Stands at"), plain=lambda row: row.get_status_display()),
        Column("tier", _("Tier"), "tier.name", empty=""),
        Column("key_since", _("In the programme since"), nowrap=True),
    ],
    sorts=[Sort("due", _("Due first"), "re_review_on", "id"), Sort("newest", _("Newest"), "-id")],
    noun=(_("re-review"), _("re-reviews")),
    also=[Column("manager", _("Account manager"), "account.manager.name")],
)


ROUNDS = Table(
    columns=[
        Column("round", _("Round"), str, link=True),
        Column("status", _("State")),
        Column("opens_on", _("Open"), lambda row: f"{day(row.opens_on)} – {day(row.closes_on)}", nowrap=True,
               plain=lambda row: row.opens_on),
        Column("nominations", _("Nominations"), num=True),
        Column("vetoed", _("Vetoed"), num=True),
        Column("filtered_out", _("Filtered out"), num=True),
        Column("undecided", _("Undecided"), num=True),
    ],
    sorts=[Sort("newest", _("Newest"), "-id"), Sort("oldest", _("Oldest"), "id")],
    noun=(_("round"), _("rounds")),
    also=[Column("closes_on", _("Nominations close on"))],
)  # fmt: skip
