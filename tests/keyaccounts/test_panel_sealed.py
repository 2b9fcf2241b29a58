"""No vote is seen before one's own, by nobody and nowhere (feature 69, M14, P12, T20)."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from acr_program.exports.models import Export
from acr_program.outbox.models import Message
from acr_program.workflow.log import LogDetail, LogEntry
from acr_program.workflow.sealed import Sealed, digest_of
from keyaccounts.models import Ballot
from keyaccounts.panel_papers import minutes_html
from tests.factories import fresh, make_user, office, take

from .making_panel import again, ballot_of, cast, decided, decision, members_of, released, vote_all, voting

pytestmark = pytest.mark.django_db

MARKER = "marker-of-a-vote-7c1f"


def typed(review, vote: str = "reject", words: str = MARKER) -> dict[str, object]:
    return {f"score_{n}": 2 for n in range(len(review.asked()))} | {"vote": vote, "words": words}


@pytest.fixture
def review(db):
    """The second of three members has voted against it, with a word that is looked for."""
    found = voting()
    _chair, other, _third = members_of(found)
    cast(found, other, "reject", MARKER, 1)
    return again(found)


def pages_of(review) -> list[str]:
    account, membership = review.membership.account, review.membership
    return [
        reverse("keyaccounts:panels"), review.session.get_absolute_url(), review.get_absolute_url(),
        f"{review.get_absolute_url()}since/", reverse("keyaccounts:panel-accounts"), membership.get_absolute_url(),
        f"{review.get_absolute_url()}steps/decide/", account.get_absolute_url(), f"{account.get_absolute_url()}timeline/", "/",
    ]  # fmt: skip


@pytest.mark.demand("P12", "M14", "features, 69")
def test_no_page_shows_a_vote_to_whoever_has_not_voted(review, as_person):
    chair, other, third = members_of(review)
    onlookers = [chair, third, office("manager"), office("admin"), office("auditor"), make_user("executive")]
    onlookers.append(review.membership.account.manager)

    found = [
        (person, url)
        for person in onlookers
        for url in pages_of(review)
        if MARKER in (page := as_person(person).get(url).content.decode()) or "Does not make the cut</" in page
    ]

    assert found == []
    assert MARKER in as_person(other).get(review.get_absolute_url()).content.decode()


@pytest.mark.demand("P12", "M14")
def test_after_ones_own_vote_the_others_are_open(review, as_person):
    chair, _other, _third = members_of(review)
    client, ballot = as_person(chair), ballot_of(review, chair)

    answer = client.post(f"{ballot.steps_url}cast/", {"seen": ballot.version} | typed(review, "qualify", "Fine."))
    page = client.get(review.get_absolute_url()).content.decode()

    assert (answer.status_code, answer.url) == (302, review.get_absolute_url())
    assert MARKER in page
    assert "What the panel voted for" in page


@pytest.mark.demand("P12", "T20")
def test_neither_log_nor_mail_nor_obligation_holds_anything_of_a_vote(review):
    words = [json.dumps([d.comment, d.data]) for d in LogDetail.objects.all()]
    mails = [f"{m.subject} {m.text} {m.html}" for m in Message.objects.all()]

    assert not any(MARKER in one or '"reject"' in one for one in words)
    assert not any(MARKER in one for one in mails)
    entry = LogEntry.objects.get(step="cast")
    assert entry.account_id is None
    assert list(entry.detail.data) == ["ballot"]


@pytest.mark.demand("P12", "M14")
def test_the_log_proves_the_vote_once_it_is_open_and_names_one_that_was_forged(review, as_person):
    from keyaccounts.pages.panel_review_page import ReviewPage

    vote_rest(review)
    decided(again(review), "qualify")
    released(review.session)
    page = ReviewPage(again(review), office("auditor"))
    assert [one.proved for one in page.replay if one.proved is not None] == [True] * 5

    forged = Ballot.objects.get(vote="reject")
    Ballot.objects.filter(pk=forged.pk).update(vote="qualify")

    page = ReviewPage(again(review), office("auditor"))
    assert [one.proved for one in page.replay if one.proved is not None].count(False) == 1


def vote_rest(review) -> None:
    for member in members_of(review):
        if ballot_of(review, member).status == "asked":
            cast(review, member, "qualify")


@pytest.mark.demand("P12", "M14")
def test_a_decision_is_held_from_everybody_but_those_who_voted(as_person):
    review = vote_all(voting(), "qualify")
    take(review, "decide", review.chair, decision=decision("qualify", reason=MARKER))

    outside = [office("manager"), office("admin"), office("auditor"), review.membership.account.manager]
    found = [p for p in outside for url in pages_of(review) if MARKER in as_person(p).get(url).content.decode()]

    assert found == []
    assert MARKER in as_person(review.chair).get(review.get_absolute_url()).content.decode()
    assert not any(MARKER in json.dumps([d.comment, d.data]) for d in LogDetail.objects.all())
    released(review.session)
    assert MARKER in as_person(outside[0]).get(review.get_absolute_url()).content.decode()
    assert MARKER in as_person(outside[3]).get(review.membership.get_absolute_url()).content.decode()


@pytest.mark.demand("P12")
def test_another_members_ballot_is_not_there_for_whoever_has_not_voted(review, as_person):
    chair, other, _third = members_of(review)
    theirs = ballot_of(review, other)

    paths = [
        theirs.steps_url + "cast/",
        theirs.steps_url + "note_dissent/",
        reverse("keyaccounts:ballot", args=[theirs.pk]),
    ]

    assert {as_person(person).get(path).status_code for person in (chair, office("auditor")) for path in paths} == {404}
    cast(review, chair, "qualify")
    assert [as_person(chair).get(path).status_code for path in paths] == [403, 403, 302]


@pytest.mark.demand("P12")
def test_the_same_click_counts_once_and_a_form_that_lacks_something_counts_nothing(review, as_person):
    _chair, _other, third = members_of(review)
    ballot, client = ballot_of(review, third), as_person(third)
    url = f"{ballot.steps_url}cast/"

    bad = client.post(url, {"seen": ballot.version, "key": "a"} | typed(review) | {"vote": "maintain"})
    first = client.post(url, {"seen": ballot.version, "key": "a"} | typed(review))
    second = client.post(url, {"seen": ballot.version, "key": "a"} | typed(review))

    assert (bad.status_code, first.status_code, second.status_code) == (400, 302, 302)
    assert fresh(ballot).log().filter(step="cast").count() == 1


@pytest.mark.demand("P12")
def test_the_minutes_tell_votes_after_the_release_alone(as_person):
    review = vote_all(voting(), "qualify", "reject", "qualify")
    minutes = reverse("keyaccounts:panel-minutes", args=[review.session.pk])
    early = as_person(office("manager")).post(minutes)
    assert early.url == review.session.get_absolute_url()
    assert not Export.objects.exists()
    decided(review, "qualify")
    session = released(review.session)

    late = as_person(office("manager")).post(minutes)

    assert late.url == reverse("desk:messages")
    text = minutes_html(session, office("manager"))
    assert "Does not make the cut" in text
    assert review.packet_hash in text


def test_what_is_sealed_is_known_by_its_digest_and_not_to_be_guessed():
    one, same = Sealed(vote="reject"), Sealed(vote="reject")

    assert one.digest != same.digest
    assert one.digest == digest_of(one.salt, one.values)
