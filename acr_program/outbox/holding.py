"""What the office does with a mail before it goes: hold it, let it go, drop it; each with a reason, and kept (feature 92)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from acr_program.jobs.models import State
from acr_program.people.models import User

from .choices import WAITING, Course
from .models import Message, Ruling

Act = Ruling.Act


def rule(message: Message, act: str, *, by: User, reason: str) -> bool:
    """Do it if the mail still waits; False where a worker has it, it has gone, or somebody was faster."""
    rows = Message.objects.filter(pk=message.pk, state=State.QUEUED)
    open_to = {Act.HOLD: rows.exclude(course=Course.HELD), Act.RELEASE: rows.filter(course__in=WAITING), Act.DROP: rows}
    with transaction.atomic():
        if not open_to[Act(act)].update(**fields_of(act)):
            return False
        Ruling.objects.create(
            message=message, act=act, reason=reason, by=by, subject=message.subject, address=message.address
        )
        if act == Act.RELEASE:
            message.ring()
    return True


def fields_of(act: str) -> dict[str, Any]:
    """A mail that is let go leaves by itself, whatever it waited for; what was private in a dropped one is forgotten."""
    if act == Act.HOLD:
        return {"course": Course.HELD}
    if act == Act.RELEASE:
        return {"course": Course.DIRECT, "due_at": now()}
    return {"course": Course.DROPPED, "state": State.DONE, "done_at": now(), "private": {}}
