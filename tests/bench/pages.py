"""Lists, board, Today and search: against the bare page, and a large office against a small one."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .office import Office
from .report import Report
from .series import FIRST
from .timing import medians

MARKS = re.compile(r"SAVEPOINT|^PRAGMA|^SET |^BEGIN|^COMMIT")  # they begin and end, and ask nothing
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2)[^"]*)"')
TIMES, GROWTH, QUERIES, KILOBYTES, FILES, SEARCH = 3.0, 1.2, 8, 15, 6, 7.0
DEEP = 2000


class Page(NamedTuple):
    """One page as one person sees it; `known` names its list where it has one."""

    name: str
    who: str
    url: str
    known: str = ""
    goal: float = TIMES


PAGES = (
    Page("accounts", "admin", "/accounts/", "accounts"),
    Page("accounts, by state and unit", "admin", "/accounts/?status=at_risk&business_unit=Retail"),
    Page("accounts, searched", "admin", "/accounts/?search=harbour+logis", goal=SEARCH),
    Page("accounts, newest customer", "admin", "/accounts/?sort=newest"),
    Page("accounts of a leader's people", "leader", "/accounts/"),
    Page("accounts with open ends", "admin", "/accounts/open-ends/"),
    Page("requests", "admin", "/reviews/", "requests"),
    Page("requests, by state", "admin", "/reviews/?state=gathering"),
    Page("requests, under way, by meeting", "admin", "/reviews/?state=live&sort=meeting"),
    Page("requests, by theater and year", "admin", "/reviews/?theater=APAC&year={year}"),
    Page("requests, by business unit", "admin", "/reviews/?unit=Health"),
    Page("requests, searched", "admin", "/reviews/?q=harbour+logis", goal=SEARCH),
    Page("requests of a leader's people", "leader", "/reviews/"),
    Page("my sections", "contributor", "/reviews/sections/", "sections"),
    Page("my sections, by meeting", "contributor", "/reviews/sections/?sort=meeting"),
    Page("sections of all reviews", "admin", "/reviews/sections/all/", "all-sections"),
    Page("sections of all reviews, by state", "admin", "/reviews/sections/all/?state=submitted"),
    Page("sections of all reviews, late", "admin", "/reviews/sections/all/?late=late"),
    Page("approvals", "leader", "/reviews/approvals/", "approvals"),
    Page("approvals, by meeting", "leader", "/reviews/approvals/?sort=meeting"),
    Page("people", "admin", "/people/", "people"),
    Page("people, by role", "admin", "/people/?role=rep"),
    Page("people, searched", "admin", "/people/?search=weber+ada", goal=SEARCH),
    Page("what is late", "admin", "/late/", "late"),
    Page("what is late, just late", "admin", "/late/?sort=newest"),
    Page("my messages", "admin", "/messages/", "messages"),
    Page("outgoing mail", "admin", "/mail/", "mail"),
    Page("outgoing mail, by state", "admin", "/mail/?state=done"),
    Page("outgoing mail, searched", "admin", "/mail/?search=harbour", goal=SEARCH),
    Page("exports", "admin", "/exports/", "exports"),
    Page("templates", "admin", "/reviews/templates/", "templates"),
    Page("order lines of one account", "admin", f"/accounts/{FIRST + 1}/orders/"),
    Page("story of one account", "admin", f"/accounts/{FIRST + 2}/timeline/"),
    Page("imports", "admin", "/intake/"),
    Page("board", "admin", "/reviews/board/"),
    Page("board of a leader", "leader", "/reviews/board/"),
    Page("Today, of the office", "admin", "/"),
    Page("Today, of a leader", "leader", "/"),
    Page("search, many found", "admin", "/search/?q=harbour", goal=SEARCH),
    Page("search, one found", "admin", "/search/?q=harbour+4235", goal=SEARCH),
    Page("search, none found", "admin", "/search/?q=zeppelin", goal=SEARCH),
    Page("search as one types", "admin", "/search/suggest/?q=harb", goal=SEARCH),
)


def measure(report: Report, offices: list[Office], rounds: int) -> None:
    large = offices[-1]
    for office in offices:
        limit(report, office, rounds)
    for page in PAGES:
        one(report, page, offices, rounds)
    report.section("Deep pages: page 2,000 against page 1")
    for page in (page for page in PAGES if page.known and page.known != "templates"):
        deep(report, page, large, rounds)
    weight(report, large)


def limit(report: Report, office: Office, rounds: int) -> None:
    """The bare page itself, and that it shows its fifty rows."""
    client = office.bare()
    answer = client.get("/")
    assert (answer.status, answer.body.count("<tr>")) == (200, 51), office.world.told()
    if not report.sections:
        report.section("Lists, board, Today, search")
    spent = medians({"bare": lambda: client.get("/")}, rounds)["bare"]
    report.tell(f"the limit: a bare page, {office.rows:,} rows", spent * 1000, "ms")


def address(page: Page, office: Office) -> str:
    office.world.enter()
    year = office.review.year_id
    return page.url.format(year=year)


def one(report: Report, page: Page, offices: list[Office], rounds: int) -> None:
    """Both offices and their limits in turn; then the queries in the large one."""
    acts: dict[str, Any] = {}
    for office in offices:
        client, bare, url = office.client(page.who), office.bare(), address(page, office)
        answer = client.get(url)
        assert answer.status == 200, (page.name, answer.status, answer.body[:300], office.world.told())
        acts[f"page {office.rows}"] = lambda client=client, url=url: client.get(url)
        acts[f"bare {office.rows}"] = lambda bare=bare: bare.get("/")
    spent = medians(acts, rounds)
    bare = sum(spent[f"bare {office.rows}"] for office in offices) / len(offices)
    for office in offices:
        report.tell(f"{page.name}, {office.rows:,} rows", spent[f"page {office.rows}"] / bare, "× limit", page.goal)
    small, large = offices[0], offices[-1]
    if small is not large:
        ratio = spent[f"page {large.rows}"] / spent[f"page {small.rows}"]
        report.tell(
            f"{page.name}, {large.rows:,} against {small.rows:,}", ratio, "×", GROWTH if page.goal == TIMES else None
        )
    count, _answer = asked(large, page)
    report.tell(f"{page.name}, queries", count, "queries", QUERIES)


def asked(office: Office, page: Page) -> tuple[int, Any]:
    """What the page asks of the database once it is warm, and its answer."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    url = address(page, office)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(office.company.people[page.who])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    return len([q for q in queries.captured_queries if not MARKS.search(q["sql"])]), answer


