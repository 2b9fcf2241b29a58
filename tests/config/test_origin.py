"""Forms from other sites are refused, whatever they carry (P23)."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(
    ("site", "expected"), [("", 200), ("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_a_form_from_elsewhere_is_refused(db, site, expected):
    headers = {"Sec-Fetch-Site": site} if site else {}

    answer = Client().post(reverse("account_login"), {"login": "x@example.com", "password": "x"}, headers=headers)

    assert answer.status_code == expected


def test_whoever_follows_a_link_from_elsewhere_is_let_in(db):
    assert Client().get(reverse("account_login"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
