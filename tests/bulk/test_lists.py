"""Where ticks stand: requests, accounts, sections for the office; and where they do not, and why (docs/decisions/0016)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.outbox.models import Message
from acr_program.ui.known import every
from reviews.models import CustomerFeedback, ReviewRequest
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request, take
from tests.reviews.feedback import held, speak

pytestmark = pytest.mark.django_db


def offered(client, url):
    context = client.get(url).context
    page = context["list" if url == "/accounts/" else "page"]
    return [step.name for step in page.bar.steps] if page.picks else []


def run(client, name, step, rows, **given):
    answer = client.post(f"/bulk/of/{name}/", {"step": step, "pick": [row.pk for row in rows]})
    bulk = Bulk.objects.get(pk=answer.url.split("/")[2])
    client.post(f"/bulk/{bulk.pk}/confirm/", given)
    drain(["bulk.BulkRun"])
    return sorted((row.outcome, row.says) for row in bulk.rows.all())


def test_accounts_offer_each_what_their_part_allows(people, as_person):
    make_account("active", manager=people["rep"])
    make_account("prospect", manager=people["rep"])

    assert offered(as_person(people["manager"]), "/accounts/") == ["win", "flag_risk", "close", "accounts.hand_over"]
    assert offered(as_person(people["admin"]), "/accounts/") == ["win", "accounts.hand_over"]
    assert offered(as_person(people["rep"]), "/accounts/") == ["flag_risk"]
    assert offered(as_person(people["auditor"]), "/accounts/") == []


def test_several_accounts_are_flagged_with_one_word(people, as_person):
    rows = [make_account("active", manager=people["rep"]) for _ in range(3)]
    told = run(as_person(people["rep"]), "accounts", "flag_risk", rows, comment="Their owner sells.")

    assert told == [("done", "A risk is flagged")] * 3
    assert {(row.status, row.log().last().comment) for row in map(fresh, rows)} == {("at_risk", "Their owner sells.")}


def test_the_office_reads_sections_of_all_reviews_in_one_list(people, as_person):
    client = as_person(people["admin"])
    first, second = make_request("gathering").contributions.all()
    take(first, "submit", first.contributor, text="Fine.")

    assert offered(client, "/reviews/sections/all/") == ["accept", "send_back", "waive"]
    assert offered(client, "/reviews/sections/all/?state=submitted") == ["accept", "send_back"]
    assert run(client, "all-sections", "accept", [first, second]) == [
        ("done", "The section is accepted"), ("shut", "“Accept the section” is not open in this state: Requested."),
    ]  # fmt: skip
    assert offered(as_person(people["auditor"]), "/reviews/sections/all/") == []
    assert as_person(people["rep"]).get("/reviews/sections/all/").status_code == 403


def test_late_sections_are_found(people, as_person, later):
    client = as_person(people["admin"])
    make_request("gathering")
    assert "No sections match" in text(client.get("/reviews/sections/all/?late=late"))
    later(days=80)

    page = as_person(people["admin"]).get("/reviews/sections/all/?late=late")
    assert len(page.context["page"].objects) == 2


def test_the_list_of_sections_costs_the_same_for_many(people, as_person):
    client = as_person(people["admin"])
    costs = []
    for _more in range(2):
        make_request("gathering")
        client.get("/reviews/sections/all/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/reviews/sections/all/")
        costs.append(
            len([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"] and "PRAGMA" not in q["sql"]])
        )

    assert costs[0] == costs[1] <= 8


def test_no_list_of_approvals_takes_a_word_for_many(people, as_person):
    """An approval signs the manifest that its leader was shown; nothing here knows what was read, so nothing is signed."""
    make_request("in_approval", account=make_account(manager=people["rep"]))
    client = as_person(people["leader"])

    assert "approvals" in {known.name for known in every()}
    assert client.post("/bulk/of/approvals/", {"step": "approve", "pick": [1]}).url.startswith("/reviews/approvals/")
    assert not Bulk.objects.exists()


@pytest.mark.parametrize("who", ["rep", "leader", "manager"])
def test_the_ticks_on_accounts_ask_nothing_for_each_row(people, as_person, who):
    client = as_person(people[who])
    costs = []
    for _more in range(2):
        make_account("active", manager=people["rep"])
        make_account("at_risk", manager=people["rep"])
        assert "flag_risk" in offered(client, "/accounts/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/accounts/")
        costs.append(
            len([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"] and "PRAGMA" not in q["sql"]])
        )

    assert costs[0] == costs[1] <= 8


def test_several_customers_are_asked_and_reminded_at_once(people, as_person):
    client = as_person(people["admin"])
    rows = [CustomerFeedback.objects.get(request=held()) for _ in range(2)]
    silent = CustomerFeedback.objects.get(request=held())
    ReviewRequest.objects.filter(pk=silent.request_id).update(recipient=None)

    asked = run(client, "feedback", "ask", [*rows, silent])
    reminded = run(client, "feedback", "remind", rows)

    assert [outcome for outcome, _says in asked] == ["done", "done", "shut"]
    assert asked[2][1].startswith("Nobody with an e-mail address is named at the customer")
    assert [outcome for outcome, _says in reminded] == ["done", "done"]
    assert Message.objects.filter(kind__startswith="customer_").count() == 4
    assert offered(as_person(people["rep"]), "/reviews/feedback/") == []


def test_several_suggestions_are_declined_with_one_word(people, as_person):
    rows = [speak(held(), about="stage:gathering", words="A week more.").suggestions.get() for _ in range(2)]
    client = as_person(people["manager"])

    assert offered(client, "/reviews/suggestions/") == ["decline"]
    assert [outcome for outcome, _says in run(client, "suggestions", "decline", rows, comment="Next year.")] == [
        "done", "done",
    ]  # fmt: skip
    assert {fresh(row).answer for row in rows} == {"Next year."}


def test_several_print_orders_travel_in_one_consignment(people, as_person):
    rows = [make_request("printing").print_orders.get() for _ in range(2)]
    client = as_person(people["admin"])

    assert offered(client, "/reviews/print-orders/") == ["send", "printed", "ship", "fail", "recall"]
    told = run(client, "print-orders", "ship", rows, carrier="DHL", tracking="T-17")

    assert [outcome for outcome, _says in told] == ["done", "done"]
    assert {(fresh(row).tracking, fresh(row.request).status) for row in rows} == {("T-17", "shipped")}
    assert offered(as_person(people["auditor"]), "/reviews/print-orders/") == []
