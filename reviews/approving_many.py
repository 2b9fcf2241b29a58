"""Approving several documents in one act: those that were shown, in which nothing differs (features, 56)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.bulk.acts import ListAct
from acr_program.bulk.models import Bulk, BulkRow
from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.perform import perform

from .models import Approval
from .pages.alike import verdicts
from .pages.approval_page import for_many
from .pages.goes_out import after_approval


class ApproveMany(ListAct):
    """Each approval is given by itself, and signs the files that its leader was shown."""

    def is_for(self, user: User) -> bool:
        return True  # the list holds what waits for the reader, and each row is asked whether it is theirs

    def meaning(self, bulk: Bulk) -> str:
        return _(
            "Only documents that you were shown, that are the standard's own text and hold nothing stale, and that do not differ "
            "from what you saw before. Read the others one by one."
        )

    def looks(self, objs: list[Any], by: User) -> list[tuple[bool, str]]:
        return [(verdict.can, verdict.says) for verdict in verdicts(objs, by)]

    def take(self, bulk: Bulk, row: BulkRow, by: User) -> str:
        """Looked at once more: what was shown, whose it is and what differs may have changed since the list was confirmed."""
        obj = for_many(Approval.objects.visible_to(by).filter(pk=row.object_id)).first()
        if obj is None:
            raise Refused(_("There is nothing here that you can see."))
        (verdict,) = verdicts([obj], by)
        if not verdict.can:
            raise Refused(verdict.says)
        done = perform(obj, "approve", by=by, seen=row.seen, key=f"bulk-{row.pk}", signs=verdict.signs)
        return _("%(who)s: approved. %(next)s") % {"who": done.taken.entry.by_name, "next": after_approval(done)}


APPROVE_MANY = ApproveMany("reviews.approve", list_name="to-approve", label=gettext_lazy("Approve"), kind="main")
