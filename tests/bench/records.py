"""A record with its timeline and its offers against the bare page; a step against the bare locked change."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from .bare import locked_update
from .office import Office
from .pages import Page, asked
from .report import Report
from .series import FIRST
from .timing import medians

TIMES, STEP, QUERIES = 3.5, 4.0, 15


def measure(report: Report, office: Office, rounds: int) -> None:
    report.section("A record, and a step")
    office.world.enter()
    approval = office.review.approvals.get()
    records = (
        Page("a review in approval, to the representative", "rep", office.review.get_absolute_url()),
        Page("a review in approval, to the office", "admin", office.review.get_absolute_url()),
        Page("its approval, to the leader", "leader", approval.get_absolute_url()),
        Page("an account with its figures, to the office", "admin", office.review.account.get_absolute_url()),
        Page("an account with as many order lines as there are rows", "admin", f"/accounts/{FIRST + 1}/"),
    )
    for page in records:
        client, bare = office.client(page.who), office.bare()
        assert client.get(page.url).status == 200, (page.name, office.world.told())
        spent = medians({"page": lambda c=client, u=page.url: c.get(u), "bare": lambda b=bare: b.get("/")}, rounds)
        report.tell(page.name, spent["page"] / spent["bare"], "× limit", TIMES)
        report.tell(f"{page.name}: queries", asked(office, page)[0], "queries", QUERIES)
    steps(report, office, rounds)


def steps(report: Report, office: Office, rounds: int) -> None:
    """Flag a risk (a mail, an obligation) and recover, in turn; beside them the bare change."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accounts.models import Account
    from acr_program.workflow.perform import perform
    from tests.factories import make_account

    office.world.enter()
    people: dict[str, Any] = office.company.people
    account = make_account(manager=people["rep"])
    kind = ContentType.objects.get_for_model(Account)
    ways = cycle((("flag_risk", "rep"), ("recover", "leader")))

    def step() -> None:
        nonlocal account
        name, who = next(ways)
        account = perform(
            account, name, by=people[who], seen=account.version, key=f"k{account.version}", comment="As it is."
        )

    other = make_account(manager=people["rep"])
    numbers = cycle(range(100, 10**6))
    acts = {"step": step, "bare": lambda: locked_update(other.pk, kind, people["rep"], next(numbers))}
    spent = medians(acts, rounds * 4)
    report.tell("the limit: a locked update with a log row", spent["bare"] * 1000, "ms")
    report.tell("a step: right, lock, log, obligation, mail", spent["step"] / spent["bare"], "× limit", STEP)
    most = 0
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            step()
        most = max(most, len([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]))
    report.tell("a step: queries", most, "queries", QUERIES)
