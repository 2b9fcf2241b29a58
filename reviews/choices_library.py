"""States and kinds of the content library and of the quarterly touch-points."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CURRENT = "current", _("Current")
    SUPERSEDED = "superseded", _("Superseded")
    REJECTED = "rejected", _("Rejected")

    tones = nonmember({"proposed": "warn", "current": "good", "superseded": "neutral", "rejected": "neutral"})


ACCEPTED = (RevisionStatus.CURRENT, RevisionStatus.SUPERSEDED)  # texts that documents say, or once said


class TouchStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Nothing changed")
    CHANGED = "changed", _("Changed")
    ANSWERED = "answered", _("Answered")
    MISSED = "missed", _("Missed")

    tones = nonmember(
        {
            "scheduled": "neutral", "asked": "info", "confirmed": "good", "changed": "warn", "answered": "good", "missed": "bad",
        }
    )  # fmt: skip


class TouchKind(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    STAR = "star", _("Star performer")


class Answer(models.TextChoices):
    UNCHANGED = "unchanged", _("Nothing has changed")
    CHANGED = "changed", _("Something has changed")
    ADDED = "added", _("Something new belongs here")


ANSWERED = (TouchStatus.CONFIRMED, TouchStatus.CHANGED, TouchStatus.ANSWERED)
