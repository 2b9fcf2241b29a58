"""That somebody opened a plan is kept (N4.4, N7.1); by a click or the page's own script, for looking alone writes nothing."""

from __future__ import annotations

from django.utils.timezone import now

from acr_program.people.models import User

from ..models import AccountPlan, PlanReading


def opened(plan: AccountPlan, *, by: User) -> None:
    """The first time and the last; one row a person."""
    moment = now()
    PlanReading.objects.bulk_create([PlanReading(plan=plan, person=by)], ignore_conflicts=True)
    rows = PlanReading.objects.filter(plan=plan, person=by)
    rows.filter(first_at=None).update(first_at=moment)
    rows.update(last_at=moment)
