"""The board: a card moves by a declared step of whoever looks, or not at all (features 9, 10)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.pages.board import board_of
from reviews.pages.year import year_at_a_glance
from tests.factories import make_account, make_request, take

pytestmark = pytest.mark.django_db


def moves(user):
    return {card.request.pk: [move.step.name for move in card.moves] for lane in board_of(user) for card in lane.cards}


def test_each_reader_is_offered_their_own_steps_alone(people):
    draft, submitted = make_request("draft"), make_request("submitted")

    assert moves(people["admin"]) == {draft.pk: ["cancel"], submitted.pk: ["send_back", "accept", "cancel"]}
    assert moves(draft.rep)[draft.pk] == ["submit", "cancel"]
    assert moves(people["auditor"]) == {draft.pk: [], submitted.pk: []}


@pytest.mark.demand("features, 10")
def test_a_move_leads_to_the_page_of_its_step_and_works_without_a_script(people, as_person):
    review, client = make_request("submitted"), as_person(people["admin"])

    page = client.get("/reviews/board/").content.decode()

    assert f'href="/reviews/{review.pk}/steps/accept/"' in page
    assert client.get(f"/reviews/{review.pk}/steps/accept/").status_code == 200


def test_a_leader_has_their_people_s_reviews_and_what_they_were_asked_to_approve_until_it_is_over(people):
    theirs = make_request("submitted", account=make_account(manager=people["rep"]))
    asked, over = (make_request("in_approval", account=make_account(manager=people["stranger"])) for _ in range(2))
    make_request("submitted", account=make_account(manager=people["stranger"]))
    for review in (asked, over):
        review.approvals.update(approver=people["leader"])
    take(over, "cancel", people["admin"], comment="They merged.")

    assert set(moves(people["leader"])) == {theirs.pk, asked.pk}
    assert set(moves(people["rep"])) == {theirs.pk}


def test_a_leader_s_year_counts_their_people_s_reviews(people):
    make_request("submitted", account=make_account(manager=people["rep"]))
    make_request("in_approval", account=make_account(manager=people["stranger"])).approvals.update(
        approver=people["leader"]
    )

    shown = year_at_a_glance(people["leader"])

    assert [figure.value for figure in shown.context["figures"]] == [1, 1, 0, 0]


def test_moves_cost_no_query_more(people, as_person):
    client, costs = as_person(people["admin"]), []
    for status in ("submitted", "gathering"):
        make_request(status)
        client.get("/reviews/board/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/reviews/board/")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 12
