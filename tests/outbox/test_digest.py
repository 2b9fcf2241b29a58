"""The daily digest: at the reader's own hour, once a day, of what is still so (feature 91)."""

from datetime import UTC, datetime

import pytest

from acr_program.jobs import clock
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.outbox import kinds
from acr_program.outbox.choices import Course, Way, next_digest
from acr_program.outbox.models import Choice, Message
from acr_program.outbox.post import post
from acr_program.outbox.render import absolute, render
from acr_program.outbox.send import compose

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 91")]
MONDAY = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def news(monkeypatch):
    """The tests' own kind of mail, of which the newest about a thing is enough."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    return kinds.declare("note", "a note", group=kinds.NEWS, newest=True)


@pytest.fixture
def chosen(news, person, later):
    """Monday noon; the person has such notes once a day, at eight."""
    later.to(MONDAY)
    Choice.objects.create(person=person, kind="note", way=Way.DIGEST)
    return person


def write(person, thing, name, **how):
    return post(thing, key=name, to=[person], template="note", context={"by_name": name} | how)


def at(later, *moment):
    later.to(datetime(*moment, tzinfo=UTC))
    clock.tick()


def digests():
    return list(Message.objects.filter(kind="digest").order_by("created_at"))


def sent():
    return [(mail.created_at.replace(second=0, microsecond=0), mail.address) for mail in digests()]


def courses():
    return dict(Message.objects.exclude(kind="digest").values_list("key", "course"))


def test_it_waits_for_the_next_morning_and_goes_once(chosen, thing, later):
    write(chosen, thing, "one")
    drain()
    waiting = Message.objects.get()

    for moment in ((2027, 3, 1, 20), (2027, 3, 2, 7, 50), (2027, 3, 2, 8, 0), (2027, 3, 2, 8, 10), (2027, 3, 2, 18)):
        at(later, *moment)

    assert (waiting.course, waiting.state, waiting.due_at) == (
        Course.DIGEST, State.QUEUED, datetime(2027, 3, 2, 8, tzinfo=UTC),
    )  # fmt: skip
    assert sent() == [(datetime(2027, 3, 2, 8, tzinfo=UTC), chosen.email)]
    assert courses() == {"one": Course.DIGESTED}
    assert list(digests()[0].lines.values_list("key", flat=True)) == ["one"]


def test_what_moved_three_times_is_one_line_as_it_stands_now(chosen, thing, later):
    for name in ("Ann", "Ben", "Cem"):
        write(chosen, thing, name)

    at(later, 2027, 3, 2, 8)

    assert courses() == {"Ann": Course.LEFT_OUT, "Ben": Course.LEFT_OUT, "Cem": Course.DIGESTED}
    text = digests()[0].text
    assert text.count(f"- {Message.objects.get(key='Cem').subject}\n  {absolute('/')}\n") == 1
    assert text.count("\n- ") == 1


def test_nothing_left_to_say_is_no_mail(chosen, thing, later, monkeypatch):
    kinds.declare("note", "a note", group=kinds.NEWS, over=lambda lines: {line.pk for line in lines})
    write(chosen, thing, "one")

    at(later, 2027, 3, 2, 8)

    assert digests() == []
    assert courses() == {"one": Course.LEFT_OUT}


def test_a_second_one_waits_for_the_next_day(chosen, thing, later):
    write(chosen, thing, "one")
    at(later, 2027, 3, 2, 8)
    later.to(datetime(2027, 3, 2, 7, tzinfo=UTC))  # the clock is put back by an hour
    write(chosen, thing, "two")
    write(chosen, thing, "three")

    for moment in ((2027, 3, 2, 7, 10), (2027, 3, 2, 8, 10), (2027, 3, 2, 9), (2027, 3, 3, 8)):
        at(later, *moment)

    assert [mail.created_at.day for mail in digests()] == [2, 3]
    assert set(courses().values()) == {Course.DIGESTED, Course.LEFT_OUT}
    assert Message.objects.get(key="three").digest == digests()[1]


def test_a_scheduler_that_was_dead_for_days_writes_one_mail(chosen, thing, later):
    for day in (1, 2, 3, 4):
        later.to(datetime(2027, 3, day, 12, tzinfo=UTC))
        write(chosen, thing, f"day {day}")

    at(later, 2027, 3, 5, 1)
    at(later, 2027, 3, 5, 8)
    at(later, 2027, 3, 5, 23)

    assert sent() == [(datetime(2027, 3, 5, 1, tzinfo=UTC), chosen.email)]


@pytest.mark.parametrize(
    ("after", "hour", "found"),
    [
        (datetime(2027, 3, 27, 12), 2, datetime(2027, 3, 28, 1)),  # Berlin has no 2:00 that night
        (datetime(2027, 3, 27, 12), 8, datetime(2027, 3, 28, 6)),
        (datetime(2027, 10, 30, 12), 2, datetime(2027, 10, 31, 0)),  # and two of them that one
        (datetime(2027, 10, 31, 0, 30), 2, datetime(2027, 11, 1, 1)),
        (datetime(2027, 10, 31, 12), 8, datetime(2027, 11, 1, 7)),
    ],
)
def test_the_hour_holds_over_both_changes_of_the_clock(person, after, hour, found):
    person.time_zone, person.digest_hour = "Europe/Berlin", hour

    assert next_digest(person, after.replace(tzinfo=UTC)) == found.replace(tzinfo=UTC)


def test_off_is_not_written_and_what_asks_goes_at_once(chosen, thing):
    Choice.objects.update(way=Way.OFF)

    assert write(chosen, thing, "one") == []
    kinds.declare("note", "a note", asks=True)
    assert [mail.course for mail in write(chosen, thing, "two")] == [Course.DIRECT]
    assert [mail.key for mail in Message.objects.all()] == ["two"]


def test_whoever_answers_by_link_has_no_choice(chosen, thing):
    type(chosen).objects.update(by_link=True)
    chosen.refresh_from_db()

    mail = write(chosen, thing, "one")[0]

    assert (mail.course, mail.may_choose, "/me/mails/" in mail.text) == (Course.DIRECT, False, False)


def test_the_foot_and_the_header_lead_to_the_choice_where_there_is_one(chosen, thing):
    Choice.objects.all().delete()
    mail = write(chosen, thing, "one")[0]
    kinds.declare("note", "a note", asks=True)
    asking = write(chosen, thing, "two")[0]

    headers = [dict(compose(one).message().items()) for one in (mail, asking)]
    assert [one.get("List-Unsubscribe") for one in headers] == [f"<{absolute('/me/mails/')}>", None]
    assert [one.get("List-Unsubscribe-Post") for one in headers] == [None, None]
    assert [absolute("/me/mails/") in one.text for one in (mail, asking)] == [True, False]


@pytest.mark.demand("P32")
def test_names_in_its_lines_forge_no_link(person):
    line = {
        "subject": "<a href='http://evil.example'>x</a> http://evil.example",
        "at": MONDAY,
        "url": absolute("/reviews/7/"),
    }
    letter = render(
        "digest", {"person": person, "groups": [{"title": "evil.example/x", "lines": [line]}], "lines": [1]}, {}
    )

    assert "evil.example" not in letter.text + letter.html
    assert letter.html.count('href="') == letter.html.count('href="' + absolute("/reviews/7/")) == 1
    assert absolute("/reviews/7/") in letter.text
