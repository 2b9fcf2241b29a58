"""Pages of feedback: the results and their export, one answer, one representative's word, suggestions, the panels."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from reviews.pages.feedback_results import Results
from tests.factories import make_account, make_user, office, take

from .feedback import answer, answered, asked, held, speak
from .promises import year_before
from .work import LIST, RECORD, page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25")]


def results(person, **query) -> Results:
    return signed_in(person).get(reverse("reviews:feedback"), query).context["results"]


def counted(found: Results):
    return [(g.name, g.asked, g.answered, g.averages["value"], g.averages["extend"]) for g in found.groups]


@pytest.fixture
def said(people):
    """Two have answered for Rita, one has not; one was void; another's customer has answered with the lowest marks."""
    for unit, value in (("North", 5), ("South", 2)):
        answer(asked(account=make_account(manager=people["rep"], business_unit=unit)), value=value)
    asked(account=make_account(manager=people["rep"], business_unit="South"))
    void = answer(asked(account=make_account(manager=people["rep"], business_unit="North")), value=1)
    take(void, "void", people["admin"], comment="Not theirs.")
    otto = make_user("rep", name="Otto Other", reports_to=make_user("leader"))
    answer(asked(account=make_account(manager=otto, business_unit="West")), value=1, extend=1)


@pytest.mark.demand("features, 61")
def test_averages_count_answers_alone_and_say_how_many_were_asked(said, people):
    found = results(people["admin"], by="unit")

    assert counted(found) == [("North", 1, 1, 5.0, 4.0), ("South", 2, 1, 2.0, 4.0), ("West", 1, 1, 1.0, 1.0)]
    assert (found.whole.asked, found.whole.answered) == (4, 3)
    assert round(found.whole.averages["value"] or 0, 2) == 2.67


def test_a_leader_sees_the_results_of_their_people_by_person(said, people):
    found = results(people["leader"], by="rep")

    assert counted(found) == [("Rita Rep", 3, 2, 3.5, 4.0)]


def test_who_sees_no_review_sees_no_answer(said, people):
    page = signed_in(people["stranger"]).get(reverse("reviews:feedback"))

    assert (page.context["results"].whole.asked, list(page.context["page"].objects)) == (0, [])


@pytest.mark.parametrize(
    ("query", "names"), [({"audience": "operational"}, []), ({"state": "asked"}, [("2026", 1, 0)])]
)
def test_what_the_list_is_narrowed_to_is_what_is_counted(said, people, query, names):
    found = results(people["admin"], **query)

    assert [(g.asked, g.answered) for g in found.groups] == [n[1:] for n in names]


def test_the_results_show_who_has_not_answered_and_the_words(said, people):
    page = signed_in(people["admin"]).get(reverse("reviews:feedback")).content.decode()

    assert "Call us earlier." in page
    assert page.count("not yet") >= 1


def test_the_answers_go_out_as_a_file_without_the_marks_of_a_void_one(said, people):
    answer_ = signed_in(people["admin"]).post(reverse("exports:start", args=["feedback"]), {"as": "csv"})

    rows = list(csv.DictReader(StringIO(b"".join(answer_.streaming_content).decode("utf-8-sig"))))
    assert sorted((row["Business unit"], row["State"], row["Value"]) for row in rows) == [
        ("North", "Answered", "5"), ("North", "Void", ""), ("South", "Answered", "2"), ("South", "Asked", ""),
        ("West", "Answered", "1"),
    ]  # fmt: skip


def test_lists_and_pages_ask_no_more_than_they_may(said, people):
    client = signed_in(people["admin"])
    spoken = speak(held(account=make_account(manager=people["rep"])), about="stage:gathering", words="Earlier.")
    record = [spoken.get_absolute_url(), spoken.suggestions.get().get_absolute_url(), answered().get_absolute_url()]

    lists = [queries_of(client, reverse(f"reviews:{name}")) for name in ("feedback", "suggestions")]
    records = [queries_of(client, url) for url in record]

    assert max(lists) <= LIST
    assert max(records) <= RECORD


def test_a_review_and_its_account_show_what_was_said(people):
    feedback = answered(account=make_account(manager=people["rep"]))
    speak(feedback.request, did_not="The room was cold.")

    review, account = (page_of(people["leader"], thing) for thing in (feedback.request, feedback.request.account))

    assert ("They had read it." in review, "The room was cold." in review, "Call us earlier." in review) == (True,) * 3
    assert ("Call us earlier." in account, "1 of 1 asked" in account) == (True, True)


def test_a_review_says_who_has_not_spoken(people):
    feedback = asked(account=make_account(manager=people["rep"]))

    page = page_of(people["admin"], feedback.request)

    assert f"{feedback.meant_for} was asked on" in page
    assert "Rita Rep has not said yet how the meeting went." in page
    assert "Remind the customer" in page


def test_an_account_shows_how_its_marks_went_over_the_years(people):
    account = make_account(manager=people["rep"])
    answer(asked(account=account), value=4)
    answer(asked(account=account, year=year_before()), value=2)

    page = page_of(people["manager"], account)

    assert "Over all questions the average went from" in page


@pytest.mark.parametrize("name", ["feedback", "suggestions"])
def test_the_lists_are_for_those_who_are_signed_in(name):
    assert Client().get(reverse(f"reviews:{name}")).status_code == 302


def test_the_manager_finds_what_waits_for_an_answer(people):
    speak(held(account=make_account(manager=people["rep"])), about="stage:gathering", words="A week more.")

    page = signed_in(office("manager")).get(reverse("reviews:suggestions"), {"state": "new"})

    assert [one.words for one in page.context["page"].objects] == ["A week more."]


def test_the_buttons_of_its_panel_carry_the_token_of_the_page(people):
    """Drawn without the request a form has none, and its click is refused."""
    review = held(account=make_account(manager=people["rep"]))

    page = signed_in(people["admin"]).get(review.get_absolute_url()).content.decode()

    assert "Ask the customer" in page
    assert page.count('method="post"') == page.count("csrfmiddlewaretoken")
