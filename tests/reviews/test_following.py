"""What lists are narrowed and sorted by follows the account and the request it is taken from, whichever door they are edited by."""

from datetime import timedelta

import pytest

from accounts.models import Account
from acr_program.workflow.edit import edit, edit_many
from reviews.models import Approval, InformationRequest, ReviewRequest
from tests.factories import fresh, make_account, make_request, office, take

pytestmark = pytest.mark.django_db


def test_a_review_stands_where_its_account_stands():
    account = make_account(theater="EMEA", business_unit="Retail")
    review, other = make_request("draft", account=account), make_request("draft", account=make_account())
    before = fresh(other)

    edit(
        account, seen=account.version, by=office("admin"), theater="APAC", business_unit="Health", name="Harbour Foods"
    )

    found = fresh(review)
    assert (found.theater, found.business_unit, found.version) == ("APAC", "Health", review.version)
    assert "harbour foods" in found.search
    assert fresh(other).search == before.search


def test_the_same_holds_for_many_accounts_at_once():
    accounts = [make_account(business_unit="Retail") for _ in range(3)]
    reviews = [make_request("draft", account=account) for account in accounts]

    edit_many([(account, {"business_unit": "Public"}) for account in accounts[:2]], by=office("admin"))

    assert [fresh(review).business_unit for review in reviews] == ["Public", "Public", "Retail"]


def test_sections_and_approvals_know_when_the_meeting_is():
    review = fresh(make_request("in_approval"))
    later = review.meeting_on + timedelta(days=7)

    edit(review, seen=review.version, by=office("admin"), meeting_on=later)

    sections, approvals = (
        set(model.objects.filter(request=review).values_list("meeting_on", flat=True))
        for model in (InformationRequest, Approval)
    )
    assert (sections, approvals) == ({later}, {later})
    assert {approval.version for approval in review.approvals.all()} == {1}


def test_lists_are_narrowed_by_what_the_account_says(as_person):
    account = make_account(theater="EMEA", business_unit="Retail")
    review = make_request("draft", account=account)
    edit(fresh(account), seen=account.version, by=office("admin"), business_unit="Health")

    found = as_person(office("admin")).get("/reviews/?unit=Health&theater=EMEA").context["page"].objects

    assert [row.pk for row in found] == [review.pk]
    assert Account.objects.filter(business_unit="Retail").count() == 0
    assert ReviewRequest.objects.get().business_unit == "Health"


def test_approvals_know_that_their_review_is_over():
    running, over = make_request("in_approval"), make_request("in_approval", account=make_account())
    asked = [review.approvals.get() for review in (running, over)]

    take(over, "cancel", office("admin"), comment="They merged.")

    assert [fresh(approval).ended for approval in asked] == [False, True]
