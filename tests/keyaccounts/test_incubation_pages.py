"""What incubation shows: pictures with their tables, forms, lists, and who sees any of it (K-12, K-13, M17, 68)."""

import re
from decimal import Decimal

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acr_program.workflow.log import LogEntry
from keyaccounts.actions.spending import take
from keyaccounts.models import (
    Checkpoint,
    IncubationCycle,
    Membership,
    MissingProof,
    Reading,
    Spending,
    Standard,
    Waiver,
)
from keyaccounts.pages.incubation import CyclePage, meter
from keyaccounts.pages.incubation_section import section
from keyaccounts.standing import standing_in
from tests.acting import fresh, make_user, office
from tests.exports.reading import body, csv_rows

from .making import a_membership, a_programme
from .making_incubation import (
    ALLOWANCE,
    a_standard,
    answer,
    asked,
    at,
    figures_since,
    later,
    lift_limit,
    morning,
    panel_agrees,
    start,
    step,
)  # fmt: skip
from .test_incubation import THEN

pytestmark = pytest.mark.django_db
MARKS = re.compile(r"SAVEPOINT|^PRAGMA|^SET TRANSACTION|^BEGIN|^COMMIT")
TYPED = {"value": "30", "source": "Ledger"}


@pytest.fixture
def cycle(people):
    """An incubation with two checkpoints answered, something planned, something used and something lifted."""
    a_standard()
    membership = a_membership("incubator_nominated")
    figures_since(membership.account, THEN.replace(year=2024, month=1, day=1), 12, 30_000)
    with time_machine.travel(morning(THEN), tick=False):
        row = start(membership)
    for number in (1, 2):
        with at(later(row, 3 * number)):
            answer(asked(row, number), joint_projects=str(number))
    admin = office("admin")
    take(row, by=admin, seen=fresh(row).version, what="Workshop", money=Decimal(4_000), days=Decimal(5))
    take(row, by=admin, seen=fresh(row).version, what="Fair", money=Decimal(3_000), used=True)
    lift_limit(row, by=office("executive"), reason="Their plant opens.", money=Decimal(5_000))
    return fresh(row)


def shown(row, person=None):
    return CyclePage(IncubationCycle.objects.for_page().get(pk=row.pk), person or office("manager"))


def page_of(client, url):
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()


def typed(row, **values):
    """What is typed for the actuals of a checkpoint."""
    said = {"comment": "As agreed."}
    for one in row.told_measures:
        said |= {f"value_{one.pk}": values.get(one.key.replace("-", "_"), "30"), f"source_{one.pk}": "Ledger"}
    return said


def click(row, **data):
    return {"seen": fresh(row).version, "key": f"click-{row.pk}-{len(data)}", **data}


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


@pytest.mark.demand("K-12")
def test_the_form_refuses_what_goes_over_and_keeps_what_was_typed(cycle, as_person):
    client = as_person(cycle.membership.account.manager)
    url = reverse("keyaccounts:spend", args=[cycle.pk])
    assert "Left of the allowance: 8,000" in page_of(client, url)

    refused = client.post(url, click(cycle, what="Too much", money="8001", days="", on="2026-09-01"))

    assert refused.status_code == 409
    assert "A senior executive can lift the limit" in refused.content.decode()
    assert "Too much" in refused.content.decode()
    assert client.post(url, click(cycle, what="Just enough", money="8000", on="2026-09-01")).status_code == 302
    assert Spending.objects.get(what="Just enough").state == "planned"


@pytest.mark.demand("K-12", "M17")
def test_an_executive_lifts_the_limit_on_the_page_and_it_stands_among_the_exceptions(cycle, as_person):
    executive = make_user("executive", name="Eva Executive")
    client = as_person(executive)
    url = f"{cycle.get_absolute_url()}steps/lift/"

    assert client.post(url, click(cycle, money="100", days="", comment="")).status_code == 400
    assert client.post(url, click(cycle, money="100", days="2", comment="For the second plant.")).status_code == 302

    assert Waiver.objects.get(by=executive).days == 2
    listed = client.get(reverse("keyaccounts:exceptions"))
    rows = csv_rows(body(client.post(listed.context["page"].export_url, {"as": "csv"})))
    assert {"Eva Executive", "For the second plant."} <= set(rows[1])
    assert as_person(office("manager")).get(url).status_code == 403


@pytest.mark.demand("K-12")
def test_what_is_planned_is_booked_or_released_on_its_page(cycle, as_person):
    client, row = as_person(office("admin")), Spending.objects.get(what="Workshop")
    book = reverse("keyaccounts:settle", args=[row.pk])
    free = reverse("keyaccounts:release-planned", args=[row.pk])

    assert client.post(book, click(cycle, money="3500", days="4", on="2026-06-01")).status_code == 302
    assert (fresh(row).state, fresh(row).money) == ("used", 3_500)
    assert client.post(free, click(cycle, comment="Not needed.")).status_code == 409


@pytest.mark.demand("K-13")
def test_the_actuals_are_typed_each_with_its_source(cycle, as_person):
    with at(later(cycle, 9)):
        row = asked(cycle, 3)
        client = as_person(row.membership.account.manager)
        url = f"{row.get_absolute_url()}steps/answer/"
        lacking = typed(row) | {f"source_{row.told_measures[0].pk}": ""}

        refused = client.post(url, click(row, **lacking))
        assert refused.status_code == 400
        assert "Say where the figure comes from." in refused.content.decode()
        assert client.post(url, click(row, again="1", **typed(row))).status_code == 302

    assert fresh(row).status == "answered"
    assert Reading.objects.filter(quarter_begins_on=row.quarter_begins_on, source="Ledger").count() == 3
    assert "30 days" in page_of(as_person(row.membership.account.manager), row.get_absolute_url())


