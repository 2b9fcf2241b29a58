"""What incubation shows: pictures with their tables, lists, and who sees any of it (K-13, M17, 68)."""

import re
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acr_program.workflow.log import LogEntry
from keyaccounts.actions.spending import take
from keyaccounts.models import Checkpoint, IncubationCycle, Membership
from keyaccounts.pages.incubation import CyclePage, meter
from keyaccounts.pages.incubation_section import section
from keyaccounts.standing import standing_in
from tests.acting import fresh, make_user, office
from tests.exports.reading import body, csv_rows

from .making import a_membership
from .making_incubation import a_standard, a_year_under_way, lift_limit, start, step

pytestmark = pytest.mark.django_db
MARKS = re.compile(r"SAVEPOINT|^PRAGMA|^SET TRANSACTION|^BEGIN|^COMMIT")


@pytest.fixture
def cycle(people):
    """An incubation with two checkpoints answered, something planned, something used and something lifted."""
    a_standard()
    return a_year_under_way(a_membership("incubator_nominated"))


def shown(row, person=None):
    return CyclePage(IncubationCycle.objects.for_page().get(pk=row.pk), person or office("manager"))


def page_of(client, url):
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.mark.demand("M17", "K-12")
def test_the_meter_burns_the_allowance_beside_the_indicators(cycle):
    page = shown(cycle)

    bars = {str(bar.name): bar for bar in page.meter.bars}
    assert (bars["Money"].value, round(bars["Money"].beyond, 1)) == (20.0, 46.7)
    assert (bars["People-days"].value, bars["People-days"].beyond) == (0.0, 25.0)
    assert (bars["Joint projects under way"].value, bars["Requirements met"].value) == (100.0, 60.0)
    assert all(bar.goal == 100 for name, bar in bars.items() if name not in ("Money", "People-days") or bar.goal)
    assert page.meter.lines[0][1][0] == "20 %"
    assert "3 of 5 requirements are met" in page.meter.sentence


@pytest.mark.demand("K-13")
def test_each_measure_has_a_trend_against_its_target_with_its_table(cycle):
    charts = {str(chart.series[0].name): chart for chart in shown(cycle).trends}

    projects = charts["Joint projects under way"]
    assert (projects.points[:3], projects.series[0].values[:3]) == (["Q4 2025", "Q1 2026", "Q2 2026"], [None, 1.0, 2.0])
    assert projects.goal == 2
    assert projects.sentence == "Joint projects under way: from 1 to 2, asked for at least 2."
    assert charts["Net value of twelve months"].series[0].values[:3] == [120_000.0] * 3


@pytest.mark.demand("K-13", "M17", "features, 68")
def test_the_page_draws_the_pictures_and_says_the_same_in_tables(cycle, as_person):
    text = page_of(as_person(office("manager")), cycle.get_absolute_url())

    assert text.count("chart__picture") == 1 + len(shown(cycle).trends)
    for words in (
        "Their plant opens.",
        "Workshop",
        "Fair",
        "Checkpoint 3, Q3 2026",
        "at most 45 days",
        "Lifted by name",
    ):
        assert words in text


@pytest.mark.demand("M17")
def test_nothing_left_is_told_in_the_tone_of_it(cycle):
    take(cycle, by=office("admin"), seen=fresh(cycle).version, what="Rest", money=Decimal(8_000))

    page = shown(cycle)
    assert (page.allowance.money.left, page.allowance.money.tone, page.meter.bars[0].tone) == (0, "bad", "bad")
    assert meter(page.of, page.allowance, []).sentence.startswith("0 %") or page.meter.sentence


