"""States and fixed lists of incubation: standards, measures, cycles, checkpoints, the allowance."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class StandardStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In force")
    RETIRED = "retired", _("Retired")
    DISCARDED = "discarded", _("Discarded")

    tones = nonmember({"draft": "info", "published": "good", "retired": "neutral", "discarded": "neutral"})


class MeasureKind(models.TextChoices):
    """What a measure is asked for."""

    REQUIREMENT = "requirement", _("Requirement")
    CHECKPOINT = "checkpoint", _("Checkpoint")
    INDICATOR = "indicator", _("Indicator")

    notes = nonmember(
        {
            "requirement": _("Has to be reached at the end of the year; decides."),
            "checkpoint": _("Has to hold at every quarter; decides."),
            "indicator": _("Shows the potential for a partnership; is watched and does not decide."),
        }
    )


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class Threshold(models.TextChoices):
    """Which of the two targets of a measure: to achieve the status, or to keep it (K-05)."""

    ENTRY = "entry", _("To enter")
    MAINTAIN = "maintain", _("To stay")


class Origin(models.TextChoices):
    """Where the value of a measure comes from: the figures on file, or people who say it."""

    NET_YEAR = "net_year", _("Net value of twelve months")
    NET_QUARTER = "net_quarter", _("Net value of the quarter")
    GROWTH = "growth", _("Growth of the net value on the year before, %")
    ORDERS = "orders", _("Orders of twelve months")
    ON_TIME = "on_time", _("Orders shipped by the promised day, %")
    MARGIN = "margin", _("Margin, %")
    WALLET = "wallet", _("Share of wallet, %")
    SATISFACTION = "satisfaction", _("Satisfaction, 0 to 10")
    PEOPLE = "people", _("Said by the account manager")


OURS_ALONE = (Origin.MARGIN,)  # decides like any other, and is told to no customer
TOLD_FIGURES = (Origin.MARGIN, Origin.WALLET, Origin.SATISFACTION)  # as `accounts.Figure` keeps them


class CycleStatus(models.TextChoices):
    RUNNING = "running", _("Running")
    EVIDENCE_DUE = "evidence_due", _("Evidence due")
    REVIEWED = "reviewed", _("Reviewed")

    tones = nonmember({"running": "info", "evidence_due": "warn", "reviewed": "good"})


OPEN_CYCLE = (CycleStatus.RUNNING, CycleStatus.EVIDENCE_DUE)


class CheckpointStatus(models.TextChoices):
    AHEAD = "ahead", _("Ahead")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    MISSED = "missed", _("Missed")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember({"ahead": "neutral", "asked": "warn", "answered": "good", "missed": "bad", "dropped": "neutral"})


class SpendingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    USED = "used", _("Used")
    RELEASED = "released", _("Released")

    tones = nonmember({"planned": "info", "used": "good", "released": "neutral"})


class WaiverKind(models.TextChoices):
    """What an executive lifts, by name."""

    ALLOWANCE = "allowance", _("More than the allowance")
    ANOTHER = "another", _("Another incubation")

    tones = nonmember({"allowance": "warn", "another": "warn"})


QUARTERS_OF_CYCLE = 4
MONTHS_OF_QUARTER = 3
FREE_INCUBATIONS = 2  # from the next on it takes a recorded exception (K-16)
