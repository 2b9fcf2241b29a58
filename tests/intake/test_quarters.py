"""Figures of a company that keeps no order lines: net value and orders by quarter, told with their source; order lines stand."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actions import enter_figure, recompute
from accounts.models import Account, Figure, OrderLine, Performance
from acr_program.workflow.errors import Refused
from acr_program.workflow.seals import verify
from reviews.content.amounts import Say
from reviews.content.figures import figures_of
from reviews.content.orders import orders_of
from reviews.content.years import looked_back_on
from tests.desk.asking import text
from tests.factories import fresh, make_account

from .files import LINES, checked, line, outcomes, table, take, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.process, pytest.mark.demand("R-21")]

HEADS = ("Customer no", "Quarter", "Net sales", "Orders", "Gross margin", "Source", "As of")
FIRST = date(2026, 1, 1)
ROWS = [
    ("A1", "Q1 2026", "12345.67", "40", "31.5", "Finance", "2026-04-05"),
    ("A1", "2026-Q2", "9000", "35", "", "Finance", "2026-07-05"),
    ("A2", "Q1 2026", "700", "3", "", "Finance", "2026-04-05"),
]


@pytest.fixture(autouse=True)
def then(time_machine):
    time_machine.move_to("2026-11-16T09:00:00+00:00")


@pytest.fixture
def office(people):
    return people["admin"]


@pytest.fixture
def accounts(people):
    return [make_account(code=code, name=f"Customer {code}", manager=people["rep"]) for code in ("A1", "A2")]


def brought(office, rows=ROWS, **more):
    return taken_in(table(HEADS, rows), "quarters", office, "finance.csv", **more)


def stand():
    return {
        (q.account.code, q.label): (q.net, q.orders, q.stated, q.source, str(q.as_of))
        for q in Performance.objects.select_related("account")
    }


TOLD = {
    ("A1", "Q1 2026"): (Decimal("12345.67"), 40, True, "Finance", "2026-04-05"),
    ("A1", "Q2 2026"): (9000, 35, True, "Finance", "2026-07-05"),
    ("A2", "Q1 2026"): (700, 3, True, "Finance", "2026-04-05"),
}


def test_a_row_a_quarter_becomes_its_figures_with_source_and_day(office, accounts, as_person, people):
    batch = brought(office)

    assert batch.counts == {"created": 3}
    assert stand() == TOLD
    assert Figure.objects.count() == 7
    margin = Figure.objects.get(kind="margin")
    assert (margin.value, margin.source, margin.said_by) == (Decimal("31.5"), "Finance", office)
    page = text(as_person(people["rep"]).get(f"/accounts/{accounts[0].pk}/"))
    assert "21,346" in page  # both quarters together
    assert "From Finance, as of Sun 5 Jul" in page
    assert "0 shipped" not in page  # nobody has told how many were
    assert list(verify()) == []


def test_the_same_file_again_changes_nothing_and_a_correction_keeps_what_stood(office, accounts):
    brought(office)
    version = fresh(accounts[0]).version

    again = checked(table(HEADS, ROWS), "quarters", office)
    assert again.counts == {"unchanged": 3}
    assert fresh(accounts[0]).version == version

    batch = brought(office, [("A1", "Q1 2026", "12000", "40", "31.5", "Audit", "2026-05-05"), *ROWS[1:]])

    assert batch.counts == {"changed": 1, "unchanged": 2}
    assert stand()["A1", "Q1 2026"] == (12000, 40, True, "Audit", "2026-05-05")
    old = Figure.objects.get(kind="net", value=Decimal("12345.67"))
    assert old.replaced_at is not None

    take(batch, "undo", office)
    assert stand() == TOLD
    assert fresh(old).replaced_at is None


def test_what_says_no_source_comes_from_the_file_as_of_today(office, accounts):
    brought(office)
    rows = [("A1", "Q1 2026", "12345.67", "41", "31.5", "", "")]

    batch = brought(office, rows)

    assert batch.counts == {"changed": 1}
    origin = dict(
        Figure.objects.filter(account=accounts[0], quarter_begins_on=FIRST, replaced_at=None).values_list(
            "kind", "source"
        )
    )
    assert origin == {"net": "Finance", "orders": "finance.csv", "margin": "Finance"}
    assert str(Figure.objects.get(kind="orders", value=41).as_of) == "2026-11-16"


def test_undoing_takes_the_quarters_away_and_leaves_what_was_corrected_since(office, accounts):
    batch = brought(office)
    one = fresh(accounts[0])
    enter_figure(
        one, by=office, seen=one.version, kind="net", quarter_begins_on=FIRST, value=Decimal(12000), source="By hand", as_of=FIRST
    )  # fmt: skip
    assert stand()["A1", "Q1 2026"] == (12000, 40, True, "By hand", "2026-01-01")

    done = take(batch, "undo", office)

    assert (done.counts["undone"], done.counts["left"]) == (6, 1)
    assert [(f.kind, f.value) for f in Figure.objects.filter(replaced_at=None)] == [("net", 12000)]
    assert stand() == {}  # net value alone is in no picture
    assert list(verify()) == []


def test_what_order_lines_tell_stands_and_the_row_is_refused_with_it(office, accounts):
    taken_in(table(LINES, [line("o1", "A1", order_date="2026-01-15")]), "order_lines", office)

    batch = brought(office)

    assert outcomes(batch)[2] == (
        "refused",
        "The order lines of Q1 2026 tell a net value of 180.00 from 1 order. They stand: where they are wrong, correct them.",
    )
    assert batch.counts == {"created": 2, "refused": 1}
    assert stand()["A1", "Q1 2026"][:3] == (180, 1, False)
    single = checked(
        table(
            ("customer", "figure", "quarter", "value"),
            [("A1", "Net value", "Q1 2026", "1"), ("A1", "margin", "Q1 2026", "1")],
        ),
        "figures",
        office,
    )
    assert {n: outcome for n, (outcome, _why) in outcomes(single).items()} == {2: "refused", 3: "created"}
    one = fresh(accounts[0])
    with pytest.raises(Refused, match=r"tell a net value of 180\.00"):
        enter_figure(
            one, by=office, seen=one.version, kind="orders", quarter_begins_on=FIRST, value=Decimal(2), source="x", as_of=FIRST
        )  # fmt: skip


def test_order_lines_that_come_later_stand_and_give_way_when_they_are_undone(office, accounts):
    brought(office)
    lines = taken_in(table(LINES, [line("o1", "A1", order_date="2026-01-15")]), "order_lines", office)

    assert stand() == TOLD | {("A1", "Q1 2026"): (180, 1, False, "file.csv", "2026-11-16")}
    entry = fresh(accounts[0]).log().last()
    old, new = entry.detail.data["changed"]["performance 2026-01-01"]
    assert (Decimal(old["net"]), new["orders"]) == (Decimal("12345.67"), 1)

    take(lines, "undo", office)
    assert stand() == TOLD


def test_order_lines_that_come_between_preview_and_taking_in_are_met(office, accounts):
    batch = checked(table(HEADS, ROWS), "quarters", office)
    taken_in(table(LINES, [line("o1", "A1", order_date="2026-01-15")]), "order_lines", office)

    done = take(batch, "take_in", office)

    assert done.counts == {"created": 2, "late": 1}
    assert outcomes(done)[2][0] == "late"
    assert "They stand" in outcomes(done)[2][1]
    assert stand()["A1", "Q1 2026"][:3] == (180, 1, False)


def test_computing_leaves_what_is_told_alone(office, accounts):
    brought(office)
    before = [fresh(account).version for account in accounts]

    assert recompute([a.pk for a in accounts], by=office, source="x", as_of=FIRST) == set()
    assert [fresh(account).version for account in accounts] == before
    assert stand() == TOLD


def test_rows_that_cannot_be_are_refused_and_half_ones_are_said_to_be(office, accounts):
    rows = [
        ("A1", "Q1 2026", "1", "1.5", "", "x", ""), ("A1", "Q2 2026", "", "", "", "x", ""), ("A1", "Q3 2026", "5", "", "", "x", ""),
        ("A1", "soon", "1", "1", "", "x", ""), ("A9", "Q1 2026", "1", "1", "", "x", ""),
        ("A2", "Q1 2026", "1", "1", "120", "x", ""),
    ]  # fmt: skip

    batch = brought(office, rows)

    found = outcomes(batch)
    assert [found[n][0] for n in range(2, 8)] == ["refused", "refused", "created", "refused", "refused", "refused"]
    assert found[2][1] == "“Orders” is a whole number; 1.5000 is none."
    assert found[3][1] == "The row tells no figure."
    assert found[4][1] == "Without “Orders” the quarter is in no picture: net value and orders belong together."
    assert "is no quarter" in found[5][1]
    assert "There is no account with the customer number “A9”" in found[6][1]
    assert "lies between -100 and 100" in found[7][1]
    assert stand() == {}


def test_the_document_says_that_nobody_knows_what_was_shipped(office, accounts):
    quarters = [("A1", f"Q{q} 2025", "1000", "4", "", "Finance", "") for q in (1, 2, 3, 4)]
    brought(office, quarters)

    account = Account.objects.get(code="A1")
    years = looked_back_on(account)
    figures = figures_of(years, orders_of(account.pk, years), Say("en-GB", "USD"))

    assert figures["year"]["net"] == "4000.00"
    assert figures["year"]["shipped"] is None
    assert [q["shipped"] for q in figures["quarters"]] == [None] * 4
    told = next(number for number in figures["numbers"] if number["label"] == "On time")
    assert (told["value"], told["basis"]) == ("not on file", "the orders are on file by quarter alone")
    assert not OrderLine.objects.exists()
    assert Account.objects.count() == 2
