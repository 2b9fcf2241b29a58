"""Where suggestions come from, and the states of a star performer."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who speaks in a suggestion. A later source needs a value here, and no migration."""

    MEETING = "meeting", _("Meeting feedback")
    STAR = "star", _("Star performer")
    OFFICE = "office", _("Somebody in the office")
    PILOT = "pilot", _("Pilot")


class StarStatus(models.TextChoices):
    NOMINATED = "nominated", _("Nominated")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")

    tones = nonmember({"nominated": "info", "confirmed": "good", "declined": "neutral", "ended": "neutral"})


LIVE_STAR = (StarStatus.NOMINATED, StarStatus.CONFIRMED)
