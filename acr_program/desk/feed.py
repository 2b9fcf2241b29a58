"""What stands in somebody's own calendar: the days by which they must act, and what apps above hand in (feature 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from acr_program.outbox.zones import zone_of
from acr_program.people.models import User
from acr_program.workflow.obligations import Obligation

from . import chronicle
from .ical import Entry, written
from .models import CalendarAddress

BACK = timedelta(days=60)  # what is older is no plan any more
MOST = 1000  # of a kind; nobody looks at more in a calendar, and a poll stays cheap

Source = Callable[[User], Iterable[Entry]]
_sources: list[Source] = []


def feed_source(source: Source) -> None:
    """Let everybody's calendar hold what `source(user)` finds; it asks once, and only for what that user may see."""
    if source not in _sources:
        _sources.append(source)


def calendar_of(user: User) -> str:
    """The whole file, in the person's own time zone where a day is meant."""
    with timezone.override(zone_of(user) or ZoneInfo(settings.TIME_ZONE)):
        entries = [*duties(user), *(entry for source in _sources for entry in source(user))]
        return written(entries, name=_("Customer reviews: %(name)s") % {"name": user.name})


def duties(user: User) -> Iterable[Entry]:
    """What waits for this person, on the day it is due: approvals, sections, follow-ups, whatever the desk knows."""
    waiting = Obligation.objects.waiting_for(user).filter(due_at__gte=now() - BACK).select_related("person")
    for duty in waiting[:MOST]:
        yield Entry(
            uid=str(uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/obligations/{duty.pk}")),
            title=f"{duty.what}: {duty.title}", begins=localdate(duty.due_at), changed_at=duty.opened_at,
            text=_("Due on this day. It waits for %(who)s.") % {"who": duty.with_whom(user)},
            url=settings.SITE_URL + duty.url, blocks=False,
        )  # fmt: skip


@transaction.atomic
def renew(person: User, *, by: User) -> str:
    """The address of this person's calendar, from now on the only one; shown once, and kept nowhere."""
    person = chronicle.locked(person, None)
    token = CalendarAddress.issue(person)
    keep(person, by, made=True)
    return f"{settings.SITE_URL}{reverse('desk:calendar-feed', args=[token])}"


@transaction.atomic
def withdraw(person: User, *, by: User) -> bool:
    """The address is dead; whether there was one."""
    person = chronicle.locked(person, None)
    gone, _kinds = CalendarAddress.objects.filter(person=person).delete()
    if gone:
        keep(person, by, made=False)
    return bool(gone)


def keep(person: User, by: User, *, made: bool) -> None:
    chronicle.changed(person, by=by, fields={"calendar_address": [None, made]})
    person.save(update_fields=["version"])