@pytest.mark.demand("K-13")
def test_a_figure_left_empty_needs_a_word_why(cycle, as_person):
    with at(later(cycle, 9)):
        row = asked(cycle, 3)
        client = as_person(row.membership.account.manager)
        said = typed(row, days_to_pay="") | {"comment": ""}
        answered = client.post(f"{row.get_absolute_url()}steps/answer/", click(row, **said))

    assert answered.status_code == 400
    assert "Say why a figure is not known." in answered.content.decode()


@pytest.mark.demand("K-10", "K-12")
def test_the_manager_starts_the_year_on_its_page_and_a_trial_without_resources_is_refused(people, as_person):
    a_standard()
    membership, client = a_membership("incubator_nominated"), as_person(people["manager"])
    url = f"{membership.get_absolute_url()}steps/start_incubation/"
    page_of(client, url)

    bare = client.post(url, click(membership, starts_on="2026-11-20", money="", days=""))
    assert bare.status_code == 400
    assert "a trial without resources shows nothing" in bare.content.decode()
    from django.utils.timezone import localdate

    assert client.post(url, click(membership, starts_on=localdate(), money="5000", days="10")).status_code == 302
    row = IncubationCycle.objects.get(membership=membership)
    assert (row.money, row.days, row.starts_on) == (5_000, 10, localdate())


@pytest.mark.demand("K-16")
def test_the_form_of_a_second_incubation_begins_with_what_was_not_met(cycle, as_person):
    membership = step(cycle.membership, "call_panel", office("manager"), comment="They asked.")
    from keyaccounts.forms.incubation import AgainForm

    chair = a_programme().chair
    form = AgainForm(obj=fresh(membership), user=chair)

    assert form.fields["missing"].initial.splitlines() == [
        "Growth on the year before: at least 5 % (stands at 0 %)", "Share of wallet: at least 40 % (stands at not known)",
    ]  # fmt: skip
    sent = AgainForm(
        {"comment": "Not yet.", "missing": "Grow\n\n Be open ", "money": "1000", "days": ""}, obj=membership, user=chair
    )
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["missing"] == ["Grow", "Be open"]


@pytest.mark.demand("K-16")
def test_missing_proof_is_listed_and_somebody_says_what_shows_it(cycle, as_person):
    membership = step(cycle.membership, "call_panel", office("manager"), comment="They asked.")
    said = {"comment": "Not yet.", "missing": ["Pay in time"], **ALLOWANCE}
    with panel_agrees():
        step(membership, "extend", a_programme().chair, **said)
    proof = MissingProof.objects.get()
    client = as_person(cycle.membership.account.manager)
    assert "Pay in time" in page_of(client, proof.cycle.get_absolute_url())

    url = reverse("keyaccounts:missing-proof", args=[proof.pk])
    assert client.post(url, click(proof.cycle, shown="All invoices of May were paid in 20 days.")).status_code == 302

    text = page_of(client, proof.cycle.get_absolute_url())
    assert "All invoices of May were paid in 20 days." in text
    assert fresh(proof).shown_by == cycle.membership.account.manager


@pytest.mark.demand("K-16", "M17")
def test_an_executive_records_the_exception_on_the_page_of_the_membership(people, as_person):
    a_standard()
    membership = a_membership("in_panel_review", incubations=2)
    executive = make_user("executive")
    client = as_person(executive)
    url = reverse("keyaccounts:another", args=[membership.pk])
    assert url in page_of(client, membership.get_absolute_url())

    assert client.post(url, click(membership, reason="They build a plant.")).status_code == 302

    assert Waiver.objects.get(kind="another").number == 3
    assert as_person(people["manager"]).get(url).status_code == 403


@pytest.mark.demand("K-05")
def test_requirements_are_written_on_their_pages(people, as_person):
    client = as_person(people["manager"])
    a_programme()
    client.post(reverse("keyaccounts:begin-standard"), {"key": "begin"})
    draft = Standard.objects.get()
    measure = {
        "kind": "requirement", "title": "Orders a year", "origin": "orders", "direction": "at_least", "entry_target": "12",
        "maintain_target": "8", "unit": "", "words": "",
    }  # fmt: skip

    lacking = measure | {"entry_target": "", "maintain_target": ""}
    assert client.post(reverse("keyaccounts:add-measure", args=[draft.pk]), click(draft, **lacking)).status_code == 400
    assert client.post(reverse("keyaccounts:add-measure", args=[draft.pk]), click(draft, **measure)).status_code == 302
    row = draft.measures.get(title="Orders a year")
    there = reverse("keyaccounts:measure", args=[draft.pk, row.pk])
    assert client.post(there, click(draft, **measure | {"entry_target": "15"})).status_code == 302
    assert draft.measures.get(pk=row.pk).entry_target == 15
    text = page_of(client, draft.get_absolute_url())
    assert "at least 15" in text
    assert client.post(reverse("keyaccounts:remove-measure", args=[draft.pk, row.pk]), click(draft)).status_code == 302
    assert client.post(f"{draft.get_absolute_url()}steps/publish/", click(draft)).status_code == 302
    assert fresh(draft).status == "published"


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
