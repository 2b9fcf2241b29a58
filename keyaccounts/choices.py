"""States of rounds and of memberships."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundStatus(models.TextChoices):
    OPEN = "open", _("Open")
    FILTERING = "filtering", _("Filtering")
    CLOSED = "closed", _("Closed")

    tones = nonmember({"open": "info", "filtering": "warn", "closed": "neutral"})


class MembershipStatus(models.TextChoices):
    """Where an account stands; “key account” is said in the programme's own words (`keyaccounts.words`, K-04)."""

    NOMINATED = "nominated", _("Nominated")
    VETOED = "vetoed", _("Vetoed")
    FILTERED_OUT = "filtered_out", _("Filtered out")
    INCUBATOR_NOMINATED = "incubator_nominated", _("Nominated to incubate")
    INCUBATING = "incubating", _("Incubating")
    IN_PANEL_REVIEW = "in_panel_review", _("Before the panel")
    NOT_SELECTED = "not_selected", _("Not selected")
    KEY_ACCOUNT = "key_account", _("Key account")
    IN_RE_REVIEW = "in_re_review", _("In re-review")
    DOWN_TIERED = "down_tiered", _("Down-tiered")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember(
        {
            "nominated": "neutral", "vetoed": "bad", "filtered_out": "bad", "incubator_nominated": "info",
            "incubating": "info", "in_panel_review": "warn", "not_selected": "bad", "key_account": "good",
            "in_re_review": "warn", "down_tiered": "bad", "withdrawn": "neutral",
        }
    )  # fmt: skip


ENTERING = (
    MembershipStatus.NOMINATED, MembershipStatus.INCUBATOR_NOMINATED, MembershipStatus.INCUBATING,
    MembershipStatus.IN_PANEL_REVIEW,
)  # fmt: skip
HOLDING = (MembershipStatus.KEY_ACCOUNT, MembershipStatus.IN_RE_REVIEW)  # who has the status now
LIVE = (*ENTERING, *HOLDING)
BEFORE_PANEL = (MembershipStatus.IN_PANEL_REVIEW, MembershipStatus.IN_RE_REVIEW)
