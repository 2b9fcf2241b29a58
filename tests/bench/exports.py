"""A list as CSV against the database's own rows through the csv module; its first byte, and that memory stays flat."""

from __future__ import annotations

import csv
import http.client
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from .office import Office
from .pages import request_of
from .report import Report
from .timing import medians

TIMES, SHEET, FIRST_BYTE, GROWTH = 8.0, 2.0, 50, 10
KNOWN = (str, int, float, Decimal, date, type(None))  # what xlsxwriter takes as it is
SAME: dict[str, tuple[str, ...]] = {
    "accounts": (
        "name",
        "status",
        "theater",
        "business_unit",
        "manager__name",
        "year_net",
        "customer_since",
        "city",
        "country",
        "holds",
    ),
    "requests": (
        "account__name",
        "status",
        "since",
        "rep__name",
        "meeting_on",
        "pk",
        "audience",
        "year__label",
        "on_it",
        "first_writer",
        "reader",
    ),
    "people": ("name", "title", "reports_to__name", "email", "is_active", "held"),
    "mail": ("subject", "address", "created_at", "state", "kind", "error"),
}


class Nowhere:
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def measure(report: Report, office: Office, rounds: int) -> None:
    report.section(f"Export of {office.rows:,} rows")
    office.world.enter()
    for name, fields in SAME.items():
        spent = medians(
            {"ours": lambda n=name: ours(office, n), "bare": lambda n=name, f=fields: bare(office, n, f)},
            max(rounds // 4, 3),
            warm=1,
        )
        report.tell(f"{name} as CSV", spent["ours"] / spent["bare"], "× bare", TIMES)
        report.tell(f"{name} as CSV, rows a second", office.rows / spent["ours"])
    first_bytes(report, office, rounds)
    flat(report, office)
    sheets(report, office, rounds)


def page_of(office: Office, name: str) -> Any:
    from django.http import HttpRequest, QueryDict

    from acr_program.people.models import User
    from acr_program.ui import known

    person = User.objects.get(pk=office.company.people["admin"].pk)
    found: Any = known.find(name)
    return found.build(request_of(HttpRequest(), person, QueryDict("")))


def ours(office: Office, name: str) -> None:
    from acr_program.exports.rows import stream_csv

    for _part in stream_csv(page_of(office, name), lambda _rows: None):
        pass


def bare(office: Office, name: str, fields: tuple[str, ...]) -> None:
    """The same rows in the same order, of the same columns, as they come."""
    rows = page_of(office, name).every_row().prefetch_related(None).values_list(*fields)
    csv.writer(Nowhere()).writerows(rows.iterator(chunk_size=2000))


def first_bytes(report: Report, office: Office, rounds: int) -> None:
    """From the click to the first byte of the file, over the wire."""
    from tests.prove.clients import FORM, SECRET

    client = office.client("admin")
    body = urlencode({"csrfmiddlewaretoken": SECRET, "as": "csv"})
    spent: list[float] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", office.world.port, timeout=60)
        connection.request("POST", "/exports/accounts/", body, {"Cookie": client.cookie, **FORM})
        answer = connection.getresponse()
        assert answer.status == 200, answer.status
        assert answer.read(1)
        spent.append(time.perf_counter() - begun)
        connection.close()
        time.sleep(0.3)  # the stream that was broken off ends
    report.tell("first byte of a CSV file", sorted(spent)[len(spent) // 2] * 1000, "ms", FIRST_BYTE)


def flat(report: Report, office: Office) -> None:
    """What the process has grown by between a tenth of the rows and the last."""
    from acr_program.exports.rows import stream_csv

    seen: list[int] = [anonymous() for _part in stream_csv(page_of(office, "requests"), lambda _rows: None)]
    report.tell(
        "memory, from a tenth of the rows to the last", (seen[-1] - seen[len(seen) // 10]) / 1024, "MiB", GROWTH
    )


def anonymous() -> int:
    """KiB of memory of its own that this process holds."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1])


def sheets(report: Report, office: Office, rounds: int) -> None:
    """A list as a workbook against the same columns through xlsxwriter, row by row as it does it fastest."""
    for name, fields in SAME.items():
        acts = {
            "ours": lambda n=name: ours_as_sheet(office, n),
            "bare": lambda n=name, f=fields: bare_sheet(office, n, f),
        }
        spent = medians(acts, max(rounds // 4, 3), warm=1)
        report.tell(f"{name} as XLSX", spent["ours"] / spent["bare"], "× xlsxwriter", SHEET)
        report.tell(f"{name} as XLSX, rows a second", office.rows / spent["ours"])


def ours_as_sheet(office: Office, name: str) -> None:
    from acr_program.exports.rows import xlsx

    assert xlsx(page_of(office, name))[1] >= office.rows


def bare_sheet(office: Office, name: str, fields: tuple[str, ...]) -> None:
    """The same rows in the same order, as they come; what is neither a text, a figure nor a day as its words."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True})
        sheet = book.add_worksheet()
        rows = page_of(office, name).every_row().prefetch_related(None).values_list(*fields)
        for number, row in enumerate(rows.iterator(chunk_size=2000), start=1):
            sheet.write_row(number, 0, [value if isinstance(value, KNOWN) else str(value) for value in row])
        book.close()
