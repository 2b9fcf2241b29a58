"""Words that a newcomer stumbled over."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.test import RequestFactory
from django.urls import reverse
from django_cotton import render_component

from acr_program.ui.parts import Happening
from tests.factories import make_request, make_user, office
from tests.reviews.work import signed_in


def draw(name: str, **context: object) -> str:
    return render_component(RequestFactory().get("/"), name, **context)


def test_answers_that_are_only_missing_are_said_to_be_missing() -> None:
    form = type("Two", (forms.Form,), {"one": forms.CharField(), "two": forms.CharField()})({})

    assert "2 answers are missing:" in draw("errors", form=form)


def test_the_clock_is_no_person_in_a_timeline() -> None:
    at = datetime(2026, 3, 16, tzinfo=UTC)
    drawn = draw("timeline", entries=[Happening("The clock", "sealed version 1", at, kind="clock")])

    assert "<b>Automatically:</b> sealed version 1" in drawn


@pytest.mark.django_db
def test_of_two_answers_it_is_said_that_one_is_needed() -> None:
    page = signed_in(office("admin")).get(f"{make_request('met').get_absolute_url()}steps/close/").content.decode()

    assert page.count("(one of the two is needed)") == 2
    assert "(optional)" not in page


@pytest.mark.django_db
def test_signing_in_says_nothing_of_it(client) -> None:
    person = make_user("rep")
    person.set_password("long-enough-for-anybody-9")
    person.save()

    page = client.post(
        reverse("account_login"), {"login": person.email, "password": "long-enough-for-anybody-9"}, follow=True
    )

    assert page.context["user"] == person
    assert "Successfully signed in" not in page.content.decode()
