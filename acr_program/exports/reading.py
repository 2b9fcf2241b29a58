"""The rows of a long list: the objects that its columns ask, put together from plain columns of the database.

A column says once what it reads of an object, for page and file alike. Making these objects as Django does costs more than
everything else in a file, for each field goes through a door of its own; nothing here is ever written, so the doors stay shut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, cast

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init

CHUNK = 500
KNOWN = 1000  # objects of one kind, joined or hanging, that are kept for the rows to come

Make = Callable[[tuple[Any, ...]], Any]


def batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Every object of the query in its order, some hundred at a time, with what is joined and fetched for it."""
    whole = Whole.of(rows)
    if whole is None:
        yield from map(list, batched(rows.iterator(chunk_size=CHUNK), CHUNK, strict=False))
        return
    plain = rows.prefetch_related(None).values_list(*whole.names)
    beside = Beside(rows.model, cast(Any, rows)._prefetch_related_lookups)
    for part in batched(plain.iterator(chunk_size=CHUNK), CHUNK, strict=False):
        batch = [whole.make(row) for row in part]
        beside.fetch(batch)
        yield batch


class Beside:
    """What a query fetches beside its rows. A list of what hangs on them is read once for all where it is short."""

    def __init__(self, model: type[Model], wanted: Sequence[Any]) -> None:
        keys = [(one, key_of(model, one)) for one in wanted]
        self.others = [one for one, field in keys if field is None]
        self.lists = [(one, field) for one, field in keys if field is not None]
        self.short: dict[str, list[Any] | None] = {}

    def fetch(self, batch: list[Any]) -> None:
        for one, field in self.lists:
            found: dict[Any, list[Any]] = {row.pk: [] for row in batch}
            rows = {row.pk: row for row in batch}
            for each in self.hanging(one, field, list(found)):
                key = getattr(each, field.attname)
                if key in found:
                    field.set_cached_value(each, rows[key])
                    found[key].append(each)
            for row in batch:
                row.__dict__[one.to_attr] = found[row.pk]
        if self.others:
            prefetch_related_objects(batch, *self.others)

    def hanging(self, one: Any, field: Any, keys: list[Any]) -> Iterable[Any]:
        """What may hang on these rows: all there is, where that is little; else what names them by their numbers."""
        if one.to_attr not in self.short:
            few = list(one.queryset[: KNOWN + 1])
            self.short[one.to_attr] = few if len(few) <= KNOWN else None
        known = self.short[one.to_attr]
        return one.queryset.filter(**{f"{field.name}__in": keys}) if known is None else known


def key_of(model: type[Model], one: Any) -> Any:
    """The foreign key, where what is wanted is a list under a name of its own of what names the row by its number."""
    if not isinstance(one, Prefetch) or not one.to_attr or one.queryset is None or one.queryset.query.is_sliced:
        return None
    held = {other.get_accessor_name(): other for other in model._meta.related_objects if other.one_to_many}
    relation: Any = held.get(one.prefetch_through)
    return relation.field if relation is not None and relation.field.target_field.primary_key else None


class Whole:
    """Which columns make up the objects of a query with all that is joined to them, and how."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        query: Any = rows.query
        self.names: list[str] = []
        self.db, self.mode = rows.db, cast(Any, rows)._fetch_mode
        make = self.maker(rows.model, "", query.get_select_mask(), query.select_related or {})
        said, begin = list(query.annotation_select), len(self.names)
        self.names += said

        def with_annotations(row: tuple[Any, ...]) -> Any:
            made = make(row)
            made.__dict__.update(zip(said, row[begin:], strict=True))
            return made

        self.make: Make = with_annotations if said else make

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> Whole | None:
        """None where the query is another one than plain columns, joins forward and what is computed for each row."""
        query, hidden = cast(Any, rows.query), cast(Any, rows)
        if hidden._iterable_class is not ModelIterable or query.combinator or query.extra:
            return None
        if hidden._known_related_objects or hidden._fetch_mode.track_peers:
            return None
        return cls(rows) if fits(rows.model, query.select_related) else None

    def maker(self, model: type[Model], path: str, mask: dict[Any, Any], joined: dict[str, Any]) -> Make:
        """How an object of this model is made of its part of a row; the names of the columns are noted on the way."""
        fields = [field for field in model._meta.concrete_fields if not mask or field in mask]
        names, begin = [field.attname for field in fields], len(self.names)
        new, db, mode = model.__new__, self.db, self.mode
        self.names += [path + name for name in names]
        end = len(self.names)
        others, back = [], []
        for name, deeper in joined.items():
            field: Any = model._meta.get_field(name)
            others.append((name, self.finder(field, path, mask.get(field) or {}, deeper)))
            if field.unique:  # the other knows the row as well
                back.append((name, field.remote_field.cache_name))

        def make(row: tuple[Any, ...]) -> Any:
            made = new(model)
            inside = made.__dict__
            inside.update(zip(names, row[begin:end], strict=True))
            state = inside["_state"] = ModelState()
            state.adding, state.db, state.fetch_mode = False, db, mode
            if others:
                known = state.fields_cache = {name: find(row) for name, find in others}
                for name, known_as in back:
                    if known[name] is not None:
                        known[name]._state.fields_cache[known_as] = made
            return made

        return make

    def finder(self, field: Any, path: str, mask: dict[Any, Any], joined: dict[str, Any]) -> Make:
        """The joined object of a row; rows that name the same one share it."""
        model, begin = field.related_model, len(self.names)
        make = self.maker(model, f"{path}{field.name}__", mask, joined)
        at = begin + self.names[begin:].index(f"{path}{field.name}__{field.target_field.attname}")
        seen: dict[Any, Any] = {}

        def find(row: tuple[Any, ...]) -> Any:
            key = row[at]
            if key is None or key in seen:
                return seen.get(key)
            if len(seen) >= KNOWN:
                seen.clear()
            made = seen[key] = make(row)
            return made

        return find


def fits(model: type[Model], joined: Any) -> bool:
    """Whether objects of this model, and of those joined to it, are no more than their columns."""
    own: Any = model
    if own.from_db.__func__ is not Model.from_db.__func__ or own.__init__ is not Model.__init__:  # type: ignore[attr-defined]
        return False
    if joined is True or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return False
    keys: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields if field.is_relation}
    return all(name in keys and fits(keys[name].related_model, deeper) for name, deeper in (joined or {}).items())
