"""Whoever reworks reads what the leader said; whoever reads the section again sees what has changed."""

import pytest

from tests.factories import fresh, office, take
from tests.reviews.work import RECORD, answer, page_of, queries_of, signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-17")]


def test_the_card_and_the_page_of_the_step_quote_the_leader():
    approval = to_approval()
    take(approval, "ask_for_changes", approval.approver, comment="Count the late orders again.")
    request = fresh(approval.request)

    card = page_of(office("admin"), request)
    step = signed_in(office("admin")).get(f"{request.get_absolute_url()}steps/rework/").content.decode()

    for page in (card.partition('id="sections"')[0], step.partition("<form")[0] + step.partition("</header>")[2]):
        assert approval.approver.name in page
        assert "Count the late orders again." in page
    assert queries_of(signed_in(office("admin")), request.get_absolute_url()) <= RECORD


def test_a_section_that_came_back_shows_what_was_asked_and_what_has_changed():
    approval = to_approval("Orders on time: 97 of 100 this year.")
    take(approval, "ask_for_changes", approval.approver, comment="Count again.")
    request = fresh(approval.request)
    section = request.contributions.get()
    before = page_of(office("admin"), section)
    take(request, "rework", office("admin"), sections=request.contributions.all(), comment="96, says the harbour.")
    answer(request, "Orders on time: 96 of 100 this year.")

    page = page_of(office("admin"), fresh(section))

    assert "What was asked, and what has changed" not in before
    panel = page.partition('id="reworked"')[2].partition("</section>")[0]
    assert "96, says the harbour." in panel
    assert "<del>97</del><ins>96</ins>" in panel
