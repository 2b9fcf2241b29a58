"""Suggestions from everywhere in one list, and the star performers who are asked each quarter (R-10, M19, feature 64)."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused
from acr_program.workflow.obligations import Obligation
from reviews.actions import voices
from reviews.actions.touching import keep_touch_points
from reviews.models import CustomerFeedback, ReviewRequest, StarPerformer, Suggestion, TouchPoint
from reviews.pages.ratings import ratings_of
from tests.factories import fresh, make_account, make_request, make_template, make_user, office, take

from .feedback import answered, held, speak
from .voices import a_star
from .work import LIST, RECORD, page_of, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-10"), pytest.mark.demand("features, 64")]


@pytest.fixture
def rita(people):
    return people["rep"]


def post(person, url, data):
    return signed_in(person).post(url, data | {"key": "k" * 20})


# --- star performers ---


def test_a_leader_nominates_and_the_manager_confirms(rita, people):
    example = make_request("met", account=make_account(manager=rita))
    url = reverse("reviews:nominate")
    given = {"person": rita.pk, "example": example.pk, "reason": "They let the customer speak first."}

    answer = post(people["leader"], url, given)

    star = StarPerformer.objects.get()
    assert answer.url == star.get_absolute_url()
    duty = Obligation.objects.of(star).open().get()
    assert duty.what == "Confirm the star performer or decline"
    take(star, "confirm", office("manager"))
    mails = Message.objects.filter(subject="Max Manager confirmed the nomination: Star performer Rita Rep")
    told = {mail.person for mail in mails}
    assert told == {rita, people["leader"]}
    assert voices.stars_of_the_day() == [rita]


def test_a_nomination_is_declined_with_a_reason_and_one_who_is_a_star_can_be_ended(rita, people):
    declined = take(a_star(rita), "decline", office("manager"), comment="Too early.")
    star = a_star(rita, status="confirmed")
    ended = take(star, "end", office("manager"), comment="They lead a team now.")

    assert (declined.status, declined.answer) == ("declined", "Too early.")
    assert (ended.status, voices.stars_of_the_day()) == ("ended", [])
    assert "They lead a team now." in page_of(office("manager"), ended)


def test_nobody_is_a_star_twice_at_a_time_nor_for_the_review_of_another(rita, people):
    a_star(rita)
    other = make_user("rep", reports_to=people["leader"])
    example = make_request("met", account=make_account(manager=other))

    with pytest.raises(Refused, match="already, or nominated"):
        a_star(rita)
    with pytest.raises(Refused, match="has to be a review of"):
        voices.nominate(by=people["leader"], person=make_user("rep"), example=example, reason="x")
    with pytest.raises(PermissionDenied):
        voices.nominate(by=rita, person=other, example=example, reason="x")


def test_the_form_offers_what_the_leader_sees_and_says_whose_review_it_is(rita, people):
    other = make_user("rep", name="Rolf", reports_to=people["leader"])
    foreign = make_request("met", account=make_account(manager=other))
    make_request("met", account=make_account(manager=rita))

    answer = post(
        people["leader"], reverse("reviews:nominate"), {"person": rita.pk, "example": foreign.pk, "reason": "x"}
    )

    assert answer.status_code == 400
    assert "This is a review of Rolf." in answer.content.decode()
    assert signed_in(rita).get(reverse("reviews:nominate")).status_code == 403


def test_who_sees_a_star(rita, people):
    star = a_star(rita)
    seen = {
        who: StarPerformer.objects.visible_to(person).filter(pk=star.pk).exists()
        for who, person in {
            "leader": people["leader"],
            "manager": office("manager"),
            "rep": rita,
            "stranger": make_user("rep"),
        }.items()
    }
    take(star, "confirm", office("manager"))

    assert seen == {"leader": True, "manager": True, "rep": False, "stranger": False}
    assert StarPerformer.objects.visible_to(rita).exists()


# --- what their meetings taught ---


def asked_star(rita, time_machine):
    """Rita is a star, and the quarter has asked her."""
    a_star(rita, status="confirmed")
    time_machine.move_to("2027-01-04 09:00 +0000")  # a quarter's first working day
    keep_touch_points(now())
    return TouchPoint.objects.get(person=rita, kind="star", quarter=date(2027, 1, 1))


def test_each_quarter_a_star_is_asked_and_what_they_would_change_lands_in_the_one_list(rita, people, time_machine):
    time_machine.move_to("2026-12-01 09:00 +0000")
    touch = asked_star(rita, time_machine)
    section = make_template().sections.get(key="letter")
    url = reverse("reviews:touch-point-step", args=[touch.pk, "answer"])
    given = {
        "seen": touch.version,
        "lesson": "They ask for less text.",
        "about": f"section:{section.pk}",
        "words": "Half a page.",
    }

    answer = post(rita, url, given)

    assert answer.status_code == 302, answer.content.decode()
    one = Suggestion.objects.get()
    assert (one.source, one.suggested_by, one.touch, one.section, one.words) == (
        "star",
        rita,
        touch,
        section,
        "Half a page.",
    )
    assert Obligation.objects.of(one).open().get().what == "Adopt the suggestion or decline it"
    lessons = signed_in(office("manager")).get(reverse("reviews:lessons")).content.decode()
    assert "They ask for less text." in lessons


def test_a_lesson_alone_is_no_suggestion_until_the_office_makes_it_one(rita, people, time_machine):
    time_machine.move_to("2026-12-01 09:00 +0000")
    touch = take(asked_star(rita, time_machine), "answer", rita, lesson="They read the end first.")
    url = reverse("reviews:suggest-from", args=[touch.pk])
    assert not Suggestion.objects.exists()

    begun = signed_in(office("admin")).get(url).content.decode()
    answer = post(office("admin"), url, {"about": "stage:compiling", "words": "Put the end first."})

    one = Suggestion.objects.get()
    assert "They read the end first." in begun
    assert answer.url == one.get_absolute_url()
    assert (one.source, one.suggested_by, one.stage) == ("star", rita, "compiling")
    assert signed_in(rita).get(url).status_code == 403


def test_half_a_suggestion_beside_a_lesson_is_asked_about(rita, people, time_machine):
    time_machine.move_to("2026-12-01 09:00 +0000")
    touch = asked_star(rita, time_machine)
    url = reverse("reviews:touch-point-step", args=[touch.pk, "answer"])

    answer = post(rita, url, {"seen": touch.version, "lesson": "Much.", "words": "Shorter."})

    assert answer.status_code == 400
    assert "Say what your suggestion is about." in answer.content.decode()


# --- suggestions from everywhere ---


def test_anybody_of_the_house_suggests_and_is_told_what_became_of_it(people):
    person = people["contributor"]
    section = make_template().sections.get(key="letter")

    answer = post(
        person, reverse("reviews:suggest"), {"about": f"section:{section.pk}", "words": "Say thank you first."}
    )

    one = Suggestion.objects.get()
    assert answer.url == one.get_absolute_url()
    assert (one.source, one.suggested_by, one.account_id) == ("office", person, None)
    assert "Say thank you first." in page_of(person, one)
    take(one, "decline", office("manager"), comment="It does already.")
    mail = Message.objects.filter(person=person, text__contains="It does already.").get()
    assert "declined" in mail.text


def test_from_a_version_its_own_sections_are_named(people):
    draft = make_template(status="draft")
    url = reverse("reviews:suggest-on", args=[draft.pk])

    page = signed_in(people["leader"]).get(url).content.decode()

    assert f'value="section:{draft.sections.get(key="letter").pk}"' in page
    assert url in page_of(office("manager"), draft)


def test_it_is_adopted_by_a_version_or_by_a_step_and_never_by_nothing(people):
    template = make_template()
    of_template = voices.suggest(
        by=people["contributor"], about=f"section:{template.sections.get(key='letter').pk}", words="x"
    )
    of_process = voices.suggest(by=people["contributor"], about="stage:gathering", words="A week more.")
    manager = office("manager")
    doors = {one: reverse("reviews:suggestion-step", args=[one.pk, "adopt"]) for one in (of_template, of_process)}

    nothing = post(manager, doors[of_template], {"seen": of_template.version, "comment": "Yes."})
    post(manager, doors[of_template], {"seen": of_template.version, "comment": "Yes.", "adopted_in": template.pk})
    post(manager, doors[of_process], {"seen": of_process.version, "comment": "Yes.", "adopted_stage": "submitted"})

    assert nothing.status_code == 400
    assert "Say which version takes it up" in nothing.content.decode()
    assert [fresh(one).adopted_by for one in doors] == [str(template), "Submitted"]
    assert {fresh(one).adopted_on for one in doors} == {localdate()}
    assert of_template.get_absolute_url() in page_of(manager, template)
    assert f"Taken up by</dt><dd>{template}" in page_of(people["contributor"], of_template).replace("\n", "").replace(
        "  ", ""
    )


def test_one_list_holds_them_all_and_can_be_narrowed_by_where_they_came_from(rita, people):
    speak(held(account=make_account(manager=rita)), about="stage:gathering", words="From a meeting.")
    voices.suggest(by=people["contributor"], about="stage:gathering", words="From the house.")
    client = signed_in(office("manager"))

    both, one = (
        client.get(reverse("reviews:suggestions") + query).content.decode() for query in ("", "?source=office")
    )

    assert "From a meeting." in both
    assert "From the house." in both
    assert "From a meeting." not in one
    assert Suggestion.objects.visible_to(people["contributor"]).count() == 1
    assert Suggestion.objects.visible_to(make_user("rep")).count() == 0


@pytest.mark.parametrize("page", ["suggestions", "stars", "lessons"])
def test_the_lists_cost_the_same_for_many(page, rita, people):
    client = signed_in(office("manager"))
    costs = []
    for number in (1, 6):
        for _one in range(number):
            voices.suggest(by=people["contributor"], about="stage:gathering", words="x")
            a_star(make_user("rep", reports_to=people["leader"]))
        costs.append(queries_of(client, reverse(f"reviews:{page}")))

    assert costs[0] == costs[1] <= LIST


# --- the ratings before and after ---


def rated(template, value, number, **fields):
    """So many reviews made on this version, each with the customer's four marks."""
    for _one in range(number):
        feedback = answered()
        ReviewRequest.objects.filter(pk=feedback.request_id).update(template=template, **fields)
        CustomerFeedback.objects.filter(pk=feedback.pk).update(
            value=value, delivery=value, relationship=value, extend=value
        )


