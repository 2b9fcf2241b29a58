"""Lists: two queries whatever the rows, addresses that can be shared, values said as people read them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django_cotton.utils import render_component
from time_machine import travel

from acr_program.ui.lists import ENOUGH, Column, ListPage, Sort, Table, counted
from acr_program.ui.sample import PEOPLE, Mood, PersonFilter

User = get_user_model()


def make(number: int, **fields: Any) -> None:
    for n in range(number):
        User.objects.create(email=f"q{n}@example.com", name=f"Person {n}", **fields)


def people(url: str = "/people/", **options: Any) -> ListPage:
    return ListPage(RequestFactory().get(url), User.objects.filter(is_system=False), PEOPLE, **options)


def draw(page: ListPage) -> str:
    return render_component(page.request, "list", of=page, label="People")


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_two_queries_whatever_the_rows(rows: int, django_assert_num_queries: Any) -> None:
    make(rows)

    with django_assert_num_queries(2):
        draw(people())


@pytest.mark.django_db
def test_filters_stay_in_the_address_and_come_off_by_their_chip() -> None:
    make(2, title="Account manager")
    request = RequestFactory().get("/people/?q=person&title=Account+manager&sort=newest&page=x")
    page = ListPage(request, PersonFilter(request.GET, queryset=User.objects.all(), request=request), PEOPLE)

    chips = [(chip.label, chip.value, chip.url) for chip in page.filters.chips]

    assert page.number == 2
    assert chips == [
        ("Search", "person", "/people/?title=Account+manager&sort=newest"),
        ("Title", "Account manager", "/people/?q=person&sort=newest"),
    ]
    assert page.filters.clear_url == "/people/?sort=newest"
    assert page.query == "q=person&title=Account+manager&sort=newest"


@pytest.mark.django_db
def test_how_many_is_said_in_words() -> None:
    make(3)
    one = ListPage(
        RequestFactory().get("/"), User.objects.filter(name="Person 1"), PEOPLE, everything=User.objects.all()
    )

    assert people().total == "3 people"
    assert one.total == "1 of 3 people"
    assert ListPage(RequestFactory().get("/"), User.objects.none(), PEOPLE).total == "0 people"


def test_beyond_a_thousand_nobody_counts() -> None:
    assert [counted(ENOUGH), counted(ENOUGH + 1)] == ["1,000", "1,000+"]


@pytest.mark.django_db
def test_nothing_found_offers_the_way_on() -> None:
    request = RequestFactory().get("/people/?q=nobody")
    page = ListPage(request, PersonFilter(request.GET, queryset=User.objects.all(), request=request), PEOPLE)

    html = draw(page)

    assert "No people match" in html
    assert "Clear all filters" in html


@pytest.mark.django_db
def test_a_column_head_sorts_and_turns() -> None:
    heads = {head.column.key: (head.url, head.direction) for head in people("/people/?sort=name").heads}

    assert heads["name"] == ("/people/?sort=-name", "ascending")
    assert heads["joined_at"] == ("/people/?sort=newest", "")
    assert heads["title"] == ("", "")


@travel(datetime(2026, 11, 17, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, '<span class="quiet">not set</span>'),
        ("", '<span class="quiet">not set</span>'),
        (date(2026, 12, 10), "Thu 10 Dec"),
        (date(2027, 1, 12), "Tue 12 Jan 2027"),
        (datetime(2026, 11, 17, 9, 5, tzinfo=UTC), "Today, 09:05"),
        (1204300, "1,204,300"),
        (True, "yes"),
        (Mood.OVERDUE, '<span class="badge" data-tone="bad">Overdue</span>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_value_is_said_as_people_read_it(value: Any, shown: str) -> None:
    from django.utils.html import conditional_escape

    column = Column("x", "X", value=lambda row: value)

    assert conditional_escape(column.cell(object())) == shown


@pytest.mark.django_db
def test_two_lists_on_a_page_keep_apart() -> None:
    make(7)
    table = Table([Column("name", "Name")], [Sort("name", "Name", "name", "id")], size=5)
    request = RequestFactory().get("/x/")
    first, second = (ListPage(request, User.objects.all(), table, name=name) for name in ("mine", "theirs"))

    moved = RequestFactory().get(second.next_url)

    assert [len(ListPage(moved, User.objects.all(), table, name=name).objects) for name in ("mine", "theirs")] == [5, 2]
    assert (first.id, second.id) == ("mine", "theirs")
