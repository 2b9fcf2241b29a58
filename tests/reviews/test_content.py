"""What a document says of an account: the years, the orders, the mix, the value, each with where it comes from."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from accounts.actions import enter_figure, recompute
from accounts.models import Figure, OrderLine
from reviews.compiler import inputs_of
from reviews.content.content import Content
from reviews.content.promise import promise_of
from reviews.models import Document, Section
from tests.factories import fresh, make_account, make_request, office

pytestmark = pytest.mark.django_db

NOW = "2026-08-10 09:00 +0000"  # the year looked back on is July 2025 to June 2026
KINDS = ("figures", "promise", "mix", "value")


@pytest.fixture(autouse=True)
def then(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def review(people):
    """A review of an account, with the sections that figures fill; another account's orders open and close the file."""
    other = make_account()
    lines(other, ("o-1", "2024-08-05"), ("o-2", "2026-06-20"))
    request = make_request("gathering", sections=1)
    for place, kind in enumerate(KINDS, start=10):
        Section.objects.create(template=request.template, place=place, key=kind, title=kind.title(), kind=kind)
    return request


def lines(account, *orders, **fields):
    """An order of one line for each (number, day, fields)."""
    made = []
    for number, day, *more in orders:
        ordered = date.fromisoformat(day)
        values = {
            "product": "Brie", "category": "Dairy", "quantity": 2, "unit_price": "10.00", "discount": "0",
            "required_on": ordered + timedelta(days=14), "shipped_on": ordered + timedelta(days=7),
        } | fields | (more[0] if more else {})  # fmt: skip
        made.append(OrderLine(account=account, number=number, line=1, ordered_on=ordered, **values))
    OrderLine.objects.bulk_create(made)
    recompute([account.pk], by=office("admin"), source="Order system", as_of=date(2026, 8, 1))


def compiled(review):
    inputs = inputs_of(Document(request=fresh(review), number=1, begun_at=now()))
    return inputs, {section["key"]: section for section in inputs["sections"]}


def test_a_quarter_without_orders_is_nought_where_the_file_reaches_and_unknown_before_it_opens(review):
    lines(review.account, ("a-1", "2025-05-05"), ("a-2", "2026-01-15"))

    years = Content(fresh(review)).years

    assert [row and row.orders for row in years.rows] == [0, 0, 0, 1, 0, 0, 1, 0]
    assert years.span == "July 2025 to June 2026"
    assert years.opens_on == date(2024, 8, 5)


def test_before_the_file_opens_nothing_is_nought(review):
    OrderLine.objects.filter(number="o-1").update(ordered_on="2025-01-20")
    recompute(
        OrderLine.objects.values_list("account", flat=True),
        by=office("admin"),
        source="Order system",
        as_of=date(2026, 8, 1),
    )
    lines(
        review.account,
        ("a-1", "2025-02-05"),
        ("a-2", "2025-02-06"),
        ("a-3", "2026-02-05"),
        ("a-4", "2026-02-06", {"quantity": 3}),
    )

    inputs, sections = compiled(review)

    assert [row and row.orders for row in Content(fresh(review)).years.rows] == [None, None, 2, 0, 0, 0, 2, 0]
    assert inputs["figures"]["partial"] == "The year before has Q1 2025 and Q2 2025; the change compares these."
    assert inputs["figures"]["year"]["change"] == "0.25000000"
    assert (
        inputs["figures"]["numbers"][0]["basis"] == "+25.0\u202f% on the six months that can be compared: 50 against 40"
    )
    before = next(note["html"] for note in sections["notes"]["notes"] if note["title"] == "The year before")
    assert before.startswith("<p>The file opens on 20 January 2025. On file of the year before: Q1 2025 and Q2 2025.")


def test_told_quarters_are_not_filled_up_with_noughts(review):
    for month, net in ((7, 900), (10, 1000)):
        for kind, value in (("net", net), ("orders", 4)):
            account = fresh(review.account)
            enter_figure(
                account, by=office("admin"), seen=account.version, kind=kind, quarter_begins_on=date(2025, month, 1),
                value=Decimal(value), source="Finance", as_of=date(2026, 1, 20),
            )  # fmt: skip

    inputs, sections = compiled(review)

    assert [q.get("net") for q in inputs["figures"]["quarters"]] == [None, None, "900.00", "1000.00"]
    assert sections["promise"]["absent"].startswith("The orders of this account are on file by quarter alone")
    assert sections["notes"]["notes"][0]["title"] == "Figures as told"


def test_without_any_figure_every_section_says_so(review):
    inputs, sections = compiled(review)

    assert inputs["figures"] is None
    assert sections["figures"]["absent"] == "No figures of this account are on file."
    assert [sections[key]["absent"] for key in ("promise", "mix")] == ["No order of this account is on file."] * 2
    assert [row[1] for row in sections["value"]["tables"][0]["rows"]] == [None, None]
    assert "notes" not in sections