def deep(report: Report, page: Page, office: Office, rounds: int) -> None:
    """The page that begins behind row 100,000, or the last but one where there are fewer."""
    for sort, url, number in deep_pages(page, office):
        client = office.client(page.who)
        assert client.get(url).status == 200, (page.name, url)
        spent = medians(
            {"first": lambda c=client, s=sort: c.get(f"{page.url}?sort={s}"), "deep": lambda c=client, u=url: c.get(u)},
            rounds,
        )
        report.tell(f"{page.name}, by {sort}, page {number:,}", spent["deep"] / spent["first"], "× page 1", GROWTH)


def deep_pages(page: Page, office: Office) -> Iterator[tuple[str, str, int]]:
    from django.http import HttpRequest, QueryDict

    from acr_program.people.models import User
    from acr_program.ui import keyset, known

    office.world.enter()
    found: Any = known.find(page.known)
    person = User.objects.get(pk=office.company.people[page.who].pk)
    for sort in found.build(request_of(HttpRequest(), person, QueryDict(""))).table.sorts:
        shown = found.build(request_of(HttpRequest(), person, QueryDict(f"sort={sort.key}")))
        size = shown.table.size
        number = min(DEEP, shown.queryset.order_by().values("pk").count() // size - 1)
        if number > 1:
            row = shown.every_row()[(number - 1) * size - 1]
            cursor = keyset.cursor(shown.keys, row, shown.asked, False)
            yield sort.key, f"{page.url}?sort={sort.key}&page={cursor}", number


def request_of(request: Any, person: Any, query: Any) -> Any:
    request.method, request.path, request.user, request.GET = "GET", "/", person, query
    return request


def weight(report: Report, office: Office) -> None:
    report.section("First pages over the wire")
    for page in (page for page in PAGES if page.known or page.name in ("board", "Today, of the office")):
        _count, answer = asked(office, page)
        report.tell(f"{page.name}, gzipped", len(gzip.compress(answer.content, 6)) / 1024, "KB", KILOBYTES)
        files = {url.split("?")[0] for url in STATIC.findall(answer.content.decode())}
        report.tell(f"{page.name}, static files", len(files), "files", FILES)
