from datetime import UTC, datetime, time, timedelta

import pytest

from acr_program.jobs import clock
from acr_program.jobs.models import Duty

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def runs(duties):
    """When a duty of every five minutes and one of 02:00 each day ran."""
    runs = {"often": [], "daily": []}
    clock.duty("often", every=5 * MINUTE)(runs["often"].append)
    clock.duty("daily", at=time(2))(runs["daily"].append)
    return runs


def walk(start, minutes, step=1):
    for minute in range(0, minutes, step):
        clock.tick(start + minute * MINUTE)


def test_duties_run_when_due(runs):
    walk(START, 24 * 60)

    assert len(runs["often"]) == 288
    assert runs["daily"] == [datetime(2026, 3, 3, 2, tzinfo=UTC)]


def test_two_clocks_run_a_duty_once(runs):
    clock.tick(START)
    clock.tick(START)

    assert runs["often"] == [START]


def test_after_a_gap_of_three_days_each_runs_once(runs):
    clock.tick(START)
    back = START + timedelta(hours=72)

    clock.tick(back)
    clock.tick(back + MINUTE)

    assert runs["often"] == [START, back]
    assert runs["daily"] == [back]


def test_a_clock_put_back_an_hour_repeats_nothing_daily(runs):
    walk(datetime(2026, 3, 3, 1, 30, tzinfo=UTC), 60)
    walk(datetime(2026, 3, 3, 1, 30, tzinfo=UTC), 120)

    assert len(runs["daily"]) == 1
    assert len(runs["often"]) == 12 + 23


def test_a_clock_that_ran_ahead_for_days_holds_up_nothing(runs):
    clock.tick(START)
    clock.tick(START + timedelta(days=3))

    walk(START + MINUTE, 24 * 60)

    assert len(runs["often"]) == 2 + 287
    assert len(runs["daily"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_changed_clock_gives_one_run_a_day(duties, settings, day, hours):
    settings.TIME_ZONE = "Europe/Berlin"
    ran = []
    clock.duty("daily", at=time(2, 30))(ran.append)
    start = datetime.fromisoformat(day + "T00:00:00+01:00").astimezone(UTC)
    clock.tick(start)

    walk(start, hours * 60 - 60)

    assert len(ran) == 1


def test_a_duty_that_breaks_is_tried_again_and_keeps_its_error(duties):
    tries = []

    @clock.duty("broken", at=time(2))
    def broken(moment):
        tries.append(moment)
        if len(tries) < 3:
            raise ValueError("No disk.")

    two = datetime(2026, 3, 3, 2, tzinfo=UTC)
    clock.tick(START)
    walk(two, 2)
    assert Duty.objects.get(name="broken").error == "ValueError: No disk."
    walk(two + 2 * MINUTE, 10)

    row = Duty.objects.get(name="broken")
    assert tries == [two, two + MINUTE, two + 3 * MINUTE]
    assert (row.error, row.attempts, row.due_at) == ("", 0, two + timedelta(days=1))


def test_a_duty_whose_process_died_comes_again_after_the_lease(duties):
    ran = []

    @clock.duty("fragile", at=time(2))
    def fragile(moment):
        ran.append(moment)
        if len(ran) == 1:
            raise SystemExit

    two = datetime(2026, 3, 3, 2, tzinfo=UTC)
    clock.tick(START)
    with pytest.raises(SystemExit):
        clock.tick(two)
    walk(two + MINUTE, 30)

    assert ran == [two, two + clock.LEASE]


def test_a_duty_says_how_often():
    with pytest.raises(TypeError):
        clock.duty("never")
