"""What the last approval sets going is said before and after, and where it is requested."""

import pytest

from reviews.forms.request import delivery_notes
from reviews.models import Approval
from reviews.pages.plan import plan_for
from tests.factories import fresh, make_account, make_request, make_user
from tests.reviews.work import page_of, signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-17")]


def approve(approval):
    given = {"seen": fresh(approval).version, "key": f"approve-{approval.pk}", "signs": approval.signs}
    answer = signed_in(approval.approver).post(f"{approval.get_absolute_url()}steps/approve/", given, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def test_the_only_leader_reads_that_it_goes_to_the_customer_at_once():
    approval = to_approval()
    name = approval.request.recipient.name

    page = page_of(approval.approver, approval)
    said = approve(approval)

    assert f"You are the last to be asked: once you approve, it goes to {name} at once." in page
    assert "You were the last: it goes to the customer now." in said
    assert fresh(approval.request).status == "delivered"


def test_a_printed_one_goes_to_print():
    approval = to_approval(delivery="printed")

    page = page_of(approval.approver, approval)

    assert "it goes to print at once." in page
    assert "You were the last: it goes to print now." in approve(approval)


def test_the_first_of_two_reads_who_is_asked_next():
    account, second = make_account(), make_user("leader", name="Leo Leader")
    account.designated_leaders.add(second)
    first = to_approval(account=account)

    page = page_of(first.approver, first)
    said = approve(first)

    assert "You are the last to be asked" not in page
    assert "Leo Leader is asked next." in said
    assert "You are the last to be asked" in page_of(second, Approval.objects.get(document=first.document, place=2))


def test_the_request_says_that_a_digital_one_goes_out_with_the_last_approval():
    request = make_request("submitted")

    labels = [str(row.label) for row in plan_for(request.meeting_on, "digital").rows]

    assert "As soon as the last leader has approved" in delivery_notes()["digital"]
    assert "Delivered, at the latest" in labels
    assert " at the latest" in page_of(request.rep, request)
    assert "Delivered, at the latest" not in [str(row.label) for row in plan_for(request.meeting_on, "printed").rows]
