"""What the steps of a review request need, each with its sentence; and who approves where nobody is above."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.charter.models import Function, ProgramYear
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.offers import offers
from reviews.models import TemplateVersion
from tests.factories import fresh, make_account, make_program, make_request, make_user, render, take

NEEDS = {  # what is missing, and the sentence beside the disabled button
    "account": "The account is not an active customer: win or reopen it first.",
    "program": "The program is still being designed: no review can be requested yet.",
    "pilot": "The program is being piloted: only the accounts of the pilot may have a review.",
    "year": "This program year is not running.",
    "other": "Another review of this account, year and audience is under way.",
    "passed": "The meeting's day has passed.",
    "soon": "The meeting is too soon for every stage: choose a later day, or say why it must be that day.",
    "recipient": "Say where it is to be delivered: the recipient's e-mail address, or copies and an address for print.",
}


def make_unmet(what, request, people):
    account = request.account
    match what:
        case "account":
            take(account, "close", people["manager"], comment="Gone.")
            return make_request(account=account, rep=people["rep"])
        case "year":
            take(ProgramYear.objects.get(), "close", people["manager"], comment="Over.")
        case "other":
            take(request, "submit", people["rep"])
            return make_request(account=account)
        case "passed" | "soon":
            day = localdate() + timedelta(days=-1 if what == "passed" else 3)
            return make_request(account=account, meeting_on=day)
        case "recipient":
            return make_request(account=account, recipient=None)
    return request


@pytest.mark.demand("features, 6")
@pytest.mark.parametrize("what", NEEDS)
def test_what_submitting_needs(review, people, what):
    if what in ("program", "pilot"):
        make_program("designing" if what == "program" else "piloting", manager=people["manager"])
    request = make_unmet(what, review(), people)

    submit = next(offer for offer in offers(fresh(request), people["rep"]) if offer.name == "submit")
    with pytest.raises(StepBlocked) as refusal:
        take(request, "submit", people["rep"])

    expected = [NEEDS[what]] + ([NEEDS["soon"]] if what == "passed" else [])
    assert sorted(submit.unmet) == sorted(expected)
    assert refusal.value.missing == submit.unmet
    assert submit.main is False


def test_a_reason_opens_the_way_on_short_notice(review, people):
    request = make_request(
        account=review().account, meeting_on=localdate() + timedelta(days=3), short_notice_reason="They fly out."
    )

    assert take(request, "submit", people["rep"]).status == "submitted"


def test_accepting_needs_a_published_template(review, people):
    request = review("submitted")
    take(TemplateVersion.objects.get(status="published"), "retire", people["manager"])

    with pytest.raises(StepBlocked, match="No standard template is published for this audience"):
        take(request, "accept", people["admin"])


def test_accepting_needs_a_contributor_for_each_required_section(review, people):
    request = review("submitted")
    Function.objects.filter(contributor=people["contributor"]).update(contributor=None)

    with pytest.raises(StepBlocked, match="A section of the standard template has no contributor"):
        take(request, "accept", people["admin"])


def test_closing_needs_the_reps_word(review, people):
    request = review("delivered")
    take(request, "hold_meeting", people["rep"], met_on=localdate(), attendees="Kim")

    with pytest.raises(StepBlocked, match="The sales representative has not said how the meeting went"):
        take(request, "close", people["admin"], comment="No answer.")


def test_with_nobody_above_the_rep_the_owner_approves(people):
    owner = make_user("leader", name="Olga Owner")
    make_program(owner=owner, manager=people["manager"])
    request = make_request("in_approval", account=make_account(manager=make_user("rep")))

    assert [approval.approver for approval in request.approvals.all()] == [owner]


def test_with_nobody_at_all_the_office_designates(people):
    request = make_request("compiling", account=make_account(manager=make_user("rep")))
    render(request.latest_document())
    blocked = next(offer for offer in offers(fresh(request), people["admin"]) if offer.name == "request_approval")
    now = fresh(request)
    edit(now, seen=now.version, by=people["admin"], approver_designated=people["second leader"], comment="On leave.")

    take(request, "request_approval", people["admin"])

    assert blocked.unmet == [
        "Nobody is above the sales representative to approve: designate an approver, with the reason."
    ]
    assert [approval.approver for approval in request.approvals.all()] == [people["second leader"]]
