"""The mails that every machine sends, declared: what their reader may choose, and when a line of theirs is over."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.digest import part_of
from acr_program.outbox.kinds import NEWS, REMINDERS, declare
from acr_program.outbox.models import Message

from .log import LogEntry
from .obligations import Obligation


def acted_on(lines: list[Message]) -> set[Any]:
    """News of what its reader has taken a step on since: they have seen how it stands."""
    moved: dict[tuple[int, str], list[Any]] = defaultdict(list)
    by = {line.person_id for line in lines}
    about = {line.object_id for line in lines if line.object_id.isdigit()}
    since = min(line.created_at for line in lines)
    for kind, pk, at in LogEntry.objects.filter(by__in=by, object_id__in=about, at__gt=since).values_list(
        "content_type", "object_id", "at"
    ):
        moved[kind, str(pk)].append(at)
    return {
        line.pk for line in lines if any(at > line.created_at for at in moved[line.content_type_id, line.object_id])
    }


def settled(lines: list[Message]) -> set[Any]:
    """A reminder of what is done meanwhile."""
    closed = Obligation.objects.filter(pk__in=[line.object_id for line in lines]).exclude(closed_at=None)
    done = {str(pk) for pk in closed.values_list("pk", flat=True)}
    return {line.pk for line in lines if line.object_id in done}


def register() -> None:
    part_of(Obligation, lambda row: row.about)
    declare(
        "step", _("what happened"),
        _("Somebody took a step on a review or an account of yours. One that waits for you by name still comes at once."),
        group=NEWS, newest=True, over=acted_on,
    )  # fmt: skip
    declare(
        "reminder", _("a reminder"), _("Something you were asked for is due soon. You are reminded once of each."),
        group=REMINDERS, over=settled,
    )  # fmt: skip
    declare(
        "escalation", _("late, to who is above"), _("Something that one of your people was asked for stays undone."),
        group=REMINDERS, over=settled,
    )  # fmt: skip
    declare("seal", _("the anchor of the log"))
