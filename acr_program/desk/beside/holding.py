"""Being on it: one person at a time says so, for two hours, or until the record's state changes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from acr_program.jobs.clock import duty
from acr_program.people.models import User

from ..models import Presence
from ..models.presence import SPAN


def holder_of(obj: Any) -> Presence | None:
    """Who is on it now; nobody once its time is over or the state is another."""
    rows = Presence.objects.of(obj).current().filter(status=str(getattr(obj, "status", "")))
    return rows.select_related("person").first()


def hold(obj: Any, *, by: User) -> Presence | None:
    """Say that this person is on it; gives back who was, where it was another."""
    with transaction.atomic():
        had = holder_of(obj)
        moment, named = now(), Presence.named(obj)
        what = {name: named.pop(name) for name in ("content_type", "object_id")}
        since = had.since if had and had.person_id == by.pk else moment
        Presence.objects.update_or_create(
            **what,
            defaults=named
            | {"person": by, "since": since, "until": moment + SPAN, "status": str(getattr(obj, "status", ""))},
        )
    return had if had and had.person_id != by.pk else None


def release(obj: Any, *, by: User) -> None:
    """Nobody is on it any more; another's word is left alone."""
    Presence.objects.of(obj).filter(person=by).delete()


@duty("forget who was on it", at=time(4, 40))
def forget(moment: datetime) -> None:
    """What has ended by itself leaves the table at night."""
    Presence.objects.filter(until__lte=moment).delete()
