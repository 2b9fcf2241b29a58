"""Whoever lacks a training that a meeting needs is warned where a review is asked for, and on its page (R-27)."""

import pytest
from django.urls import reverse

from acr_program.charter import actions, lines
from acr_program.charter.models import Training, TrainingAssignment
from tests.chartering import TRAINING
from tests.desk.asking import questions, text
from tests.factories import make_account, make_request, make_year, take

pytestmark = [pytest.mark.demand("R-27"), pytest.mark.django_db]
LACKS = "Rita Rep lacks: Presenting."


@pytest.fixture
def needed(people):
    make_year()
    given = TRAINING | {"name": "Presenting", "before_meeting": True}
    return lines.keep(Training(), by=people["manager"], **given)


def test_it_is_said_where_a_review_is_asked_for_and_on_its_page_until_the_training_is_completed(
    people, as_person, needed
):
    make_account(manager=people["rep"])
    draft = make_request("draft", account=make_account(manager=people["rep"]))
    client = as_person(people["rep"])
    pages = [reverse("reviews:new"), reverse("reviews:request-edit", args=[draft.pk]), draft.get_absolute_url()]
    before = [LACKS in text(client.get(page)) for page in pages]
    actions.assign(needed, people["admin"])
    take(TrainingAssignment.objects.get(training=needed, person=people["rep"]), "complete", people["rep"])

    assert before == [True, True, True]
    assert [LACKS in text(client.get(page)) for page in pages] == [False, False, False]


def test_once_it_is_accepted_the_meetings_page_says_it(people, as_person, needed):
    accepted = make_request("gathering", account=make_account(manager=people["rep"]))
    client = as_person(people["rep"])

    assert LACKS not in text(client.get(accepted.get_absolute_url()))
    assert LACKS in text(client.get(accepted.meetings.get().get_absolute_url()))


def test_the_office_reads_it_on_the_page_of_the_request_too_and_the_page_stays_within_its_queries(
    people, as_person, needed
):
    one = make_request("submitted", account=make_account(manager=people["rep"]))
    client = as_person(people["admin"])

    assert LACKS in text(client.get(one.get_absolute_url()))
    assert len(questions(client, one.get_absolute_url())) <= 15
