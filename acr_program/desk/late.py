"""What has gone wrong with nobody at fault, or somebody: rows that the office watches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.jobs.kinds import kinds
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.choices import Role
from acr_program.workflow.obligations import Obligation, ObligationQuerySet

from .telling import Telling, line

ROLES = Case(*(When(role=role.value, then=Value(str(role.label))) for role in Role), default=Value(""))
LATE = Telling(
    act=_("See that it is done"), url=str, at="due_at", title="what", key=F("url"),
    note=line("title", Coalesce("person__name", ROLES)),
)  # fmt: skip
GIVEN_UP = Telling(act=_("Try it again"), url=lambda _key: reverse("health"), at="done_at", note=F("error"))
UNDELIVERED = Telling(
    act=_("Send it again"), url=lambda key: reverse("outbox:message", args=[UUID(key)]), at="created_at", title="subject",
    note=line("address", "error"),
)  # fmt: skip

HELD = Telling(
    act=_("Read it, then let it go"), url=lambda key: reverse("outbox:message", args=[UUID(key)]), at="created_at",
    title="subject", note=F("address"),
)  # fmt: skip


def late_obligations() -> ObligationQuerySet:
    """What should have been done by now, whoever holds it."""
    return Obligation.objects.open().filter(due_at__lt=now())


def given_up() -> list[QuerySet[Any]]:
    """Work that was tried and given up; mails are counted by themselves."""
    return [kind._default_manager.filter(state=State.FAILED) for kind in kinds() if kind is not Message]


def held_mails() -> QuerySet[Any]:
    """Mails that leave only when somebody lets them go."""
    return Message.objects.held()


def undelivered_mails() -> QuerySet[Any]:
    """Mails that were given up."""
    return Message.objects.undelivered()
