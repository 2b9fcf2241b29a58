"""What has gone wrong with nobody at fault, or somebody: rows that the office watches."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from acr_program.jobs.kinds import kinds
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation


def late_obligations() -> QuerySet[Any]:
    """What should have been done by now, whoever holds it."""
    return Obligation.objects.open().filter(due_at__lt=now())


def given_up() -> list[QuerySet[Any]]:
    """Work that was tried and given up; mails are counted by themselves."""
    return [kind._default_manager.filter(state=State.FAILED) for kind in kinds() if kind is not Message]


def undelivered_mails() -> QuerySet[Any]:
    """Mails that were given up."""
    return Message.objects.undelivered()
