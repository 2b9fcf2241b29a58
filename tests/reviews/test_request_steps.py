"""The machine of the review request: what is offered to whom in each state, and what each step leads to."""

import pytest

from acr_program.charter.models import Program
from acr_program.workflow.errors import StepClosed
from acr_program.workflow.obligations import Obligation
from reviews.choices import RequestStatus
from reviews.models import ReviewRequest, TemplateVersion
from tests.factories import fresh, make_request, make_year, office, render, take

OFFERS = {  # state -> who is offered what, in order; who is not named is offered nothing
    "draft": {"rep": ["submit", "cancel"], "admin": ["cancel"], "clock": ["cancel"]},
    "submitted": {
        "rep": ["recall", "cancel"],
        "admin": ["send_back", "accept", "cancel"],
        "clock": ["accept", "cancel"],
    },
    "returned": {"rep": ["submit", "cancel"], "admin": ["cancel"], "clock": ["cancel"]},
    "gathering": {
        "rep": ["cancel"],
        "admin": ["upgrade", "start_compiling", "cancel"],
        "manager": ["upgrade"],
        "clock": ["start_compiling", "cancel"],
    },
    "compiling": {
        "rep": ["cancel"],
        "admin": ["upgrade", "request_approval", "cancel"],
        "manager": ["upgrade"],
        "clock": ["request_approval", "cancel"],
    },
    "in_approval": {"rep": ["cancel"], "admin": ["cancel"], "clock": ["ask_for_changes", "approve_all", "cancel"]},
    "changes_requested": {
        "rep": ["cancel"],
        "admin": ["upgrade_in_rework", "rework", "cancel"],
        "manager": ["upgrade_in_rework"],
        "clock": ["cancel"],
    },
    "approved": {
        "rep": ["cancel"],
        "admin": ["send_to_print", "deliver_digital", "cancel"],
        "manager": ["reopen"],
        "clock": ["ask_for_changes", "send_to_print", "deliver_digital", "cancel"],
    },
    "printing": {"admin": ["ship"], "manager": ["reopen"], "clock": ["ask_for_changes", "ship"]},
    "shipped": {
        "rep": ["confirm_delivery"],
        "admin": ["confirm_delivery"],
        "customer": ["confirm_delivery"],
        "clock": ["confirm_delivery"],
    },
    "delivered": {"rep": ["hold_meeting"]},
    "met": {"admin": ["close"], "clock": ["close"]},
    "closed": {},
    "cancelled": {},
}


@pytest.mark.parametrize("status", RequestStatus.values)
def test_offers(review, offered, status):
    request = review(status)

    assert offered(request) == OFFERS[status]


def test_submit_asks_the_office_within_two_working_days(review, people):
    request = take(review(), "submit", people["rep"])

    row = Obligation.objects.of(request).open().get()
    assert (row.role, row.step, row.waiter) == ("admin", "accept", people["rep"])


def test_send_back_says_why_and_asks_the_rep(review, people):
    request = take(review("submitted"), "send_back", people["admin"], comment="Which site?")

    row = Obligation.objects.of(request).open().get()
    assert (request.status, request.taken.entry.comment) == ("returned", "Which site?")
    assert (row.person, row.step) == (people["rep"], "submit")


def test_accept_pins_the_template_and_asks_each_contributor(review, people):
    request = take(review("submitted"), "accept", people["admin"])

    sections = list(request.contributions.order_by("section__place"))
    asked = [row.person for row in Obligation.objects.open().filter(step="submit").order_by("pk")]
    assert (request.status, request.template) == ("gathering", TemplateVersion.objects.published("executive"))
    assert (
        [section.contributor for section in sections] == asked == [people["contributor"], people["second contributor"]]
    )


def test_a_request_under_way_keeps_its_template(review, people):
    from tests.factories import make_template

    request = take(review("submitted"), "accept", people["admin"])
    make_template(contributors=(people["contributor"], people["second contributor"]))

    assert fresh(request).template.status == "retired"
    assert fresh(request).template != TemplateVersion.objects.published("executive")


def test_gathering_ends_by_itself_with_the_last_section(review, people):
    request = review("gathering")
    first, second = request.contributions.all()

    for section in (first, second):
        take(section, "submit", section.contributor, text="Fine.")
        take(section, "accept", people["admin"])

    request = fresh(request)
    assert (request.status, request.latest_document().status) == ("compiling", "pending")
    assert request.log().last().by == people["clock"]


def test_a_section_that_is_waived_is_not_waited_for(review, people):
    request = review("gathering")
    first, second = request.contributions.all()
    take(first, "submit", first.contributor, text="Fine.")
    take(first, "accept", people["admin"])

    take(second, "waive", people["admin"], comment="Nothing to tell.")

    assert fresh(request).status == "compiling"


def test_a_rendered_document_asks_for_approval_by_itself(review, people):
    request = review("compiling")

    render(request.latest_document())

    approvals = list(request.approvals.order_by("place"))
    asked = [row.person for row in Obligation.objects.open().filter(step="approve")]
    assert fresh(request).status == "in_approval"
    assert [row.approver for row in approvals] == [people["leader"], people["second leader"]]
    assert asked == [people["leader"]]


def test_the_last_approval_seals_and_sends(review, people):
    request = review("in_approval")
    first, second = request.approvals.order_by("place")

    take(first, "approve", people["leader"], signs=first.signs)
    between = fresh(request).status
    take(second, "approve", people["second leader"], signs=second.signs)

    request = fresh(request)
    assert (between, request.status, request.latest_document().status) == ("in_approval", "delivered", "sealed")


