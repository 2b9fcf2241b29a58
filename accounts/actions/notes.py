"""What nobody who prepares a review of an account may forget (N3.6)."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..models import Account, PinnedNote
from .rights import check_keeper


def pin(account: Account, *, by: User, seen: int | None, text: str) -> PinnedNote:
    """A note that stands on top of the account and of each review prepared for it."""
    check_keeper(account, by)
    with transaction.atomic():
        account = lock(account)
        check_seen(account, seen, None)
        pinned = PinnedNote.objects.create(account=account, text=text, by=by)
        note(account, by=by, changed={"note": [None, text]}, comment=text)
    return pinned


def take_down(pinned: PinnedNote, *, by: User, seen: int | None) -> PinnedNote:
    """It need not be remembered any longer; it is kept, with who took it down."""
    check_keeper(pinned.account, by)
    with transaction.atomic():
        account = lock(pinned.account)
        check_seen(account, seen, None)
        pinned = account.notes.get(pk=pinned.pk)
        if pinned.taken_down_at:
            raise Refused(_("This note has been taken down already."))
        pinned.taken_down_by, pinned.taken_down_at = by, now()
        pinned.save(update_fields=["taken_down_by", "taken_down_at"])
        note(account, by=by, changed={"note": [pinned.text, None]}, comment=pinned.text)
    return pinned
