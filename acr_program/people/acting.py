"""In whose hands something is while the one it was asked of is away, as pages say it (M8)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from acr_program.ui.phrases import day

from .models import Absence, AbsenceQuerySet, User


def acting_for(reader: User, person_id: int | None) -> User | None:
    """Who acts today for this person; None where they are at work, or nobody acts. Asks nothing of its own."""
    acting = AbsenceQuerySet.who_acts(person_id, reader.away_today) if person_id in reader.away_today else None
    rows = reader.absences_today.values() if acting else ()
    return next((row.stand_in for row in rows if row.stand_in_id == acting), None)


def for_whom(absence: Absence) -> str:
    return _("for %(name)s, away until %(day)s") % {"name": absence.person.name, "day": day(absence.to_on)}


def in_hand(reader: User, person_id: int | None, name: str) -> tuple[str, str]:
    """Who has it, and small beside the name for whom: Graham Pell, for Helena Brandt, away until Fri 27 Nov."""
    acting = acting_for(reader, person_id)
    if acting is None or person_id is None:
        return name, ""
    return acting.name, for_whom(reader.absences_today[person_id])


def own_place(reader: User, person_id: int | None) -> str:
    """For whom the reader has it, where it is not asked of themselves."""
    absent = person_id is not None and person_id != reader.pk and person_id in reader.stands_in_for
    return for_whom(reader.absences_today[person_id]) if absent and person_id is not None else ""


def stood_in_for(reader: User, person_id: int) -> list[str]:
    """Everybody this person acts for today, each with the day it ends."""
    rows = reader.absences_today
    return [
        _("%(name)s, away until %(day)s") % {"name": rows[pk].person.name, "day": day(rows[pk].to_on)}
        for pk in sorted(AbsenceQuerySet.covered(person_id, reader.away_today))
    ]
