"""An account gets another manager: its reviews under way, and what waits for their representative, go along."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.outbox.post import post
from acr_program.people.models import User
from acr_program.workflow.edit import edit_many
from acr_program.workflow.errors import Refused
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation

from ..choices import ApprovalStatus
from ..models import Approval, ReviewRequest


def follow_manager(account: Account, entry: LogEntry) -> None:
    """Open reviews go to the new manager, who is told; closed ones keep whoever held the meeting."""
    changed = entry.detail.data.get("changed", {}).get("manager")
    new = account.manager
    if not changed or new is None:
        return
    moved = list(account.review_requests.live().exclude(rep=new).select_related("rep").order_by("meeting_on", "pk"))
    check_decides_none(new, moved)
    before = {request.rep_id for request in moved} | {changed[0]}
    edit_many([(request, {"rep": new}) for request in moved], by=entry.by, comment=_("The account has a new manager."))
    hand_over(account, moved, before, new)
    if new.pk != entry.by_id:
        given = {"by_name": entry.by_name, "reviews": moved, "waiting": what_waits(moved, new)}
        post(account, key=f"handover-{entry.hash[:24]}", to=[new], template="handover", context=given)


def check_decides_none(new: User, moved: Iterable[ReviewRequest]) -> None:
    """Nobody approves their own review (M8), so nobody is given one that they are just now asked to approve."""
    asked = Approval.objects.filter(request__in=list(moved), approver=new, status=ApprovalStatus.PENDING)
    if approval := asked.select_related("request__account", "request__year").first():
        raise Refused(
            _("%(name)s is asked to approve %(review)s, and nobody approves their own: choose somebody else, or wait.")
            % {"name": new.name, "review": approval.request}
        )


def hand_over(account: Account, moved: list[ReviewRequest], before: set[int | None], new: User) -> None:
    """What waited for the representative before waits for the new one; what they waited for, the new one waits for."""
    of_account = Obligation.objects.open().filter(account_id=account.pk)
    kind = ContentType.objects.get_for_model(ReviewRequest)
    keys = [request.pk for request in moved]
    of_account.filter(content_type=kind, object_id__in=keys, person__in=before - {None}).update(person=new)
    of_account.filter(waiter__in=before - {None}).update(waiter=new)


def what_waits(moved: list[ReviewRequest], new: User) -> list[Obligation]:
    kind = ContentType.objects.get_for_model(ReviewRequest)
    keys = [request.pk for request in moved]
    waiting = Obligation.objects.open().filter(content_type=kind, object_id__in=keys, person=new)
    return list(waiting.order_by("due_at", "pk"))
