"""Rows for files are put together past the model's doors: they say the same as the objects that pages show."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, Prefetch
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.models import Account
from acr_program.exports import reading
from acr_program.exports.cells import drawer, drawers
from acr_program.people.models import Absence, User
from acr_program.ui.columns import Column
from acr_program.ui.known import every
from acr_program.workflow.log import LogEntry
from tests.accounts.orders import order
from tests.factories import make_account, make_request
from tests.keyed import keyed
from tests.piloting import make_candidate, make_finding
from tests.reviews.feedback import held, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(people: Any) -> Any:
    """Accounts with and without a manager, reviews in several states, somebody away."""
    for number, state in enumerate(("draft", "gathering", "in_approval", "delivered", "closed")):
        make_request(state, account=make_account(name=f"Firm {number}", manager=people["rep"]))
    make_account(name="=Nobody's", manager=None)
    make_request("printing", account=make_account(name="Printed", manager=people["rep"]))
    speak(held(account=make_account(name="Met", manager=people["rep"])), about="stage:gathering", words="A week more.")
    Absence.objects.create(
        person=people["rep"], stand_in=people["leader"], set_by=people["rep"], from_on=localdate(), to_on=localdate()
    )
    return people


def objects(rows: Any) -> list[Any]:
    return list(chain.from_iterable(reading.batches(rows)))


def test_each_list_says_the_same_as_by_the_objects_of_pages(office: Any) -> None:
    """Every cell of every list, and every field of what is joined; somebody's, not an empty list's."""
    zone, busy = timezone.get_current_timezone(), Account.objects.get(name="Firm 1")
    order(busy, "2026-01-10", ("3", "9.99", "0.15"))
    wave = make_finding(wave=make_candidate("active").wave).wave
    keyed().busy(office)
    more = {"wave": lambda: wave, **keyed().record_of}
    for known in every():
        record = more[known.of]() if known.of in more else busy
        request: Any = RequestFactory().get(known.url_of(QueryDict(f"{known.of}={record.pk}")))
        request.user = office["rep" if known.name in ("sections", "messages") else "admin"]
        page = known.build(request, *([record] if known.of else []))
        theirs, ours = list(page.every_row()), objects(page.every_row())
        assert reading.Whole.of(page.every_row()) is not None, f"{known.name} takes the long way."
        assert list(map(told, ours)) == list(map(told, theirs)), known.name
        for draw in drawers(page.table.exported, page.queryset.model, zone):
            assert draw(ours) == draw(theirs), known.name
    assert {"accounts", "requests", "people", "mail"} <= {known.name for known in every()}


def told(row: Model, above: Model | None = None) -> Any:
    """Everything that an object holds, with what is joined to it; one of a pair knows the other."""
    beside = row._state.fields_cache.items()
    joined = {name: other and (other is above or told(other, row)) for name, other in beside}
    held = {name: value for name, value in vars(row).items() if name not in ("_state", "_prefetched_objects_cache")}
    return type(row), row._state.adding, row._state.db, held, joined


def test_what_was_left_aside_is_read_when_it_is_asked_for(office: Any, django_assert_num_queries: Any) -> None:
    rows = Account.objects.select_related("manager__reports_to").defer("city", "manager__title").order_by("pk")
    with django_assert_num_queries(1):
        made = objects(rows)
    assert list(map(told, made)) == list(map(told, rows))
    with django_assert_num_queries(2):
        left_aside = made[0].city, made[0].manager.title
    assert left_aside == (rows[0].city, office["rep"].title)


def test_joins_are_shared_and_none_where_nothing_is_named(office: Any) -> None:
    made = {row.name: row for row in objects(Account.objects.select_related("manager"))}

    assert made["Firm 0"].manager is made["Firm 1"].manager
    assert made["=Nobody's"].manager is None


def test_few_are_kept_of_many_that_are_joined(office: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "KNOWN", 1)
    rows = User.objects.select_related("reports_to").order_by("pk")

    assert list(map(told, objects(rows))) == list(map(told, rows))


@pytest.mark.parametrize(
    "wanted", [Prefetch("absences", Absence.objects.order_by("pk")[:3], to_attr="away"), "absences"]
)
def test_what_is_fetched_beside_in_another_way_is_fetched_as_ever(office: Any, wanted: Any) -> None:
    rows = User.objects.prefetch_related(wanted).order_by("pk")
    name = "away" if isinstance(wanted, Prefetch) else "absences"

    ours = [list(getattr(row, name) if name == "away" else row.absences.all()) for row in objects(rows)]

    assert ours == [list(getattr(row, name) if name == "away" else row.absences.all()) for row in rows]
    assert any(ours)


def test_other_queries_take_the_long_way(office: Any) -> None:
    one, other = (Account.objects.filter(name=name).order_by() for name in ("Firm 1", "Firm 2"))
    both = one.union(other)

    assert reading.Whole.of(both) is None
    assert {row.name for row in objects(both)} == {"Firm 1", "Firm 2"}
    assert reading.Whole.of(LogEntry.objects.select_related("detail")) is None
    assert objects(Account.objects.order_by("pk").values_list("name", flat=True)[:1]) == ["Firm 0"]


@pytest.mark.parametrize(("known", "once"), [(1000, True), (0, False)])
def test_batches_ask_once_and_for_what_is_beside(office: Any, monkeypatch: Any, known: int, once: bool) -> None:
    """A short list is read once for all rows; a long one for each part of them."""
    monkeypatch.setattr(reading, "CHUNK", 4)
    monkeypatch.setattr(reading, "KNOWN", known)
    rows = User.objects.prefetch_related(Prefetch("absences", Absence.objects.all(), to_attr="away")).order_by("pk")
    with CaptureQueriesContext(connection) as asked:
        parts = list(reading.batches(rows))
    made = [row for part in parts for row in part]

    assert [len(part) for part in parts[:-1]] == [4] * (len(parts) - 1)
    assert len(parts) > 1
    assert len(asked.captured_queries) == (2 if once else 2 + len(parts))
    assert [(row.pk, row.away) for row in made] == [(row.pk, row.away) for row in rows]
    assert [absence.person for row in made for absence in row.away] == [office["rep"]]


def test_words_that_hold_a_number_are_not_taken_for_one_another() -> None:
    """One word is translated once for a file; “1 day” and “2 days” are two."""
    column = Column("age", "Age", value=lambda days: ngettext_lazy("%(n)d day", "%(n)d days", days) % {"n": days})
    lazy = Column("age", "Age", value=lambda days: ngettext_lazy("one", "many", days))
    word = Column("word", "Word", value=lambda days: gettext_lazy("here"))
    zone = timezone.get_current_timezone()

    assert drawer(column, User, zone)([1, 2, 3]) == ["1 day", "2 days", "3 days"]
    assert drawer(lazy, User, zone)([1, 2, 1]) == ["one", "many", "one"]
    assert drawer(word, User, zone)([1, 2]) == ["here", "here"]
