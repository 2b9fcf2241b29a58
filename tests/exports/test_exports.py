"""A list as a file: exactly what it shows, typed, for whoever may see it, and noted (P31, P34, features “export”)."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from acr_program.exports import actions
from acr_program.exports.models import Export
from acr_program.exports.rows import stream_csv
from acr_program.files.models import StoredFile
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.ui.known import find
from acr_program.workflow.edit import edit
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request

from .reading import body, csv_rows, xlsx_rows

pytestmark = pytest.mark.django_db


def taken(client, name, kind="csv", query=""):
    return client.post(f"/exports/{name}/?{query}", {"as": kind})


def rows_of(answer):
    assert answer.status_code == 200, answer.status_code
    return csv_rows(body(answer))


@pytest.fixture
def accounts(people):
    """Three of Rita's, one of somebody else."""
    made = [make_account(name=name, manager=people["rep"]) for name in ("Beta", "Alpha", "Gamma")]
    edit(
        made[0], seen=made[0].version, by=people["admin"], customer_since=localdate().replace(year=2019, month=3, day=4)
    )
    make_account(name="Foreign", theater="APAC", country="Japan")
    return made


def test_an_export_is_what_the_list_shows(people, as_person, accounts):
    """Filtered, sorted, and every row of it, not only the page."""
    for number in range(60):
        make_account(name=f"More {number:02}", manager=people["rep"])

    all_mine = rows_of(taken(as_person(people["rep"]), "accounts"))
    found = rows_of(taken(as_person(people["rep"]), "accounts", query="search=more&sort=-name"))
    japan = rows_of(taken(as_person(people["admin"]), "accounts", query="theater=APAC&page=nonsense"))

    assert all_mine[0][:4] == ["Account", "State", "Theater", "Business unit"]
    assert [row[0] for row in all_mine[1:4]] == ["Alpha", "Beta", "Gamma"]
    assert len(all_mine) == 64
    assert [row[0] for row in found[1:]] == [f"More {n:02}" for n in range(59, -1, -1)]
    assert [row[0] for row in japan[1:]] == ["Foreign"]


def test_figures_and_days_stay_what_they_are_and_nothing_stays_empty(people, as_person, accounts):
    client = as_person(people["admin"])

    as_text = rows_of(taken(client, "accounts", query="search=beta"))
    sheet = xlsx_rows(body(taken(client, "accounts", "xlsx", "search=beta")))
    values = openpyxl.load_workbook(io.BytesIO(body(taken(client, "accounts", "xlsx", "search=beta")))).active

    place = as_text[0].index("Customer since")
    unit = as_text[0].index("Business unit")
    assert as_text[1][place] == "2019-03-04"
    assert as_text[1][unit] == ""
    assert sheet[1][place].kind == "n"
    assert sheet[1][unit] is None
    assert values.cell(2, place + 1).value.date().isoformat() == "2019-03-04"
    assert {cell.kind for cell in sheet[0]} == {"inlineStr"}


def test_a_page_offers_the_export_of_what_it_shows(people, as_person, accounts):
    page = as_person(people["rep"]).get("/accounts/?search=alpha&sort=-name").content.decode()

    assert 'action="/exports/accounts/?search=alpha&amp;sort=-name"' in page
    assert 'name="as" value="xlsx"' in page


def test_looking_never_exports(people, as_person, accounts):
    client = as_person(people["rep"])

    assert client.get("/exports/accounts/").status_code == 405
    assert client.post("/exports/no-such/", {"as": "csv"}).status_code == 404
    assert client.post("/exports/accounts/", {"as": "pdf"}).status_code == 302
    assert not Export.objects.exists()


def test_who_took_what_is_noted(people, as_person, accounts):
    body(taken(as_person(people["rep"]), "accounts", query="search=alpha"))
    body(taken(as_person(people["rep"]), "accounts", "xlsx"))

    assert list(Export.objects.order_by("created_at").values_list("person", "list_name", "query", "kind", "rows")) == [
        (people["rep"].pk, "accounts", "search=alpha", "csv", 1),
        (people["rep"].pk, "accounts", "", "xlsx", 3),
    ]
    page = text(as_person(people["auditor"]).get("/exports/"))
    assert "search=alpha" in page
    assert as_person(people["rep"]).get("/exports/").status_code == 403


@pytest.mark.demand("P34")
def test_a_mass_export_is_an_exception(people, as_person, accounts, settings):
    settings.ACR_EXPORT_ALARM_ROWS = 5
    client = as_person(people["rep"])

    body(taken(client, "accounts"))
    before = text(as_person(people["manager"]).get("/exceptions/"))
    body(taken(client, "accounts"))

    assert "Mass exports" not in before or "Mass exports 0" in before
    assert "Mass exports 1" in text(as_person(people["manager"]).get("/exceptions/"))
    assert text(as_person(people["manager"]).get("/exports/?mass=on")).count("Rita Rep") == 1


