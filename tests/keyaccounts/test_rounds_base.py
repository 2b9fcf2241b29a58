"""The base: every state is reached by steps, and the page of a membership stands in each."""

import pytest

from keyaccounts.choices import MembershipStatus
from tests.acting import make_user

from .making import a_membership, a_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", MembershipStatus.values)
def test_a_membership_in_every_state_has_its_page(client, status):
    membership = a_membership(status)
    client.force_login(make_user("manager"))

    page = client.get(membership.get_absolute_url())

    assert membership.status == status
    assert page.status_code == 200
    assert membership.account.name in page.content.decode()
    assert client.get(membership.round.get_absolute_url()).status_code == 200


@pytest.mark.demand("K-04")
def test_the_state_is_said_in_the_programmes_own_words(client):
    membership = a_membership("key_account")
    a_programme(name="national account", plural="national accounts")

    assert membership.get_status_display() == "National account"
