"""Standard sections from before there was a library become its texts, each version's own wording kept, the day with it."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from acr_program.workflow.seals import verify
from reviews.models import ContentItem, Revision, Section
from reviews.texts import in_force
from tests.factories import make_template, office, take
from tests.reviews.library import item, the_text

pytestmark = pytest.mark.django_db
MIGRATION = import_module("reviews.migrations.0023_standard_texts_into_the_library")


@pytest.fixture
def old(hooks, monkeypatch):
    """Three versions as they stood then, the last two with another text: no publication put anything into a library."""
    hooks._consequences["templateversion.publish"].clear()
    monkeypatch.setattr(Section, "confirmed_on", date(2026, 5, 20), raising=False)
    found = []
    for body in ("Call us.", "Write to us.", "Write to us."):
        template = make_template(sections=1, status="draft")
        Section.objects.create(template=template, place=9, key="ordering", title="Ordering", kind="standard", body=body)
        found.append(take(template, "publish", office("manager")))
    make_template("operational", status="draft")
    assert not ContentItem.objects.exists()
    return found


def test_each_wording_is_kept_with_the_version_it_came_with(old):
    MIGRATION.fill(apps, None)

    assert {(one.audience, one.key) for one in ContentItem.objects.all()} == {
        ("executive", "letter"),
        ("executive", "ordering"),
    }
    rows = item().revisions.order_by("number").values_list("text", "status", "since")
    assert list(rows) == [("Call us.", "superseded", 1), ("Write to us.", "current", 2)]
    assert [in_force(template, "")["ordering"].text for template in old] == ["Call us.", "Write to us.", "Write to us."]
    assert item().current == the_text()
    assert list(verify()) == []


def test_the_day_of_the_last_word_goes_with_it(old):
    MIGRATION.fill(apps, None)
    assert {(one.confirmed_on, one.fresh_until) for one in Revision.objects.all()} == {
        (date(2026, 5, 20), date(2026, 9, 30))
    }


@pytest.mark.parametrize(
    ("on", "until"), [(date(2026, 10, 1), date(2027, 3, 31)), (date(2026, 12, 31), date(2027, 3, 31)), (None, None)]
)
def test_it_reckons_as_the_program_does(on, until):
    assert MIGRATION.fresh_until(on) == until


def test_they_live_on_like_any_other(old):
    MIGRATION.fill(apps, None)
    take(the_text(), "confirm", office("manager"))
    assert the_text().version == 2
    assert list(verify()) == []


def test_an_office_without_texts_has_nothing_to_carry_over(db):
    MIGRATION.fill(apps, None)
    assert not ContentItem.objects.exists()
