"""The second door: beginnings and edits (ARCHITECTURE.md, two doors)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from acr_program.workflow.edit import begin, begin_many, edit, edit_many, note_many
from acr_program.workflow.errors import Stale
from acr_program.workflow.log import LogEntry
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_account, make_year


def test_a_row_begins_with_the_first_row_of_its_log(people):
    account = begin(Account(name="Nova", theater="EMEA", country="Chile"), by=people["admin"], comment="By hand.")

    entry = account.log().get()
    assert (account.version, account.status) == (1, "prospect")
    assert (entry.version, entry.step, entry.before, entry.after, entry.comment) == (
        1,
        "create",
        "",
        "prospect",
        "By hand.",
    )
    assert (entry.account_id, account.taken.entry) == (account.pk, entry)


def test_a_beginning_that_breaks_leaves_no_row(people):
    make_year(label="2031")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_year_again(people["manager"])

    assert LogEntry.objects.filter(content_type__model="programyear", step="create").count() == 1


def make_year_again(by):
    from acr_program.charter.models import ProgramYear

    begin(ProgramYear(label="2031", begins_on="2031-01-01", ends_on="2031-12-31"), by=by)


def test_an_edit_keeps_what_stood_and_what_stands(account, people):
    done = edit(
        account, seen=1, by=people["admin"], key="click", comment="They moved.", city="Bremen", name=account.name
    )

    entry = done.log().get(version=2)
    assert (fresh(account).city, done.version, entry.step, entry.before, entry.after) == (
        "Bremen", 2, "edit", "prospect", "prospect",
    )  # fmt: skip
    assert (entry.detail.data, entry.comment) == ({"changed": {"city": ["", "Bremen"]}}, "They moved.")


def test_people_stand_in_the_log_by_their_key(account, people):
    done = edit(account, seen=1, by=people["admin"], manager=people["stranger"])

    assert done.taken.entry.detail.data == {"changed": {"manager": [people["rep"].pk, people["stranger"].pk]}}


def test_an_edit_that_changes_nothing_writes_nothing(account, people):
    done = edit(account, seen=1, by=people["admin"], name=account.name)

    assert (done.version, done.log().count()) == (1, 1)


def test_a_stale_edit_is_refused(account, people):
    edit(account, seen=1, by=people["admin"], city="Bremen")

    with pytest.raises(Stale):
        edit(account, seen=1, by=people["manager"], city="Kiel")

    assert fresh(account).city == "Bremen"


def test_the_same_click_edits_once(account, people):
    edit(account, seen=1, by=people["admin"], key="click", city="Bremen")
    again = edit(account, seen=1, by=people["admin"], key="click", city="Bremen")

    assert (again.taken.repeated, again.version) == (True, 2)


def test_many_rows_are_edited_in_as_many_queries_as_few(people):
    accounts = [make_account("prospect", manager=people["rep"]) for _ in range(12)]
    few, many = accounts[:2], accounts[2:]

    def write(rows):
        with CaptureQueriesContext(connection) as queries:
            changed = edit_many([(row, {"city": "Bremen"}) for row in rows], by=people["admin"], comment="Import.")
        return len(changed), len(queries)

    assert write(few) == (2, 7)
    assert write(many) == (10, 7)
    assert set(Account.objects.values_list("city", "version")) == {("Bremen", 2)}
    assert LogEntry.objects.filter(step="edit", detail__comment="Import.").count() == 12
    assert list(verify()) == []


def test_rows_in_which_nothing_differs_are_left_alone(people):
    same, other = (make_account("prospect", manager=people["rep"], city=city) for city in ("Bremen", "Kiel"))

    changed = edit_many([(same, {"city": "Bremen"}), (other, {"city": "Bremen"})], by=people["admin"])

    assert (changed, fresh(same).version, fresh(other).version) == ([other], 1, 2)


def test_edit_many_of_nothing_asks_nothing(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert edit_many([], by=people["admin"]) == []


def test_edit_many_writes_what_saving_writes(people):
    """The folded search words follow the name, as they do when one row is saved."""
    account = make_account("prospect", manager=people["rep"], name="Alt")

    edit_many([(account, {"name": "Zoë"})], by=people["admin"])

    assert "zoe" in fresh(account).search


def test_many_rows_begin_in_as_many_queries_as_few(people):
    def rows(count):
        return [Account(name=f"N{number}", theater="EMEA", country="Chile") for number in range(count)]

    def write(count):
        with CaptureQueriesContext(connection) as queries:
            made = begin_many(rows(count), by=people["admin"])
        return [row.version for row in made], len(queries)

    assert write(1) == ([1], 4)
    assert write(9) == ([1] * 9, 4)
    assert list(verify()) == []


def test_many_notes_are_logged_in_as_many_queries_as_few(people):
    accounts = [make_account("prospect", manager=people["rep"]) for _ in range(12)]

    def tell(rows):
        with CaptureQueriesContext(connection) as queries:
            note_many([(row, {"figures": [None, row.pk]}) for row in rows], by=people["admin"], comment="Import.")
        return len(queries)

    assert tell(accounts[:2]) == tell(accounts[2:]) <= 7
    note_many([(accounts[0], {})], by=people["admin"])
    assert set(Account.objects.values_list("version", flat=True)) == {2}
    assert {e.detail.data["changed"]["figures"][1] for e in LogEntry.objects.filter(step="edit")} == {
        account.pk for account in accounts
    }
    assert list(verify()) == []
