"""The page on which a leader approves has the rows of every table of the pages, and says what these go without."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from acr_program.render.schema import check
from reviews.models import Section
from reviews.pages.sheet_tables import late_without_reason, tables_of
from tests.factories import fresh, make_request, office, take
from tests.reviews.work import page_of, rendered

FULL = Path(__file__).parents[1] / "render" / "full.json"


@pytest.fixture
def inputs() -> dict[str, Any]:
    return check(json.loads(FULL.read_text()))


def tables(inputs: dict[str, Any], kind: str) -> dict[str, Any]:
    section = next(one for one in inputs["sections"] if one["kind"] == kind)
    return {table.caption: table for table in tables_of(section, inputs)}


def test_every_order_and_every_late_one_stands_there_with_its_reason(inputs):
    figures = inputs["figures"]
    figures["orders_net"] = "12345.60"
    found = tables(inputs, "promise")

    late, every = found["Late orders"], found["Every order of the year"]

    assert [row[0] for row in every.rows] == [one["number"] for one in figures["orders"]]
    assert [row[0] for row in late.rows] == [one["number"] for one in figures["orders"] if (one["days"] or 0) > 0]
    told = {
        one["number"]: one["reason"] for one in next(s for s in inputs["sections"] if s["kind"] == "promise")["late"]
    }
    assert all(row[-1].startswith(told[row[0]]) for row in late.rows if row[0] in told)
    assert every.total[-1] == "12,345.60"


def test_a_late_order_without_a_reason_says_so_and_is_counted(inputs):
    before = late_without_reason(inputs)
    section = next(one for one in inputs["sections"] if one["kind"] == "promise")
    gone = section["late"].pop()

    row = next(row for row in tables(inputs, "promise")["Late orders"].rows if row[0] == gone["number"])

    assert late_without_reason(inputs) == before + 1
    assert "not on file" in str(row[-1])


def test_quarters_categories_and_products_are_there(inputs):
    figures, mix = inputs["figures"], tables(inputs, "mix")

    assert tables(inputs, "figures")["In figures"].heads[2:] == [one["label"] for one in figures["quarters"]]
    assert [row[0] for row in mix["By category"].rows] == [one["name"] for one in figures["categories"]]
    assert [row[0] for row in mix["The largest products"].rows] == [one["name"] for one in figures["products"]]


def test_each_table_has_a_cell_for_every_head(inputs):
    for section in inputs["sections"]:
        for table in tables_of(section, inputs):
            assert {len(row) for row in [*table.rows, *filter(None, [table.total])]} == {len(table.heads)}


@pytest.mark.django_db
def test_whoever_approves_is_told_which_sections_are_left_out():
    request = make_request("gathering")
    first, second = request.contributions.order_by("pk")
    Section.objects.filter(pk=second.section_id).update(required=False)
    take(first, "submit", first.contributor, text="Fine.")
    take(first, "accept", office("admin"))
    take(fresh(request), "start_compiling", office("admin"), without=True)
    rendered(request)
    approval = fresh(request).latest_document().approvals.get()

    page = html.unescape(page_of(approval.approver, approval))

    assert f"One section is left out: “{second.section.title}”." in page