def test_one_word_sends_it_back_and_the_others_lapse(review, people):
    request = review("in_approval")
    first, second = request.approvals.order_by("place")

    take(first, "ask_for_changes", people["leader"], comment="Say more.")

    assert [fresh(row).status for row in (request, first, second)] == [
        "changes_requested",
        "changes_requested",
        "lapsed",
    ]
    assert Obligation.objects.of(fresh(request)).open().get().step == "rework"
    assert request.log().last().comment == "Say more."


def test_rework_compiles_a_new_version_and_voids_the_old(review, people):
    request = review("changes_requested")
    old = request.latest_document()

    take(request, "rework", people["admin"], comment="As asked.")

    new = fresh(request).latest_document()
    assert (fresh(old).status, new.status, new.number, fresh(request).status) == ("void", "pending", 2, "compiling")


def test_rework_can_send_a_section_back_with_the_comment(review, people):
    request = review("changes_requested")
    section = request.contributions.first()

    take(request, "rework", people["admin"], comment="Numbers, please.", sections=[section])

    assert (fresh(section).status, section.log().last().comment) == ("returned", "Numbers, please.")
    assert fresh(request).latest_document().status == "void"
    assert Obligation.objects.of(fresh(section)).open().get().person == section.contributor


def test_mended_content_is_compiled_again(review, people):
    request = review("changes_requested")
    section = request.contributions.first()
    take(request, "rework", people["admin"], comment="Numbers, please.", sections=[section])

    take(section, "submit", section.contributor, text="98 % on time.")
    take(section, "accept", people["admin"])

    new = fresh(request).latest_document()
    assert (new.number, new.status) == (2, "pending")


def test_printed_reviews_go_to_the_printer_and_on(review, people):
    request = review("in_approval", delivery="printed", copies=5, ship_to="1 Main Street")
    for approval in request.approvals.order_by("place"):
        take(approval, "approve", approval.approver, signs=approval.signs)
    states = [fresh(request).status]

    take(request, "ship", people["admin"], carrier="Post", tracking="T-7")
    states.append(fresh(request).status)
    take(request, "confirm_delivery", people["rep"])

    assert [*states, fresh(request).status] == ["printing", "shipped", "delivered"]
    assert (fresh(request).carrier, fresh(request).tracking) == ("Post", "T-7")


def test_reopen_breaks_the_seal_and_voids_the_approvals(review, people):
    request = review("printing")
    document = request.latest_document()

    take(request, "reopen", people["manager"], comment="A wrong figure.")

    assert (fresh(request).status, fresh(document).status) == ("compiling", "void")
    assert set(request.approvals.values_list("status", flat=True)) == {"lapsed"}
    assert fresh(request).latest_document().number == 2


@pytest.mark.parametrize(
    "status", ["submitted", "gathering", "compiling", "in_approval", "changes_requested", "approved"]
)
def test_cancelling_takes_back_whatever_was_asked(review, people, status):
    request = review(status)

    take(request, "cancel", people["rep"], comment="The customer has other plans.")

    assert fresh(request).status == "cancelled"
    assert Obligation.objects.open().filter(account_id=request.account_id).count() == 0
    assert set(request.contributions.values_list("status", flat=True)) <= {"withdrawn", "accepted"}
    assert set(request.documents.values_list("status", flat=True)) <= {"void"}
    assert set(request.approvals.values_list("status", flat=True)) <= {"lapsed", "changes_requested"}


def test_closing_the_account_cancels_its_reviews_with_the_same_reason(review, people):
    request = review("gathering")

    take(request.account, "close", people["manager"], comment="They were bought.")

    entry = request.log().last()
    assert (fresh(request).status, entry.comment, entry.by) == ("cancelled", "They were bought.", people["clock"])


def test_the_clock_closes_after_thirty_days_of_silence(review, later):
    from acr_program.jobs import clock

    request = review("met")
    later(days=29)
    clock.tick()
    before = fresh(request).status
    later(days=1, hours=7)
    clock.tick()

    assert (before, fresh(request).status) == ("met", "closed")
    assert request.log().last().comment == "No answer from the customer."


def test_the_clock_accepts_where_the_program_says_so(review, people, later):
    from acr_program.jobs import clock
    from acr_program.workflow.edit import edit

    request, program = review("submitted"), Program.objects.get()
    clock.tick()
    before = fresh(request).status
    edit(program, seen=program.version, by=people["manager"], accepts_by_itself=True)
    later(minutes=6)
    clock.tick()

    assert (before, fresh(request).status, request.log().last().by) == ("submitted", "gathering", people["clock"])


def test_one_live_review_for_account_year_and_audience(review, people):
    """The database keeps it even if the code were wrong."""
    from django.db import IntegrityError, transaction

    request = review("submitted")
    twin = make_request(account=request.account)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRequest.objects.filter(pk=twin.pk).update(status="submitted")


def test_another_year_is_another_review(review, people):
    request = review("submitted")
    year = make_year(label="2040")

    other = make_request("submitted", account=request.account, year=year)

    assert other.status == "submitted"
    assert office("admin") == people["admin"]


@pytest.mark.demand("features, 5")
def test_a_request_is_recalled_mended_and_submitted_again(review, people):
    request = review("submitted")

    take(request, "recall", people["rep"])
    recalled = fresh(request).status
    take(fresh(request), "submit", people["rep"])

    assert (recalled, fresh(request).status) == ("draft", "submitted")
    assert [entry.step for entry in request.log()][-3:] == ["submit", "recall", "submit"]


@pytest.mark.demand("features, 5")
def test_what_the_office_has_accepted_is_not_recalled(review, people):
    request = review("gathering")

    with pytest.raises(StepClosed):
        take(request, "recall", people["rep"])
