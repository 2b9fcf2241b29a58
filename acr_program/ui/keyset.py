"""Walking a sorted list page by page without counting past rows: the next page begins after the last row seen.

Works on SQLite and PostgreSQL alike, NULLs too: rising, they come last; falling, first (PostgreSQL's own order, so that
its indexes serve). The cursor is signed: one that we did not make is no cursor.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

AnyField = Any  # django.db.models.Field, which is generic for the type checker only
SALT = "ui.keyset"


class Exact(DjangoJSONEncoder):
    """Moments to the microsecond: cut to the millisecond, as Django writes JSON, a row could follow itself."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


class Serializer:
    """How a cursor's values are written and read."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, cls=Exact, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


@dataclass(frozen=True)
class Key:
    """One field of a sort, and which way it runs."""

    path: str
    falling: bool
    nullable: bool
    field: AnyField

    def turned(self) -> "Key":
        return Key(self.path, not self.falling, self.nullable, self.field)

    def order(self) -> OrderBy:
        if self.falling:
            return F(self.path).desc(nulls_first=True if self.nullable else None)
        return F(self.path).asc(nulls_last=True if self.nullable else None)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def from_here(self, value: Any) -> Q:
        """What all these rows have in common, so that an index is entered here and not walked from its beginning."""
        if value is None or (self.nullable and not self.falling):
            return Q()
        return Q(**{f"{self.path}__{'lte' if self.falling else 'gte'}": value})

    def beyond(self, value: Any) -> Q | None:
        """Rows that come after this value; None where nothing can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if self.falling else None
        if self.falling:
            return Q(**{f"{self.path}__lt": value})
        later = Q(**{f"{self.path}__gt": value})
        return later | Q(**{f"{self.path}__isnull": True}) if self.nullable else later


def keys(queryset: QuerySet[Any], fields: tuple[str, ...]) -> list[Key]:
    """What the names of a sort mean for this model; annotations count as nullable."""
    found = []
    for name in fields:
        path = name.lstrip("-")
        if path in queryset.query.annotations:
            expression = queryset.query.annotations[path]
            found.append(Key(path, name.startswith("-"), True, expression.output_field))
        else:
            field, nullable = resolve(queryset.model, path)
            found.append(Key(path, name.startswith("-"), nullable, field))
    return found


def resolve(model: type[Model], path: str) -> tuple[AnyField, bool]:
    """The field at the end of a path, and whether anything on the way may be missing."""
    nullable = False
    for step in path.split(LOOKUP_SEP):
        if step == "pk":
            step = model._meta.pk.name
        field = model._meta.get_field(step)
        nullable = nullable or field.null
        if field.is_relation:
            model = field.related_model  # type: ignore[assignment]
    if not field.concrete:
        raise FieldDoesNotExist(f"A list cannot be sorted by {path}: it is no column.")
    return field, nullable


def after(keys: list[Key], values: list[Any]) -> Q:
    """Rows behind this one: behind it on the first key, or level there and behind it on the next, and so on."""
    ways: list[Q] = []
    level = Q()
    for key, value in zip(keys, values, strict=True):
        if (beyond := key.beyond(value)) is not None:
            ways.append(level & beyond)
        level &= key.same(value)
    if not ways:
        return Q(pk__in=[])
    return keys[0].from_here(values[0]) & reduce(or_, ways)


def stretches(keys: list[Key], values: list[Any]) -> list[Q]:
    """The rows behind this one, in stretches that follow each other. Rising, those without a value come last and are a
    stretch of their own: together with the others no index could be entered here.
    """
    first, value = keys[0], values[0]
    if value is None or first.falling or not first.nullable:
        return [after(keys, values)]
    filled = [replace(first, nullable=False), *keys[1:]]
    return [after(filled, values), first.same(None)]


def cursor(keys: list[Key], row: Model, sort: str, back: bool) -> str:
    """Where a page ends, as a word for the address."""
    return signing.dumps([sort, back, [value(row, key.path) for key in keys]], salt=SALT, serializer=Serializer)


def value(row: Any, path: str) -> Any:
    for step in path.split(LOOKUP_SEP):
        row = None if row is None else getattr(row, step)
    return row.pk if isinstance(row, Model) else row


def read(word: str, sort: str, keys: list[Key]) -> tuple[list[Any], bool] | None:
    """The values and direction of a cursor; None for one of another sort, or one that we did not write."""
    try:
        made_for, back, values = signing.loads(word, salt=SALT, serializer=Serializer)
        if made_for != sort or len(values) != len(keys):
            return None
        return [None if v is None else key.field.to_python(v) for key, v in zip(keys, values, strict=True)], bool(back)
    except (signing.BadSignature, ValidationError, ValueError, TypeError):
        return None
