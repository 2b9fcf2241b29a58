"""Taking what the figures on file say, at checkpoints and between them (K-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.timezone import now

from acr_program.people.models import User

from ..incubation_figures import Found, OnFile
from ..models import Measure, Membership, Reading, Standard
from ..models.reading import as_kept
from ..models.standard import measures_of

BATCH = 500


class Wanted(NamedTuple):
    """Of which account, by which version, for which quarter."""

    membership: Membership
    standard: Standard
    quarter: date


def take_figures(wanted: Iterable[Wanted], *, by: User) -> int:
    """Keep what is on file for these; how many values are new or differ. A value that stands as it is stays under its day.

    Five queries and one a version, whatever their number; what is not on file leaves what stood.
    """
    asked = list({(one.membership.pk, one.standard.pk, one.quarter): one for one in wanted}.values())
    if not asked:
        return 0
    measures = computed_measures({one.standard.pk: one.standard for one in asked})
    on_file = OnFile((one.membership.account_id for one in asked), (one.quarter for one in asked))
    found: dict[tuple[int, str, date], tuple[Measure, Found]] = {}
    for one in asked:
        for measure in measures.get(one.standard.pk, ()):
            if value := on_file.find(measure.origin, one.membership.account_id, one.quarter):
                found[one.membership.pk, measure.key, one.quarter] = measure, value
    return write(found, by)


def computed_measures(standards: dict[int, Standard]) -> dict[int, list[Measure]]:
    """Of each version those whose values are on file; there are few versions."""
    return {pk: [one for one in measures_of(standard) if not one.told] for pk, standard in standards.items()}


def write(found: dict[tuple[int, str, date], tuple[Measure, Found]], by: User) -> int:
    keys = list(found)
    standing = {
        (row.membership_id, row.key, row.quarter_begins_on): row
        for row in Reading.objects.standing().filter(
            membership__in={key[0] for key in keys}, quarter_begins_on__in={key[2] for key in keys}
        )
    }
    fresh = {key: one for key, one in found.items() if key not in standing or differs(standing[key], one[1])}
    replaced = [standing[key].pk for key in fresh if key in standing]
    if replaced:
        Reading.objects.filter(pk__in=replaced).update(replaced_at=now())
    rows = [reading(key, *one, by) for key, one in fresh.items()]
    Reading.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def reading(key: tuple[int, str, date], measure: Measure, found: Found, by: User) -> Reading:
    membership, name, quarter = key
    said: dict[str, Any] = {"value": as_kept(found.value), "source": found.source[:120], "as_of": found.as_of}
    return Reading(membership_id=membership, key=name, quarter_begins_on=quarter, measure=measure, by=by, **said)


def differs(row: Reading, found: Found) -> bool:
    return (row.value, row.source, row.as_of) != (as_kept(found.value), found.source[:120], found.as_of)