@pytest.mark.demand("K-05", "K-22")
def test_drafts_are_for_those_who_oversee_and_what_is_in_force_for_everybody_with_a_part(people, as_person):
    draft = a_standard("draft")
    seen = {who: as_person(people[who]).get(draft.get_absolute_url()).status_code for who in ("manager", "rep")}
    step(draft, "publish", office("manager"))

    assert seen == {"manager": 200, "rep": 404}
    assert as_person(people["rep"]).get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [("admin", 200), ("manager", 200), ("executive", 200), ("auditor", 200), ("contributor", 404),
                         ("rep", 404), ("leader", 404)],
)  # fmt: skip
def test_who_sees_an_incubation_and_its_checkpoints(cycle, as_person, role, status):
    client = as_person(make_user(role))
    row = Checkpoint.objects.get(cycle=cycle, number=1)

    assert client.get(cycle.get_absolute_url()).status_code == status
    assert client.get(row.get_absolute_url()).status_code == status
    assert client.get(reverse("keyaccounts:spendings", args=[cycle.pk])).status_code == status


def test_the_account_manager_and_who_leads_them_see_it(cycle, as_person):
    manager = cycle.membership.account.manager

    assert as_person(manager).get(cycle.get_absolute_url()).status_code == 200
    assert as_person(manager.reports_to).get(cycle.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("what", ["cycle", "checkpoint", "standard", "membership"])
def test_a_record_costs_at_most_fifteen_queries(cycle, as_person, what):
    records = {
        "cycle": cycle, "checkpoint": cycle.checkpoints.get(number=2), "standard": cycle.standard,
        "membership": cycle.membership,
    }  # fmt: skip
    client, url = as_person(office("manager")), records[what].get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200

    asked_for = [one["sql"] for one in queries.captured_queries if not MARKS.search(one["sql"])]
    assert len(asked_for) <= (15 if what != "membership" else 30), "\n".join(asked_for)


def test_the_section_of_a_membership_costs_three_queries(cycle):
    manager, row = office("manager"), Membership.objects.for_page().get(pk=cycle.membership_id)
    ContentType.objects.get_for_model(LogEntry)
    with CaptureQueriesContext(connection) as queries:
        found = section(row, manager)

    assert (found["met"], found["asked"]) == (3, 5)
    assert len(queries) <= 3 + 1  # the company's currency is read once for half a minute


@pytest.mark.parametrize("name", ["cycles", "standards", "exceptions", "spendings"])
def test_lists_cost_at_most_eight_queries_whatever_their_rows(cycle, as_person, name):
    url = reverse(f"keyaccounts:{name}", args=[cycle.pk] if name == "spendings" else [])
    client, counted = as_person(office("manager")), []
    for _round in range(2):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counted.append(len([one for one in queries.captured_queries if not MARKS.search(one["sql"])]))
        start(a_membership("incubator_nominated"))
        take(cycle, by=office("admin"), seen=fresh(cycle).version, what="More", days=Decimal(1))
        lift_limit(cycle, by=office("executive"), reason="More.", days=Decimal(1))

    assert counted[0] == counted[1] <= 8


def test_the_list_of_incubations_tells_and_exports_what_is_taken(cycle, as_person):
    client = as_person(office("manager"))
    page = client.get(reverse("keyaccounts:cycles"))

    head, *rows = csv_rows(body(client.post(page.context["page"].export_url, {"as": "csv"})))
    told = dict(zip(head, rows[0], strict=True))
    assert (told["Account"], told["Number"], told["Checkpoints"]) == (cycle.membership.account.name, "1", "2")
    assert Decimal(told["Money taken"]) == 7_000
    assert Decimal(told["Days taken"]) == 5


@pytest.mark.demand("K-05", "K-13")
def test_what_is_kept_of_a_standing_reads_the_same_for_ever(cycle):
    from keyaccounts.standing import kept

    lines = {line["key"]: line for line in kept(standing_in(cycle))}

    assert lines["net-value"]["value"] == "120000"
    assert (lines["days-to-pay"]["said"], lines["days-to-pay"]["asked"]) == ("30 days", "at most 45 days")
    assert (lines["growth"]["met"], lines["joint-projects"]["decides"]) == (False, False)
