"""SQL that is made once gives what the query itself gives, for whoever asks it next."""

from typing import Any

import pytest
from django.db.models import CharField, OuterRef, Subquery

from acr_program.people.models import RoleGrant, User
from acr_program.people.prepared import Prepared, asked, row_of

pytestmark = pytest.mark.django_db


def names_of(role: str) -> Any:
    return User.objects.filter(grants__role=role).order_by("name").values_list("name", "joined_at")


def first_role() -> Subquery:
    return Subquery(RoleGrant.objects.filter(person=OuterRef("pk")).order_by("role").values("role")[:1])


@pytest.fixture
def people() -> list[User]:
    found = [User.objects.create(email=f"{name}@example.com", name=name) for name in ("Ada", "Bea")]
    RoleGrant.objects.create(person=found[0], role="admin")
    return found


def test_rows_are_those_of_now_and_values_those_of_python(people: list[User]) -> None:
    assert asked(names_of, "admin") == list(names_of("admin"))
    RoleGrant.objects.create(person=people[1], role="admin")

    assert asked(names_of, "admin") == list(names_of("admin")) == [(p.name, p.joined_at) for p in people]
    assert asked(names_of, "rep") == []


def test_what_stands_beside_a_row_is_asked_in_its_query(people: list[User], django_assert_num_queries: Any) -> None:
    rows = User.objects.annotate(first=Prepared(User, first_role, of=CharField())).order_by("name")

    with django_assert_num_queries(1):
        assert [(row.name, row.first) for row in rows.filter(email__endswith="@example.com")] == [
            ("Ada", "admin"),
            ("Bea", None),
        ]
    assert rows.filter(name="Ada").count() == 1


def test_it_stands_beside_its_own_rows_alone(people: list[User]) -> None:
    rows = RoleGrant.objects.annotate(first=Prepared(User, first_role, of=CharField()))

    with pytest.raises(ValueError, match="first_role stands beside rows of people_user alone"):
        list(rows)


def test_a_row_takes_its_values_by_name_and_reads_the_rest_when_asked(
    people: list[User], django_assert_num_queries: Any
) -> None:
    row = row_of(User, ("name", "id"), ["Ada", people[0].pk])

    assert (row.pk, row.name) == (people[0].pk, "Ada")
    with django_assert_num_queries(1):
        assert row.email == "Ada@example.com"
