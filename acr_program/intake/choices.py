"""Where an import stands, and what becomes of a row."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchStatus(models.TextChoices):
    UPLOADED = "uploaded", _("Being looked at")
    MAPPING = "mapping", _("Columns to confirm")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Ready to be taken in")
    TAKING_IN = "taking_in", _("Being taken in")
    TAKEN_IN = "taken_in", _("Taken in")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Not readable")
    DROPPED = "dropped", _("Dropped")

    tones = nonmember(
        {
            "uploaded": "info", "mapping": "warn", "checking": "info", "ready": "warn", "taking_in": "info",
            "taken_in": "good", "undoing": "info", "undone": "neutral", "failed": "bad", "dropped": "neutral",
        }
    )  # fmt: skip


AT_WORK = (BatchStatus.UPLOADED, BatchStatus.CHECKING, BatchStatus.TAKING_IN, BatchStatus.UNDOING)


class Outcome(models.TextChoices):
    """What taking the file in does with one row of it."""

    CREATED = "created", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("as it is already")
    SIMILAR = "similar", _("similar to one that is there")
    DUPLICATE = "duplicate", _("twice in the file")
    REFUSED = "refused", _("refused")
    LATE = "late", _("changed meanwhile")

    tones = nonmember(
        {
            "created": "good", "changed": "info", "unchanged": "neutral", "similar": "warn", "duplicate": "warn",
            "refused": "bad", "late": "warn",
        }
    )  # fmt: skip


class Choice(models.TextChoices):
    """What somebody said about a row that is similar to one that is there."""

    OPEN = "", _("not decided")
    NEW = "new", _("it is another one")
    MERGE = "merge", _("it is the same")
    SKIP = "skip", _("leave it out")


class Task(models.TextChoices):
    """What a job of an import does."""

    LOOK = "look", _("looking at the file")
    CHECK = "check", _("checking row by row")
    TAKE_IN = "take_in", _("taking the rows in")
    UNDO = "undo", _("undoing the import")
