"""What is typed on the pages of incubation, and what they refuse (K-05, K-10, K-12, K-13, K-16)."""

import pytest
from django.urls import reverse

from keyaccounts.models import IncubationCycle, MissingProof, Reading, Spending, Standard, Waiver
from tests.acting import fresh, make_user, office
from tests.exports.reading import body, csv_rows

from .making import a_membership, a_programme
from .making_incubation import (
    ALLOWANCE,
    a_standard,
    a_year_under_way,
    asked,
    at,
    later,
    panel_agrees,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(people):
    """An incubation with two checkpoints answered, something planned, something used and something lifted."""
    a_standard()
    return a_year_under_way(a_membership("incubator_nominated"))


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
        "Meetings of both managements: at least 1 (stands at 2, not known in every quarter)",
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
