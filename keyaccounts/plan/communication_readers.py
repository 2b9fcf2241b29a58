"""Who is to see a plan, and whether they have: the distribution list with its read state (N7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.outbox.render import absolute
from acr_program.people.models import User
from acr_program.workflow.book import click, current
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry

from ..models import AccountPlan, PlanReading, PlanSnapshot
from ..plan_rules import account_side, team_of

MAIL = "plan_to_read"


@dataclass(frozen=True)
class Reader:
    """One person: on the list, on the team, or somebody who looked in; `version` is the newest that was shared."""

    reading: PlanReading
    on_team: bool
    version: PlanSnapshot | None

    @property
    def why(self) -> str:
        if self.reading.listed:
            return _("is to see it")
        return _("is on the team") if self.on_team else _("looked in")

    @property
    def is_behind(self) -> bool:
        """Has opened it, but not since the newest version was shared."""
        last = self.reading.last_at
        return bool(last and self.version and last < self.version.made_at)

    @property
    def has_read(self) -> bool:
        return bool(self.reading.last_at) and not self.is_behind

    @property
    def state(self) -> tuple[str, str]:
        """In a word, with its tone."""
        if not self.reading.last_at:
            return _("Not opened yet"), "warn"
        if self.is_behind and self.version:
            return _("Opened before version %(n)d") % {"n": self.version.number}, "info"
        return _("Has opened it"), "good"


def newest(plan: Any) -> PlanSnapshot | None:
    found: PlanSnapshot | None = plan.snapshots.defer("content").order_by("-number").first()
    return found


def readers_of(plan: AccountPlan) -> list[Reader]:
    """Those on the list, then the team, then whoever else looked in; four queries whatever their number."""
    version, team = newest(plan), team_of(plan)
    rows = {one.person_id: one for one in plan.readings.select_related("person")}
    missing = User.objects.filter(pk__in=team - rows.keys(), is_active=True)
    rows |= {person.pk: PlanReading(plan=plan, person=person) for person in missing}
    readers = [Reader(one, one.person_id in team, version) for one in rows.values()]
    return sorted(
        readers, key=lambda one: (not one.reading.listed, not one.on_team, one.reading.person.name.casefold())
    )


def behind(readers: Iterable[Reader]) -> list[User]:
    """Of those who are to see it or work on it, who has not read the newest version."""
    return [one.reading.person for one in readers if (one.reading.listed or one.on_team) and not one.has_read]


# Acts


def check_sends(by: User, plan: AccountPlan) -> None:
    if not account_side(by, plan):
        raise PermissionDenied(_("Who is to see a plan is said by %(who)s.") % {"who": account_side.title})


def living(plan: AccountPlan) -> AccountPlan:
    plan = lock(plan)
    if not plan.is_living:
        raise Refused(_("This plan is archived: it is only read."))
    return plan


def put_on(plan: AccountPlan, people: Iterable[User], *, by: User) -> AccountPlan:
    """They are to see it: from now on they may, and each gets a mail that leads to it."""
    check_sends(by, plan)
    with click():
        plan = living(plan)
        wanted = list(people)
        PlanReading.objects.bulk_create([PlanReading(plan=plan, person=one) for one in wanted], ignore_conflicts=True)
        new = PlanReading.objects.filter(plan=plan, person__in=wanted, listed=False)
        keys = set(new.values_list("person", flat=True))
        new.update(listed=True)
        check_sees(plan, wanted)
        if keys:
            added = [one for one in wanted if one.pk in keys]
            note(plan, by=by, changed={"readers": [None, sorted(one.name for one in added)]})
            tell(plan, [one for one in added if one != by], key=f"listed-{plan.version}")
    return plan


def check_sees(plan: AccountPlan, people: list[User]) -> None:
    """Who is in conflict with the account is not led to it by a list either."""
    kept = [one.name for one in people if not AccountPlan.objects.visible_to(one).filter(pk=plan.pk).exists()]
    if kept:
        words = _("For %(who)s this account is not there, because of a conflict of interest: leave them off the list.")
        raise Refused(words % {"who": ", ".join(kept)})


def take_off(plan: AccountPlan, person: int, *, by: User) -> AccountPlan:
    """They are not on the list any more; that they opened it stays."""
    check_sends(by, plan)
    with click():
        plan = living(plan)
        reading = plan.readings.filter(person=person, listed=True).select_related("person").first()
        if reading is None:
            raise Refused(_("They are off the list already."))
        reading.listed = False
        reading.save(update_fields=["listed"])
        note(plan, by=by, changed={"readers": [[reading.person.name], None]})
    return plan


def remind(plan: AccountPlan, *, by: User) -> int:
    """A mail to whoever has not read the newest version; once a day, however often it is asked for. How many got one."""
    check_sends(by, plan)
    with click():
        plan = living(plan)
        people = [one for one in behind(readers_of(plan)) if one.is_active and one != by]
        if not people:
            raise Refused(_("Everybody who is to see it has opened it as it is now."))
        tell(plan, people, key=f"remind-{localdate():%Y%m%d}")
        note(plan, by=by, changed={"reminded": [None, sorted(one.name for one in people)]})
    return len(people)


def tell(plan: AccountPlan, people: list[User], *, key: str) -> None:
    if people:
        context = {"plan": plan, "url": absolute(reverse("keyaccounts:plan", args=[plan.pk]))}
        current().post(plan, key=f"{MAIL}-{plan.pk}-{key}", to=people, template=MAIL, context=context)


def shared_anew(plan: AccountPlan, entry: LogEntry) -> None:
    """A version was shared: those on the list are led to it."""
    rows = plan.readings.filter(listed=True, person__is_active=True).select_related("person")
    tell(plan, [one.person for one in rows if one.person != entry.by], key=f"version-{entry.version}")
