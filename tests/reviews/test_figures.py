"""An account's quarters as the figures of its document."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Performance
from reviews.content.amounts import Say
from reviews.content.figures import figures_of as figures_of_years
from reviews.content.orders import Orders
from reviews.content.years import Years, eight_until, looked_back_on
from tests.factories import make_request


def quarter(begins_on, net="10", **counts):
    """Unsaved."""
    counts = {"orders": 4, "shipped": 4, "promised": 3, "on_time": 2} | counts
    return Performance(
        quarter_begins_on=date.fromisoformat(begins_on), net=Decimal(net), source="x", as_of=date(2026, 7, 1), **counts
    )


def figures_of(quarters):
    """The figures of these quarters, of which the last ends the year."""
    rows = {row.quarter_begins_on: row for row in quarters}
    begins = eight_until(max(rows))
    return figures_of_years(Years(begins, [rows.get(day) for day in begins]), Orders([], [], None), Say("en-GB", "USD"))


YEAR = ["2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01"]


def test_punctuality_is_told_of_promises_alone():
    """Of four orders shipped one had no promised day: two of three were kept, not two of four."""
    figures = figures_of([quarter(day) for day in YEAR])

    assert [(q["on_time"], q["shipped"], q["on_time_share"]) for q in figures["quarters"]] == [(2, 3, "0.66666666")] * 4
    assert (figures["year"]["on_time"], figures["year"]["shipped"], figures["year"]["on_time_share"]) == (
        8,
        12,
        "0.66666666",
    )
    told = next(number for number in figures["numbers"] if number["label"] == "On time")
    assert (told["value"], told["of"]) == (8, 12)


def test_where_nothing_was_promised_no_share_is_told():
    figures = figures_of([quarter(day, promised=0, on_time=0) for day in YEAR])

    assert figures["year"]["on_time_share"] is None
    assert next(number["value"] for number in figures["numbers"] if number["label"] == "On time") == "none due"


@pytest.mark.parametrize(
    ("nets", "says"),
    [
        (["10.004", "10.004", "10.004", "10.004"], False),  # 40 of four times 10: no cents are printed
        (["10.4", "10.4", "10.4", "10.4"], True),  # 42 of four times 10, as they are printed
        (["10", "20.5", "30.5", "40"], True),
        (["10", "20", "30", "40.25"], False),
    ],
)
def test_a_table_whose_rows_and_total_differ_says_so(nets, says):
    figures = figures_of([quarter(day, net) for day, net in zip(YEAR, nets, strict=True)])

    assert bool(figures["footnotes"]) is says


def test_a_review_looks_back_over_complete_quarters(people, time_machine):
    """On 11 May 1998 the second quarter runs: the year ends with the first."""
    time_machine.move_to("1998-05-11 12:00 +0000")
    review = make_request("draft")
    for year in (1996, 1997, 1998):
        for month in (1, 4, 7, 10):
            if (1996, 4) <= (year, month) <= (1998, 4):
                row = quarter(f"{year}-{month:02}-01")
                row.account = review.account
                row.save()

    looked = looked_back_on(review.account)

    assert [q.label for q in looked.rows] == [
        "Q2 1996", "Q3 1996", "Q4 1996", "Q1 1997", "Q2 1997", "Q3 1997", "Q4 1997", "Q1 1998",
    ]  # fmt: skip
    assert [q["label"] for q in figures_of(looked.rows)["quarters"]] == ["Q2 1997", "Q3 1997", "Q4 1997", "Q1 1998"]
