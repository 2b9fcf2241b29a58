"""One plan for each key or incubating account and year: begun by the clock or on demand, with what last year's left (N4.6)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock

from ..models import AccountPlan, Membership, Part
from ..pages.plan_section import PLANNED
from ..plan_rules import account_side
from .carrying import carry_over
from .format import BY_KEY, FORMAT


def begin_plan(membership: Membership, *, by: User, year: int | None = None) -> AccountPlan:
    """The plan of this year, in the present format, with its nine parts; one that is there already is refused."""
    if not (account_side(by, membership) or by.is_system):
        raise PermissionDenied(_("Account plans are begun by %(who)s.") % {"who": account_side.title})
    year = year or localdate().year
    with click():
        membership = lock(membership)
        if membership.status not in PLANNED:
            raise Refused(_("An account has a plan while it incubates or has the status."))
        if membership.plans.filter(year=year).exists():
            raise Refused(_("The plan of %(year)d is there already.") % {"year": year})
        plan = begin(AccountPlan(membership=membership, year=year, format=FORMAT), by=by)
        Part.objects.bulk_create([Part(plan=plan, key=key, changed_by=by) for key in BY_KEY])
        carry_over(plan)
    return plan
