"""What becomes of a deviation when its review takes a newer template: it stays where the standard is the same (R-03)."""

from __future__ import annotations

from typing import Any

import pytest

from acr_program.outbox.models import Message
from reviews.actions.deviating import propose
from reviews.models import ReviewRequest, Section
from tests.factories import fresh, make_request, make_template, office, take
from tests.reviews.newer import a_newer
from tests.reviews.test_upgrade import answered, upgrade

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-04")]


def a_deviation(request: ReviewRequest, *, allowed: bool) -> Any:
    letter = request.template.sections.get(key="letter")
    made = propose(request, letter, by=request.rep, text="Dear friends.", reason="We have known them for long.")
    return take(made, "allow", office("manager")) if allowed else made


@pytest.mark.demand("R-03")
@pytest.mark.parametrize("allowed", [True, False])
def test_a_deviation_stays_where_the_standard_is_the_same(allowed: bool):
    request = make_request("gathering")
    deviation = a_deviation(request, allowed=allowed)
    newer = a_newer(change={"letter": {"title": "To you"}})

    upgrade(request)

    assert fresh(deviation).section.template == newer
    assert fresh(deviation).status == ("allowed" if allowed else "proposed")


@pytest.mark.demand("R-03")
@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"change": {"letter": {"body": "Another."}}}, "Version 2 of the template has another standard text here."),
        ({"change": {"letter": {"locked": True}}}, "In version 2 of the template this section is locked."),
        ({"without": ("letter",)}, "Version 2 of the template has no such section."),
    ],
    ids=["another text", "locked", "gone"],
)
def test_a_deviation_lapses_where_it_is_not_with_a_note_to_whoever_proposed_it(how: dict[str, Any], why: str):
    request = make_request("gathering")
    deviation = a_deviation(request, allowed=True)
    a_newer(**how)
    Message.objects.all().delete()

    upgrade(request)

    assert (fresh(deviation).status, deviation.log().last().comment) == ("withdrawn", why)
    assert Message.objects.filter(person=deviation.proposed_by, text__contains=why).exists()


def test_several_that_lapse_make_one_document():
    template = make_template(sections=1, status="draft")
    for place, key in enumerate(("one", "two"), start=8):
        Section.objects.create(template=template, place=place, key=key, title=key, kind="standard", body="So.")
    take(template, "publish", office("manager"))
    request = make_request("gathering")
    for key in ("one", "two"):
        made = propose(
            request, request.template.sections.get(key=key), by=request.rep, text="Else.", reason="For them."
        )
        take(made, "allow", office("manager"))
    answered(request, "part-2")
    a_newer(change={"one": {"body": "Now."}, "two": {"body": "Now."}})

    upgrade(request)

    assert [document.status for document in fresh(request).documents.order_by("number")] == ["void", "pending"]
