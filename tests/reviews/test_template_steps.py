"""The machine of the standard template."""

import pytest
from django.db import IntegrityError, transaction

from acr_program.workflow.edit import begin
from acr_program.workflow.offers import offers
from reviews.choices import TemplateStatus
from reviews.models import Section, TemplateVersion
from tests.factories import fresh, make_request, make_template, take

OFFERS = {
    "draft": {"manager": ["publish", "discard"]},
    "published": {"manager": ["retire", "unpublish"], "clock": ["retire"]},
    "retired": {"manager": ["reinstate"]},
    "discarded": {},
}


@pytest.mark.parametrize("status", TemplateStatus.values)
def test_offers(people, offered, status):
    assert offered(make_template(status=status)) == OFFERS[status]


def test_publishing_retires_the_version_before_it(people):
    first = make_template()
    operational = make_template("operational")

    second = make_template()

    assert [fresh(version).status for version in (first, second, operational)] == ["retired", "published", "published"]
    assert first.log().last().by == people["clock"]


def test_an_empty_template_is_not_published(people):
    template = begin(TemplateVersion(audience="executive", number=1), by=people["manager"])

    publish = offers(template, people["manager"])[0]

    assert publish.unmet == ["The template has no section yet."]


def test_every_required_section_has_an_owner(people):
    template = make_template(status="draft")
    Section.objects.filter(template=template, key="part-2").update(function=None)

    publish = offers(fresh(template), people["manager"])[0]

    assert publish.unmet == ["A required section has no owning function."]


def test_the_database_keeps_one_published_version_for_each_audience(people):
    make_template()
    second = make_template(status="draft")

    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(pk=second.pk).update(status="published")


def test_the_manager_retires_a_version_by_hand(people):
    assert take(make_template(), "retire", people["manager"]).status == "retired"


def test_a_retired_version_is_reinstated_and_the_one_published_meanwhile_retires(people):
    first, second = make_template(), make_template()

    again = take(first, "reinstate", people["manager"])

    assert (again.status, fresh(second).status) == ("published", "retired")
    assert fresh(second).log().last().by == people["clock"]
    assert make_request("gathering").template == first


def test_what_no_document_could_be_made_of_is_not_reinstated(people):
    first = make_template(status="retired")
    Section.objects.filter(template=first, key="letter").update(body="{{ nobody.knows }}")

    (reinstate,) = offers(fresh(first), people["manager"])

    assert reinstate.unmet == [
        "A standard text holds what no document can be made of: braces with something else in them than a known name."
    ]


def test_one_that_was_published_by_mistake_is_a_draft_again_while_no_review_has_begun_with_it(people):
    first, second = make_template(), make_template()

    draft = take(second, "unpublish", people["manager"])

    assert (draft.status, fresh(first).status) == ("draft", "retired")
    assert TemplateVersion.objects.published("executive") is None
    assert take(first, "reinstate", people["manager"]).status == "published"


def test_one_that_a_review_has_begun_with_stays_what_it_is(people):
    request = make_request("gathering")

    unpublish = offers(request.template, people["manager"])[-1]

    assert unpublish.name == "unpublish"
    assert unpublish.unmet == ["A review has begun with it: publish another version, or reinstate the one before."]
