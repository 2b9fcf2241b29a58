"""What is done with files beside a record: attaching, within a quota, and taking away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.files.errors import NotTaken
from acr_program.files.store import store
from acr_program.files.taking import LARGEST, take
from acr_program.people.models import User
from acr_program.people.roles import program_office

from ..models import Attachment

FILES, BYTES = 30, 100 << 20
READ = LARGEST + 1


def attach(obj: Any, data: bytes, name: str, *, by: User) -> Attachment:
    """Keep a file beside the record; NotTaken with a sentence where its content or the quota forbids it."""
    kind, clean = take(data, name)
    with transaction.atomic():
        lock(obj)
        check_quota(obj, len(data))
        file = store(data, kind.mime)
        return Attachment.objects.create(file=file, name=clean, kind=kind.key, by=by, **Attachment.named(obj))


def lock(obj: Any) -> None:
    """Two files that arrive together are counted one after the other."""
    type(obj)._default_manager.select_for_update(no_key=True).only("pk").get(pk=obj.pk)


def check_quota(obj: Any, size: int) -> None:
    kept = Attachment.objects.of(obj).filter(removed_at=None).order_by()
    sums = kept.aggregate(files=Count("pk"), size=Sum("file__size"))
    if sums["files"] >= FILES:
        raise NotTaken(_("Thirty files lie here already. Take one away that is not needed any more."))
    if (sums["size"] or 0) + size > BYTES:
        raise NotTaken(_("All files here may have 100 MB together. Take one away that is not needed any more."))


def may_remove(attachment: Attachment, user: User) -> bool:
    return attachment.removed_at is None and (attachment.by_id == user.pk or program_office(user))


def remove(attachment: Attachment, *, by: User) -> None:
    """Hand it out no more; that it was there, and who took it away, stays."""
    attachment.removed_by, attachment.removed_at = by, now()
    attachment.save(update_fields=["removed_by", "removed_at"])
