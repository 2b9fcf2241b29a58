"""What a panel's steps hold by themselves, whoever takes them and whatever a form was read with (K-14, features 70 and 71)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from acr_program.desk.people import change
from acr_program.people.models import User
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.seals import verify
from keyaccounts.actions.panel import recuse
from keyaccounts.actions.settings import drop_tier
from keyaccounts.actions.spending import allow_another
from keyaccounts.models import PanelReview
from keyaccounts.panel_papers import letter_html, released_of
from tests.factories import fresh, make_account, make_user, office, take

from .making import a_tier
from .making_panel import (
    a_panel,
    again,
    ballot_of,
    before_panel,
    cast,
    decision,
    held,
    members_of,
    outcome_of,
    scheduled,
    vote_all,
    voting,
)


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.mark.demand("K-14")
def test_the_step_refuses_what_nobody_voted_for_and_a_departure_without_a_reason():
    review = vote_all(voting(a_panel(4)), "qualify", "reject", "reject")

    with pytest.raises(Refused, match="Nobody’s vote is for this outcome"):
        take(review, "decide", review.chair, decision=decision("extend"))
    with pytest.raises(Refused, match="say why this is decided all the same"):
        take(review, "decide", review.chair, decision=decision("qualify"))
    take(review, "decide", review.chair, decision=decision("qualify", departs="Two have not read the risk."))

    assert again(review).outcome == "qualify"


@pytest.mark.demand("K-14", "P12")
def test_a_vote_that_was_taken_out_while_the_form_stood_open_does_not_bound_the_decision():
    review = voting(a_panel(4))
    chair, other, *others = members_of(review)
    for member in (chair, *others):
        cast(review, member, "reject")
    cast(review, other, "qualify")
    read_before = decision("qualify", departs="The figures.")

    recuse(again(review), other, by=chair, words="Shares of theirs.")

    with pytest.raises(Refused, match="Nobody’s vote"):
        take(review, "decide", chair, decision=read_before)


@pytest.mark.demand("K-14")
@pytest.mark.parametrize("state", ["open", "cancelled"])
def test_no_account_comes_onto_the_agenda_of_a_panel_that_is_planned_no_more(state):
    session = voting().session if state == "open" else take(a_panel(), "cancel", office("manager"), comment="No time.")
    waiting = before_panel()

    with pytest.raises(Refused, match="takes no more accounts"):
        take(waiting, "put_on_agenda", office("manager"), session=session)

    assert (again(waiting).status, again(waiting).session) == ("waiting", None)


@pytest.mark.demand("features, 71")
def test_a_session_whose_only_account_is_withdrawn_can_be_ended():
    review = voting()
    take(review.membership, "withdraw", office("manager"), comment="They were bought.")

    done = take(held(fresh(review.session)), "release", review.session.chair, really=True)

    assert done.status == "released"
    assert again(review).status == "withdrawn"


def conflict_after_voting() -> tuple[PanelReview, User, User]:
    """A member has voted on an account whose manager reports to somebody else."""
    manager = make_user("rep", reports_to=make_user("leader"))
    review = voting(a_panel(4), account=make_account(manager=manager))
    member = members_of(review)[1]
    cast(review, member, "reject")
    return review, member, manager


@pytest.mark.demand("features, 70", "P12")
def test_whoever_leads_the_accounts_manager_from_now_on_is_recused_and_the_vote_counts_no_more():
    review, member, manager = conflict_after_voting()

    change(fresh(manager), by=office("admin"), seen=None, reports_to=member)

    assert ballot_of(review, member).status == "void"
    assert review.recusals.get(person=member).kind == "leads"
    assert dict(again(review).tally.counts) == {"qualify": 0, "extend": 0, "reject": 0}
    assert not PanelReview.objects.visible_to(fresh(member)).filter(pk=review.pk).exists()


@pytest.mark.demand("features, 70")
def test_a_chair_who_leads_the_accounts_manager_from_now_on_passes_the_chair_on():
    review, _member, manager = conflict_after_voting()

    change(fresh(manager), by=office("admin"), seen=None, reports_to=review.chair)

    assert again(review).chair == review.session.deputy


@pytest.mark.demand("features, 70")
def test_nothing_is_decided_while_the_vote_of_somebody_in_conflict_counts():
    review, member, manager = conflict_after_voting()
    chair = review.chair
    for other in members_of(review):
        if ballot_of(review, other).status == "asked":
            cast(review, other, "qualify")
    User.objects.filter(pk=manager.pk).update(reports_to=member)  # as an import of many people sets it

    with pytest.raises(StepBlocked, match=f"{member.name}, who voted: take them out"):
        take(again(review), "decide", chair, decision=decision("qualify"))
    recuse(again(review), member, by=chair, words="Leads its manager now.")
    take(again(review), "decide", chair, decision=decision("qualify"))

    assert ballot_of(review, member).status == "void"


@pytest.mark.demand("features, 70")
def test_a_conflict_of_somebody_who_is_out_by_rule_can_be_said_even_where_few_are_left():
    manager = make_user("rep", reports_to=make_user("leader"))
    review = voting(a_panel(3, quorum=2), account=make_account(manager=manager))
    chair, member, _third = members_of(review)
    User.objects.filter(pk=manager.pk).update(reports_to=member)

    recuse(again(review), member, by=chair, words="Leads its manager now.")

    assert ballot_of(review, member).status == "void"


@pytest.mark.demand("K-14", "features, 70")
def test_a_member_who_is_recused_before_the_opening_is_asked_for_no_vote():
    session = a_panel(4)
    review = scheduled(session)
    member = list(session.members.order_by("pk"))[-1]
    recuse(review, member, by=member, words="Shares of theirs.")

    take(session, "open_voting", session.chair)

    assert not review.ballots.filter(member=member).exists()
    assert review.ballots.count() == 3


@pytest.mark.demand("K-17", "features, 71")
def test_a_tier_that_a_held_decision_grants_is_not_taken_away():
    review = vote_all(voting(), "qualify")
    bronze = a_tier("Bronze")
    take(review, "decide", review.chair, decision=decision("qualify", tier=bronze.pk))

    with pytest.raises(Refused, match="wait for their release"):
        drop_tier(bronze, by=office("manager"), seen=None)
    take(held(fresh(review.session)), "release", review.session.chair, really=True)

    assert fresh(review.membership).tier == bronze


@pytest.mark.demand("K-16")
def test_the_page_says_before_anybody_votes_that_a_third_incubation_lacks_its_exception(as_person):
    review = scheduled(account=make_account())
    edit(review.membership, seen=fresh(review.membership).version, by=office("manager"), incubations=2)
    member = review.session.chair
    url = review.get_absolute_url()

    before = as_person(member).get(url).content.decode()
    now = fresh(review.membership)
    allow_another(now, by=make_user("executive"), seen=now.version, reason="Their new plant opens in May.")
    after = as_person(member).get(url).content.decode()

    assert "It would be incubation number 3: a senior executive has to record the exception first." in before
    assert reverse("keyaccounts:another", args=[review.membership_id]) in before
    assert "The panel cannot ask for more proof yet." not in after


@pytest.mark.demand("K-17")
def test_the_letter_names_the_tier_that_was_granted_whatever_the_account_holds_today():
    review = outcome_of("qualify")
    take(review.membership, "withdraw", office("manager"), comment="They were bought.")

    found = released_of(fresh(review.membership))

    assert found is not None
    assert "in the tier Gold" in letter_html(found)


@pytest.mark.demand("P6")
def test_the_click_that_added_a_member_is_told_so_when_it_comes_again(as_person):
    """Whoever was added is no choice any more; a click of somebody else's, or another click, is asked for another."""
    session, person = fresh(voting(a_panel(3)).session), make_user("executive")
    url = reverse("keyaccounts:panel-step", args=[session.pk, "add_member"])
    client, data = as_person(session.chair), {"seen": session.version, "key": "click-1", "person": person.pk}
    first, again_ = client.post(url, data), client.post(url, data)

    assert first.status_code == again_.status_code == 302
    assert again_.url == session.get_absolute_url()
    assert "That was done already." in client.get(again_.url).content.decode()
    assert client.post(url, data, headers={"accept": "application/json"}).json()["repeated"] is True
    assert client.post(url, data | {"key": "click-2"}).status_code == 400
    assert as_person(office("manager")).post(url, data).status_code == 400
    assert session.log().filter(step="add_member").count() == 1
