"""Yearly requests by rule: who is due, who is not and why, drafts made once, one mail to each representative (R-21)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accounts.actions import say_fact
from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.people.models import RoleGrant
from acr_program.workflow.edit import edit
from reviews.actions.yearly import Rule, plan
from reviews.models import ReviewRequest
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_program, make_request, make_user, make_year

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-21")]
OLD = date(2015, 1, 1)
SENT = {"audience": "executive", "customer_months": 12, "since_months": 10, "spare_held": "on"}


@pytest.fixture
def year(people):
    make_program()
    today = localdate()
    return make_year(begins_on=today - timedelta(days=60), ends_on=today + timedelta(days=300))


def customer(name, rep, status="active", **fields):
    return make_account(status, name=name, manager=rep, **({"customer_since": OLD} | fields))


def planned(client, year, **more):
    answer = client.post("/reviews/yearly/", SENT | {"year": year.pk} | more)
    return Bulk.objects.get(pk=answer.url.split("/")[2])


def run(client, bulk):
    client.post(f"/bulk/{bulk.pk}/confirm/")
    drain(["bulk.BulkRun"])


@pytest.fixture
def office(people, as_person):
    return as_person(people["admin"])


@pytest.mark.demand("features, 8")
def test_each_account_is_due_or_has_its_reason(people, office, year):
    rep = people["rep"]
    customer("Due", rep)
    customer("Fresh", rep, customer_since=localdate() - timedelta(days=90))
    unknown = customer("Unknown", rep)
    edit(unknown, seen=unknown.version, by=people["admin"], customer_since=None)
    customer("Prospect", rep, status="prospect")
    customer("Nobody", None)
    customer("No rep", make_user("leader"))
    held = customer("Held", rep)
    say_fact(held, by=rep, seen=fresh(held).version, kind="rfp", since_on=localdate(), reason="Asked us.")
    make_request("submitted", account=customer("Asked", rep), year=year)

    bulk = planned(office, year)
    page = text(office.get(f"/bulk/{bulk.pk}/"))

    said = {row.label: (row.outcome, row.says) for row in bulk.rows.all()}
    assert said.pop("Due")[0] == "open"
    assert {outcome for outcome, _says in said.values()} == {"shut"}
    assert {name: says for name, (_outcome, says) in said.items()} == {
        "Fresh": "It has not been a customer for 12 months.", "Unknown": "Since when it is a customer is not known.",
        "Prospect": "It is no active customer.", "Nobody": "Nobody is known to manage it.",
        "No rep": "Whoever manages it is no sales representative at work here.",
        "Held": "A request for proposal or a negotiation is open.",
        "Asked": "It has a request for this year and audience already.",
    }  # fmt: skip
    assert "Nothing is done yet." in page
    assert not ReviewRequest.objects.filter(account__name="Due").exists()


def test_a_recent_review_is_a_reason_and_an_older_one_gives_the_day(people, year):
    last = make_year(label="before", begins_on=year.begins_on - timedelta(days=400), ends_on=year.begins_on)
    recent, older = customer("Recent", people["rep"]), customer("Older", people["rep"])
    met = {recent: localdate() - timedelta(days=100), older: localdate() - timedelta(days=320)}
    for account, on in met.items():
        review = make_request("met", account=account, year=year)
        ReviewRequest.objects.filter(pk=review.pk).update(met_on=on, year=last)

    bulk = plan(Rule(year.pk, "executive"), by=people["admin"])

    rows = {row.label: row for row in bulk.rows.all()}
    assert "less than 10 months ago" in rows["Recent"].says
    meant = date.fromisoformat(rows["Older"].data["meeting_on"])
    assert 0 <= (meant - met[older]).days - 364 <= 3
    assert meant.weekday() < 5


def test_days_are_spread_over_what_is_left_of_the_year(people, year):
    for n in range(6):
        customer(f"Due {n}", people["rep"])

    rows = plan(Rule(year.pk, "executive"), by=people["admin"]).rows.all()

    days = [date.fromisoformat(row.data["meeting_on"]) for row in rows]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 and day <= year.ends_on for day in days)
    assert (days[-1] - days[0]).days > 150


@pytest.mark.demand("features, 7")
def test_drafts_are_made_once_and_each_rep_hears_once(people, office, year, mails):
    other = make_user("rep", reports_to=people["leader"])
    for name, rep in (("A", people["rep"]), ("B", people["rep"]), ("C", other)):
        customer(name, rep)
    first, second = planned(office, year), planned(office, year)
    run(office, first)
    run(office, second)

    drafts = ReviewRequest.objects.filter(year=year).order_by("account__name")
    assert {draft.recipient and draft.recipient.name for draft in drafts} == {"Kim Kunde"}
    assert [(r.account.name, r.rep, r.status) for r in drafts] == [
        ("A", people["rep"], "draft"), ("B", people["rep"], "draft"), ("C", other, "draft"),
    ]  # fmt: skip
    assert {row.outcome for row in second.rows.all()} == {"refused"}
    assert {row.outcome for row in planned(office, year).rows.all()} == {"shut"}
    told = [mail for mail in mails() if "planned" in mail.subject]
    assert sorted(mail.to[0] for mail in told) == sorted([people["rep"].email, other.email])
    assert sum(name in told[0].body + told[1].body for name in ("A, executive", "B, executive", "C, executive")) == 3


def test_who_left_the_office_makes_none(people, office, year):
    customer("A", people["rep"])
    bulk = planned(office, year)
    office.post(f"/bulk/{bulk.pk}/confirm/")
    RoleGrant.objects.filter(person=people["admin"]).delete()
    drain(["bulk.BulkRun"])

    assert not ReviewRequest.objects.exists()
    assert bulk.rows.get().outcome == "refused"


def test_the_page_is_for_the_office(people, as_person, year):
    assert as_person(people["manager"]).get("/reviews/yearly/").status_code == 200
    assert as_person(people["rep"]).get("/reviews/yearly/").status_code == 403
    wrong = SENT | {"year": year.pk, "since_months": "x"}
    assert as_person(people["manager"]).post("/reviews/yearly/", wrong).status_code == 400


def test_finding_who_is_due_costs_the_same_for_many(people, year):
    plan(Rule(year.pk, "executive"), by=people["admin"])
    costs = []
    for number in (2, 10):
        for n in range(number):
            customer(f"{number} {n}", people["rep"])
        with CaptureQueriesContext(connection) as queries:
            plan(Rule(year.pk, "executive"), by=people["admin"])
        costs.append(len(queries))

    assert costs[0] == costs[1]
