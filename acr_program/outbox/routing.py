"""Sends each mail on its way as its reader chose, or keeps it back where the office wants to read it first."""

from __future__ import annotations

from django.conf import settings

from acr_program.jobs.models import State

from .choices import Course, Way, next_digest
from .kinds import kind_named
from .models import Choice, Message


def routed(messages: list[Message]) -> list[Message]:
    """Those that are to be written, with their course: one query for what everybody chose."""
    chosen = chosen_for([message for message in messages if message.may_choose])
    kept = []
    for message in messages:
        way = chosen.get((message.person_id, message.kind), Way.AT_ONCE)
        if way == Way.OFF:
            continue
        if message.state == State.QUEUED and way == Way.DIGEST and message.person:
            message.course = Course.DIGEST
            message.due_at = next_digest(message.person, message.due_at)
        elif (
            message.state == State.QUEUED and settings.ACR_HOLD_CUSTOMER_MAIL and kind_named(message.kind).to_customers
        ):
            message.course = Course.HELD
        kept.append(message)
    return kept


def chosen_for(messages: list[Message]) -> dict[tuple[int | None, str], str]:
    if not messages:
        return {}
    rows = Choice.objects.filter(
        person__in={message.person_id for message in messages}, kind__in={message.kind for message in messages}
    )
    return {(person, kind): way for person, kind, way in rows.values_list("person", "kind", "way")}
