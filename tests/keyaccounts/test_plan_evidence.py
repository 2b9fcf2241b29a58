"""The plan's evidence goes before the panel of the re-review, frozen with the rest of the packet (N9.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from keyaccounts.models import AccountPlan, Evaluation, Objective, Promise
from keyaccounts.packets import drawn, gathered, hash_of, moved, part_of
from keyaccounts.plan.monitoring_evidence import PARTS
from tests.acting import make_user, take
from tests.desk.asking import text

from .making_monitoring import a_level, delivered, evaluated, many_deliveries
from .making_panel import a_panel, again, before_panel, scheduled
from .making_plan import a_plan, add, keep_text
from .making_worth import margin_told, quarter_back, sold

pytestmark = pytest.mark.django_db
CONCLUSION = "Yes: they grow, and they pay for what they get."
KEYS = [key for key, *_rest in PARTS]


def filled(review):
    """The plan of an account that waits for its re-review, with all that goes before the panel."""
    plan = AccountPlan.objects.filter(membership=review.membership).first() or a_plan(membership=review.membership)
    account = plan.account
    sold(account, 1000, back=1)
    margin_told(account, 20, back=1)
    add(plan, "worth", begins_on=quarter_back(1), months=3, revenue=800, margin=25, source="Team")
    a_level(plan, actual=90, miss="Two of us were ill.")
    add(plan, "joint-goals", what="One price list", percent=40, narrative="The lists are compared.")
    add(plan, "opportunities", what="Valves for Kiel", state="won", worth=5000, gained=6200, result="Signed.")
    many_deliveries(plan)
    evaluated(plan, make_user("executive", name="Xaver Executive"))
    keep_text(plan, "monitoring", CONCLUSION)
    return plan


@pytest.fixture
def review():
    return before_panel(kind="re_review")


def put_before(review):
    """The voting on it opens: the packet is frozen."""
    session = a_panel()
    review = take(review, "put_on_agenda", make_user("manager"), session=session)
    take(review.session, "open_voting", make_user("manager"))
    return again(review)


def rows_of(packet, key):
    part = part_of(packet, key)
    assert part is not None
    return part.rows


@pytest.mark.demand("N9.7", "K-18", "K-19", "K-20")
def test_the_packet_of_the_re_review_carries_conclusion_and_evidence(review, as_person):
    filled(review)

    review = put_before(review)

    packet = review.packet
    assert [part.key for part in drawn(packet) if part.key in KEYS] == KEYS
    assert ["Our conclusion", CONCLUSION] in rows_of(packet, "plan")
    objectives = {row[0]: row[1:] for row in rows_of(packet, "plan-objectives")}
    assert objectives["Answered within a day"] == [
        "Service level", "At least 95 %", "90 %", "", "Missed", "Two of us were ill.",
    ]  # fmt: skip
    assert objectives["One price list"][2] == "40 %"
    assert rows_of(packet, "plan-value")[0][1:5] == ["800", "1,000", "25", "20"]
    creep = rows_of(packet, "plan-creep")
    assert [row[0] for row in creep] == ["Stock in Ulm", "Drawings of their old plant", "All deliveries"]
    assert creep[0][2] == "3,400.5"
    assert rows_of(packet, "plan-opportunities")[0][2:] == ["Won", "5,000", "6,200", "Signed."]
    assert rows_of(packet, "plan-evaluation")[0][0] == "Xaver Executive"

    page = text(as_person(review.chair).get(review.get_absolute_url()))
    for words in (CONCLUSION, "Stock in Ulm", "Two of us were ill.", "I asked three of their plants."):
        assert words in page


@pytest.mark.demand("N9.7", "K-14")
def test_the_packet_does_not_move_when_the_plan_does(review, as_person):
    plan = filled(review)
    review = put_before(review)
    before, seal = review.packet, review.packet_hash
    assert moved(before, gathered([review])[review.pk]) == []

    keep_text(plan, "monitoring", "No: they take more than they give.")
    a_level(plan, what="Another level", actual=99)
    delivered(plan, "Another extra", price=77)
    evaluated(plan, make_user("executive"), trust=0)
    Objective.objects.filter(plan=plan, kind="sla").update(actual=99)
    Promise.objects.filter(plan=plan, what="Stock in Ulm").update(paid=True)
    Evaluation.objects.filter(plan=plan, trust=7).update(trust=1)

    review = again(review)
    assert (review.packet, review.packet_hash) == (before, seal)
    assert hash_of(review.packet) == seal
    page = text(as_person(review.chair).get(review.get_absolute_url()))
    assert CONCLUSION in page
    assert "No: they take more than they give." not in page
    assert "Another extra" not in page
    told = {(line.part, line.name): line.now for line in moved(review.packet, gathered([review])[review.pk])}
    assert told["Account plan: our conclusion", "Our conclusion"] == "No: they take more than they give."
    assert told["Account plan: unpaid extras of a year", "Stock in Ulm"] == ""


@pytest.mark.demand("N9.7")
def test_deliveries_and_evaluations_are_those_of_a_year_whichever_plan_they_stand_in(review):
    plan = filled(review)
    take(plan, "archive", make_user("manager"), comment="The year is over.")
    new = a_plan(membership=review.membership, year=plan.year + 1)
    delivered(new, "This year's gift", price=5)
    delivered(new, "A gift of long ago", price=5, on=localdate() - timedelta(days=400))
    keep_text(new, "monitoring", "Still yes.")

    packet = gathered([again(review)])[review.pk]

    assert [row[0] for row in rows_of(packet, "plan-creep")][:3] == [
        "Stock in Ulm", "Drawings of their old plant", "This year's gift",
    ]  # fmt: skip
    assert rows_of(packet, "plan-evaluation")[0][0] == "Xaver Executive"
    assert ["Our conclusion", "Still yes."] in rows_of(packet, "plan")


@pytest.mark.demand("N9.7")
def test_an_account_without_a_plan_has_nothing_of_it_in_its_packet(review):
    AccountPlan.objects.filter(membership=review.membership).delete()

    packet = gathered([again(review)])[review.pk]

    assert [rows_of(packet, key) for key in KEYS] == [[] for _key in KEYS]


@pytest.mark.demand("N9.7")
def test_each_account_has_its_own_evidence_and_many_cost_as_much_as_one():
    session = a_panel()
    reviews = [scheduled(session, kind="re_review") for _number in range(3)]
    plans = [filled(review) for review in reviews]
    delivered(plans[1], "Theirs alone", price=9999)
    loaded, costs = [again(review) for review in reviews], []
    for some in (loaded[:1], loaded):
        with CaptureQueriesContext(connection) as queries:
            found = gathered(some)
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert [rows_of(found[review.pk], "plan-creep")[0][0] for review in loaded] == [
        "Stock in Ulm", "Theirs alone", "Stock in Ulm",
    ]  # fmt: skip
