"""Whoever acts for somebody is told so on the day it begins, with all that waits (M8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from acr_program.jobs.clock import duty
from acr_program.outbox.models import Message
from acr_program.outbox.post import post
from acr_program.people.models import Absence, User
from acr_program.workflow.obligations import Obligation

SHOWN = 50


def key_of(absence: Absence) -> str:
    return f"absence-{absence.pk}"


def tell(absence: Absence) -> None:
    """One mail an absence, to the one who acts in the end: who is away until when, and what waits for them now."""
    acting = Absence.objects.stand_ins([absence.person_id], localdate()).get(absence.person_id)
    stand_in = User.objects.filter(pk=acting, is_active=True).first() if acting else None
    if stand_in:
        waiting = (
            Obligation.objects.open().told_to_others().filter(person=absence.person).order_by("due_at", "pk")[:SHOWN]
        )
        given = {"absence": absence, "waiting": list(waiting)}
        post(absence, key=key_of(absence), to=[stand_in], template="stand_in", context=given)


@duty("tell who acts for whoever is away from today", every=timedelta(hours=1))
def tell_stand_ins(moment: datetime) -> None:
    """Absences that have begun, each told once."""
    begun = {key_of(absence): absence for absence in Absence.objects.on(localdate()).select_related("person")}
    told = set(Message.objects.filter(key__in=begun).values_list("key", flat=True))
    for key, absence in begun.items():
        if key not in told:
            tell(absence)
