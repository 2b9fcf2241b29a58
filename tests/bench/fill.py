"""Many rows of everything that is listed, written by the database itself: a hundred thousand of each in under a minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models
from django.utils.timezone import localdate, now

from accounts.models import Account, Fact, OrderLine, Performance
from accounts.quarters import quarter_of
from acr_program.exports.models import Export
from acr_program.files.models import Manifest
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import ROOT_HASH, LogEntry
from acr_program.workflow.obligations import Obligation
from reviews.models import Approval, Document, InformationRequest, ReviewRequest

from .series import FIRST, ago, day, insert, pick, quoted, uuid

PEOPLE = 1000  # so many of the people have accounts
TEAM = 50  # so many of them report to the leader who looks at pages: at 10,000 rows too, each lane of the board is full
WAITING = 200  # so many things wait for the office, and it waits for half as many
SHARE = 10  # every so manieth section, approval and mail is of the one person who looks at pages
MEETING = "n % 400 - 300"  # days from today
GIVEN = ("Ada", "Bruno", "Chloé", "Dinesh", "Elif", "Farid", "Greta")
FAMILY = ("Moreau", "Lindqvist", "Okafor", "Tanaka", "Weber", "Silva", "Novák", "Haddad", "Byrne", "Costa", "Iyer")
FIRMS = (
    "Harbour",
    "Meadow",
    "Northern",
    "Silver",
    "Union",
    "Pacific",
    "Alpine",
    "Crescent",
    "Granite",
    "Juniper",
    "Lakeside",
)
TRADES = ("Logistics", "Foods", "Textiles", "Instruments", "Papers", "Chemicals", "Energy", "Glass", "Optics", "Seeds")
UNITS = ("Retail", "Industry", "Public", "Health", "Transport")
PLACES = (
    ("Hamburg", "Germany", "EMEA"),
    ("Lyon", "France", "EMEA"),
    ("Osaka", "Japan", "APAC"),
    ("Austin", "USA", "AMER"),
)
STATES = (
    "closed",
    "closed",
    "closed",
    "cancelled",
    "closed",
    "closed",
    "gathering",
    "closed",
    "closed",
    "compiling",
    "closed",
    "closed",
    "in_approval",
    "closed",
    "closed",
    "printing",
    "closed",
    "delivered",
    "closed",
    "draft",
)


def one_of(person: User) -> str:
    return f"CASE WHEN n % {SHARE} = 0 THEN {person.pk} ELSE {FIRST} + 1 + n % {PEOPLE} END"


def fill(count: int, people: dict[str, User], template: Any, years: Sequence[Any]) -> None:
    """So many people, accounts with figures, requests, sections, approvals, late things, mails, exports."""
    employees(count, people)
    customers(count, people)
    requests(count, template, years)
    reviews(count, people, template)
    desk(count, people)
    settle()


def employees(count: int, people: dict[str, User]) -> None:
    name = f"{pick(GIVEN)} || ' ' || {pick(FAMILY)} || ' ' || n"
    insert(
        User,
        count,
        email="'p' || n || '@example.com'",
        name=name,
        title=pick(TRADES),
        password="'!'",
        reports_to_id=f"CASE WHEN n <= {TEAM} THEN {people['leader'].pk} ELSE {FIRST} + 1 + n % 50 END",
        search=f"lower({name} || ' ' || {pick(TRADES)} || ' p' || n || '@example.com')",
    )


def customers(count: int, people: dict[str, User]) -> None:
    name = f"{pick(FIRMS)} || ' ' || {pick(TRADES)} || ' ' || n"
    city, country, theater = (pick([place[at] for place in PLACES]) for at in range(3))
    insert(
        Account,
        count,
        version=1,
        code="'C' || n",
        name=name,
        business_unit=pick(UNITS),
        theater=theater,
        country=country,
        city=city,
        manager_id=f"{FIRST} + 1 + n % {PEOPLE}",
        customer_since=day("-(n % 5000)"),
        search=f"lower({name} || ' c' || n || ' ' || {city} || ' ' || {country})",
        status=pick(("active", "active", "active", "at_risk", "active", "prospect", "active", "closed")),
    )
    begins = quarter_of(localdate())
    for quarter in range(4):
        begins = quarter_of(begins - timedelta(days=1))
        insert(
            Performance,
            count,
            id=f"{FIRST} + {quarter * count} + n",
            account_id=f"{FIRST} + n",
            quarter_begins_on=begins,
            net="1000 + n % 9000",
            orders=5,
            shipped=4,
            promised=4,
            on_time=3,
            source=quoted("orders.csv"),
            as_of=localdate(),
        )
    insert(
        Fact,
        count // 10,
        account_id=f"{FIRST} + n * 10",
        kind=pick(("rfp", "strategic")),
        since_on=day("-n % 900"),
        said_by_id=people["admin"].pk,
        reason=quoted("They told us."),
    )
    insert(
        OrderLine,
        count,
        account_id=FIRST + 1,
        number="'O' || (n / 3)",
        line="n % 3",
        product=pick(FIRMS),
        category=pick(TRADES),
        quantity=10,
        unit_price="5 + n % 90",
        ordered_on=day("-(n % 900)"),
        required_on=day("20 - (n % 900)"),
        shipped_on=day("10 - (n % 900)"),
    )
    logged(Account, count, quoted("active"), people["admin"])


def requests(count: int, template: Any, years: Sequence[Any]) -> None:
    name = f"{pick(FIRMS)} || ' ' || {pick(TRADES)} || ' ' || n"
    insert(
        ReviewRequest,
        count,
        version=1,
        account_id=f"{FIRST} + n",
        year_id=pick([str(y.pk) for y in years]).replace("'", ""),
        audience=pick(("executive", "operational", "executive")),
        rep_id=f"{FIRST} + 1 + n % {PEOPLE}",
        goal=quoted("Agree on next year."),
        meeting_on=day(MEETING),
        status=pick(STATES),
        template_id=template.pk,
        delivery=quoted("digital"),
        search=f"lower({name})",
        theater=pick([place[2] for place in PLACES]),
        business_unit=pick(UNITS),
        created_at=ago("n * 7"),
    )


def reviews(count: int, people: dict[str, User], template: Any) -> None:
    status = pick(STATES)
    logged(ReviewRequest, count, status, people["admin"])
    section = template.sections.filter(kind="input").first()
    done = pick(("accepted", "accepted", "waived", "submitted"))
    insert(
        InformationRequest,
        count,
        version=1,
        request_id=f"{FIRST} + n",
        section_id=section.pk,
        contributor_id=one_of(people["contributor"]),
        text=quoted("We shipped what we promised. " * 20),
        meeting_on=day(MEETING),
        status=done,
    )
    logged(InformationRequest, count, done, people["contributor"])
    manifest = Manifest.objects.earliest("pk")
    insert(
        Document,
        count,
        version=1,
        request_id=f"{FIRST} + n",
        number=1,
        begun_at=now(),
        status=quoted("ready"),
        manifest_id=manifest.pk,
        pages=12,
    )
    said = pick(("approved", "approved", "changes_requested", "lapsed"))
    insert(
        Approval,
        count,
        version=1,
        request_id=f"{FIRST} + n",
        document_id=f"{FIRST} + n",
        approver_id=one_of(people["leader"]),
        place=1,
        status=said,
        comment=quoted("As it is."),
        meeting_on=day(MEETING),
        ended=f"({status}) IN ('closed', 'cancelled')",
    )
    logged(Approval, count, said, people["leader"])


def logged(model: type[models.Model], count: int, status: str, by: User) -> None:
    kind = ContentType.objects.get_for_model(model).pk
    last = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    insert(
        LogEntry,
        count,
        id=f"{max(last, FIRST)} + n",
        content_type_id=kind,
        object_id=f"{FIRST} + n",
        version=1,
        step=quoted("begin"),
        after=status,
        by_id=by.pk,
        at=ago("n * 7"),
        account_id=f"{FIRST} + 1 + n % {PEOPLE}",
        previous=ROOT_HASH,
        hash=f"'{kind}-' || n",
    )


def desk(count: int, people: dict[str, User]) -> None:
    kind, admin = ContentType.objects.get_for_model(ReviewRequest).pk, people["admin"].pk
    name = f"{pick(FIRMS)} || ' ' || {pick(TRADES)} || ' ' || n"
    for_role = f"n <= {WAITING}"
    insert(
        Obligation,
        count,
        content_type_id=kind,
        object_id=f"{FIRST} + n",
        step=quoted("accept"),
        what=quoted("Read the request"),
        title=name,
        url=f"'/reviews/' || ({FIRST} + n) || '/'",
        role=f"CASE WHEN {for_role} THEN 'admin' ELSE '' END",
        person_id=f"CASE WHEN {for_role} THEN NULL ELSE {FIRST} + 1 + n % {PEOPLE} END",
        waiter_id=f"CASE WHEN n % 50 = 1 AND n < 50 * 100 THEN {admin} ELSE {FIRST} + 1 + n % {PEOPLE} END",
        due_at=ago("n * 5 + 60"),
        opened_at=ago("n * 5 + 9000"),
    )
    insert(
        Message,
        count,
        id=uuid("n"),
        state=quoted("done"),
        created_at=ago("n"),
        key="'k' || n",
        kind=quoted("step"),
        person_id=one_of(people["admin"]),
        address=quoted("ada@example.com"),
        subject=f"'A request was accepted: ' || {name}",
        text=quoted("Text. " * 50),
        html=quoted("<p>Text.</p>" * 50),
        content_type_id=kind,
        object_id="CAST(n AS varchar)",
        message_id="'<' || n || '@example.com>'",
        sent_at=ago("n"),
    )
    insert(
        Export,
        count,
        id=uuid("n"),
        state=quoted("done"),
        created_at=ago("n"),
        person_id=one_of(people["admin"]),
        list_name=quoted("accounts"),
        title=quoted("Accounts"),
        kind=quoted("csv"),
        rows="n",
    )


def settle() -> None:
    """What a database does by itself in the first quiet minute."""
    tables = [
        User,
        Account,
        Performance,
        Fact,
        OrderLine,
        ReviewRequest,
        InformationRequest,
        Document,
        Approval,
        Obligation,
        LogEntry,
    ]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")
