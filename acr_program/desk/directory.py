"""Reads of people: the directory's rows, and one person's page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, StringAgg, Subquery, Value
from django.utils.timezone import localdate

from acr_program.people.acting import stood_in_for
from acr_program.people.models import Absence, RoleGrant, User
from acr_program.people.roles import overseers, program_office
from acr_program.ui.parts import Happening, Waiting
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.registry import panels

from . import chronicle
from .absences import may_set
from .today import row_of


def rows(user: User) -> QuerySet[Any]:
    """Everybody with their roles and, where somebody is away today, that absence: two queries."""
    grants = RoleGrant.objects.filter(person=OuterRef("pk")).values("person")
    held = grants.annotate(roles=StringAgg("role", Value(","))).values("roles")
    away = Absence.objects.on(localdate()).select_related("stand_in")
    return (
        User.objects.visible_to(user)
        .annotate(held=Subquery(held))
        .select_related("reports_to")
        .prefetch_related(Prefetch("absences", away, to_attr="away_now"))
    )


@dataclass(frozen=True)
class PersonPage:
    """What one person's page shows to this reader."""

    person: User
    is_me: bool
    may_change: bool
    may_set_absence: bool
    reports: list[User]
    more_reports: bool
    absences: list[Absence]
    away: Absence | None
    acts_for: list[str]
    waiting: list[Waiting] | None
    story: list[Happening] | None
    panels: list[Any]

    @property
    def is_invited(self) -> bool:
        """Entered, and not come in yet."""
        return self.person.is_active and not self.person.last_login and not self.person.has_usable_password()


TEAM = 30


def page(person: User, reader: User) -> PersonPage:
    """Seven queries at most, and one for each panel."""
    is_me = person.pk == reader.pk
    today = localdate()
    absences = list(person.absences.filter(to_on__gte=today).select_related("stand_in", "set_by")[:20])
    reports = list(person.reports.filter(is_active=True).order_by("name", "pk")[: TEAM + 1])
    sees_work = is_me or overseers(reader) or reader.acts_as(person.reports_to_id)
    return PersonPage(
        person=person,
        is_me=is_me,
        may_change=program_office(reader),
        may_set_absence=may_set(person, reader),
        reports=reports[:TEAM],
        more_reports=len(reports) > TEAM,
        absences=absences,
        away=next((a for a in absences if a.from_on <= today), None),
        acts_for=stood_in_for(reader, person.pk),
        waiting=work_of(person, reader) if sees_work else None,
        story=chronicle.story(person) if is_me or overseers(reader) else None,
        panels=panels(person, reader),
    )


def work_of(person: User, reader: User) -> list[Waiting]:
    """What waits for this person by name."""
    shown = Obligation.objects.open() if reader.pk == person.pk else Obligation.objects.open().told_to_others()
    shown = shown.without_absent(reader.pk, reader.roles, reader.stands_in_for)
    held = shown.filter(person=person).select_related("person").order_by("due_at", "pk")
    rows = [row_of(obligation, person) for obligation in held[:10]]
    return rows if reader.acts_as(person.pk) else [replace(row, act="") for row in rows]
