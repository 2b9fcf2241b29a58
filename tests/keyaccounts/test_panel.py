"""A panel from its agenda to the release of its decisions (K-14 to K-20, K-23; features 69, 71, 72)."""

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.workflow.errors import StepBlocked, StepClosed
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.models import Ballot, PanelReview
from tests.factories import fresh, make_account, make_user, office, take

from .making_panel import (
    MINUTES,
    a_panel,
    again,
    ballot_of,
    before_panel,
    cast,
    decided,
    decision,
    held,
    members_of,
    outcome_of,
    released,
    scheduled,
    vote_all,
    voting,
)


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.mark.demand("K-14")
@pytest.mark.parametrize("kind", ["entry", "re_review"])
def test_an_account_before_the_panel_waits_for_the_manager_to_put_it_on_an_agenda(kind):
    review = before_panel(kind=kind)

    waits = Obligation.objects.of(review).open().get()

    assert (review.status, review.kind, waits.role) == ("waiting", kind, "manager")
    put = take(review, "put_on_agenda", office("manager"), session=a_panel())
    assert not Obligation.objects.of(put).open().exists()


@pytest.mark.demand("K-14")
def test_opening_asks_each_member_for_a_vote_and_freezes_the_packet():
    review = voting()

    assert review.status == "voting"
    assert sorted(review.ballots.values_list("status", flat=True)) == ["asked"] * 3
    assert {part["key"] for part in review.packet["parts"]} >= {"account", "way", "figures", "facts", "before"}
    assert review.is_proved
    assert review.chair == review.session.chair
    for ballot in review.ballots.all():
        assert Obligation.objects.of(ballot).open().get().person == ballot.member


@pytest.mark.demand("K-14")
def test_a_panel_without_agenda_or_with_too_few_members_is_not_opened():
    bare, few = a_panel(), a_panel(2, quorum=3)
    scheduled(few)

    with pytest.raises(StepBlocked, match="No account is on the agenda"):
        take(bare, "open_voting", office("manager"))
    with pytest.raises(StepBlocked, match="Fewer members are named"):
        take(few, "open_voting", office("manager"))


@pytest.mark.demand("K-14")
def test_the_chair_decides_once_the_quorum_has_voted_and_after_voting_in_person():
    review = voting()
    chair, other, third = members_of(review)

    with pytest.raises(StepBlocked, match="Vote yourself first"):
        take(review, "decide", chair, decision=decision("qualify"))
    cast(review, chair, "qualify")
    with pytest.raises(StepBlocked, match="Fewer members have voted"):
        take(review, "decide", chair, decision=decision("qualify"))
    cast(review, other, "qualify")
    with pytest.raises(PermissionDenied):
        take(review, "decide", other, decision=decision("qualify"))
    take(review, "decide", chair, decision=decision("qualify"))

    assert again(review).outcome == "qualify"
    assert ballot_of(review, third).status == "lapsed"
    assert not Obligation.objects.of(ballot_of(review, third)).open().exists()


@pytest.mark.demand("K-14", "P12")
def test_a_vote_is_given_once_and_never_after_the_decision():
    review = voting()
    chair, other, third = members_of(review)
    cast(review, chair, "qualify")
    cast(review, other, "reject")

    with pytest.raises(StepClosed):
        cast(review, chair, "reject")
    take(review, "decide", chair, decision=decision("qualify"))
    with pytest.raises(StepClosed):
        cast(review, third, "reject")

    assert dict(again(review).tally.counts) == {"qualify": 1, "extend": 0, "reject": 1}


@pytest.mark.demand("K-14")
def test_nobody_votes_for_somebody_else():
    from tests.factories import make_absence

    review = voting()
    _chair, absent, other = members_of(review)
    make_absence(absent, other)
    ballot = ballot_of(review, absent)

    with pytest.raises(PermissionDenied):
        take(ballot, "cast", other, ballot=None)
    assert [row.object_id for row in Obligation.objects.waiting_for(other)] == [ballot_of(review, other).pk]


