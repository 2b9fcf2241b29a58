"""Every list that has a name: its door is its export's, no cell of it draws; lists of one record among them (P31)."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from accounts.actions import recompute
from acr_program.exports import actions
from acr_program.exports.models import Export
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.ui.known import every, find
from pilots.models import PilotWave
from tests.accounts.orders import order
from tests.factories import make_account, make_request
from tests.intake.batches import make_batch
from tests.keyed import keyed
from tests.piloting import make_candidate, make_finding
from tests.reviews.feedback import held, speak

from .reading import body, xlsx_rows
from .test_exports import rows_of, taken

pytestmark = pytest.mark.django_db

LISTS = (
    "accounts", "requests", "sections", "all-sections", "approvals", "people", "mail", "late", "messages", "templates",
    "exports", "imports", "open-ends", "orders", "deviations", "follow-ups", "to-approve", "print-orders", "feedback",
    "suggestions", "library", "touch-points", "stars", "lessons", "consistency", "process-versions", "questions",
    "pilot-waves", "pilot-candidates", "pilot-findings", "account-managers", *keyed().lists,
)  # fmt: skip


@pytest.fixture
def busy(people):
    """A customer of Rita's with a review, orders and open ends; another's is printed, a third was met; a file that came in."""
    account = make_account(manager=people["rep"], theater="", country="Atlantis")
    order(account, "2026-01-15", ("3", "9.99", "0.15"))
    make_request("in_approval", account=account)
    make_request("printing", account=make_account(manager=people["rep"]))
    speak(held(account=make_account(manager=people["rep"])), about="stage:gathering", words="A week more.")
    make_batch("ready", people["admin"])
    make_finding(wave=make_candidate("active", manager=people["rep"]).wave)
    keyed().busy(people)
    return account


def query_of(known, account):
    """What an address has to say beside the list's name: of which record it is."""
    return QueryDict(f"{known.of}={record_of(known, account).pk}" if known.of else "")


def record_of(known, account):
    more = {"wave": PilotWave.objects.get, **keyed().record_of}
    return more[known.of]() if known.of in more else account


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_exported_to_whoever_reaches_its_page(name, people, as_person, busy):
    """The door of the list is the door of its export; no cell of it is mark-up."""
    known = find(name)
    query = query_of(known, busy)
    for who in ("rep", "stranger", "leader", "admin", "manager", "auditor", "contributor"):
        client = as_person(people[who])
        shown = client.get(known.url_of(query)).status_code
        answer = taken(client, name, query=query.urlencode())

        assert answer.status_code == shown, (who, name)
        if shown == 200:
            assert not [cell for row in rows_of(answer) for cell in row if "<" in cell]
            assert len(xlsx_rows(body(taken(client, name, "xlsx", query.urlencode())))) >= 1


def test_every_known_list_is_tried_here():
    assert {known.name for known in every()} == set(LISTS)


def test_the_orders_of_one_account_are_a_file(people, as_person, busy):
    """Asked for from its page, sorted as there; of another account, or of none, there is nothing."""
    order(busy, "2026-02-01", ("1", "5"))
    foreign = make_account(name="Foreign")
    order(foreign, "2026-01-15", ("7", "7"))
    client = as_person(people["rep"])
    page = client.get(f"/accounts/{busy.pk}/orders/?sort=oldest").content.decode()

    rows = rows_of(taken(client, "orders", query=f"account={busy.pk}&sort=oldest"))

    assert f'action="/exports/orders/?sort=oldest&amp;account={busy.pk}"' in page
    columns = [
        rows[0].index(name) for name in ("Quantity", "Unit price", "Discount", "Net value", "Ordered", "Category")
    ]
    assert [[row[at] for at in columns] for row in rows[1:]] == [
        ["3", "9.99", "0.15", "25.47", "2026-01-15", "Cheese"],
        ["1", "5.00", "0", "5.00", "2026-02-01", "Cheese"],
    ]
    for query in (f"account={foreign.pk}", "", "account=", "account=x", "account=9999999999999999999999"):
        assert taken(client, "orders", query=query).status_code == 404, query
    assert client.get(f"/views/keep/orders/?account={busy.pk}").status_code == 404


def test_a_large_sheet_of_one_accounts_orders_is_written_by_a_worker(people, as_person, busy, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for day in ("2026-02-01", "2026-03-01"):
        order(busy, day, ("1", "5"))
    client = as_person(people["rep"])

    taken(client, "orders", "xlsx", f"account={busy.pk}")
    drain(["exports.Export"])

    export = Export.objects.get()
    assert (export.state, export.rows, export.query) == (State.DONE, 3, f"account={busy.pk}")
    assert len(xlsx_rows(body(client.get(f"/exports/{export.pk}/file/")))) == 4


def test_imports_and_open_ends_are_files(people, as_person, busy):
    client = as_person(people["admin"])

    imports, ends = rows_of(taken(client, "imports")), rows_of(taken(client, "open-ends", query="open=theater"))

    found = dict(zip(*imports, strict=True))
    assert (found["File"], found["What it brings"], found["State"]) == ("ready.csv", "Accounts", "Ready to be taken in")
    assert found["Rows"] == "3 new, 1 refused"
    assert [row[:2] for row in ends[1:]] == [[busy.name, "Without a theater"]]
    assert rows_of(taken(client, "open-ends", query="open=named"))[1:] == []


def test_no_column_of_an_export_draws(people, as_person, busy):
    """What a page shows as a badge has a plain value."""
    for known in every():
        request = RequestFactory().get(known.url_of(query_of(known, busy)))
        request.user = people["admin"]
        page = known.build(request, *([record_of(known, busy)] if known.of else []))
        for row in page.every_row()[:5]:
            drawn = [c.key for c in page.table.exported if isinstance(c.raw(row), SafeString)]
            assert drawn == [], known.name


def test_money_has_two_decimals_as_the_list_shows_it_and_stays_exact_inside(people, as_person):
    """Half a cent goes up, once: 0.095 and 0.115 are 0.10 and 0.12 a line, and 0.21 together."""
    account = make_account("active", manager=people["rep"])
    order(account, "2026-08-03", ("1", "0.10", "0.05"), ("1", "0.23", "0.5"))
    recompute([account.pk], by=people["admin"], source="ERP", as_of=localdate())
    client = as_person(people["admin"])

    lines = rows_of(taken(client, "orders", query=f"account={account.pk}"))
    accounts = rows_of(taken(client, "accounts"))

    assert [row[lines[0].index("Net value")] for row in lines[1:]] == ["0.12", "0.10"]
    assert [row[accounts[0].index("Net, last four quarters")] for row in accounts[1:]] == ["0.21"]
