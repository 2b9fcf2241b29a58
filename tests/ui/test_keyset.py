"""Walking a list forward shows each row once, in order; walking back, the same; whatever is missing in the columns."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Count, F
from django.db.models.functions import Length
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acr_program.ui.lists import Column, ListPage, Sort, Table

User = get_user_model()
pytestmark = pytest.mark.django_db

SORTS = [
    Sort("name", "name", "name", "id"),
    Sort("title", "title", "-title", "name", "-id"),
    Sort("leader", "leader", "reports_to__name", "id"),  # missing for those who report to nobody
    Sort("team", "team", "-team", "-id"),  # an annotation that may be missing
    Sort("size", "size", "size", "-name", "id"),  # a count
    Sort("joined", "joined", "-joined_at", "id"),
]
letters = st.text("abcÄ é", max_size=3)
people = st.lists(st.tuples(letters, letters, st.one_of(st.none(), st.integers(0, 5))), max_size=14)


def fill(rows: list[tuple[str, str, int | None]]) -> None:
    User.objects.update(reports_to=None)
    User.objects.all().delete()
    made: list[Any] = []
    for n, (name, title, leader) in enumerate(rows):
        above = made[leader] if leader is not None and leader < len(made) else None
        made.append(User.objects.create(email=f"p{n}@example.com", name=name, title=title, reports_to=above))


def page_at(url: str, queryset: Any, size: int) -> ListPage:
    table = Table([Column("name", "Name")], SORTS, size=size)
    return ListPage(RequestFactory().get(url), queryset, table)


def walk(url: str, queryset: Any, size: int, way: str) -> list[list[int]]:
    """The pages from here on, as ids."""
    seen = []
    while url:
        assert len(seen) < 50, "The pages never end."
        page = page_at(url, queryset, size)
        seen.append([row.pk for row in page.objects])
        url = getattr(page, f"{way}_url")
    return seen


@pytest.mark.slow
@given(rows=people, size=st.integers(1, 5), sort=st.sampled_from(SORTS), turned=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_once_and_back_again(rows: list[Any], size: int, sort: Sort, turned: bool) -> None:
    fill(rows)
    team = F("reports_to__version") + Length("title")
    everybody = User.objects.annotate(team=team, size=Count("reports", distinct=True)).select_related("reports_to")
    start = f"/people/?sort={'-' if turned else ''}{sort.key}"

    forward = walk(start, everybody, size, "next")
    last = page_at(start, everybody, size)
    for _page in forward[1:]:
        last = page_at(last.next_url, everybody, size)
    back = walk(last.previous_url, everybody, size, "previous") if last.previous_url else []

    expected = [row.pk for row in everybody.order_by(*[key.order() for key in last.keys])]
    walked = [pk for page in forward for pk in page]
    assert walked == expected
    assert len(walked) == len(rows)
    again = [pk for page in reversed(back) for pk in page] + [row.pk for row in last.objects]
    assert again == expected


@pytest.mark.parametrize("word", ["x", "", "ImZvbyI:1abc:def", "\x00", "é" * 50, "a" * 3000])
def test_a_cursor_that_we_did_not_make_begins_at_the_first_page(word: str) -> None:
    fill([("a", "", None), ("b", "", None)])

    page = page_at("/people/", User.objects.all(), 5)
    page.request.GET = page.request.GET.copy()
    page.request.GET["page"] = word

    assert [row.name for row in page.objects] == ["a", "b"]


def test_a_cursor_of_another_sort_begins_at_the_first_page() -> None:
    fill([("a", "x", None), ("b", "x", None), ("c", "x", None)])
    by_name = page_at("/people/?sort=name", User.objects.all(), 1)

    moved = page_at(by_name.next_url.replace("sort=name", "sort=title"), User.objects.all(), 1)

    assert [row.name for row in moved.objects] == ["a"]


def test_an_unknown_sort_is_the_first_one() -> None:
    fill([("b", "", None), ("a", "", None)])

    page = page_at("/people/?sort=nonsense", User.objects.all(), 5)

    assert [row.name for row in page.objects] == ["a", "b"]


def test_a_sort_must_end_in_id() -> None:
    with pytest.raises(ValueError, match="must end in id"):
        Sort("name", "name", "name")
