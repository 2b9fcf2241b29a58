"""In whose hands a request is, as each reader is told it."""

import pytest

from reviews.models import ReviewRequest
from reviews.pages.holders import holder_of, with_holders
from tests.factories import make_request, office

pytestmark = pytest.mark.django_db


def test_what_is_with_the_reader_is_with_you_on_every_page(as_person):
    """A role is said by its name to everybody but those who hold it; so is a person's own name."""
    submitted, reading = make_request("submitted"), make_request("in_approval")
    gathering, draft = make_request("gathering"), make_request("draft")
    leader, writer = reading.rep.reports_to, gathering.contributions.order_by("section__place")[1].contributor

    def told(person):
        rows = as_person(person).get("/reviews/").context["page"].objects
        return {row.pk: str(holder_of(row, person)) for row in rows}

    admin = office("admin")
    page = as_person(admin).get("/reviews/").content.decode()
    assert told(admin)[submitted.pk] == "You"
    assert told(office("manager"))[submitted.pk] == "Program administrator"
    assert told(leader)[reading.pk] == "You"
    assert told(draft.rep)[draft.pk] == "You"
    assert str(holder_of(with_holders(ReviewRequest.objects.for_list(), writer).get(pk=gathering.pk), writer)) == (
        "You and 1 other"
    )
    assert "Program administrator" not in page.partition("<main")[2]
    cards = {
        card.request.pk: card
        for lane in as_person(admin).get("/reviews/board/").context["lanes"]
        for card in lane.cards
    }
    assert cards[submitted.pk].holder.me
    assert "With <b>you</b> since" in as_person(admin).get(submitted.get_absolute_url()).content.decode()
    said_to_rep = as_person(submitted.rep).get(submitted.get_absolute_url()).content.decode()
    assert "With <b>Program administrator</b> since" in said_to_rep
