"""Sections while they are gathered: which to read next, and what becomes of one the office goes on without."""

import re

import pytest

from acr_program.workflow.obligations import Obligation
from acr_program.workflow.perform import perform
from reviews.models import Section
from tests.acting import fresh, office, take
from tests.factories import make_request

pytestmark = pytest.mark.django_db


def test_a_section_left_out_waits_for_nobody_any_more():
    request = make_request("gathering")
    first, second = request.contributions.order_by("pk")
    Section.objects.filter(pk=second.section_id).update(required=False)
    take(first, "submit", first.contributor, text="Fine.")
    take(first, "accept", office("admin"))
    assert fresh(request).status == "gathering"
    assert Obligation.objects.of(second).open().exists()

    perform(fresh(request), "start_compiling", by=office("admin"), seen=fresh(request).version)

    assert fresh(second).status == "withdrawn"
    assert not Obligation.objects.of(second).open().exists()
    assert fresh(request).latest_document() is not None
    assert second.log().filter(step="withdraw", detail__comment__contains="without this section").exists()


def test_of_several_sections_to_read_one_is_offered_by_its_name(as_person):
    made = make_request("gathering")
    for section in made.contributions.all():
        take(section, "submit", section.contributor, text="Fine.")
    soonest = made.contributions.order_by("pk").first()
    shown = as_person(office("admin")).get(made.get_absolute_url())
    buttons = re.findall(r'<a class="button" data-size="large"[^>]*>([^<]*)</a>', shown.content.decode())
    assert buttons == [f"Read the section “{soonest.section.title}”"]
