"""Notes of a meeting, and the one act by which a note becomes a follow-up (feature 62)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import note as log_note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..choices import MeetingStatus
from ..models import FollowUp, Meeting, Note
from .follow_ups import begin_by_hand


def write_note(meeting: Meeting, *, by: User, text: str) -> Note:
    """One line more; a cancelled meeting has none."""
    with click():
        meeting = lock(meeting)
        if meeting.status == MeetingStatus.CANCELLED:
            raise Refused(_("This meeting was cancelled: there is nothing to note of it."))
        note = Note.objects.create(meeting=meeting, text=text, by=by)
        log_note(meeting, by=by, changed={"notes": ["", text]}, comment=text)
    return note


def mark(meeting: Meeting, note: Note, *, by: User, what: str, owner: User, due_on: date) -> FollowUp:
    """The note is a follow-up from now on: begun, told to whoever does it, and linked both ways, or nothing of it."""
    with click():
        meeting = lock(meeting)
        note = Note.objects.get(pk=note.pk)
        if note.follow_up_id:
            raise Refused(_("Somebody has made this note a follow-up already."))
        follow_up = begin_by_hand(meeting.request, by=by, what=what, owner=owner, due_on=due_on, commitment=None)
        note.follow_up = follow_up
        note.save(update_fields=["follow_up"])
        says = _("“%(note)s” is a follow-up: %(what)s") % {"note": note.text, "what": what}
        log_note(meeting, by=by, changed={"notes": [note.text, what]}, comment=says)
    return follow_up
