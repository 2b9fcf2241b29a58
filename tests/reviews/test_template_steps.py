"""The machine of the standard template."""

import pytest
from django.db import IntegrityError, transaction

from acr_program.workflow.edit import begin
from acr_program.workflow.offers import offers
from reviews.choices import TemplateStatus
from reviews.models import Section, TemplateVersion
from tests.factories import fresh, make_template, take

OFFERS = {
    "draft": {"manager": ["publish"]},
    "published": {"manager": ["retire"], "clock": ["retire"]},
    "retired": {},
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
