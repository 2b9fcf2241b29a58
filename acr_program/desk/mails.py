"""The desk's mails, declared."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from acr_program.outbox.kinds import COLLEAGUES, declare
from acr_program.outbox.models import Message

from .models import Mention


def answered(lines: list[Message]) -> set[Any]:
    """A mention that its reader has seen to."""
    comments = {line.pk: int(line.key.removeprefix("comment-")) for line in lines}
    done = Mention.objects.filter(comment__in=comments.values(), person__in={line.person_id for line in lines})
    seen = set(done.exclude(done_at=None).values_list("comment", flat=True))
    return {pk for pk, comment in comments.items() if comment in seen}


declare(
    "comment", _("a mention in a comment"), _("Somebody names you in a comment, or answers yours."),
    group=COLLEAGUES, over=answered,
)  # fmt: skip
declare("stand_in", _("acting for somebody"), _("You act for somebody who is away, from today."), group=COLLEAGUES)
declare("invitation", _("an invitation"))
