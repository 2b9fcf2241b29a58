"""The customer reads a version of the plan by a link and confirms four things of it, each for itself (N4.7, N7.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.links.models import Link
from acr_program.outbox.post import Recipient
from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import click, current
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import perform

from ..choices_plan import PlanStatus
from ..choices_value import Way
from ..models import AccountPlan, PlanConfirmation
from ..plan_rules import account_side, unconfirmed
from .content import keep_version

PURPOSE = "account-plan"
DAYS_OPEN = 120


def shared(plan: AccountPlan, entry: LogEntry) -> None:
    """A version is kept; links to the one before close; whoever is chosen at the customer gets one of their own."""
    version = keep_version(plan, by=entry.by)
    Link.revoke(plan, PURPOSE)
    contact = plan.to_contact
    if contact is None:
        return
    issued, token = Link.issue(PURPOSE, plan, days=DAYS_OPEN)
    current().post(
        plan, key=f"{PURPOSE}-{plan.pk}-{version.number}", to=[Recipient(contact.name, contact.email)],
        template="account_plan",
        context={"plan": plan, "number": version.number, "note": plan.note, "link": issued, "manager": plan.waiter},
        private={"url": absolute(reverse("keyaccounts:plan-by-link", args=[token]))},
    )  # fmt: skip


def archived(plan: AccountPlan, entry: LogEntry) -> None:
    """Every link to it closes: to the plan, and to its team card."""
    Link.revoke(plan)


def confirm(
    plan: AccountPlan, subjects: Iterable[str], *, by: User, who: str, how: str, on: date | None = None, said: str = "",
    number: int | None = None,
) -> AccountPlan:  # fmt: skip
    """What the customer agrees to of the version that it was shown last; with the fourth the plan is agreed.

    By the link (`by` is the customer, `number` the version that was read), or noted by whoever has the account.
    """
    by_link = how == Way.LINK
    if not by_link and not account_side(by, plan):
        raise PermissionDenied(_("What the customer confirmed is noted by %(who)s.") % {"who": account_side.title})
    with click():
        plan = lock(plan)
        if plan.status != PlanStatus.SHARED:
            raise Refused(_("This plan does not wait for the customer: nothing of it is open to be confirmed."))
        version = plan.snapshots.order_by("-number").first()
        if version is None or number not in (None, version.number):
            raise Refused(_("There is a newer version of the plan. Open the newest mail, or write to us."))
        left = unconfirmed(plan)
        new = [one for one in subjects if one in left]
        rows = [
            PlanConfirmation(snapshot=version, subject=one, who=who, how=how, on=on or localdate(), said=said)
            for one in new
        ]
        PlanConfirmation.objects.bulk_create(rows)
        if rows:
            note(plan, by=by, changed={"confirmed": [None, {"what": new, "who": who, "version": version.number}]})
        if rows and not unconfirmed(plan):
            plan = agreed(plan, by, by_link)
    return plan


def agreed(plan: AccountPlan, by: User, by_link: bool) -> AccountPlan:
    """By the link it is the customer who agrees; confirmed to us, a leader looks at it and agrees."""
    return perform(plan, "agree", by=by, seen=plan.version) if by_link else plan


def keep_agreed(plan: AccountPlan, entry: LogEntry) -> None:
    """The version that was agreed to: what changes later is compared with it (N4.7)."""
    version = plan.snapshots.order_by("-number").first()
    if version:
        version.agreed_on = plan.agreed_on
        version.save(update_fields=["agreed_on"])


def agreed_version(plan: AccountPlan) -> Any:
    """The last version that was agreed to; the last one shared where none was."""
    rows = list(plan.snapshots.order_by("-number")[:20])
    return next((one for one in rows if one.agreed_on), rows[0] if rows else None)
