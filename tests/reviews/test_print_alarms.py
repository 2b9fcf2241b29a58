"""The alarm of a print order: before its day is missed and when it is missed, each once, for office and representative (R-19)."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils.timezone import get_default_timezone

from acr_program.desk.watches import exceptions, listed
from acr_program.outbox.models import Message
from acr_program.workflow.days import add_working_days
from reviews.actions.print_alarms import raise_alarms
from reviews.models import PrintAlarm
from tests.factories import fresh, take

from .work import page_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(review):
    return review("printing").print_orders.get()


def at(day):
    """The clock's duty, run as on that day."""
    moment = datetime.combine(day, time(9), get_default_timezone())
    with time_machine.travel(moment, tick=False):
        raise_alarms(moment)
    return moment


def told():
    return sorted(Message.objects.filter(kind="print_late").values_list("person__name", flat=True))


@pytest.mark.demand("R-19")
def test_before_its_day_is_missed_office_and_representative_are_told_once(order):
    first = add_working_days(order.needed_by, -3)

    at(add_working_days(first, -1))
    quiet = told()
    for _ in range(3):
        at(first)

    assert quiet == []
    assert told() == ["Ada Admin", "Rita Rep"]
    assert list(PrintAlarm.objects.values_list("kind", flat=True)) == ["near"]


def test_what_has_left_is_alarmed_for_when_it_is_a_day_late_and_once(order, people):
    take(order, "ship", people["admin"], carrier="DHL", tracking="T-17")

    at(order.needed_by)
    quiet = told()
    for days in (1, 2, 9):
        at(order.needed_by + timedelta(days=days))

    assert quiet == []
    assert told() == ["Ada Admin", "Rita Rep"]
    assert list(PrintAlarm.objects.values_list("kind", flat=True)) == ["missed"]


def test_a_clock_that_was_away_tells_the_graver_of_two_alone(order):
    at(order.needed_by + timedelta(days=30))

    assert list(PrintAlarm.objects.values_list("kind", flat=True)) == ["missed"]
    assert told() == ["Ada Admin", "Rita Rep"]


def test_an_order_that_arrives_or_is_recalled_alarms_nobody_any_more(order, people):
    moment = at(order.needed_by)
    take(order, "recall", people["admin"], comment="Not this year.")

    at(order.needed_by + timedelta(days=9))

    assert PrintAlarm.objects.standing().count() == 0
    assert PrintAlarm.objects.get().over_at > moment


def test_another_day_is_another_alarm(order, people):
    at(order.needed_by)
    later = add_working_days(order.needed_by, 10)
    given = {name: getattr(order, name) for name in ("copies", "paper", "binding", "ship_to")}
    take(order, "change", people["admin"], needed_by=later, comment="The meeting moved.", **given)

    at(later)

    assert PrintAlarm.objects.filter(order=order).count() == 2
    assert PrintAlarm.objects.standing().get().needed_by == later


def test_the_alarm_stands_where_people_look(order, people):
    at(order.needed_by)

    kinds = {str(kind.label): kind.count for kind in exceptions(people["admin"]).kinds}
    assert kinds["Copies in danger"] == 1
    assert [row.url for row in listed(people["admin"], "print-late")] == [order.get_absolute_url()]
    assert "/exceptions/?kind=print-late" in signed_in(people["admin"]).get("/").content.decode()
    assert f'href="{order.get_absolute_url()}">Copies in danger' in signed_in(people["rep"]).get("/").content.decode()
    assert "About to miss its day" in page_of(people["rep"], order.request)
    assert "About to miss its day" in page_of(people["admin"], fresh(order))
