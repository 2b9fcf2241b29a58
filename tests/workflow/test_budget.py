"""What a step costs: at most fifteen queries, and the same for many rows as for few (docs/promises.md, speed)."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.people.models import User
from acr_program.workflow.docs import machines
from acr_program.workflow.perform import perform
from tests.factories import fresh, make_account, make_request, make_template, take

from .clicks import CLICKS

MOST = 15
ALL = [(machine, click) for machine, clicks in CLICKS.items() for click in clicks]
SEVERAL_STEPS = {  # one click, and what follows from it: each has a limit of its own
    "account.close with a review": 17,  # the account's, the review's, and each section's
    "document.rendered": 16,  # the document's, the review's, and each approval asked for
    "approval.approve the last": 19,  # the approval's, all have approved, sealed, delivered
    "approval.withdraw from print": 18,  # the approval's, the other's, the review's, the document's
    "reviewrequest.reopen": 19,  # the review's, the document's, each approval's, and a new document
    "reviewrequest.start_compiling": 17,  # the review's, the withdrawn section's, and a new document
}


@pytest.fixture(autouse=True)
def warm(db):
    """Content types and the clock are there before anybody clicks."""
    User.objects.clock()
    for model in machines():
        ContentType.objects.get_for_model(model)


def cost(obj, name, by, **data):
    """The queries of one click, without the marks of its transaction."""
    obj, by = fresh(obj), User.objects.get(pk=by.pk)
    with CaptureQueriesContext(connection) as queries:
        perform(obj, name, by=by, seen=obj.version, key=f"click-{name}", **data)
    return len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize(("machine", "click"), ALL, ids=[f"{machine}.{click}" for machine, click in ALL])
def test_a_click_costs_at_most_fifteen_queries(machine, click):
    obj, by, data = CLICKS[machine][click]()

    assert cost(obj, click.split(" ")[0], by, **data) <= SEVERAL_STEPS.get(f"{machine}.{click}", MOST)


def test_every_declared_step_is_clicked():
    declared = {model._meta.model_name: set(model.declared_steps()) for model in machines()}

    assert {machine: {click.split(" ")[0] for click in clicks} for machine, clicks in CLICKS.items()} == declared


@pytest.mark.parametrize(("status", "name"), [("submitted", "accept"), ("gathering", "cancel")])
def test_many_sections_cost_what_few_cost(people, status, name):
    costs = []
    for sections in (2, 6):
        make_template(sections=sections)
        data = {"comment": "Other plans."} if name == "cancel" else {}
        costs.append(cost(make_request(status), name, people["admin"], **data))

    assert costs[0] == costs[1]


def test_closing_an_account_costs_the_same_for_three_reviews_as_for_one(people):
    make_template(audience="operational")
    costs = []
    for audiences in (("executive",), ("executive", "operational")):
        account = make_account(manager=people["rep"])
        for audience in audiences:
            make_request("gathering", account=account, audience=audience)
        costs.append(cost(account, "close", people["manager"], comment="They left."))

    assert costs[0] == costs[1]


def test_a_click_opens_one_transaction_whatever_follows(people):
    request = make_request("gathering")
    with CaptureQueriesContext(connection) as queries:
        take(request, "cancel", request.rep, comment="Other plans.")

    assert len([query for query in queries.captured_queries if query["sql"].startswith("SAVEPOINT")]) == 1
