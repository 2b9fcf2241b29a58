"""What the clock does for the log and for obligations: hourly seals, reminders, escalation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from acr_program.jobs.clock import duty
from acr_program.outbox.post import Recipient, post
from acr_program.people.models import Absence, User

from .obligations import Obligation
from .seals import seal


@duty("seal the log", every=timedelta(hours=1))
def seal_the_log(moment: datetime) -> None:
    """Seal what the last hour wrote, and once a day mail the head outside (P35)."""
    made = seal()
    anchor = getattr(settings, "ACR_ANCHOR_EMAIL", "")
    if made and anchor:
        key = f"seal-{moment.date():%Y%m%d}"
        post(made, key=key, to=[Recipient("Anchor", anchor)], template="seal", context={"seal": made})


@duty("remind of what is due", every=timedelta(minutes=10))
def remind(moment: datetime) -> None:
    """One reminder for each obligation that is still open at its time; never one for what is closed (P14)."""
    for row in _due(remind_at__lte=now()):
        with transaction.atomic():
            if Obligation.objects.open().filter(pk=row.pk, remind_at=row.remind_at).update(remind_at=None):
                post(row, key=f"remind-{row.pk}", to=holders(row), template="reminder", context={"obligation": row})


@duty("escalate what stays undone", every=timedelta(minutes=10))
def escalate(moment: datetime) -> None:
    """Tell the holder's own leader, once, what stays undone."""
    for row in _due(escalate_at__lte=now()):
        with transaction.atomic():
            if Obligation.objects.open().filter(pk=row.pk, escalate_at=row.escalate_at).update(escalate_at=None):
                post(
                    row,
                    key=f"escalate-{row.pk}",
                    to=leaders_of(row),
                    template="escalation",
                    context={"obligation": row},
                )


def _due(**when: datetime) -> list[Obligation]:
    rows = Obligation.objects.open().filter(**when).select_related("person__reports_to", "waiter", "content_type")
    return list(rows.order_by("pk")[:500])


def holders(row: Obligation) -> list[User]:
    """The person asked and, while that person is away, the one who acts."""
    if row.person is None:
        return list(User.objects.holding(row.role))
    acting = Absence.objects.stand_ins([row.person.pk], now().date())
    return [row.person, *User.objects.filter(pk__in=acting.values(), is_active=True)]


def leaders_of(row: Obligation) -> list[User]:
    """The holder's leader; for what waits for a role, or for one with no leader above, the program manager."""
    if row.person and row.person.reports_to and row.person.reports_to.is_active:
        return [row.person.reports_to]
    return list(User.objects.holding("manager"))