def test_late_orders_are_named_those_not_shipped_as_well(review):
    lines(
        review.account,
        ("a-1", "2025-08-01"),
        ("a-2", "2025-09-01", {"shipped_on": "2025-09-20"}),
        ("a-3", "2026-06-01", {"shipped_on": None}),
        ("a-4", "2026-06-28", {"shipped_on": None, "required_on": "2026-12-01"}),
        ("a-5", "2026-06-29", {"required_on": None}),
    )

    inputs, sections = compiled(review)

    late = [(order["number"], order["days"], order["overdue"]) for order in inputs["figures"]["late"]]
    assert late == [("a-2", 5, None), ("a-3", None, 47)]
    assert [(order["days"], order["overdue"]) for order in inputs["figures"]["orders"][3:]] == [
        (None, None),
        (None, None),
    ]
    assert sections["promise"]["html"] == (
        "<p>Two orders of the year are not shipped yet: on time is told of those that are."
        " One order was placed without a promised day, and counts neither as on time nor as late.</p>"
    )
    assert (inputs["figures"]["year"]["on_time"], inputs["figures"]["year"]["shipped"]) == (1, 2)


def test_of_many_orders_a_table_counts_them_and_the_late_ones_alone_are_listed(review):
    many = [(f"m-{n:03}", "2025-11-03", {"shipped_on": "2025-11-30"} if n < 9 else {}) for n in range(70)]
    lines(review.account, *many)

    inputs, sections = compiled(review)

    assert inputs["figures"]["orders"] == []
    assert [order["number"] for order in inputs["figures"]["late"]] == [f"m-{n:03}" for n in range(9)]
    [table] = sections["promise"]["tables"]
    assert table["rows"][1] == ["Q4 2025", 70, 70, 61, 9, 0]
    assert table["total"] == ["The year", 70, 70, 61, 9, 0]


def test_a_line_of_the_contributor_gives_the_reason_of_a_late_order(review):
    lines(review.account, ("a-2", "2025-09-01", {"shipped_on": "2025-09-20"}))
    content = Content(fresh(review))

    section = promise_of(
        content.years, content.orders, "Order a-2: The cold store was shut.\n\nb-9: is no order of the year."
    )

    assert section["late"] == [{"number": "a-2", "reason": "The cold store was shut."}]
    assert section["html"] == "<p>b-9: is no order of the year.</p>"


def test_a_change_is_told_of_a_part_that_two_orders_had_on_either_side(review):
    lines(
        review.account,
        ("b-1", "2024-09-01"), ("b-2", "2024-10-01"), ("b-3", "2024-11-01", {"category": "Fish"}),
        ("a-1", "2025-09-01", {"quantity": 5}), ("a-2", "2025-10-01"), ("a-3", "2025-11-01", {"category": "Fish"}),
        ("a-4", "2025-12-01", {"category": ""}),
    )  # fmt: skip

    figures = compiled(review)[0]["figures"]

    told = [(row["name"], row["net"], row["before_net"], row["change"]) for row in figures["categories"]]
    assert told == [
        ("Dairy", "70.00", "40.00", "0.75000000"), ("Fish", "20.00", "20.00", None), ("Without a category", "20.00", "0.00", None),
    ]  # fmt: skip


def test_a_customer_reads_of_satisfaction_and_never_of_margin_or_share_of_wallet(review):
    lines(review.account, ("a-1", "2025-08-01", {"discount": "0.25"}))
    say(review.account, "satisfaction", "8.5")
    before = compiled(review)[0]
    say(review.account, "margin", "31.37")
    say(review.account, "wallet", "47.19")

    inputs, sections = compiled(review)

    assert sections["value"]["tables"][0]["rows"] == [
        ["Discounts granted on list prices", "USD\u00a05.00", "Order lines of the year, as of 1 August 2026"],
        ["Your satisfaction, 0 to 10, Q2 2026", "8.5", "Survey of May, as of 20 May 2026"],
    ]
    assert inputs == before  # nor does anything else in it change by what is entered of them
    assert [word for word in ("margin", "wallet", "31.37", "47.19") if word in str(inputs).lower()] == []


def say(account, kind, value):
    Figure.objects.create(
        account=account, kind=kind, quarter_begins_on=date(2026, 4, 1), value=Decimal(value), source="Survey of May",
        as_of=date(2026, 5, 20), said_by=office("admin"),
    )  # fmt: skip


def test_every_section_says_where_it_comes_from(review):
    lines(review.account, ("a-1", "2025-08-01"))

    sections = compiled(review)[1]

    assert sections["figures"]["origin"] == {"source": "Order system", "as_of": "2026-08-01"}
    assert [key for key, section in sections.items() if not section.get("origin")] == []


def test_compiling_asks_the_database_a_few_things(review, django_assert_max_num_queries):
    lines(review.account, ("a-1", "2025-08-01"))
    document = Document(request=fresh(review), number=1, begun_at=now())

    with django_assert_max_num_queries(12):
        inputs_of(document)