@pytest.mark.demand("features, 71")
def test_decisions_are_held_and_take_effect_together():
    session = a_panel()
    first, second = scheduled(session), scheduled(session)
    take(session, "open_voting", session.chair)
    for review, outcome in ((first, "qualify"), (second, "reject")):
        decided(again(review), outcome)

    assert {fresh(one.membership).status for one in (first, second)} == {"in_panel_review"}
    with pytest.raises(StepBlocked, match="released together"):
        take(first.membership, "qualify", session.chair, comment="Now.", tier=None)
    held(fresh(session))
    assert {fresh(one.membership).status for one in (first, second)} == {"in_panel_review"}
    take(session, "release", session.chair)

    assert [fresh(one.membership).status for one in (first, second)] == ["key_account", "not_selected"]
    assert {again(one).status for one in (first, second)} == {"released"}


@pytest.mark.demand("features, 71")
def test_a_session_is_not_held_before_every_account_is_decided_and_can_be_taken_up_again():
    session = a_panel()
    first, second = scheduled(session), scheduled(session)
    take(session, "open_voting", session.chair)
    decided(again(first), "qualify")
    with pytest.raises(StepBlocked, match="Not every account"):
        take(session, "hold", session.chair, **MINUTES)

    decided(again(second), "qualify")
    held(fresh(session))
    with pytest.raises(StepBlocked, match="does not vote now"):
        take(first, "decide", session.chair, decision=decision("qualify"))
    take(session, "resume", session.chair)
    take(first, "decide", session.chair, decision=decision("qualify", reason="Looked at again."))

    assert again(first).decision["reason"] == "Looked at again."


@pytest.mark.demand("features, 71")
def test_where_one_decision_cannot_be_carried_out_none_is():
    session = a_panel()
    first, second = scheduled(session), scheduled(session)
    take(session, "open_voting", session.chair)
    decided(again(first), "qualify")
    broken = decided(again(second), "reject")
    held(fresh(session))
    PanelReview.objects.filter(pk=broken.pk).update(decision=broken.decision | {"outcome": "maintain"})

    with pytest.raises(StepClosed):
        take(session, "release", session.chair)

    assert fresh(first.membership).status == "in_panel_review"
    assert fresh(session).status == "held"
    PanelReview.objects.filter(pk=broken.pk).update(decision=broken.decision)


WENT = {
    "reject": "not_selected", "extend": "incubating", "qualify": "key_account", "maintain": "key_account",
    "return_to_incubation": "incubating", "down_tier": "down_tiered",
}  # fmt: skip


@pytest.mark.demand("K-15", "K-16", "K-17", "K-18", "K-19", "K-20", "features, 72")
@pytest.mark.parametrize("outcome", WENT)
def test_each_outcome_is_carried_out_as_it_was_decided(outcome):
    review = outcome_of(outcome)

    membership = fresh(review.membership)

    assert membership.status == WENT[outcome]
    assert (membership.reason, membership.decided_by) == ("As the figures show.", review.chair)
    if outcome == "reject":
        assert membership.barred_until is not None
    if outcome in ("extend", "return_to_incubation"):
        assert membership.missing == review.decision["missing"]
        assert membership.incubations == 2
    if outcome in ("qualify", "maintain"):
        assert membership.tier.name == "Gold"
        assert membership.re_review_on is not None
    if outcome == "return_to_incubation":
        assert membership.key_since is not None
    if outcome == "down_tier":
        assert (membership.tier, membership.handover) == (None, "Their manager takes over in March.")


@pytest.mark.demand("K-23")
@pytest.mark.parametrize(("entering", "leaving"), [("qualify", "down_tier")])
def test_leaving_has_the_same_evidence_as_entering(entering, leaving):
    came, went = outcome_of(entering), outcome_of(leaving)

    for review in (came, went):
        assert review.is_proved
        assert review.ballots.filter(status="cast").count() == 3
        assert {entry.step for entry in review.log()} == {"create", "put_on_agenda", "open", "decide", "release"}
    assert [part["key"] for part in came.packet["parts"]] == [part["key"] for part in went.packet["parts"]]


