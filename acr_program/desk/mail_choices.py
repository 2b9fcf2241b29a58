"""What one person chooses about their mails: kept whole, logged, and true at once for what waits already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from acr_program.jobs import wake
from acr_program.jobs.models import State
from acr_program.outbox.choices import Course, Way, next_digest
from acr_program.outbox.digest import end, waiting
from acr_program.outbox.kinds import choosable
from acr_program.outbox.models import Choice, Message
from acr_program.people.models import User

from . import chronicle


def chosen_by(person: User) -> dict[str, str]:
    """Each kind that is offered, and how it comes to this person."""
    known = dict(Choice.objects.filter(person=person).values_list("kind", "way"))
    return {kind.name: known.get(kind.name, Way.AT_ONCE) for kind in choosable()}


def choose(person: User, *, seen: int | None, digest_hour: int, ways: Mapping[str, str]) -> User:
    """Keep the choices; what waits for a digest and is chosen otherwise now goes at once, or not at all."""
    with transaction.atomic():
        person = chronicle.locked(person, seen)
        before = chosen_by(person)
        after = {name: way for name, way in ways.items() if name in before}
        differing: chronicle.Changed = {
            f"mail {name}": [before[name], way] for name, way in after.items() if way != before[name]
        }
        if digest_hour != person.digest_hour:
            differing["digest_hour"] = [person.digest_hour, digest_hour]
        if not differing:
            return person
        chronicle.changed(person, by=person, fields=differing)
        person.digest_hour = digest_hour
        person.save(update_fields=["version", "digest_hour"])
        rows = [Choice(person=person, kind=name, way=way) for name, way in after.items()]
        Choice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["way"])
        follow(person, after)
    return person


def follow(person: User, ways: Mapping[str, str]) -> None:
    """The lines that wait already go as is chosen now."""
    mine = waiting().filter(person=person)
    end(mine.filter(kind__in=named(ways, Way.OFF)), Course.LEFT_OUT, now())
    at_once = list(mine.filter(kind__in=named(ways, Way.AT_ONCE)).only("pk"))
    Message.objects.filter(pk__in=[row.pk for row in at_once], state=State.QUEUED).update(
        course=Course.DIRECT, due_at=now()
    )
    wake.ring(at_once)
    mine.update(due_at=next_digest(person, now()))


def named(ways: Mapping[str, str], wanted: str) -> list[str]:
    return [name for name, way in ways.items() if way == wanted]


def lines_of(person: User) -> Any:
    """What waits for this person's next digest, newest first."""
    return waiting().filter(person=person).for_list().order_by("-created_at", "-pk")


def read_all(person: User) -> None:
    """They have read what waits, so their digest needs not say it."""
    end(lines_of(person), Course.LEFT_OUT, now())
