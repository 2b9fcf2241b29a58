"""The machine of follow-ups: who may do what, what each step leads to, and how commitments become follow-ups."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from acr_program.jobs.clock import tick
from acr_program.people.models import User
from acr_program.workflow.edit import begin, edit
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews.actions.follow_ups import begin_from_commitments
from reviews.models import Commitment, FollowUp
from tests.factories import fresh, make_account, make_request, make_user, take

from .promises import a_follow_up, commit, promised

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25")]

OFFERS = [  # state, then who is offered what, in order
    ("open", {
        "contributor": ["start", "finish", "hand_over", "drop"], "admin": ["start", "finish", "hand_over", "drop"],
        "leader": ["finish", "hand_over", "drop"],
    }),
    ("in_progress", {
        "contributor": ["finish", "hand_over", "drop"], "admin": ["finish", "hand_over", "drop"],
        "leader": ["finish", "hand_over", "drop"],
    }),
    ("done", {"contributor": ["reopen"], "admin": ["reopen"], "leader": ["reopen"]}),
    ("dropped", {"contributor": ["reopen"], "admin": ["reopen"], "leader": ["reopen"]}),
]  # fmt: skip


@pytest.fixture
def mine(people):
    """A follow-up of Cora's in the wanted state, for a review of Rita's, whose leader is Lena."""

    def make(status="open", **fields):
        review = make_request("delivered", account=make_account(manager=people["rep"]))
        return a_follow_up(people["contributor"], status, request=review, **fields)

    yield make
    assert list(verify()) == []


def waiting(one):
    return [(o.person.name, o.what, localdate(o.due_at)) for o in Obligation.objects.of(one).open()]


@pytest.mark.parametrize(("status", "expected"), OFFERS)
def test_offers(mine, offered, status, expected):
    one = mine(status)

    found = offered(one)

    order = list(FollowUp.declared_steps())
    assert {who: sorted(names, key=order.index) for who, names in found.items()} == expected


def test_it_waits_for_its_owner_until_its_day(mine):
    one = mine()

    assert waiting(one) == [("Cora Contributor", "Do what was undertaken, and say what came of it", one.due_on)]


def test_whoever_starts_on_it_has_it_until_the_same_day(mine, people):
    one = take(mine(), "start", people["contributor"])

    assert one.status == "in_progress"
    assert [who for who, _what, day in waiting(one) if day == one.due_on] == ["Cora Contributor"]


def test_done_keeps_the_word_and_the_day_and_asks_nothing_more(mine, people):
    one = take(mine(), "finish", people["contributor"], outcome="Walked in February.", ended_on=localdate())

    assert (one.outcome, one.ended_on, str(one.stands)) == ("Walked in February.", localdate(), "done")
    assert waiting(one) == []


def test_done_after_its_day_is_called_late(mine, people):
    one = mine(due_on=localdate() - timedelta(days=3))

    one = take(one, "finish", people["contributor"], outcome="At last.", ended_on=localdate())

    assert str(one.stands) == "late"


def test_dropped_keeps_the_reason_for_the_customer_and_tells_the_rep(mine, people, mails):
    one = take(mine(), "drop", people["contributor"], comment="The dock is closed.")

    assert (one.outcome, str(one.stands)) == ("The dock is closed.", "dropped")
    assert [mail.to for mail in mails() if "dropped" in mail.subject.lower()] == [[people["rep"].email]]


def test_handed_over_waits_for_the_other_alone_and_tells_them(mine, people, mails):
    other, day = make_user("contributor", name="Odo Other"), localdate() + timedelta(days=50)
    mails()

    one = take(mine(), "hand_over", people["contributor"], owner=other, due_on=day, comment="He has the crates.")

    assert waiting(one) == [("Odo Other", "Do what was undertaken, and say what came of it", day)]
    assert [mail.to for mail in mails() if "He has the crates." in mail.body] == [[other.email]]


def test_reopened_waits_again_and_has_no_end(mine, people):
    one = take(mine("done"), "reopen", people["leader"], comment="Nobody came.")

    assert (one.status, one.outcome, one.ended_on) == ("open", "", None)
    assert [who for who, _what, _day in waiting(one)] == ["Cora Contributor"]


def test_the_owner_is_reminded_before_the_day_and_the_leader_hears_after_it(mine, people, later, mails):
    boss = make_user("leader", name="Bea Boss")
    User.objects.filter(pk=people["contributor"].pk).update(reports_to=boss)
    later.to(now().replace(hour=12))  # reminders go out in the morning: a test begun at night would come before it
    one = mine()
    mails()

    later(days=29)
    tick()
    reminded = [mail.to for mail in mails() if one.what in mail.body]
    later(days=6)
    tick()
    escalated = [mail.to for mail in mails() if one.what in mail.body]

    assert [people["contributor"].email] in reminded
    assert [boss.email] not in reminded
    assert [boss.email] in escalated


def test_our_commitments_become_follow_ups_once_the_customer_has_the_document(people):
    lines = [
        commit(),
        commit("Name a second buyer.", "Kim Kunde", side="you"),
        commit("Walk the dock.", "Nobody Known"),
    ]

    review = promised(*lines, rep=people["rep"])

    found = [(one.what, one.owner.name, one.due_on, one.account) for one in review.follow_ups.order_by("pk")]
    day = lines[0]["due_on"]
    assert found == [
        ("Report on-time shipment.", "Rita Rep", day, review.account), ("Walk the dock.", "Rita Rep", day, review.account),
    ]  # fmt: skip
    assert list(Commitment.objects.filter(follow_ups=None).values_list("what", flat=True)) == ["Name a second buyer."]


def test_no_follow_up_before_the_document_is_delivered(people):
    promised(commit(), to="approved", rep=people["rep"])

    assert FollowUp.objects.count() == 0


def test_printed_copies_make_follow_ups_when_they_arrive(people):
    review = promised(commit(), to="approved", rep=people["rep"])
    review = edit(
        review, seen=review.version, by=people["admin"], delivery="printed", copies=3, ship_to="1 Main Street"
    )
    take(review, "send_to_print", people["admin"])
    take(review, "ship", people["admin"], carrier="Post", tracking="T-1")

    take(review, "confirm_delivery", people["rep"])

    assert [one.what for one in fresh(review).follow_ups.all()] == ["Report on-time shipment."]


def test_a_commitment_becomes_a_follow_up_once_and_never_twice(people):
    review = promised(commit(), rep=people["rep"])
    one = review.follow_ups.get()

    begin_from_commitments(review, review.log().last())

    assert list(review.follow_ups.all()) == [one]
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(
            FollowUp(request=review, commitment=one.commitment, what="x", owner=one.owner, due_on=localdate()),
            by=one.owner,
        )


def test_each_owner_is_told_once_of_all_that_came_to_them(people, mails):
    lines = [commit(), commit("Propose a second source."), commit("Walk the dock.", "Cora Contributor")]

    promised(*lines, rep=people["rep"])

    told = {mail.to[0]: mail.body.count("\n- ") for mail in mails() if "Undertaken for" in mail.subject}
    assert told == {people["rep"].email: 2, people["contributor"].email: 1}
