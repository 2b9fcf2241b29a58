"""P21: guesses are counted by account and by address, whatever the caller says of itself, and nobody signs up."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache

pytestmark = [pytest.mark.django_db, pytest.mark.demand("P21")]
RIGHT = "a-long-enough-phrase"


@pytest.fixture(autouse=True)
def no_earlier_guesses():
    cache.clear()


@pytest.fixture
def person():
    person = get_user_model().objects.create(email="rep@acme.test", name="Rep")
    person.set_password(RIGHT)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def try_in(client, password, address="203.0.113.1", email="rep@acme.test", forged=""):
    headers = {"x-forwarded-for": forged} if forged else {}
    given = {"login": email, "password": password}
    return client.post("/sign-in/login/", given, REMOTE_ADDR=address, headers=headers)


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_opens(client, person):
    response = try_in(client, RIGHT)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client)


def test_after_ten_guesses_not_even_the_right_one_opens_from_elsewhere(client, person):
    for guess in range(10):
        try_in(client, f"wrong-{guess}", address=f"203.0.113.{guess}")

    try_in(client, RIGHT, address="198.51.100.9")

    assert not signed_in(client)


def test_one_address_cannot_go_on_by_saying_it_is_another(client, person):
    for guess in range(30):
        try_in(client, "wrong", email=f"guess-{guess}@acme.test", forged=f"198.51.100.{guess}")

    response = try_in(client, RIGHT, forged="192.0.2.200")

    assert not signed_in(client)
    assert response.status_code in {200, 429}


def test_nobody_signs_up(client):
    given = {"email": "new@acme.test", "password1": RIGHT}
    response = client.post("/sign-in/signup/", given)

    assert response.status_code == 200
    assert not get_user_model().objects.filter(email="new@acme.test").exists()


def test_the_admin_has_no_door_of_its_own(client, person):
    response = client.post("/admin/login/?next=/admin/", {"username": person.email, "password": RIGHT})

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/login/")
    assert not signed_in(client)
