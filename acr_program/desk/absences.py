"""Absences: who is away, from when to when, and who acts meanwhile (M8)."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import Absence, AbsenceQuerySet, User
from acr_program.people.roles import program_office
from acr_program.ui.phrases import day
from acr_program.workflow.errors import Refused

from . import chronicle, standing_in


def may_set(person: User, by: User) -> bool:
    """Oneself, and the office for those who will never open this page."""
    return by.pk == person.pk or program_office(by)


def set_absence(person: User, *, by: User, from_on: date, to_on: date, stand_in: User) -> Absence:
    """Name who acts for this person in these days; obligations of these days reach the stand-in at once."""
    check_may(person, by)
    with transaction.atomic():
        person = chronicle.locked(person, None)
        if sentence := unfit(person, from_on, to_on, stand_in):
            raise Refused(sentence)
        absence = Absence.objects.create(person=person, stand_in=stand_in, from_on=from_on, to_on=to_on, set_by=by)
        keep(person, by, None, words(absence))
        if from_on <= localdate():
            standing_in.tell(absence)
    return absence


def end_absence(absence: Absence, *, by: User) -> None:
    """Back earlier: yesterday was the last day; one that has not begun is taken back whole."""
    check_may(absence.person, by)
    with transaction.atomic():
        person = chronicle.locked(absence.person, None)
        found = Absence.objects.filter(pk=absence.pk, to_on__gte=localdate()).select_related("stand_in").first()
        if found is None:
            raise Refused(_("This absence is over already."))
        before = words(found)
        last_day = localdate() - timedelta(days=1)
        if last_day < found.from_on:
            found.delete()
            keep(person, by, before, None)
        else:
            found.to_on = last_day
            found.save(update_fields=["to_on"])
            keep(person, by, before, words(found))


def check_may(person: User, by: User) -> None:
    if not may_set(person, by):
        raise PermissionDenied(_("Absences are set by the person, or by %(who)s.") % {"who": program_office.title})


def keep(person: User, by: User, old: str | None, new: str | None) -> None:
    chronicle.changed(person, by=by, fields={"absence": [old, new]})
    person.save(update_fields=["version"])


def words(absence: Absence) -> str:
    """10 to 20 Nov, Graham Pell acts; as the log keeps it."""
    return _("%(first)s to %(last)s, %(name)s acts") % {
        "first": f"{absence.from_on:%Y-%m-%d}", "last": f"{absence.to_on:%Y-%m-%d}", "name": absence.stand_in.name,
    }  # fmt: skip


def unfit(person: User, from_on: date, to_on: date, stand_in: User) -> str:
    """Why these days or this stand-in will not do; empty where they do."""
    if stand_in.pk == person.pk:
        return _("Nobody stands in for themselves: choose somebody else.")
    if not stand_in.is_active or stand_in.is_system:
        return _("%(name)s cannot sign in, so nobody would act: choose somebody else.") % {"name": stand_in}
    if to_on < from_on:
        return _("The last day is before the first: turn them round.")
    if to_on < localdate():
        return _("These days are over: an absence can only be set for today or later.")
    other = Absence.objects.filter(person=person, from_on__lte=to_on, to_on__gte=from_on).first()
    if other:
        return _("An absence from %(first)s to %(last)s is set already: end that one first, or choose other days.") % {
            "first": day(other.from_on), "last": day(other.to_on),
        }  # fmt: skip
    return ""


def warning(absence: Absence) -> str:
    """What is worth knowing about an absence just set: on some day the chain of stand-ins leads nowhere."""
    rows = Absence.objects.filter(from_on__lte=absence.to_on, to_on__gte=absence.from_on)
    overlapping = list(rows.values_list("person_id", "stand_in_id", "from_on", "to_on"))
    firsts = sorted({max(first, absence.from_on) for _p, _s, first, _l in overlapping})
    for on in firsts:
        away = {p: s for p, s, first, last in overlapping if first <= on <= last}
        if absence.stand_in_id in away and AbsenceQuerySet.who_acts(absence.person_id, away) is None:
            return _(
                "%(name)s is away too on %(day)s, and the stand-ins lead round in a circle: nobody would act. "
                "Choose somebody else for those days."
            ) % {"name": absence.stand_in, "day": day(on)}  # fmt: skip
    for on in firsts:
        away = {p: s for p, s, first, last in overlapping if first <= on <= last}
        if absence.stand_in_id in away:
            acting = User.objects.filter(pk=AbsenceQuerySet.who_acts(absence.person_id, away) or 0).first()
            return _("%(name)s is away too on %(day)s; then %(acting)s acts.") % {
                "name": absence.stand_in, "day": day(on), "acting": acting,
            }  # fmt: skip
    return ""
