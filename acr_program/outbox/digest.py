"""The daily digest: one mail a day at most, of what is still worth reading, grouped by what it is about (feature 91)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.urls import reverse
from django.utils.timezone import get_default_timezone, localtime, now

from acr_program.jobs.clock import duty
from acr_program.jobs.models import State
from acr_program.people.models import User

from .choices import Course, next_digest
from .kinds import kind_named
from .models import Message, MessageQuerySet
from .post import dispatch, letters
from .render import absolute, url_of
from .safe import Trusted
from .zones import zone_of

LINES = 100  # a longer digest is read by nobody; the rest stands in “My messages”
PEOPLE_A_RUN = 500
Whole = Callable[[Any], Any]

_wholes: dict[type[models.Model], Whole] = {}


def part_of(model: type[models.Model], whole: Whole) -> None:
    """Let lines about this kind of thing stand under what it is a part of: a section under its review."""
    _wholes[model] = whole


def head_of(about: Any) -> Any:
    """What a line stands under: the whole of the whole, up to where there is none."""
    while about is not None and (whole := _wholes.get(type(about))):
        about = whole(about)
    return about


@duty("send the daily digests", every=timedelta(minutes=10))
def send_digests(moment: datetime) -> None:
    """To each person whose hour has come since their lines were written; what a gap left behind goes in one mail."""
    due = waiting().filter(due_at__lte=now()).order_by("person").values_list("person", flat=True).distinct()
    for pk in due[:PEOPLE_A_RUN]:
        send_digest(pk, moment)


def waiting() -> MessageQuerySet:
    return Message.objects.filter(course=Course.DIGEST, state=State.QUEUED)


@transaction.atomic
def send_digest(person_id: int, moment: datetime) -> None:
    """One mail for the day that it is where they live; a day that has had its digest leaves the lines to the next."""
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    lines = list(waiting().filter(person=person).order_by("created_at", "pk"))
    today = localtime(moment, zone_of(person) or get_default_timezone()).date()
    key = f"digest-{person.pk}-{today:%Y%m%d}"
    if Message.objects.filter(key=key, person=person).exists():
        waiting().filter(person=person, due_at__lte=moment).update(due_at=next_digest(person, moment))
        return
    kept = worth_reading(lines)
    end([line for line in lines if line not in kept], Course.LEFT_OUT, moment)
    if not kept:
        return
    context = {"groups": grouped(kept[-LINES:]), "lines": kept, "more": max(len(kept) - LINES, 0)}
    sent = dispatch(letters(person, key=key, to=[person], template="digest", context=context | {"url": my_messages()}))
    if sent:
        end(kept, Course.DIGESTED, moment, digest=sent[0])
    else:  # they have left
        end(kept, Course.LEFT_OUT, moment)


def worth_reading(lines: list[Message]) -> list[Message]:
    """Without what is done or read meanwhile, and of each thing only how it stands now; oldest first."""
    over: set[UUID] = set()
    for kind in {line.kind for line in lines}:
        over |= kind_named(kind).over([line for line in lines if line.kind == kind])
    newest: dict[Any, Message] = {}
    for line in lines:
        if line.pk not in over:
            tells_state = kind_named(line.kind).newest
            newest[(line.content_type_id, line.object_id) if tells_state else line.pk] = line
    return sorted(newest.values(), key=lambda line: (line.created_at, str(line.pk)))


def end(lines: Iterable[Message], course: Course, moment: datetime, **fields: Any) -> None:
    """These lines wait no more; whoever took one in the same moment keeps it."""
    waiting().filter(pk__in=[line.pk for line in lines]).update(
        course=course, state=State.DONE, done_at=moment, private={}, **fields
    )


def grouped(lines: list[Message]) -> list[dict[str, Any]]:
    """Each thing with its lines, in the order in which the first of them was written; links are ours alone."""
    found: dict[Any, dict[str, Any]] = {}
    for line in lines:
        head = head_of(line.about)
        group = found.setdefault(
            (type(head), getattr(head, "pk", None)), {"title": str(head) if head is not None else "", "lines": []}
        )
        group["lines"].append({"subject": line.subject, "at": line.created_at, "url": link_of(line)})
    return list(found.values())


def link_of(line: Message) -> Trusted:
    """As it stood in the mail; those are addresses that we built."""
    return Trusted(line.link) if line.link else url_of(line.about) if line.about else absolute("/")


def my_messages() -> Trusted:
    return absolute(reverse("desk:messages"))
