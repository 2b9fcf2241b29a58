"""The calendar that somebody subscribes to: theirs alone, by an address that can be renewed and withdrawn (feature 14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.desk import feed
from acr_program.desk.models import CalendarAddress
from acr_program.workflow.obligations import Obligation
from tests.factories import make_user, office
from tests.reviews.promises import a_follow_up
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 14")]


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def events_of(answer) -> list:
    """What an independent calendar library finds in the file."""
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))


@pytest.fixture
def undertaker():
    return make_user("contributor", name="Cora Contributor", time_zone="Pacific/Auckland")


def test_a_calendar_program_reads_the_days_by_which_one_must_act(undertaker):
    due_on = localdate() + timedelta(days=30)
    one = a_follow_up(undertaker, due_on=due_on)
    url = feed.renew(undertaker, by=undertaker)

    answer = Client().get(path_of(url))

    duty = Obligation.objects.of(one).open().get()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    [event] = events_of(answer)
    assert event.summary.value == f"{duty.what}: {duty.title}"
    assert event.dtstart.value == due_on + timedelta(
        days=1
    )  # the close of business of the office is the next day there
    assert event.url.value.endswith(one.get_absolute_url())


def test_nothing_of_others_stands_in_it(undertaker):
    a_follow_up(make_user("contributor"))

    answer = Client().get(path_of(feed.renew(undertaker, by=undertaker)))

    assert events_of(answer) == []


def test_what_has_not_changed_is_not_sent_again_and_nothing_is_kept_on_the_way(undertaker):
    path, client = path_of(feed.renew(undertaker, by=undertaker)), Client()
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first["ETag"]})
    a_follow_up(undertaker)
    changed = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-store"
    assert (changed.status_code, len(events_of(changed))) == (200, 1)


def test_a_new_address_takes_the_place_of_the_old_and_only_its_hash_is_kept(undertaker):
    old = path_of(feed.renew(undertaker, by=undertaker))
    new = path_of(feed.renew(undertaker, by=undertaker))

    kept = CalendarAddress.objects.get()

    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]
    assert new.split("/")[-1].removesuffix(".ics") not in str(vars(kept))


def test_a_withdrawn_address_and_one_of_somebody_who_left_find_nothing(undertaker):
    path = path_of(feed.renew(undertaker, by=undertaker))
    leaver = make_user("contributor")
    gone = path_of(feed.renew(leaver, by=leaver))
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)

    feed.withdraw(undertaker, by=undertaker)

    assert [Client().get(where).status_code for where in (path, gone)] == [404, 404]


def test_on_the_settings_the_address_is_said_once(undertaker):
    client = signed_in(undertaker)

    said = client.post(reverse("desk:renew-calendar"), {"key": "k"}, follow=True).content.decode()

    url = said.split('id="address-made">')[1].split("<")[0]
    assert Client().get(path_of(url)).status_code == 200
    assert url not in client.get(reverse("desk:me")).content.decode()
    client.post(reverse("desk:withdraw-calendar"), {"key": "k2"})
    assert Client().get(path_of(url)).status_code == 404


@pytest.mark.slow
def test_a_poll_costs_the_same_for_many_rows(undertaker):
    path, costs = path_of(feed.renew(undertaker, by=undertaker)), []
    for rows in (1, 60):
        for _n in range(rows):
            a_follow_up(undertaker, request=known_review())
        Client().get(path)
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8


def known_review():
    from reviews.models import ReviewRequest
    from tests.factories import make_request

    office("admin")
    return ReviewRequest.objects.filter(status="delivered").first() or make_request("delivered")
