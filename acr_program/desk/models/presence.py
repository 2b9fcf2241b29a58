"""Who is on a record just now, so that two do not do the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware, now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User

from .beside import Beside, BesideQuerySet

SPAN = timedelta(hours=2)


class PresenceQuerySet(BesideQuerySet):
    def current(self) -> PresenceQuerySet:
        return self.filter(until__gt=now())


class Presence(Beside):
    """One person says “I am on it”; it ends by itself after a while, and as soon as the record's state changes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=now)
    until = models.DateTimeField()
    status = models.CharField(max_length=30, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        constraints = (models.UniqueConstraint(fields=["content_type", "object_id"], name="presence_once_a_record"),)
        indexes = (models.Index(fields=["until"], name="presence_by_end"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.title}"


def with_presence[Q: QuerySet](rows: Q, *, whole: bool = False) -> Q:
    """The same rows, each knowing as `on_it` the name of whoever is on it, or all of it; in the same query."""
    kind = ContentType.objects.get_for_model(rows.model)
    held = Presence.objects.current().filter(content_type=kind, object_id=OuterRef("pk"), status=OuterRef("status"))
    if whole:
        names = {"person_id": "person_id", "name": "person__name", "since": "since", "until": "until"}
        return rows.annotate(presence=Subquery(held.order_by().values(presence=JSONObject(**names))[:1]))
    return rows.annotate(on_it=Subquery(held.order_by().values("person__name")[:1]))


def read_with(obj: Any) -> Presence | None:
    """The presence that came with the row itself."""
    told = obj.presence
    if not told:
        return None
    person = User(pk=told["person_id"], name=told["name"])
    return Presence(person=person, since=moment_of(told["since"]), until=moment_of(told["until"]))


def moment_of(text: str) -> datetime:
    """A moment as the database writes it into JSON: SQLite without its zone, which is UTC."""
    moment = parse_datetime(text)
    assert moment is not None
    return make_aware(moment, UTC) if is_naive(moment) else moment
