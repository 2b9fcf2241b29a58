"""Somebody is on it: seen by others, taken over with a word, over by itself."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from acr_program.desk.beside.holding import forget, holder_of
from acr_program.desk.models import Presence
from tests.factories import fresh, make_account, make_request, take

from .asking import questions, text


@pytest.fixture
def review(people):
    return make_request("submitted", account=make_account(name="Seaside", manager=people["rep"]))


@pytest.fixture
def press(as_person, review):
    def send(person, **data):
        client = as_person(person)
        return client, text(client.post(f"{review.get_absolute_url()}on-it/", data, follow=True))

    return send


@pytest.mark.demand("features, 20")
def test_whoever_is_on_it_is_named_on_the_page_the_list_and_the_board(people, as_person, review, press):
    _client, page = press(people["admin"])

    assert "You are on it until" in page
    for path in (review.get_absolute_url(), "/reviews/", "/reviews/board/"):
        assert "Ada Admin is on it" in text(as_person(people["manager"]).get(path)), path


def test_another_takes_it_over_and_reads_who_had_it(people, review, press):
    press(people["admin"])

    _client, page = press(people["manager"])

    assert "Ada Admin was on it since Today" in page
    assert holder_of(review).person == people["manager"]
    assert Presence.objects.count() == 1


def test_it_is_given_back_by_who_has_it_alone(people, review, press):
    press(people["admin"])

    press(people["manager"], release="1")
    assert holder_of(review).person == people["admin"]
    press(people["admin"], release="1")
    assert holder_of(review) is None


def test_it_ends_by_itself_and_nobody_writes_for_it(people, as_person, review, press, later):
    press(people["admin"])
    later(hours=2, minutes=1)

    assert holder_of(review) is None
    assert "is on it" not in text(as_person(people["manager"]).get("/reviews/"))
    assert Presence.objects.count() == 1
    forget(now() + timedelta(minutes=1))
    assert not Presence.objects.exists()


def test_a_step_ends_it(people, as_person, review, press):
    press(people["admin"])

    take(fresh(review), "accept", people["admin"])

    assert holder_of(fresh(review)) is None
    assert "is on it" not in text(as_person(people["manager"]).get("/reviews/board/"))


def test_pressed_again_it_goes_on_from_when_it_began(people, review, press, later):
    press(people["admin"])
    began = Presence.objects.get().since
    later(hours=1)
    press(people["admin"])

    presence = Presence.objects.get()
    assert presence.since == began
    assert presence.until > now() + timedelta(minutes=119)


def test_a_stranger_is_not_on_it(people, press, review, as_person):
    assert as_person(people["stranger"]).post(f"{review.get_absolute_url()}on-it/").status_code == 404
    assert not Presence.objects.exists()


def test_a_list_asks_the_same_with_and_without(people, as_person, review, press):
    client = as_person(people["manager"])
    before = len(questions(client, "/reviews/"))
    press(people["admin"])

    assert len(questions(client, "/reviews/")) == before
