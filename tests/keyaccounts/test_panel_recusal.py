"""Whoever is recused finds the account nowhere: 404 on every path, absent from lists, files, search and mails (feature 70, M14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.actions import change
from acr_program.outbox.models import Message
from acr_program.people.access import declared
from acr_program.people.models import RoleGrant
from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.obligations import Obligation
from keyaccounts.actions.panel import recuse
from keyaccounts.models import Ballot, Membership, PanelReview
from tests.desk.asking import questions
from tests.factories import fresh, make_absence, make_account, make_request, make_user, office, take

from .making_panel import (
    NAME,
    a_panel,
    again,
    ballot_of,
    before_panel,
    cast,
    conflicted,
    decided,
    members_of,
    released,
    scheduled,
)

pytestmark = pytest.mark.django_db


def paths_of(review: PanelReview) -> Iterator[str]:
    """Every path of the program that names the account, its membership, its review by the panel or a ballot on it."""
    return paths_to({
        "Account": review.membership.account, "Membership": review.membership, "PanelReview": review,
        "Ballot": review.ballots.first(),
    })  # fmt: skip


def paths_to(thing: dict[str, Any]) -> Iterator[str]:
    """Every path of the program that names one of these things, by the name of its model."""
    for _where, name, view in declared():
        access = getattr(view, "access", None)
        of = thing.get(access.model.__name__) if access and access.model else None
        if of is None or not name:
            continue
        for more in ({}, {"name": "x"}, {"contact": 1}, {"fact": 1}, {"note": 1}, {"comment": 1}, {"attachment": 1}):
            try:
                yield reverse(name, kwargs={"pk": of.pk} | more)
                break
            except NoReverseMatch:
                continue


@pytest.mark.demand("features, 70", "M14")
@pytest.mark.parametrize("how", ["manages", "leads", "said"])
def test_a_recused_member_gets_404_for_that_account_on_every_route(how, as_person):
    one, review, other = conflicted(how)
    for role in {
        "admin",
        "manager",
        "rep",
        "leader",
    } - one.roles:  # so that no path is shut by a role before it is looked at
        RoleGrant.objects.create(person=one, role=role)
    client = as_person(type(one).objects.get(pk=one.pk))
    paths = list(paths_of(review))

    got = {(path, way): getattr(client, way)(path).status_code for path in paths for way in ("get", "post")}

    assert {path: status for path, status in got.items() if status not in (404, 405)} == {}
    assert len(paths) >= 25
    assert client.get(review.get_absolute_url()).status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 200
    assert client.get(other.membership.account.get_absolute_url()).status_code == 200


@pytest.mark.demand("features, 70", "M14")
@pytest.mark.parametrize("how", ["manages", "leads", "said"])
def test_the_account_stands_on_no_page_in_no_list_no_file_and_no_search(how, as_person):
    one, review, _other = conflicted(how)
    make_request("draft", account=review.membership.account) if how == "said" else None
    client = as_person(one)
    pages = [
        "/", review.session.get_absolute_url(), reverse("keyaccounts:panels"), reverse("keyaccounts:panel-accounts"),
        reverse("accounts:accounts"), "/search/?q=meridian",
    ]  # fmt: skip

    found = {page: around(shown) for page in pages if NAME in (shown := body(client.get(page)))}

    assert found == {}
    assert NAME not in files(client)
    assert NAME in files(as_person(review.chair))
    assert NAME in body(as_person(review.chair).get(review.session.get_absolute_url()))
    assert NAME in body(as_person(review.chair).get(reverse("keyaccounts:panel-accounts")))


def around(page: str) -> str:
    where = page.index(NAME)
    return page[max(0, where - 400) : where + 100]


def files(client: Any) -> str:
    """What the lists hold that this person may take with them."""
    names = ("panel-accounts", "panels", "accounts")
    return "".join(body(client.post(reverse("exports:start", args=[name]), {"as": "csv"})) for name in names)


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


@pytest.mark.demand("features, 70")
def test_a_recused_member_counts_neither_among_voters_nor_in_what_they_see(as_person):
    one, review, other = conflicted("leads")

    page = as_person(one).get(review.session.get_absolute_url()).content.decode()

    assert not Ballot.objects.filter(review=review, member=one).exists()
    assert "1 account waits for it" in page
    assert review.recusals.get().get_kind_display() == "leads its manager"
    assert Obligation.objects.waiting_for(one).count() == 1
    assert other.ballots.count() == 4


@pytest.mark.demand("features, 70")
def test_who_says_to_be_in_conflict_is_out_at_once_and_nothing_of_it_waits_any_more(as_person):
    _one, _review, open_ = conflicted("leads")
    member = members_of(open_)[1]
    client, url = as_person(member), reverse("keyaccounts:recuse", args=[open_.pk])

    answer = client.post(url, {"words": "I hold shares of theirs.", "key": "c"})
    again_ = client.post(url, {"words": "I hold shares of theirs.", "key": "c"})

    assert (answer.status_code, answer.url) == (302, open_.session.get_absolute_url())
    assert (again_.status_code, again_.url) == (302, open_.session.get_absolute_url())
    assert ballot_of(open_, member).status == "void"
    assert not Obligation.objects.of(ballot_of(open_, member)).open().exists()
    assert client.get(open_.get_absolute_url()).status_code == 404
    assert open_.recusals.get(person=member).words == "I hold shares of theirs."


@pytest.mark.demand("features, 70", "P12")
def test_after_voting_the_chair_alone_takes_a_member_out_and_the_vote_counts_no_more():
    _one, _review, open_ = conflicted("leads")
    chair, member, *_others = members_of(open_)
    cast(open_, member, "reject")
    with pytest.raises(Refused, match="You have voted already"):
        recuse(again(open_), member, by=member, words="Too late.")

    recuse(again(open_), member, by=chair, words="Shares.")

    assert dict(again(open_).tally.counts) == {"qualify": 0, "extend": 0, "reject": 0}
    assert not PanelReview.objects.visible_to(fresh(member)).filter(pk=open_.pk).exists()


@pytest.mark.demand("features, 70")
def test_where_the_chair_is_recused_the_deputy_decides_and_the_account_is_absent_for_the_chair(as_person):
    people = [make_user("executive") for _number in range(4)]
    session = a_panel(people)
    theirs = scheduled(session, make_account(name=NAME, manager=make_user("rep", reports_to=people[0])))
    open_ = scheduled(session)
    take(session, "open_voting", session.chair)
    assert (again(theirs).chair, again(open_).chair) == (people[1], people[0])
    for review in (theirs, open_):
        decided(again(review), "qualify")

    done = released(session)

    assert fresh(theirs.membership).decided_by == people[1]
    page = as_person(people[0]).get(done.get_absolute_url()).content.decode()
    assert NAME not in page


@pytest.mark.demand("features, 70")
def test_a_chair_who_says_so_while_it_is_voted_passes_the_chair_on():
    _one, _review, open_ = conflicted("leads")
    chair, deputy = open_.session.chair, open_.session.deputy

    recuse(open_, chair, by=chair, words="My old firm.")

    now = again(open_)
    assert now.chair == deputy
    waits = Obligation.objects.of(now).open().get(step="decide")
    assert waits.person == deputy


@pytest.mark.demand("features, 70")
def test_too_many_recused_is_said_before_anybody_votes():
    people = [make_user("executive") for _number in range(2)]
    session = a_panel(people, quorum=2)
    scheduled(session, make_account(name=NAME, manager=make_user("rep", reports_to=people[0])))

    with pytest.raises(StepBlocked, match="too many members are recused") as refused:
        take(session, "open_voting", session.chair)

    assert NAME not in str(refused.value.missing)


@pytest.mark.demand("features, 70")
def test_once_released_the_membership_is_there_again_and_the_panel_never(as_person):
    one, review, other = conflicted("manages")
    for account in (review, other):
        decided(again(account), "qualify")
    client = as_person(one)
    assert client.get(review.membership.get_absolute_url()).status_code == 404
    released(review.session)

    assert client.get(review.membership.get_absolute_url()).status_code == 200
    assert client.get(review.membership.account.get_absolute_url()).status_code == 200
    assert client.get(review.get_absolute_url()).status_code == 404
    assert "outcome letter" in client.get(review.membership.get_absolute_url()).content.decode()


@pytest.mark.demand("features, 70")
def test_whoever_gets_the_account_while_it_is_voted_on_is_out_from_then_on():
    _one, _review, open_ = conflicted("leads")
    member = members_of(open_)[1]
    RoleGrant.objects.create(person=member, role="rep")
    account = fresh(open_.membership.account)

    change(account, by=office("admin"), seen=account.version, manager=member)

    assert ballot_of(open_, member).status == "void"
    assert open_.recusals.get(person=member).kind == "manages"


@pytest.mark.demand("features, 70")
def test_who_stands_in_for_the_accounts_manager_is_recused_as_well():
    people = [make_user("executive") for _number in range(3)]
    manager = make_user("rep")
    make_absence(manager, people[2])
    session = a_panel(people)
    review = scheduled(session, make_account(name=NAME, manager=manager))

    take(session, "open_voting", session.chair)

    assert [row.person for row in review.recusals.all()] == [people[2]]
    assert not Membership.objects.visible_to(fresh(people[2])).filter(pk=review.membership_id).exists()


@pytest.mark.demand("features, 70")
def test_no_mail_of_a_panel_names_the_account_to_whoever_is_recused():
    one, review, _other = conflicted("said")
    before = set(Message.objects.values_list("pk", flat=True))
    decided(review, "qualify")

    sent = Message.objects.exclude(pk__in=before).filter(person=one)

    assert not [mail for mail in sent if NAME in f"{mail.subject} {mail.text}"]
    told = Message.objects.filter(person=one, kind="step", content_type__model="panelsession")
    assert not [mail for mail in told if NAME in f"{mail.subject} {mail.text}"]


@pytest.mark.demand("features, 70")
def test_a_colleagues_page_and_a_stand_in_do_not_tell_what_is_voted_on(as_person):
    one, review, _other = conflicted("leads")
    colleague = review.chair
    make_absence(colleague, one)

    page = as_person(one).get(reverse("desk:person", args=[colleague.pk])).content.decode()
    today = as_person(one).get("/").content.decode()

    assert NAME not in page
    assert NAME not in today


@pytest.mark.demand("features, 70")
def test_members_do_not_recuse_each_other_and_strangers_nobody(as_person):
    _one, _review, open_ = conflicted("leads")
    _chair, member, *_others = members_of(open_)
    url = reverse("keyaccounts:recuse", args=[open_.pk])

    own = as_person(member).get(url)
    audit = as_person(office("auditor")).post(url, {"words": "No."})

    assert "person" not in own.context["form"].fields
    assert audit.status_code == 403
    assert not open_.recusals.exists()


def test_an_executive_on_no_panel_sees_every_account_and_pays_no_query_more(as_person, people):
    from accounts.models import Account

    review = before_panel(make_account(name=NAME))

    assert Account.objects.visible_to(people["executive"]).filter(pk=review.membership.account_id).exists()
    assert len(questions(as_person(people["executive"]), reverse("accounts:accounts"))) <= 8
