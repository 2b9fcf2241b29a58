"""How rows are asked for changes nothing in what is found."""

from typing import Any

import pytest
from django.db.models import F, Q

from acr_program.people.models import User
from acr_program.ui import walking

pytestmark = pytest.mark.django_db
ORDER = [F("name").asc(), F("pk").asc()]


@pytest.fixture
def leader() -> User:
    leader = User.objects.create(email="l@example.com", name="Lena")
    for n in range(12):
        User.objects.create(email=f"p{n}@example.com", name=f"P{n:02}", reports_to=leader if n % 2 else None)
    return leader


def team(leader: User) -> Any:
    return User.objects.filter(Q(reports_to__in=User.objects.filter(pk=leader.pk).values("pk")) | Q(pk=leader.pk))


@pytest.mark.parametrize("many", [True, False])
def test_a_set_is_the_same_whichever_way_it_is_gathered(leader: User, many: bool) -> None:
    rows = team(leader)

    found = walking.first_rows(rows, ORDER, 4, lambda: many)

    assert walking.by_set(rows)
    assert [row.name for row in found] == ["Lena", "P01", "P03", "P05"]


def test_what_is_narrowed_by_values_is_counted_along_its_order(leader: User) -> None:
    rows = User.objects.filter(reports_to=leader).exclude(name__in=["P01"])

    assert walking.by_value(rows)
    assert not walking.by_value(team(leader))
    assert not walking.by_value(rows.filter(search__contains="p"))


def test_many_cuts_are_one_list_of_keys(leader: User) -> None:
    team, lena = User.objects.filter(reports_to=leader), User.objects.filter(name="Lena")
    parts = [team.order_by("name").values("pk")[:2], lena.values("pk")]

    assert sorted(User.objects.filter(walking.any_of(parts)).values_list("name", flat=True)) == ["Lena", "P01", "P03"]
    assert not User.objects.filter(walking.any_of([])).exists()


def test_nobody_counts_beyond_a_thousand(monkeypatch: Any, leader: User, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr(walking, "ENOUGH", 3)
    asked = [("team", User.objects.filter(reports_to=leader)), ("one", User.objects.filter(name="Lena"))]

    with django_assert_num_queries(1):
        found = dict(walking.counted_to_enough([*asked, ("none", User.objects.none())]))

    assert found == {"team": 4, "one": 1}