@pytest.mark.demand("K-14")
def test_a_tie_is_the_chairs_and_a_departure_says_why(as_person):
    review = vote_all(voting(a_panel(4)), "qualify", "reject", "extend", "extend")
    url, client = f"{review.get_absolute_url()}steps/decide/", as_person(review.chair)
    typed = {"seen": review.version, "outcome": "reject", "reason": "Not yet."}

    refused = client.post(url, typed)
    outside = client.post(url, typed | {"outcome": "maintain"})
    taken = client.post(url, typed | {"departs": "The two have not read the risk."})

    assert set(refused.context["form"].errors) == {"departs"}
    assert "outcome" in outside.context["form"].errors
    assert taken.status_code == 302
    assert again(review).decision["departs"] == "The two have not read the risk."

    tied = vote_all(voting(a_panel(4)), "qualify", "qualify", "reject", "reject")
    assert tied.tally.is_tied
    took = as_person(tied.chair).post(
        f"{tied.get_absolute_url()}steps/decide/", {"seen": tied.version, "outcome": "reject", "reason": "Not yet."}
    )
    assert took.status_code == 302


@pytest.mark.demand("K-12", "K-16")
def test_another_incubation_is_decided_with_resources_that_it_can_hold(as_person):
    review = vote_all(voting(), "extend", "extend", "extend")
    url, client = f"{review.get_absolute_url()}steps/decide/", as_person(review.chair)
    typed = {"seen": review.version, "outcome": "extend", "reason": "Not yet.", "missing": "A second site"}

    bare = client.post(url, typed)
    vast = client.post(url, typed | {"money": "99999999999"})
    taken = client.post(url, typed | {"money": "500", "days": "4"})

    assert [set(answer.context["form"].errors) for answer in (bare, vast)] == [{"money"}, {"money"}]
    assert taken.status_code == 302


@pytest.mark.demand("K-14")
def test_what_nobody_voted_for_is_not_offered(as_person):
    review = vote_all(voting(), "qualify")

    page = as_person(review.chair).get(f"{review.get_absolute_url()}steps/decide/")

    assert [value for value, _label in page.context["form"].fields["outcome"].choices] == ["qualify"]
    assert "missing" not in page.context["form"].fields


@pytest.mark.demand("K-14", "M14")
def test_a_member_who_voted_otherwise_may_note_a_dissent_until_the_release(as_person):
    review = voting()
    chair, other, third = members_of(review)
    for member, outcome in ((chair, "qualify"), (other, "reject"), (third, "qualify")):
        cast(review, member, outcome)
    decided(again(review), "qualify")
    mine, theirs = ballot_of(review, other), ballot_of(review, third)
    with pytest.raises(StepBlocked, match="voted for something else"):
        take(theirs, "note_dissent", third, note=None)

    as_person(other).post(
        f"{mine.steps_url}note_dissent/", {"seen": fresh(mine).version, "words": "Their credit is thin."}
    )

    assert fresh(mine).dissent == "Their credit is thin."
    assert "Their credit is thin." not in str(list(mine.log().values_list("detail__comment", "detail__data")))
    released(review.session)
    with pytest.raises(StepBlocked):
        take(mine, "note_dissent", other, note=None)


@pytest.mark.demand("K-14")
def test_one_more_member_votes_on_whatever_is_still_open():
    session = a_panel()
    open_, over = scheduled(session), scheduled(session)
    take(session, "open_voting", session.chair)
    decided(again(over), "qualify")
    one = make_user("executive")

    take(session, "add_member", session.chair, person=one)

    assert [ballot.review_id for ballot in Ballot.objects.filter(member=one)] == [open_.pk]


@pytest.mark.demand("K-14")
def test_a_cancelled_panel_gives_its_accounts_back():
    session = a_panel()
    review = scheduled(session)

    take(session, "cancel", office("manager"), comment="Nobody has time.")

    assert (again(review).status, again(review).session) == ("waiting", None)


@pytest.mark.demand("K-14")
def test_a_membership_that_is_withdrawn_is_not_decided_on():
    review = voting(account=make_account())
    cast(review, review.chair, "qualify")

    take(review.membership, "withdraw", office("manager"), comment="They were bought.")

    assert again(review).status == "withdrawn"
    assert sorted(review.ballots.values_list("status", flat=True)) == ["cast", "lapsed", "lapsed"]
    assert not Obligation.objects.of(again(review)).open().exists()