@pytest.mark.demand("M19")
@pytest.mark.slow
def test_ratings_of_reviews_before_and_after_stand_side_by_side_with_their_counts(people):
    before, after = make_template(), make_template()
    one = voices.suggest(by=people["contributor"], about=f"section:{before.sections.get(key='letter').pk}", words="x")
    one = take(one, "adopt", office("manager"), comment="Yes.", adopted_in=after)
    rated(before, 3, 5)
    rated(after, 5, 4)

    page = page_of(people["contributor"], one)
    found = ratings_of(fresh(one))

    assert [(side.name, side.count, side.shown) for side in found.sides] == [
        (str(before), 5, True),
        (str(after), 4, False),
    ]
    assert {average for _label, average in found.before.cells} == {"3.0"}
    assert {average for _label, average in found.after.cells} == {"too few"}
    assert "With fewer than 5 answers no average is shown." in page
    rated(after, 5, 1)
    assert {average for _label, average in ratings_of(fresh(one)).after.cells} == {"5.0"}
    assert queries_of(signed_in(people["contributor"]), one.get_absolute_url()) <= RECORD


@pytest.mark.demand("M19")
def test_a_step_of_the_process_is_rated_by_the_day_it_took_it_up(people):
    one = voices.suggest(by=people["contributor"], about="stage:gathering", words="x")
    assert ratings_of(one) is None
    one = take(one, "adopt", office("manager"), comment="Yes.")
    rated(make_template(), 4, 1, met_on=localdate() - timedelta(days=9))
    rated(make_template(), 4, 1, met_on=localdate())

    found = ratings_of(fresh(one))

    assert [(side.count, side.shown) for side in found.sides] == [(1, False), (1, False)]


# --- the demo company ---


def test_the_demo_company_names_stars_and_answers_what_is_suggested(people, time_machine):
    from acr_program.demo.voices import voices as story

    time_machine.move_to("2026-12-01 09:00 +0000")
    for _one in range(3):
        rep = make_user("rep", reports_to=people["leader"])
        make_request("met", account=make_account(manager=rep))
    told = story(Random(640))
    for _act in range(6):
        next(told)
    time_machine.move_to("2027-01-04 09:00 +0000")
    keep_touch_points(now())
    for _act in range(8):
        next(told)

    states = StarPerformer.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == ["confirmed", "declined", "confirmed"]
    assert TouchPoint.objects.filter(kind="star", status="answered").count() == 2
    assert {"adopted", "declined"} <= set(Suggestion.objects.values_list("status", flat=True))
