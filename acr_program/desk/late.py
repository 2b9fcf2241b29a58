"""What has gone wrong with nobody at fault, or somebody: rows that the office watches."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation


def late_obligations() -> QuerySet[Any]:
    """What should have been done by now, whoever holds it."""
    return Obligation.objects.open().filter(due_at__lt=now())


def undelivered_mails() -> QuerySet[Any]:
    """Mails that were given up."""
    return Message.objects.undelivered()
