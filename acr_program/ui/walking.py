"""How a page's rows and their number are best asked for, told from what the list is narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Func, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.query import Query

ENOUGH = 1000


def lookups(node: Any) -> Iterator[Any]:
    """Every condition that rows are narrowed by, whatever joins them."""
    for child in getattr(node, "children", ()):
        if hasattr(child, "children"):
            yield from lookups(child)
        else:
            yield child


def by_set(queryset: QuerySet[Any]) -> bool:
    """Whether the rows are those of a set that another query finds: these are gathered first and sorted then."""
    return any(is_set(one) for one in lookups(queryset.query.where))


def is_set(condition: Any) -> bool:
    return isinstance(getattr(condition, "rhs", None), Query | RawSQL)


def by_value(queryset: QuerySet[Any]) -> bool:
    """Whether every condition is a plain value or a few, so that some index leads along the order."""
    found = list(lookups(queryset.query.where))
    return all(getattr(one, "lookup_name", "") in ("exact", "in", "isnull") for one in found) and not by_set(queryset)


def any_of(found: Sequence[QuerySet[Any, Any]]) -> Q:
    """The rows whose keys one of these finds, of each no more than it is cut to: one list of keys, which PostgreSQL looks
    up by the primary key, where it would test every row of the table against lists that are joined by an “or”.
    """
    parts: list[str] = []
    given: list[Any] = []
    for rows in found:
        sql, params = rows.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608 (made by Django)
        given += params
    return Q(pk__in=RawSQL(" UNION ALL ".join(parts), given)) if parts else Q(pk__in=[])  # noqa: S611


def begun_at(queryset: QuerySet[Any], place: Q) -> QuerySet[Any]:
    """The rows behind a place. It is said first: of two ends of the same range SQLite enters the index at the first one."""
    found = queryset.filter(place)
    known = len(queryset.query.where.children)
    children = found.query.where.children
    found.query.where.children = children[known:] + children[:known]
    return found


def first_rows(queryset: QuerySet[Any], order: list[Any], number: int, many: Callable[[], bool]) -> QuerySet[Any]:
    """The first rows in this order; `many` tells whether there are more than a thousand in all.

    Of a set of many, the order is walked along until enough of it were met. A small set is gathered and sorted, by its keys
    alone: what is told beside each row is asked for those that are shown, and not for all that are sorted.
    """
    if not by_set(queryset):
        return queryset.order_by(*order)[:number]
    if many():
        return along(queryset).order_by(*order)[:number]
    first = queryset.order_by(*order).values("pk")[:number]
    return with_where(queryset, queryset.model._default_manager.filter(pk__in=first)).order_by(*order)


def along(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, tested one by one: SQLite has no index for a column behind a plus. PostgreSQL reckons by itself."""
    if connections[queryset.db].vendor != "sqlite":
        return queryset
    walked = queryset.all()
    walked.query.where = tested(walked.query.where)
    return walked


def tested(node: Any) -> Any:
    if not hasattr(node, "children"):
        if is_set(node):
            node = copy(node)
            node.lhs = Func(node.lhs, template="+%(expressions)s", output_field=node.lhs.output_field)
        return node
    found = node.create(connector=node.connector, negated=node.negated)
    found.children = [tested(child) for child in node.children]
    return found


def with_where(queryset: QuerySet[Any], other: QuerySet[Any]) -> QuerySet[Any]:
    """These rows with all that is told beside them, narrowed as the other is."""
    found = queryset.all()
    found.query.where = other.query.where
    return found


def counted_to_enough(asked: Sequence[tuple[str, QuerySet[Any]]]) -> list[tuple[str, int]]:
    """How many rows each finds, to one past a thousand, under its name: one query. Nobody reads more of them."""
    return counted(*counting(asked))


def counting(asked: Sequence[tuple[str, QuerySet[Any]]]) -> tuple[str, list[Any]]:
    """The query that counts them, for whoever asks the same again and again; empty where there is nothing to count."""
    parts, given = [], []
    for key, rows in asked:
        try:
            sql, params = rows.values("pk")[: ENOUGH + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, COUNT(*) FROM ({sql}) AS found")  # noqa: S608 (made by Django)
        given += [key, *params]
    return " UNION ALL ".join(parts), given


def counted(sql: str, given: list[Any]) -> list[tuple[str, int]]:
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
