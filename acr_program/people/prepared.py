"""SQL that is made once for a process: what a list tells beside each row, and the few queries that every page asks.

Building and compiling them anew took a third of a page's time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.models import Expression, Field, QuerySet, Subquery


class Prepared(Expression):
    """What is told of each row of `model`, made by `make(*given)`; the same function and the same values are the same SQL.

    It stands beside the rows of the outermost query alone: one that is itself put into another query has other names.
    """

    def __init__(
        self, model: type[models.Model], make: Callable[..., Expression | Subquery], *given: Any, of: Field[Any, Any]
    ) -> None:
        super().__init__(output_field=of)
        self.model, self.make, self.given = model, make, given

    def resolve_expression(self, *_where: Any, **_how: Any) -> Prepared:
        return self

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if compiler.query.get_initial_alias() != self.model._meta.db_table:
            raise ValueError(f"{self.make.__name__} stands beside rows of {self.model._meta.db_table} alone.")
        return compiled(self.model, self.make, self.given, connection.alias, connection.vendor)

    def get_group_by_cols(self) -> list[Any]:
        return [self]


@lru_cache(maxsize=256)
def compiled(
    model: type[models.Model],
    make: Callable[..., Expression | Subquery],
    given: tuple[Any, ...],
    alias: str,
    _vendor: str,
) -> tuple[str, tuple[Any, ...]]:
    query = model._default_manager.order_by().annotate(told=make(*given)).query
    compiler = query.get_compiler(alias)
    compiler.setup_query()
    sql, params = compiler.compile(query.annotations["told"])
    assert connections[alias].vendor == _vendor
    return sql, tuple(params)


def asked(make: Callable[..., QuerySet[Any, tuple[Any, ...]]], *given: Any) -> list[tuple[Any, ...]]:
    """The rows of `make(*given)`, a `values_list`; the same function and the same values are put into SQL once.

    For the few queries that every page asks. Whatever the answer depends on is handed over: `make` looks at nothing else.
    """
    sql, params, converters = statement(make, given, connection.alias, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    if not converters:
        return list(rows)
    return [read(row, converters) for row in rows]


@lru_cache(maxsize=4096)
def statement(
    make: Callable[..., QuerySet[Any, tuple[Any, ...]]], given: tuple[Any, ...], alias: str, _vendor: str
) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
    compiler = make(*given).query.get_compiler(alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        raise ValueError(f"{make.__name__} asks for nothing with {given}.") from None
    return sql, tuple(params), compiler.get_converters(column[0] for column in compiler.select)


def read(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
    """The values as Python has them, where the database keeps them otherwise."""
    values = list(row)
    for place, (functions, expression) in converters.items():
        for convert in functions:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)


def row_of[M: models.Model](model: type[M], names: tuple[str, ...], values: Sequence[Any], **beside: models.Model) -> M:
    """A row of these columns, with what stands beside it; any other column is read when it is asked for."""
    row = model.from_db(connection.alias, *in_order(model, names, values))
    row._state.fields_cache.update(beside)
    return row


def in_order(
    model: type[models.Model], names: tuple[str, ...], values: Sequence[Any]
) -> tuple[Sequence[str], list[Any]]:
    """Django takes a row's values in the order of its columns, whatever names stand beside them."""
    order = places(model, names)
    return names, [values[place] for place in order]


@lru_cache(maxsize=256)
def places(model: type[models.Model], names: tuple[str, ...]) -> list[int]:
    known = [field.attname for field in model._meta.concrete_fields]
    return sorted(range(len(names)), key=lambda place: known.index(names[place]))
