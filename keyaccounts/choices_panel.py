"""States of panels and what they may decide."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Voting")
    HELD = "held", _("Decisions held")
    RELEASED = "released", _("Released")
    CANCELLED = "cancelled", _("Cancelled")

    tones = nonmember(
        {"planned": "neutral", "open": "info", "held": "warn", "released": "good", "cancelled": "neutral"}
    )


class ReviewStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for a panel")
    SCHEDULED = "scheduled", _("On the agenda")
    VOTING = "voting", _("Voting")
    DECIDED = "decided", _("Decided, held")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    tones = nonmember(
        {
            "waiting": "warn", "scheduled": "neutral", "voting": "info", "decided": "warn", "released": "good",
            "withdrawn": "neutral",
        }
    )  # fmt: skip


class BallotStatus(models.TextChoices):
    ASKED = "asked", _("To vote")
    CAST = "cast", _("Has voted")
    LAPSED = "lapsed", _("Has not voted")
    VOID = "void", _("Recused")

    tones = nonmember({"asked": "warn", "cast": "good", "lapsed": "neutral", "void": "neutral"})


class PanelKind(models.TextChoices):
    """What the panel is asked: whether an account enters, or whether it stays."""

    ENTRY = "entry", _("After incubation")
    RE_REVIEW = "re_review", _("Yearly re-review")


class Outcome(models.TextChoices):
    """What a panel may decide; each is the step of the membership that carries it out (K-15 to K-20)."""

    REJECT = "reject", _("Does not make the cut")
    EXTEND = "extend", _("More proof: a second incubation")
    QUALIFY = "qualify", _("Qualifies")
    MAINTAIN = "maintain", _("Maintained")
    RETURN = "return_to_incubation", _("Back to incubation")
    DOWN_TIER = "down_tier", _("Down-tiered")

    tones = nonmember(
        {
            "reject": "bad", "extend": "warn", "qualify": "good", "maintain": "good", "return_to_incubation": "warn",
            "down_tier": "bad",
        }
    )  # fmt: skip


OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    PanelKind.ENTRY: (Outcome.QUALIFY, Outcome.EXTEND, Outcome.REJECT),
    PanelKind.RE_REVIEW: (Outcome.MAINTAIN, Outcome.RETURN, Outcome.DOWN_TIER),
}
INCUBATES = (Outcome.EXTEND, Outcome.RETURN)  # ask for missing proof, and for what the next incubation may use


class Conflict(models.TextChoices):
    """Why a member is recused (feature 70)."""

    MANAGES = "manages", _("manages the account")
    LEADS = "leads", _("leads its manager")
    SAID = "said", _("said so")


BEFORE_RELEASE = (ReviewStatus.SCHEDULED, ReviewStatus.VOTING, ReviewStatus.DECIDED)
UNDER_VOTE = (ReviewStatus.VOTING, ReviewStatus.DECIDED)
LIVE_REVIEWS = (ReviewStatus.WAITING, *BEFORE_RELEASE)
BEST_SCORE = 5

ASKED_OF_MEMBERS = (
    _("Performance against the requirements"),
    _("Potential as a partner"),
    _("What it takes of us, against what it brings"),
    _("What the customer gets from being one"),
)
