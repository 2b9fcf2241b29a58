"""An import undone: what stood before comes back wherever nobody touched it since; the rest is listed with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acr_program.desk.models import Attachment, Comment, Presence
from acr_program.people.models import User

from .kinds import Done, Kind, Run, Values, kind_of
from .models import Batch, BatchRow, Kept
from .taking import LOT


def undo(batch: Batch, by: User) -> dict[str, int]:
    """In the caller's transaction, last things first; how many are undone and how many are left."""
    run = Run(by, batch.file_name, batch.options)
    used: dict[str, Kind] = {}
    undone = left = 0
    for lot in lots(batch):
        values = values_of(batch, lot)
        for (name, made), group in groupby(lot, key=lambda row: (row.kind, row.made)):
            kind = used.setdefault(name, kind_of(name)(run))
            rows = list(group)
            pairs = [(done_of(row), values.get(row.number) or row.values) for row in rows]
            reasons = kind.remove(pairs) if made else kind.restore(pairs)
            say_left(rows, reasons)
            undone, left = undone + len(rows) - len(reasons), left + len(reasons)
    for kind in used.values():
        kind.after_undo()
    return {"undone": undone} | ({"left": left} if left else {})


def lots(batch: Batch) -> Iterator[list[Kept]]:
    last = None
    while lot := list(Kept.objects.filter(batch=batch, **({"pk__lt": last} if last else {})).order_by("-pk")[:LOT]):
        yield lot
        last = lot[-1].pk


def values_of(batch: Batch, lot: list[Kept]) -> dict[int | None, Values]:
    """What each row gave, as the plan has it."""
    numbers = [row.number for row in lot if row.number]
    return dict(BatchRow.objects.filter(batch=batch, number__in=numbers).values_list("number", "values"))


def done_of(row: Kept) -> Done:
    return Done(row.object_id, row.made, row.old, row.label, row.kind, row.number, row.values)


def say_left(rows: list[Kept], reasons: dict[int, str]) -> None:
    """Write down why some were left."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.object_id in reasons:
            by_reason[reasons[row.object_id]].append(row.pk)
    for reason, pks in by_reason.items():
        Kept.objects.filter(pk__in=pks).update(left=reason)


TOUCHED = gettext_lazy("Somebody changed it after the import.")


def hanging(model: type[models.Model], pks: list[int], own: tuple[type[models.Model], ...] = ()) -> dict[int, str]:
    """What hangs on these objects, by a relation or beside them, so that they cannot be taken away: a query for each kind."""
    found = beside(model, pks)
    every = model._meta.get_fields(include_hidden=True)
    relations: list[Any] = [one for one in every if one.auto_created and not one.concrete]
    for relation in relations:
        if relation.related_model in own:
            continue
        held = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
        for pk in held.values_list(f"{relation.field.name}__pk", flat=True).distinct():
            if pk in pks:
                found.setdefault(pk, held_by(relation.related_model))
    return found


def beside(model: type[models.Model], pks: list[int]) -> dict[int, str]:
    """Beside which of these objects somebody has said something, laid a file, or is at work just now."""
    kind = ContentType.objects.get_for_model(model)
    found: dict[int, str] = {}
    kinds: list[Any] = [Comment.objects.all(), Attachment.objects.all(), Presence.objects.current()]
    for rows in kinds:
        named = rows.filter(content_type=kind, object_id__in=pks).order_by().values_list("object_id", flat=True)
        for pk in named.distinct():
            found.setdefault(pk, held_by(rows.model))
    return found


def held_by(model: type[models.Model]) -> str:
    return _("Something hangs on it by now (%(what)s), so it stays.") % {"what": model._meta.verbose_name}