@pytest.mark.demand("P34")
def test_nobody_exports_without_end(people, as_person, accounts, settings):
    settings.ACR_EXPORTS_AN_HOUR = 2
    client = as_person(people["rep"])
    for _round in range(2):
        body(taken(client, "accounts"))

    refused = taken(client, "accounts")

    assert refused.status_code == 429
    assert "2 lists within an hour" in text(refused)
    assert Export.objects.count() == 2
    assert taken(as_person(people["admin"]), "accounts").status_code == 200


@pytest.fixture
def small(monkeypatch):
    """A sheet of more than two rows is a large one."""
    monkeypatch.setattr(actions, "AT_ONCE", 2)


def test_a_large_sheet_is_written_by_a_worker(people, as_person, accounts, small):
    client = as_person(people["rep"])

    asked = taken(client, "accounts", "xlsx")
    taken(client, "accounts", "xlsx")  # the same, once more, while the first is not written
    waiting = text(client.get("/messages/"))
    drain(["exports.Export"])
    ready = client.get("/messages/")

    export = Export.objects.get()
    assert asked.status_code == 302
    assert "is being written" in waiting
    assert "3 rows" in text(ready)
    assert (export.state, export.rows) == (State.DONE, 3)
    answer = client.get(f"/exports/{export.pk}/file/")
    assert len(xlsx_rows(body(answer))) == 4
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Files made for you" in text(client.get("/"))
    assert as_person(people["admin"]).get(f"/exports/{export.pk}/file/").status_code == 404


def test_the_worker_asks_again_who_may(people, as_person, accounts, small):
    """A role taken away, or a person switched off, between asking and writing: no file."""
    client = as_person(people["auditor"])
    for _number in range(3):
        make_request("submitted", account=make_account(manager=people["rep"]))
    taken(client, "templates", "xlsx")
    taken(client, "mail", "xlsx")
    taken(as_person(people["admin"]), "mail", "xlsx")
    people["admin"].grants.all().delete()
    drain(["exports.Export"])

    export = Export.objects.get(list_name="mail")
    assert (export.state, export.file) == (State.FAILED, None)
    assert export.error == "This page is for the program office."


def test_a_file_is_gone_after_a_week(people, as_person, accounts, small, later):
    client = as_person(people["rep"])
    taken(client, "accounts", "xlsx")
    drain(["exports.Export"])
    export = Export.objects.get()

    later(days=6)
    actions.clean()
    assert as_person(people["rep"]).get(f"/exports/{export.pk}/file/").status_code == 200
    later(days=2)
    actions.clean()

    assert as_person(people["rep"]).get(f"/exports/{export.pk}/file/").status_code == 404
    assert fresh(export).rows == 3
    assert not StoredFile.objects.filter(kind__contains="spreadsheet").exists()


def test_a_moment_is_in_the_time_of_whoever_reads(people, as_person, accounts, time_machine):
    time_machine.move_to("2026-06-01T22:30:00+00:00", tick=False)
    people["rep"].time_zone = "Asia/Tokyo"
    people["rep"].save()
    body(taken(as_person(people["rep"]), "accounts"))
    people["auditor"].time_zone = "Asia/Tokyo"
    people["auditor"].save()

    rows = rows_of(taken(as_person(people["auditor"]), "exports"))

    assert rows[2][rows[0].index("When")] == "2026-06-02 07:30:00"


def test_an_export_asks_the_same_for_many_rows_as_for_few(people, as_person, accounts):
    client = as_person(people["admin"])

    def questions():
        with CaptureQueriesContext(connection) as asked:
            body(taken(client, "requests"))
        return len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]])

    make_request(account=accounts[0])
    taken(client, "requests")
    few = questions()
    for account in accounts[1:]:
        make_request(account=account)

    assert questions() == few


def test_a_stream_begins_before_the_first_row_is_asked_for(people, as_person, accounts):
    answer = taken(as_person(people["rep"]), "accounts")
    parts = iter(answer.streaming_content)

    with CaptureQueriesContext(connection) as asked:
        first = next(parts)

    assert not asked.captured_queries
    assert first.decode("utf-8-sig").startswith('"Account"')
    assert sum(1 for _row in csv.reader(io.StringIO(b"".join(parts).decode()))) == 3


def test_a_broken_off_download_is_noted_with_what_went_out(people, as_person, accounts):
    request = RequestFactory().get("/accounts/")
    request.user = people["rep"]
    export = Export.objects.create(
        person=people["rep"], list_name="accounts", title="Accounts", kind="csv", state="done"
    )
    stream = stream_csv(find("accounts").build(request), export.handed_out)
    begun = [next(stream), next(stream)]
    stream.close()

    assert len(begun) == 2
    assert fresh(export).rows == 0
