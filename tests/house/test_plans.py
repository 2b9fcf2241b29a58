"""Which index finds the rows of what everybody opens all day: where none does, a page grows with the company."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.exports.models import Export
from acr_program.files.models import Manifest
from acr_program.people.models import User
from acr_program.ui import keyset, walking
from acr_program.workflow.obligations import Obligation
from reviews.models import ReviewRequest
from reviews.pages.year import of_running_year
from tests.bench import fill
from tests.factories import make_template, make_year

pytestmark = pytest.mark.django_db

# PostgreSQL finds a few requests of each by the narrower ones.
OF_A_REP = r"request_of_rep_by_year|request_live_of_rep|reviewrequest_rep_id"


@pytest.fixture
def many(people: Any) -> None:
    """PostgreSQL goes by how many rows there are: of a handful it may take any index, of a thousand the one that fits."""
    if connection.vendor == "postgresql":
        template, years = make_template(), list(ProgramYear.objects.all()) or [make_year()]
        Manifest.seal([], inputs="0" * 64)
        # What counts by itself stands first: what is filled in counts on from there.
        fill.employees(fill.PEOPLE, people)
        fill.customers(fill.PEOPLE, people)
        fill.requests(fill.PEOPLE, template, years)
        fill.reviews(fill.PEOPLE, people, template)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def files_of(user: User) -> QuerySet[Any]:
    return Export.objects.files_of(user)[:20]


def mass_exports(_user: User) -> QuerySet[Any]:
    return Export.objects.mass()


def year_of(user: User) -> QuerySet[Any, Any]:
    reviews = ReviewRequest.objects.of_people_of(user)
    return reviews.filter(of_running_year(reviews)).order_by().values_list("year", "status")


def under_way(user: User) -> QuerySet[Any]:
    return ReviewRequest.objects.under_way_for(user).order_by()


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (files_of, "export_to_tell"),
        (mass_exports, "export_mass"),
        (year_of, OF_A_REP),
        (under_way, OF_A_REP),
        (under_way, "approval_under_way"),
    ],
)
def test_an_index_finds_the_rows(people: Any, many: None, asked: Callable[[User], QuerySet[Any]], index: str) -> None:
    assert re.search(index, plan(asked(people["leader"])))


def plan(rows: QuerySet[Any]) -> str:
    """How the database goes about it; PostgreSQL reads a table of a few rows whole, unless it is told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def test_a_page_in_the_midst_enters_its_index_there(db: None) -> None:
    """Rising, what has no value comes last: those that have one are asked for alone, so that they are a range."""
    rows = Account.objects.all()
    keys = keyset.keys(rows, ("customer_since", "id"))
    filled, empty = keyset.stretches(keys, [date(2020, 2, 3), 7])

    behind = walking.begun_at(rows, filled).order_by(*[key.order() for key in keys])

    assert re.search(r"account_by_since\b[\s\S]*customer_since ?>", plan(behind))
    assert "customer_since IS NULL" in str(rows.filter(empty).query).replace('"', "")


def test_where_a_page_begins_is_said_before_what_else_narrows_the_list(db: None) -> None:
    """Of two ends of one range SQLite takes the first: the other would have it walk from page 1."""
    late = Obligation.objects.filter(due_at__lt=now())
    place = now() - timedelta(days=100)

    found = walking.begun_at(late, Q(due_at__lte=place) & Q(pk__lt=7)).query.where.children

    assert [(child.lhs.target.name, child.lookup_name) for child in found] == [
        ("due_at", "lte"), ("id", "lt"), ("due_at", "lt"),
    ]  # fmt: skip
