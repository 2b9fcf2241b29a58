"""An old request form that is sent again, a refused one, and a window that was left open."""

import pytest
from django.utils.timezone import localdate

from acr_program.desk.models import Draft
from acr_program.workflow.days import add_working_days
from reviews.actions.drafting import draft_name
from reviews.models import ReviewRequest
from tests.factories import make_account, make_program, make_template, make_user, make_year, take
from tests.reviews.work import a_section, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    make_program()
    make_year()
    make_template()
    return make_account(manager=make_user("rep", reports_to=make_user("leader")))


def answers(account, **said):
    return {
        "account": account.pk, "audience": "executive", "delivery": "digital", "goal": "Agree on next year.",
        "meeting_on": add_working_days(localdate(), 60).isoformat(), "recipient": account.contacts.first().pk,
        "key": "of this page", "final": "1",
    } | said  # fmt: skip


@pytest.mark.parametrize("changed", [{}, {"goal": "Agree on more."}, {"recipient": ""}])
def test_a_form_sent_again_leads_to_what_it_has_become(account, changed):
    client = signed_in(account.manager)
    client.post("/reviews/new/", answers(account))
    made = ReviewRequest.objects.get()

    again = client.post("/reviews/new/", answers(account, **changed), follow=True)

    assert ReviewRequest.objects.get().recipient == account.contacts.first()
    assert (
        f'You have already requested this: <a href="{made.get_absolute_url()}">R{made.pk}</a>.'
        in again.content.decode()
    )


def test_another_account_on_the_same_page_is_another_request(account):
    client, other = signed_in(account.manager), make_account(manager=account.manager)
    client.post("/reviews/new/", answers(account))

    client.post("/reviews/new/", answers(other))

    assert {request.account for request in ReviewRequest.objects.all()} == {account, other}


def test_a_draft_sent_again_with_a_recipient_keeps_the_recipient(account):
    client = signed_in(account.manager)
    client.post("/reviews/new/", answers(account, final="", draft="1", recipient=""))
    client.post("/reviews/new/", answers(account))

    assert ReviewRequest.objects.get(status="submitted").recipient == account.contacts.first()


def test_a_goal_refused_as_too_long_is_kept_in_the_draft(account):
    client, long = signed_in(account.manager), "word " * 90

    refused = client.post("/reviews/new/", answers(account, goal=long))

    assert refused.status_code == 400
    assert Draft.objects.typed(account.manager, "reviews.request")["goal"] == long
    assert long.strip() in client.get("/reviews/new/").content.decode()


def test_a_window_left_open_is_told_that_nothing_is_kept_any_more():
    section = a_section()
    url, client = f"{section.get_absolute_url()}draft/", signed_in(section.contributor)
    take(section, "submit", section.contributor, text="Handed in.")

    by_itself = client.post(url, {"text": "Later words."}, headers={"HX-Request": "true"})
    by_button = client.post(url, {"text": "Later words."})

    sentence = "This section was handed in meanwhile: what you type here is not kept any more."
    assert (by_itself.status_code, by_itself.content.decode()) == (200, sentence)
    assert by_button.status_code == 409
    assert sentence in by_button.content.decode()
    assert "Later words." in by_button.content.decode()
    assert not Draft.objects.filter(form=draft_name(section)).exists()
