"""Reviews that were accepted before meetings were records of their own get theirs from what they say themselves."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.timezone import localdate

from acr_program.workflow.seals import verify
from reviews.models import Meeting
from tests.factories import fresh, make_request, take
from tests.reviews.meetings import guests, planned

pytestmark = pytest.mark.django_db
MIGRATION = import_module("reviews.migrations.0015_meeting_of_old_reviews")


@pytest.fixture
def old(hooks):
    """Reviews as they stood then: no step of them made a meeting."""
    for name in ("accept", "hold_meeting"):
        known = hooks._consequences[f"reviewrequest.{name}"]
        known[:] = [act for act in known if act.__module__ != "reviews.actions.meeting"]
    found = {state: make_request(state) for state in ("submitted", "gathering", "met", "cancelled")}
    assert not Meeting.objects.exists()
    return found


def test_what_was_said_of_old_meetings_is_kept(old):
    MIGRATION.fill(apps, None)

    ahead, held = (Meeting.objects.get(request=old[state]) for state in ("gathering", "met"))
    assert Meeting.objects.count() == 2
    assert (ahead.status, guests(ahead)) == ("planned", [ahead.request.rep.name, ahead.request.recipient.name])
    assert (held.status, held.held_on, held.others, guests(held)) == ("held", localdate(), "Kim, Robin", [])
    assert list(verify()) == []


def test_they_live_on_like_any_other(old):
    MIGRATION.fill(apps, None)
    MIGRATION.fill(apps, None)  # the second time finds nothing to do

    meeting = planned(Meeting.objects.get(request=old["gathering"]), at="14:30")
    take(meeting.request, "cancel", meeting.request.rep, comment="Not this year.")

    assert (fresh(meeting).status, fresh(meeting).version) == ("cancelled", 3)
    assert list(verify()) == []
