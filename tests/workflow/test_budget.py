"""What a step costs: at most fifteen queries, and the same for many rows as for few (docs/promises.md, speed)."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.people.models import User
from acr_program.workflow.docs import machines
from acr_program.workflow.perform import perform
from tests.acting import office
from tests.factories import fresh, make_account, make_function, make_request, make_template, take
from tests.keyed import keyed, merge
from tests.piloting import launch, make_candidate, make_wave, with_newer_criteria
from tests.reviews.newer import a_newer

from .clicks import CLICKS as BEFORE
from .clicks_after import AFTER
from .clicks_charter import CHARTER
from .clicks_pilots import PILOTS

MOST = 15
CLICKS = merge((BEFORE, AFTER, CHARTER, PILOTS, keyed().clicks))
ALL = [(machine, click) for machine, clicks in CLICKS.items() for click in clicks]
SEVERAL_STEPS = {  # one click, and what follows from it: each has a limit of its own (docs/decisions/0570)
    "account.close with a review": 23,  # the account's, the review's, each section's, the meeting's, a pilot? a key account?
    "document.rendered": 18,  # the document's, the review's, and each approval asked for
    "approval.approve the last": 22,  # the approval's, what was shown, all have approved, sealed, delivered
    "approval.ask_for_changes": 17,  # the approval's, what was shown, the other's, the review's
    "approval.ask_for_changes the last": 17,
    "reviewrequest.approve_all": 18,  # the review's, sealed with whose approvals it is, delivered
    "approval.withdraw from print": 22,  # the approval's, the other's, the review's, the document's, the print order's
    "reviewrequest.reopen": 26,  # the review's, the document's, the print order's, each approval's, and a new document
    "reviewrequest.cancel gathering": 18,  # the review's, each section's, the meeting's
    "reviewrequest.cancel compiling": 19,  # the review's, the document's, what waits for the manager, the meeting's
    "reviewrequest.cancel in_approval": 18,  # the review's, the document's, each approval's, the meeting's
    "reviewrequest.cancel approved": 20,  # the same, and the links to what was sealed
    "reviewrequest.hold_meeting": 17,  # the review's, the meeting's, and what is asked of both sides
    "reviewrequest.close": 17,  # the review's, each approval's, and the questions nobody answered
    "informationrequest.accept the last": 18,  # the section's, the review's, whether its texts are fresh, a new document
    "deviation.allow": 22,  # its own, the review's, whether its texts are fresh, and a new document
    "deviation.refuse": 23,  # the same
    "deviation.withdraw": 23,  # the same
    "deviation.withdraw what is compiled": 21,  # its own, the old document's, and a new one
    "reviewrequest.upgrade": 31,  # the review's, whether its texts are fresh, what is kept, given up, asked for, each deviation's
    "reviewrequest.upgrade compiling": 34,  # the same, and the document's
    "reviewrequest.upgrade_in_rework": 27,
    "reviewrequest.start_compiling": 21,  # the review's, whether its texts are fresh, the withdrawn section's, a document
    "reviewrequest.request_approval": 16,  # by hand: its own, each approval asked for, and the reason that is given
    "reviewrequest.send_to_print": 16,  # by hand: its own, the order's, and the reason that is given
    "templateversion.publish": 18,  # its own, whether it was rendered, that of the version before it, and what it says anew
    "pilotwave.take_plan": 21,  # its own, whether each still passes, those who are selected, and those taken back
    "pilotwave.launch": 17,  # its own, whether each pilot still passes, and each pilot's
    "touchpoint.report_change": 20,  # its own, the proposed text's, and each confirmed one's
    **keyed().dear,
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


@pytest.mark.slow
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


def test_a_newer_template_costs_the_same_for_many_sections(people):
    costs = []
    for sections in (3, 9):
        make_template(sections=sections)
        request = make_request("gathering")
        more = tuple({"key": f"more-{n}", "function": make_function()} for n in range(sections))
        a_newer(without=tuple(f"part-{n}" for n in range(2, 2 + sections // 2)), add=more)
        costs.append(cost(request, "upgrade", people["admin"], to=fresh(request).newer_template))

    assert costs[0] == costs[1]


def test_what_follows_for_many_candidates_costs_what_it_costs_for_one():
    costs: dict[str, list[int]] = {}
    for count in (1, 4):
        clicks = {
            "launch": make_candidates("selected", count),
            "start_evaluation": launch(make_candidates("reserve", count, make_candidates("selected", 1))),
            "take_criteria": with_newer_criteria(count),
        }
        for name, wave in clicks.items():
            costs.setdefault(name, []).append(cost(wave, name, office("manager")))

    assert {name: few for name, (few, many) in costs.items() if few != many} == {}


def make_candidates(status, count, wave=None):
    """A wave, with as many candidates in this state."""
    wave = wave or make_wave()
    for _number in range(count):
        make_candidate(status, wave)
    return wave


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
