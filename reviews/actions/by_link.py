"""Sections and approvals for those who answer from the mail: a link that opens a page, and a code that decides (rule 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from acr_program.links.models import Link
from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform

from .. import rules
from ..choices import ApprovalStatus, ContributionStatus
from ..choices_library import TouchStatus
from ..models import Approval, InformationRequest, TouchPoint

WRITE, DECIDE, TOUCH = "write", "decide", "touch"
DAYS = {WRITE: 30, DECIDE: 30, TOUCH: 100}  # a touch-point may be answered as long as its quarter lasts


def way_to_write(section: InformationRequest, person: User) -> Mapping[str, str]:
    """For whoever is asked for the section, while it is with them."""
    with_them = section.status in (ContributionStatus.REQUESTED, ContributionStatus.RETURNED)
    return issued(WRITE, section, person) if with_them and rules.asked_contributor(person, section) else {}


def way_to_decide(approval: Approval, person: User) -> Mapping[str, str]:
    """For the leader who is asked, or who acts for them, while nothing is decided."""
    undecided = approval.status == ApprovalStatus.PENDING
    return issued(DECIDE, approval, person) if undecided and rules.asked_approver(person, approval) else {}


def way_to_touch(touch: TouchPoint, person: User) -> Mapping[str, str]:
    """For whoever is asked this quarter, until they have answered; late as well."""
    unanswered = touch.status in (TouchStatus.SCHEDULED, TouchStatus.ASKED, TouchStatus.MISSED)
    return issued(TOUCH, touch, person) if unanswered and person.acts_as(touch.person_id) else {}


def issued(purpose: str, about: InformationRequest | Approval | TouchPoint, person: User) -> Mapping[str, str]:
    """A new link and its code, which stand in one mail and nowhere else."""
    link, token = Link.issue(purpose, about, person=person, days=DAYS[purpose], code=True)
    return {"url": absolute(reverse(f"reviews:{purpose}", args=[token])), "code": link.code}


def answer(
    of: InformationRequest | Approval | TouchPoint,
    name: str,
    *,
    link: Link,
    seen: int | None,
    key: str | None,
    **data: Any,
) -> None:
    """Take the step in the name of the link's person and use the link up, both or neither; the code is checked before.

    Raises LinkRefused where the link was used meanwhile, else what `perform` raises.
    """
    assert link.person is not None
    with transaction.atomic():
        link.use()
        done = perform(of, name, by=link.person, seen=seen, key=key, **data)
        if isinstance(done, Approval):
            tell(done, done.taken.entry)


def tell(approval: Approval, entry: LogEntry) -> None:
    """A decision that came by mail is told to whoever it was made for and to the rep: another hand would be noticed."""
    people = {one.pk: one for one in (entry.by, approval.approver, approval.request.rep)}
    context = {"approval": approval, "entry": entry}
    key = f"by-link-{approval.pk}-{approval.version}"
    post(approval, key=key, to=people.values(), template="decided_by_link", context=context)
