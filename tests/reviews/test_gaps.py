"""The completeness check: what is missing by name, who has it and since when (R-15)."""

from __future__ import annotations

import pytest

from acr_program.ui.phrases import day
from acr_program.workflow.errors import StepBlocked
from reviews.gaps import gaps_of
from reviews.models import Section
from tests.factories import make_request, make_template, make_user, office, take
from tests.reviews.work import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-15"), pytest.mark.demand("features, 42")]


def a_review():
    """Three sections: Cora's is handed in, Carl's was sent back, Ella's optional one is out."""
    people = [make_user("contributor", name=name) for name in ("Cora", "Carl", "Ella")]
    template = make_template(sections=3, contributors=tuple(people))
    Section.objects.filter(template=template, key="part-4").update(required=False)
    request = make_request("gathering")
    first, second, _third = request.contributions.order_by("section__place")
    for section in (first, second):
        take(section, "submit", section.contributor, text="Words.")
    take(second, "send_back", office("admin"), comment="More.")
    return request


def test_each_gap_is_named_with_who_has_it_and_since_when():
    request = a_review()

    with pytest.raises(StepBlocked) as blocked:
        take(request, "start_compiling", office("admin"))

    today = day(request.created_at)
    assert blocked.value.sentence == (
        "Not every required section is accepted or waived: "
        f"“Part 2” (to be read, with Program administrator since {today}), “Part 3” (sent back, with Carl since {today})."
    )


def test_the_page_lists_the_same_gaps_for_everybody_who_reads_it():
    request = a_review()

    for reader in (office("admin"), request.rep):
        page = signed_in(reader).get(request.get_absolute_url())
        assert page.context["page"].gaps == gaps_of(request)
        assert "Still missing" in page.content.decode()


def test_an_optional_section_that_is_out_is_no_gap_and_one_handed_in_is():
    request = a_review()
    third = request.contributions.order_by("section__place")[2]
    before = [gap.title for gap in gaps_of(request)]

    take(third, "submit", third.contributor, text="Words.")

    assert before == ["Part 2", "Part 3"]
    assert [gap.title for gap in gaps_of(request)] == ["Part 2", "Part 3", "Part 4"]


def test_without_gaps_nothing_is_said():
    request = make_request("compiling")

    assert gaps_of(request) == []
    assert "Still missing" not in signed_in(office("admin")).get(request.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["admin", "rep"])
def test_the_page_costs_what_a_record_may(who):
    request = a_review()

    assert queries_of(signed_in(request.rep if who == "rep" else office(who)), request.get_absolute_url()) <= 15
