"""What a row derives from another row's fields follows when that other is edited, whichever door it is edited by.

A list sorts and filters by columns of its own table, so a few stand there that say what another row says:

    derives_from(Account, "business_unit", "theater", rows=lambda pks: ReviewRequest.objects.filter(account__in=pks))

`Machine.derive` sets them whenever the row itself is written. They tell nothing new, so they have no version and no log row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any, NamedTuple

from django.db import models

LOT = 500
Rows = Callable[[list[int]], models.QuerySet[Any]]


class Follower(NamedTuple):
    """The fields that are looked at, and the rows that look at them."""

    fields: frozenset[str]
    rows: Rows


_followers: dict[str, dict[str, Follower]] = defaultdict(dict)


def derives_from(model: type[models.Model], *fields: str, rows: Rows, name: str) -> None:
    """Let `rows(keys)` derive anew once one of these fields is edited in rows of `model`; again the same name replaces."""
    _followers[model._meta.label_lower][name] = Follower(frozenset(fields), rows)


def follow_edits(edited: Iterable[tuple[Any, Iterable[str]]]) -> None:
    """Set anew what derives from these rows, of which the named fields were changed; inside the caller's transaction."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for obj, changed in edited:
        label = obj._meta.label_lower
        for name, follower in _followers.get(label, {}).items():
            if not follower.fields.isdisjoint(changed):
                found[label, name].append(obj.pk)
    for (label, name), pks in found.items():
        for lot in batched(pks, LOT, strict=False):
            derive_anew(_followers[label][name].rows(list(lot)))


def derive_anew(rows: models.QuerySet[Any]) -> list[Any]:
    """Lock these rows, set what they derive, write what differs; all of them are given back."""
    model: Any = rows.model
    found = list(rows.select_related(*model.READS).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    changed = []
    for obj in found:
        before = [getattr(obj, name) for name in model.DERIVES]
        obj.derive()
        if before != [getattr(obj, name) for name in model.DERIVES]:
            changed.append(obj)
    if changed:
        model._default_manager.bulk_update(changed, model.DERIVES, batch_size=LOT)
    return found
