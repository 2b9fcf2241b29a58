"""How a mail leaves: at once, in the daily digest, or not at all; and what became of one that did not leave by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from .zones import zone_of

if TYPE_CHECKING:
    from acr_program.people.models import User


class Way(models.TextChoices):
    """What one person chose for one kind of mail; who chose nothing gets it at once."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily digest")
    OFF = "off", _("Not at all")


class Course(models.TextChoices):
    """Where a mail goes when it does not simply leave."""

    DIRECT = "", _("by itself")
    DIGEST = "digest", _("waits for the daily digest")
    HELD = "held", _("held until somebody lets it go")
    DIGESTED = "digested", _("went in the daily digest")
    LEFT_OUT = "left_out", _("left out of the digest: done, read or overtaken")
    DROPPED = "dropped", _("dropped before it went")


WAITING = [Course.DIGEST, Course.HELD]  # no worker takes these up


def next_digest(person: User, after: datetime) -> datetime:
    """The next moment at which this person's day has come to its hour, through both changes of the clock."""
    zone = zone_of(person) or get_default_timezone()
    day = after.astimezone(zone).date()
    while True:
        # Through UTC, so that an hour left out or doubled by a clock change gives one real moment.
        found = datetime.combine(day, time(person.digest_hour), zone).astimezone(UTC)
        if found > after:
            return found
        day += timedelta(days=1)
