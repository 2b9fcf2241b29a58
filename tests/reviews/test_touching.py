"""Touch-points: who is asked and when, answers piece by piece, and what follows from each of them (R-09, features 23, 24, 28)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from acr_program.desk.models import Draft
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation
from reviews.actions.touching import asks_stars, keep_touch_points, schedule
from reviews.models import Revision, TouchPoint
from tests.factories import fresh, make_absence, make_function, make_program, office, take
from tests.reviews.library import a_library, a_text, a_touch, let_go_stale, new_words, the_text
from tests.reviews.work import LIST, RECORD, page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-09")]
MONDAY = datetime(2028, 4, 3, 7, tzinfo=UTC)  # the first working day of a quarter that begins on a Saturday


@pytest.fixture
def asked(people, later):
    """Cora was asked this morning about one text that documents say."""
    later.to(datetime(2028, 3, 1, 9, tzinfo=UTC))
    make_program(manager=people["manager"])
    a_library(function=make_function("Logistics", people["contributor"]))
    later.to(MONDAY)
    keep_touch_points(now())
    return TouchPoint.objects.for_page().get(person=people["contributor"], quarter=date(2028, 4, 1))


def typed(touch, answer, text="", words="", beyond=("unchanged", "")):
    """The form as it is sent."""
    data = {"seen": touch.version, "key": f"k-{answer}-{len(text)}"}
    for question in touch.questions.all():
        if question.item_id:
            data |= {f"answer_{question.pk}": answer, f"text_{question.pk}": text, f"words_{question.pk}": words}
        else:
            data |= {f"answer_{question.pk}": beyond[0], f"words_{question.pk}": beyond[1]}
    return data


def test_nobody_is_asked_twice_however_often_the_clock_looks(asked):
    for _time in range(3):
        keep_touch_points(now())
    assert TouchPoint.objects.filter(person=asked.person).count() == 1
    assert Message.objects.filter(kind="touch_point", address=asked.person.email).count() == 1


def test_the_quarter_stands_there_two_weeks_ahead_and_the_manager_may_ask_early(people, later):
    later.to(datetime(2028, 3, 20, 9, tzinfo=UTC))
    make_program(manager=people["manager"])
    a_library(function=make_function("Logistics", people["contributor"]))
    keep_touch_points(now())

    touch = TouchPoint.objects.get(person=people["contributor"])
    assert (touch.quarter, touch.status) == (date(2028, 4, 1), "scheduled")
    take(touch, "ask", people["manager"])
    take(touch, "confirm_unchanged", people["contributor"])
    assert the_text().fresh_until == date(2028, 9, 30)  # as if it were said in the quarter it was asked for
    later.to(MONDAY)
    keep_touch_points(now())
    assert Message.objects.filter(kind="touch_point", address=people["contributor"].email).count() == 1


def test_a_program_that_begins_late_in_a_quarter_asks_nobody_who_could_not_answer_in_time(people, later):
    later.to(datetime(2028, 6, 26, 9, tzinfo=UTC))
    make_function("Logistics", people["contributor"])
    keep_touch_points(now())
    assert {touch.quarter for touch in TouchPoint.objects.all()} == {date(2028, 7, 1)}


@pytest.mark.demand("features, 24")
def test_unchanged_is_recorded_apart_and_makes_fresh(asked):
    before = the_text().confirmed_on
    take(asked, "confirm_unchanged", asked.person)

    assert (before, the_text().confirmed_on) == (date(2028, 3, 1), date(2028, 4, 3))
    assert {one.answer for one in asked.questions.all()} == {"unchanged"}
    assert not Revision.objects.filter(status="proposed").exists()
    assert not Obligation.objects.of(asked).open().exists()


def test_a_changed_text_waits_and_is_not_made_fresh(asked):
    client = signed_in(asked.person)
    client.post(f"{asked.get_absolute_url()}answer/", typed(asked, "changed", "Order on the portal.", "It opened."))

    proposed = Revision.objects.get(status="proposed")
    assert (fresh(asked).status, proposed.text, proposed.note) == (
        "changed",
        "<p>Order on the portal.</p>",
        "It opened.",
    )
    assert (the_text().text, the_text().confirmed_on) == ("Order by telephone.", date(2028, 3, 1))
    assert Message.objects.filter(kind="revision", address=office("manager").email).exists()


def test_something_new_may_be_said_in_words_alone(asked):
    client = signed_in(asked.person)
    sent = typed(asked, "unchanged", beyond=("added", "We have a plant in Lyon now."))
    client.post(f"{asked.get_absolute_url()}answer/", sent)

    assert fresh(asked).status == "changed"
    assert not Revision.objects.filter(status="proposed").exists()
    assert the_text().confirmed_on == localdate()
    assert "We have a plant in Lyon now." in page_of(office("manager"), asked)


@pytest.mark.parametrize(
    ("answer", "text", "words", "why"),
    [
        ("", "", "", "Say whether this text still holds."),
        ("changed", "Order by telephone.", "", "Change the text to how it should read"),
        ("added", "Order by telephone.", "", "Say what is new"),
        ("changed", "Call {{ nobody }}.", "", "there is no token"),
    ],
)
def test_an_answer_that_says_nothing_comes_back_with_the_reason_and_what_was_typed(asked, answer, text, words, why):
    client = signed_in(asked.person)
    page = client.post(f"{asked.get_absolute_url()}answer/", typed(asked, answer, text, words))
    assert page.status_code == 400
    assert why in page.content.decode()
    assert fresh(asked).status == "asked"


def test_whoever_owns_no_text_is_asked_for_what_is_new_alone(asked):
    whole = page_of(asked.person, asked)
    asked.questions.exclude(item=None).delete()
    bare = page_of(asked.person, asked)

    assert ("Does what you contribute still hold?" in whole, "And beyond these texts?" in whole) == (True, True)
    assert ("Does what you contribute still hold?" in bare, "And beyond these texts?" in bare) == (False, False)
    assert "None of your texts is used again from review to review" in bare


def test_answers_given_so_far_are_kept_for_this_person_alone(asked, people):
    client = signed_in(asked.person)
    answer = client.post(
        f"{asked.get_absolute_url()}draft/", typed(asked, "changed", "Half a"), headers={"HX-Request": "true"}
    )
    assert "Draft kept" in answer.content.decode()
    assert "Half a" in page_of(asked.person, asked)
    assert "Half a" not in page_of(people["manager"], asked)

    take(asked, "confirm_unchanged", asked.person)

    assert not Draft.objects.filter(form__startswith="touch-point").exists()
    assert client.post(f"{asked.get_absolute_url()}draft/", {}).status_code == 403


def test_the_same_click_twice_is_one_answer(asked):
    client = signed_in(asked.person)
    data = typed(asked, "changed", "Order on the portal.", "It opened.")
    for _click in range(2):
        assert client.post(f"{asked.get_absolute_url()}answer/", data).status_code == 302
    assert Revision.objects.filter(status="proposed").count() == 1
    other = data | {"key": "another"}
    assert client.post(f"{asked.get_absolute_url()}answer/", other).status_code == 302  # answered: nothing more happens
    assert Revision.objects.filter(status="proposed").count() == 1


def test_a_stand_in_answers_for_whoever_is_away_under_both_names(asked, people):
    make_absence(asked.person, people["second contributor"])
    take(asked, "confirm_unchanged", people["second contributor"])
    entry = asked.log().last()
    assert (entry.by, entry.on_behalf_of) == (people["second contributor"], asked.person)
    assert the_text().confirmed_on == localdate()


def test_others_are_not_offered_it(asked, people):
    assert signed_in(people["second contributor"]).get(asked.get_absolute_url()).status_code == 404
    assert "Hand in the answers" not in page_of(people["admin"], asked)
    refused = signed_in(people["admin"]).post(f"{asked.get_absolute_url()}answer/", typed(asked, "unchanged"))
    assert refused.status_code == 403


def test_a_missed_quarter_makes_its_texts_stale_however_lately_they_were_written(asked, later):
    assert the_text().fresh_until == date(2028, 6, 30)
    Revision.objects.filter(pk=the_text().pk).update(fresh_until=date(2028, 9, 30))
    later.to(datetime(2028, 7, 3, 9, tzinfo=UTC))
    keep_touch_points(now())
    assert fresh(asked).status == "missed"
    assert the_text().fresh_until == date(2028, 6, 30)
    assert the_text().is_stale(localdate())

    take(asked, "report_change", asked.person, answers=[
        {"question": one.pk, "answer": "unchanged"} for one in asked.questions.all()
    ])  # fmt: skip
    assert not the_text().is_stale(localdate())


def test_a_text_confirmed_on_its_own_page_meanwhile_stays_fresh(asked, later):
    take(the_text(), "confirm", asked.person)
    later.to(datetime(2028, 7, 3, 9, tzinfo=UTC))
    keep_touch_points(now())
    assert fresh(asked).status == "missed"
    assert not the_text().is_stale(localdate())


def test_a_link_that_was_used_says_who_answered_and_takes_nothing_more(people, mails):
    person = people["contributor"]
    person.by_link = True
    person.save(update_fields=["by_link"])
    touch = a_touch(person, "scheduled")
    take(touch, "ask", office("manager"))
    letter = next(one for one in mails() if one.to == [person.email])
    path = re.search(r"(/reviews/touch/[\w-]+/)", letter.body)[1]
    code = re.search(r"\b(\d{3} ?\d{3})\b", letter.body)[1]
    client, data = Client(), typed(fresh(touch), "unchanged", beyond=("added", "A plant in Lyon."))

    kept = client.post(f"{path}draft/", data, headers={"HX-Request": "true"})
    assert "Draft kept" in kept.content.decode()
    assert "A plant in Lyon." in client.get(path).content.decode()
    assert client.post(f"{path}answer/", data | {"code": "000000"}).status_code == 400
    assert client.post(f"{path}answer/", data | {"code": code}).status_code == 302
    again = client.get(path)
    assert again.status_code == 200
    assert "works once" in again.content.decode()
    assert client.post(f"{path}answer/", data | {"code": code}).status_code == 302
    assert fresh(touch).status == "changed"


def test_whoever_is_named_as_a_star_is_asked_what_meetings_taught(people, later, monkeypatch):
    from reviews.actions import touching

    monkeypatch.setattr(touching, "_stars", [])
    asks_stars(lambda: [people["rep"]])
    later.to(MONDAY)
    keep_touch_points(now())
    touch = TouchPoint.objects.get(kind="star")
    assert (touch.person, touch.status, touch.questions.count()) == (people["rep"], "asked", 0)
    duty = Obligation.objects.of(touch).open().get()
    assert (duty.step, duty.what) == ("answer", "Say what your meetings taught")

    url = f"{touch.get_absolute_url()}steps/answer/"
    client = signed_in(people["rep"])
    assert client.post(url, {"seen": touch.version, "key": "k", "lesson": ""}).status_code == 400
    client.post(url, {"seen": touch.version, "key": "k", "lesson": "Bring the figures first."})
    assert (fresh(touch).status, fresh(touch).lesson) == ("answered", "Bring the figures first.")


def test_the_board_counts_the_quarter_by_function(asked, people):
    page = signed_in(people["manager"]).get("/reviews/touch-points/")
    board = page.context["board"]
    assert [(one.name, one.done, len(one.people)) for one in board.functions if one.name == "Logistics"] == [
        ("Logistics", 0, 1)
    ]
    take(asked, "confirm_unchanged", asked.person)
    board = signed_in(people["manager"]).get("/reviews/touch-points/").context["board"]
    assert [(one.name, one.done) for one in board.functions if one.name == "Logistics"] == [("Logistics", 1)]


def test_the_pages_cost_the_same_for_many(asked, people):
    client = signed_in(people["manager"])
    pages = ("/reviews/touch-points/", asked.get_absolute_url())
    own = signed_in(asked.person)
    before = [*(queries_of(client, url) for url in pages), queries_of(own, asked.get_absolute_url())]
    for _n in range(5):
        a_text(asked.person)
        a_touch(people["second contributor"])
    schedule(date(2028, 10, 1))
    after = [*(queries_of(client, url) for url in pages), queries_of(own, asked.get_absolute_url())]
    assert before == after
    assert after[0] <= LIST, after
    assert max(after[1:]) <= RECORD, after


def test_the_pages_of_every_state_can_be_read(people):
    for state in ("scheduled", "asked", "confirmed", "changed", "missed"):
        assert str(people["contributor"]) in page_of(people["manager"], a_touch(people["contributor"], state))
    let_go_stale()
    assert new_words(a_touch(people["contributor"]))["answers"]
