"""An account changes hands: what is open goes along, what is closed stays."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts import actions
from acr_program.outbox.models import Message
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Refused
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews.models import FollowUp, ReviewRequest
from tests.factories import fresh, make_account, make_request, make_user, take
from tests.reviews.work import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def new():
    return make_user("rep", name="Nora New", reports_to=make_user("leader"))


def hand(account, to, by):
    account = fresh(account)
    return actions.change(account, by=by, seen=account.version, manager=to)


def test_open_reviews_and_what_waits_in_them_follow_the_manager(people, new):
    account = make_account(manager=people["rep"])
    closed = make_request("closed", account=account)
    met = make_request("delivered", account=account)
    asked = make_request("gathering", account=account, audience="operational")
    before = fresh(asked).version

    hand(account, new, people["admin"])

    assert {r.pk: r.rep for r in ReviewRequest.objects.all()} == {closed.pk: people["rep"], met.pk: new, asked.pk: new}
    assert not Obligation.objects.open().filter(person=people["rep"]).exists()
    assert not Obligation.objects.open().filter(waiter=people["rep"]).exists()
    assert Obligation.objects.of(met).open().get().person == new
    entry = asked.log().last()
    assert (entry.step, entry.by, fresh(asked).version) == ("edit", people["admin"], before + 1)
    assert entry.detail.data == {"changed": {"rep": [people["rep"].pk, new.pk]}}
    assert "Nora New" in fresh(asked).search or "nora new" in fresh(asked).search
    assert list(verify()) == []


def test_the_new_manager_is_told_what_is_theirs_and_what_is_asked(people, new):
    account = make_account(manager=people["rep"], name="Ernst Handel")
    review = make_request("delivered", account=account)

    hand(account, new, people["admin"])

    mail = Message.objects.get(kind="handover")
    assert (mail.person, mail.subject) == (new, "You manage Ernst Handel now: one review under way is yours")
    assert f"{people['admin'].name} made you the account manager of Ernst Handel." in mail.text
    assert f"- {review}, delivered, for a meeting on" in mail.text
    assert "- Hold the meeting and say who was there, by " in mail.text
    assert mail.html.count('class="act"') == 1


def test_another_fact_changes_no_review_and_tells_nobody(people):
    account = make_account(manager=people["rep"])
    review = make_request("gathering", account=account)

    account = fresh(account)
    actions.change(account, by=people["admin"], seen=account.version, city="Bremen")

    assert (fresh(review).rep, fresh(review).version) == (people["rep"], review.version)
    assert not Message.objects.filter(kind="handover").exists()


def test_whoever_is_asked_to_approve_a_review_is_not_given_it(people):
    """Nobody approves their own: the change is refused whole, in a sentence."""
    account = make_account(manager=people["rep"])
    review = make_request("in_approval", account=account)

    with pytest.raises(Refused, match="Lena Leader is asked to approve"):
        hand(account, people["leader"], people["admin"])

    assert (fresh(account).manager, fresh(review).rep) == (people["rep"], people["rep"])


def test_the_new_manager_holds_the_meeting_and_the_one_before_finds_it_no_more(people, new):
    account = make_account(manager=people["rep"])
    review = make_request("delivered", account=account)
    hand(account, new, people["admin"])

    assert signed_in(people["rep"]).get(review.get_absolute_url()).status_code == 404
    page = signed_in(new).get(review.get_absolute_url()).content.decode()
    assert "Record the meeting…" in page
    assert "With <b>you</b> since" in page


def test_what_the_manager_undertook_goes_along_and_both_are_told(people, new):
    """Of a closed review too; what somebody else undertook, and what is done, stays theirs."""
    account = make_account(manager=people["rep"], name="Ernst Handel")
    closed = make_request("closed", account=account)
    due = localdate() + timedelta(days=9)
    theirs, done, others = (
        begin(FollowUp(request=closed, owner=people[who], what=what, due_on=due), by=people["admin"])
        for what, who in (("Walk the dock.", "rep"), ("Call Kim.", "rep"), ("Mend the scale.", "contributor"))
    )
    take(done, "finish", people["rep"], outcome="Called.", ended_on=localdate())

    hand(account, new, people["admin"])

    assert [fresh(one).owner for one in (theirs, done, others)] == [new, people["rep"], people["contributor"]]
    assert "nora new" in fresh(theirs).search
    assert Obligation.objects.of(theirs).open().get().person == new
    assert theirs.log().last().detail.data == {"changed": {"owner": [people["rep"].pk, new.pk]}}
    to_new, to_old = Message.objects.get(kind="handover"), Message.objects.get(kind="handed_on")
    assert (to_new.person, to_old.person) == (new, people["rep"])
    assert "Walk the dock." in to_new.text
    assert to_old.subject == "What you undertook for Ernst Handel is handed on"
    assert "- Walk the dock. (Ernst Handel), by" in to_old.text
    assert "Nora New has it now" in to_old.text
    assert [word in to_old.text for word in ("Call Kim.", "Mend the scale.")] == [False, False]
    assert list(verify()) == []


def test_nobody_is_told_who_handed_on_themselves(people, new):
    account = make_account(manager=people["rep"])
    review = make_request("delivered", account=account)
    hand(account, people["admin"], people["admin"])
    begin(FollowUp(request=review, owner=people["admin"], what="Walk the dock.", due_on=localdate()), by=people["rep"])

    hand(account, new, people["admin"])

    assert FollowUp.objects.get(what="Walk the dock.").owner == new
    assert not Message.objects.filter(kind="handed_on").exists()
