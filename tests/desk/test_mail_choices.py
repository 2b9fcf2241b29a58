"""Which mails I get, and how: chosen on a page of my own, true for what waits already (feature 91)."""

from datetime import UTC, datetime

import pytest

from acr_program.jobs import clock
from acr_program.jobs.models import State
from acr_program.outbox.choices import Course, Way
from acr_program.outbox.kinds import choosable
from acr_program.outbox.models import Choice, Message
from acr_program.people.models import User
from tests.factories import fresh, make_account, make_request, take

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 91")]


def choose(client, person, hour=8, **ways):
    data = {kind.name: Way.AT_ONCE for kind in choosable()} | ways
    return client.post(
        "/me/mails/", data | {"digest_hour": hour, "seen": fresh(person).version, "key": str(ways) + str(hour)}
    )


def test_the_page_keeps_what_is_chosen_and_logs_it(people, as_person):
    client = as_person(people["rep"])

    answer = choose(client, people["rep"], 17, step=Way.DIGEST, reminder=Way.OFF)

    assert (answer.status_code, answer.url) == (302, "/me/mails/")
    kept = Choice.objects.filter(person=people["rep"]).exclude(way=Way.AT_ONCE).order_by("kind")
    assert list(kept.values_list("kind", "way")) == [("reminder", Way.OFF), ("step", Way.DIGEST)]
    assert fresh(people["rep"]).digest_hour == 17
    page = client.get("/me/mails/").content.decode()
    assert page.count("selected") == len(choosable()) + 1
    assert "in the daily digest" in client.get(f"/people/{people['rep'].pk}/").content.decode()


def test_what_asks_personally_is_said_and_not_offered(people, as_person):
    page = as_person(people["leader"]).get("/me/mails/").content.decode()

    assert 'name="approval"' not in page
    assert "A document to approve." in page


def test_a_choice_that_is_none_is_refused(people, as_person):
    answer = choose(as_person(people["rep"]), people["rep"], step="never")

    assert answer.status_code == 400
    assert Choice.objects.count() == 0


def test_opening_the_page_changes_nothing(people, as_person, client):
    assert as_person(people["rep"]).get("/me/mails/?way=off&kind=step").status_code == 200
    assert client.get("/me/mails/").status_code == 302
    assert Choice.objects.count() == 0


def test_whoever_answers_by_link_is_told_that_there_is_no_choice(people, as_person):
    User.objects.filter(pk=people["contributor"].pk).update(by_link=True)

    page = as_person(people["contributor"]).get("/me/mails/").content.decode()

    assert "so every mail comes at once" in page
    assert "<select" not in page


@pytest.fixture
def digested(people, later):
    """A leader who has news once a day, and an account of theirs that was flagged on Monday noon."""
    later.to(datetime(2027, 3, 1, 12, tzinfo=UTC))
    Choice.objects.create(person=people["second leader"], kind="step", way=Way.DIGEST)
    Choice.objects.create(person=people["rep"], kind="step", way=Way.DIGEST)
    account = make_account("active", manager=people["rep"])
    take(account, "flag_risk", people["leader"], comment="Trouble.")
    return account


def line():
    return Message.objects.exclude(course=Course.DIRECT).get()


def test_news_waits_and_what_asks_by_name_does_not(digested, people):
    take(digested, "recover", people["leader"], comment="A new contract.")
    take(digested, "flag_risk", people["rep"], comment="Again.")

    asked = Message.objects.filter(person=people["leader"], kind="step").latest("created_at")
    assert asked.course == Course.DIRECT
    assert {mail.course for mail in Message.objects.filter(person=people["rep"], kind="step")} == {Course.DIGEST}


def test_news_of_what_the_reader_has_acted_on_is_left_out(digested, people, later):
    assert line().course == Course.DIGEST
    later(minutes=5)
    take(digested, "recover", people["leader"], comment="A new contract.")
    take(digested, "flag_risk", people["rep"], comment="Again.")

    later.to(datetime(2027, 3, 2, 8, 5, tzinfo=UTC))
    clock.tick()

    assert {mail.course for mail in Message.objects.filter(person=people["rep"], kind="step")} == {Course.LEFT_OUT}
    assert Message.objects.filter(kind="digest").count() == 0


def test_what_is_read_before_is_left_out(digested, people, as_person, later):
    client = as_person(people["rep"])
    assert "Some of these wait for your daily digest" in client.get("/messages/").content.decode()

    client.post("/me/mails/read/", {"key": "k"})
    later.to(datetime(2027, 3, 2, 8, 5, tzinfo=UTC))
    clock.tick()

    assert (line().course, line().state) == (Course.LEFT_OUT, State.DONE)
    assert Message.objects.filter(kind="digest").count() == 0


def test_another_choice_holds_for_what_waits_already(digested, people, as_person):
    client = as_person(people["rep"])

    choose(client, people["rep"], 17, step=Way.DIGEST)
    assert line().due_at == datetime(2027, 3, 1, 17, tzinfo=UTC)
    choose(client, people["rep"], 17, step=Way.AT_ONCE)

    assert Message.objects.exclude(course=Course.DIRECT).count() == 0


def test_lines_stand_under_their_review(people, later):
    later.to(datetime(2027, 3, 1, 12, tzinfo=UTC))
    Choice.objects.create(person=people["rep"], kind="accepted", way=Way.DIGEST)
    Choice.objects.create(person=people["rep"], kind="reminder", way=Way.DIGEST)
    review = make_request("gathering", account=make_account(manager=people["rep"]))

    later.to(datetime(2027, 3, 2, 8, 5, tzinfo=UTC))
    clock.tick()

    digest = Message.objects.get(kind="digest")
    assert next(row for row in digest.text.splitlines() if str(review) in row) == str(review)
    assert f"  http://127.0.0.1:8000{review.get_absolute_url()}" in digest.text.splitlines()
