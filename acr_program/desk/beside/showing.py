"""What a record's page shows beside it: three queries, whatever was said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.ui.phrases import moment

from ..models import Attachment, Comment, Presence
from ..models.presence import read_with
from .attaching import may_remove
from .forms import AttachForm, CommentForm
from .handles import HANDLE
from .holding import holder_of

SHOWN = 200


@dataclass
class Said:
    """One comment as this reader sees it, with what was answered."""

    of: Comment
    mine: bool
    replies: list[Said] = field(default_factory=list)

    @property
    def text(self) -> SafeString:
        return as_read(self.of)

    @property
    def mark(self) -> str:
        """What happened to the words since."""
        if self.of.withdrawn_at:
            return _("withdrawn %(when)s") % {"when": moment(self.of.withdrawn_at)}
        return _("changed %(when)s") % {"when": moment(self.of.edited_at)} if self.of.edited_at else ""


@dataclass
class Lying:
    """One attachment as this reader sees it."""

    of: Attachment
    may_remove: bool


class Beside:
    """Comments, attachments and presence of one record, for one reader."""

    def __init__(self, obj: Any, user: User) -> None:
        self.obj, self.user = obj, user
        self.url = obj.get_absolute_url()

    @cached_property
    def comments(self) -> list[Said]:
        """Threads of one level, the oldest first; of very many the newest."""
        rows = list(Comment.objects.of(self.obj).select_related("by").order_by("-at", "-pk")[:SHOWN])[::-1]
        said = {row.pk: Said(row, row.by_id == self.user.pk and not row.withdrawn_at) for row in rows}
        for row in rows:
            if row.answers_id in said:
                said[row.answers_id].replies.append(said[row.pk])
        return [said[row.pk] for row in rows if row.answers_id not in said]

    @cached_property
    def attachments(self) -> list[Lying]:
        rows = Attachment.objects.of(self.obj).select_related("by", "removed_by", "file")[:SHOWN]
        return [Lying(row, may_remove(row, self.user)) for row in rows]

    @cached_property
    def presence(self) -> Presence | None:
        return read_with(self.obj) if hasattr(self.obj, "presence") else holder_of(self.obj)

    @property
    def is_mine(self) -> bool:
        return self.presence is not None and self.presence.person_id == self.user.pk

    @property
    def comment_form(self) -> CommentForm:
        return CommentForm(obj=self.obj, auto_id="id_say_%s")

    @property
    def attach_form(self) -> AttachForm:
        return AttachForm(auto_id="id_attach_%s")


def as_read(comment: Comment) -> SafeString:
    """Escaped, with its lines; who is mentioned stands there by name."""
    names: dict[str, str] = {escape(handle): name for handle, name in comment.names.items()}

    def named(found: re.Match[str]) -> str:
        written = found[1].rstrip(".'’-")
        if written not in names:
            return found[0]
        return f'<b class="mention">@{escape(names[written])}</b>{found[1][len(written) :]}'

    return mark_safe(linebreaks(HANDLE.sub(named, escape(comment.text))))  # noqa: S308 - escaped before marks are put in
