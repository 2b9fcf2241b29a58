"""Pages of follow-ups: the list and what it is narrowed to, one of them, noting one by hand, and the panels."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.workflow.obligations import Obligation
from reviews.models import Commitment, FollowUp
from tests.factories import make_account, make_request, make_user

from .promises import a_follow_up, commit, promised
from .work import LIST, RECORD, page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25")]

LIST_URL = "reviews:follow-ups"


@pytest.fixture
def review(people):
    return make_request("delivered", account=make_account(manager=people["rep"], name="Kauri Coast"))


def listed(person, **query):
    answer = signed_in(person).get(reverse(LIST_URL), query | {"sort": "due"})
    return [row.what for row in answer.context["page"].objects]


def test_the_list_shows_what_each_may_see_soonest_due_first(review, people):
    a_follow_up(people["contributor"], request=review, what="Later", due_on=localdate() + timedelta(days=9))
    a_follow_up(people["rep"], request=review, what="Sooner", due_on=localdate() + timedelta(days=3))

    found = {who: listed(people[who]) for who in ("rep", "leader", "contributor", "auditor", "stranger")}

    both = ["Sooner", "Later"]
    assert found == {"rep": both, "leader": both, "contributor": ["Later"], "auditor": both, "stranger": []}


def test_the_list_is_narrowed_by_state_owner_day_and_words(review, people):
    past = localdate() - timedelta(days=3)
    a_follow_up(people["rep"], request=review, what="Late of mine", due_on=past)
    a_follow_up(people["contributor"], "done", request=review, what="Done by Cora", due_on=past)
    a_follow_up(people["contributor"], "in_progress", request=review, what="Under way")

    narrowed = [
        listed(people["rep"], **query)
        for query in ({"state": "live"}, {"state": "done"}, {"whose": "mine"}, {"late": "late"}, {"q": "kauri cora"})
    ]

    assert narrowed == [
        ["Late of mine", "Under way"], ["Done by Cora"], ["Late of mine"], ["Late of mine"], ["Done by Cora", "Under way"],
    ]  # fmt: skip


def test_the_list_goes_out_as_a_file(review, people):
    a_follow_up(people["contributor"], "done", request=review)

    answer = signed_in(people["admin"]).post(reverse("exports:start", args=["follow-ups"]), {"as": "csv"})

    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].split(",")[:2] == ['"What"', '"State"']
    assert "Walked in February." in rows[1]
    assert "Kauri Coast" in rows[1]


def test_the_list_costs_the_same_for_three_and_for_thirty(review, people):
    client, url = signed_in(people["rep"]), reverse(LIST_URL)
    for _ in range(3):
        a_follow_up(people["contributor"], request=review)
    three = queries_of(client, url)
    for _ in range(27):
        a_follow_up(people["contributor"], request=review)

    thirty = queries_of(client, url)

    assert thirty == three
    assert thirty <= LIST


def test_its_page_says_for_which_commitment_and_offers_its_owner_the_steps(people):
    one = promised(commit(measure="A page each quarter"), rep=people["rep"]).follow_ups.get()

    shown = page_of(people["rep"], one)

    assert "Report on-time shipment." in shown
    assert "A page each quarter" in shown
    for name in ("start", "finish", "hand_over", "drop"):
        assert f"{one.get_absolute_url()}steps/{name}/" in shown
    assert queries_of(signed_in(people["rep"]), one.get_absolute_url()) <= RECORD


def test_who_may_not_see_the_review_gets_its_name_and_no_dead_link(review, people):
    one = a_follow_up(people["contributor"], request=review)

    shown = page_of(people["contributor"], one)

    assert str(review) in shown
    assert f'href="{review.get_absolute_url()}"' not in shown


def test_who_hands_over_what_was_theirs_alone_is_led_to_the_list_and_a_repeat_is_told_so(review, people):
    one, other, client = (
        a_follow_up(people["contributor"], request=review),
        make_user(),
        signed_in(people["contributor"]),
    )
    said = {
        "owner": other.pk,
        "due_on": one.due_on.isoformat(),
        "comment": "He has the crates.",
        "seen": one.version,
        "key": "k",
    }
    url = f"{one.get_absolute_url()}steps/hand_over/"

    answer = client.post(url, said, follow=True)
    repeat = client.post(url, said, follow=True)
    as_json = client.post(url, said, headers={"Accept": "application/json"}).json()

    assert answer.redirect_chain == [(reverse(LIST_URL), 302)]
    assert f"It is {other.name}’s now." in answer.text
    assert (repeat.redirect_chain, "That was done already." in repeat.text) == ([("/", 302)], True)
    assert as_json["repeated"] is True
    assert client.post(url, said | {"key": "other"}).status_code == 404
    assert one.log().filter(step="hand_over").count() == 1


def test_what_waits_stands_on_today_with_its_step(review, people):
    one = a_follow_up(people["contributor"], request=review)

    shown = signed_in(people["contributor"]).get("/").content.decode()

    assert "Do what was undertaken, and say what came of it" in shown
    assert f"{one.get_absolute_url()}steps/finish/" in shown


@pytest.mark.parametrize("who", ["rep", "admin", "manager"])
def test_one_is_noted_by_hand_and_waits_for_whoever_does_it(review, people, mails, who):
    day = localdate() + timedelta(days=20)
    given = {
        "what": "Send the new price list.",
        "owner": people["contributor"].pk,
        "due_on": day.isoformat(),
        "key": "k-1",
    }
    client, url = signed_in(people[who]), reverse("reviews:new-follow-up", args=[review.pk])
    mails()

    first, again = client.post(url, given), client.post(url, given)

    one = FollowUp.objects.get()
    assert first.url == again.url == one.get_absolute_url()
    assert (one.request, one.account, one.owner, one.due_on) == (review, review.account, people["contributor"], day)
    assert [o.person for o in Obligation.objects.of(one).open()] == [people["contributor"]]
    assert [mail.to for mail in mails() if "Send the new price list." in mail.subject] == [
        [people["contributor"].email]
    ]


def test_a_commitment_of_the_customer_can_be_followed_up_by_hand_once(people):
    review = promised(commit("Name one person.", "", side="you"), rep=people["rep"])
    theirs = Commitment.objects.get()
    client, url = signed_in(people["rep"]), reverse("reviews:new-follow-up", args=[review.pk])
    day = (localdate() + timedelta(days=20)).isoformat()
    given = {"what": "Ask whom they named.", "owner": people["rep"].pk, "due_on": day, "commitment": theirs.pk}

    client.post(url, given | {"key": "k-1"})
    refused = client.post(url, given | {"key": "k-2"})

    assert [one.commitment for one in FollowUp.objects.all()] == [theirs]
    assert refused.status_code == 400


def test_a_day_that_has_passed_and_a_leaver_are_refused_beside_their_fields(review, people):
    gone = make_user("rep", is_active=False)
    given = {"what": "x", "owner": gone.pk, "due_on": (localdate() - timedelta(days=1)).isoformat(), "key": "k-1"}

    answer = signed_in(people["rep"]).post(reverse("reviews:new-follow-up", args=[review.pk]), given)

    assert answer.status_code == 400
    assert sorted(answer.context["form"].errors) == ["due_on", "owner"]


def test_others_may_not_note_one(review, people):
    url = reverse("reviews:new-follow-up", args=[review.pk])

    codes = {who: signed_in(people[who]).get(url).status_code for who in ("leader", "auditor", "executive", "stranger")}

    assert codes == {"leader": 403, "auditor": 403, "executive": 403, "stranger": 404}


def test_the_review_shows_what_became_of_it_and_what_the_customer_undertook(people):
    review = promised(commit(), commit("Name one person.", "", side="you"), rep=people["rep"])

    shown = page_of(people["rep"], review)

    assert f'href="{review.follow_ups.get().get_absolute_url()}"' in shown
    assert "The customer undertook, to be asked about:" in shown
    assert reverse("reviews:new-follow-up", args=[review.pk]) in shown
    assert reverse("reviews:new-follow-up", args=[review.pk]) not in page_of(people["auditor"], review)


def test_the_account_shows_what_is_open_first(review, people):
    a_follow_up(people["rep"], "done", request=review, what="Over", due_on=localdate() + timedelta(days=1))
    a_follow_up(people["rep"], request=review, what="Still to do", due_on=localdate() + timedelta(days=99))

    shown = page_of(people["rep"], review.account)

    panel = shown[shown.index('id="follow-ups"') :]
    assert panel.index("Still to do") < panel.index("Over")


def test_the_calendar_shows_the_day_it_is_due(review, people):
    one = a_follow_up(people["contributor"], request=review, due_on=localdate() + timedelta(days=30))

    shown = signed_in(people["rep"]).get(reverse("reviews:calendar"), {"month": f"{one.due_on:%Y-%m}"}).content.decode()

    assert one.get_absolute_url() in shown


def test_signed_out_nobody_sees_one(review, people):
    one = a_follow_up(people["contributor"], request=review)

    assert Client().get(one.get_absolute_url()).status_code == 302
