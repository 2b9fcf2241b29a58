"""Asked, reminded and counted by the clock; what a close needs; what is suggested (R-25)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from acr_program.jobs.clock import tick
from acr_program.outbox.models import Message
from acr_program.workflow.edit import begin_many
from acr_program.workflow.errors import StepBlocked, StepClosed
from acr_program.workflow.obligations import Obligation
from reviews.models import CustomerFeedback, RepFeedback, Suggestion
from tests.factories import fresh, make_account, make_request, make_user, office, take

from .feedback import answer, answered, asked, held, speak
from .work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-25")]


def mailed(kind):
    return Message.objects.filter(kind=kind).count()


def meeting_today():
    request = make_request("delivered")
    take(request, "hold_meeting", request.rep, met_on=localdate(), attendees="Kim")
    return fresh(request)


def duties(thing):
    kind = ContentType.objects.get_for_model(thing)
    rows = Obligation.objects.open().filter(content_type=kind, object_id=thing.pk)
    return [(row.holder_name, row.what) for row in rows]


def test_the_customer_is_asked_the_day_after_reminded_once_after_a_week_and_then_no_more(later):
    request, sent = meeting_today(), []

    for days in (0, 1, 6, 1, 1, 8):
        later(days=days)
        tick()
        sent.append((mailed("customer_questions"), mailed("customer_reminder")))

    assert sent == [(0, 0), (1, 0), (1, 0), (1, 1), (1, 1), (1, 1)]
    assert CustomerFeedback.objects.get(request=request).status == "asked"


def test_after_days_without_a_clock_each_mail_goes_once(later):
    meeting_today()
    later(days=3)

    for _time in range(3):
        tick()
        later(hours=2)

    assert (mailed("customer_questions"), mailed("customer_reminder")) == (1, 0)


def test_who_has_answered_is_not_reminded(later):
    answer(asked())
    later(days=9)

    tick()

    assert mailed("customer_reminder") == 0


def test_a_customer_without_an_address_is_shown_and_not_asked(later):
    request = held()
    request.recipient.email = ""
    request.recipient.save()
    later(days=2)

    tick()

    feedback = CustomerFeedback.objects.get(request=request)
    assert (feedback.status, mailed("customer_questions")) == ("planned", 0)
    with pytest.raises(StepBlocked, match="Nobody with an e-mail address is named at the customer"):
        take(feedback, "ask", office("admin"))


def test_the_rep_has_a_duty_is_reminded_and_the_leader_hears_of_it(later):
    boss = make_user("leader", name="Bea Boss")
    rep = make_user("rep", name="Rita Rep", reports_to=boss)
    request = held(account=make_account(manager=rep))
    said = RepFeedback.objects.get(request=request)
    asked_of = duties(said)

    later(days=4)
    tick()
    reminded = set(Message.objects.filter(kind="reminder").values_list("person__name", flat=True))
    later(days=9)
    tick()
    told = set(Message.objects.filter(kind="escalation").values_list("person__name", flat=True))

    assert asked_of == [("Rita Rep", "Say what worked in the meeting and what did not")]
    assert ("Rita Rep" in reminded, "Bea Boss" in told) == (True, True)
    assert duties(speak(request)) == []


def test_closing_needs_the_reps_word_and_asks_the_customer_no_more(later):
    request = asked().request
    with pytest.raises(StepBlocked, match="has not said how the meeting went"):
        take(request, "close", office("admin"), comment="No answer.")
    speak(request)

    closed = take(request, "close", office("admin"), comment="No answer.")

    later(days=8)
    tick()
    assert (closed.status, closed.said_by_customer.status) == ("closed", "lapsed")
    assert mailed("customer_reminder") == 0
    with pytest.raises(StepClosed):
        answer(closed.said_by_customer)


@pytest.mark.parametrize(
    ("said", "status"), [({}, 400), ({"comment": "They moved."}, 302), ({"customer_feedback": "Fine."}, 302)]
)
def test_without_an_answer_a_close_asks_for_words_or_a_reason(said, status):
    request = asked().request
    speak(request)
    given = {"seen": fresh(request).version, "key": "k"} | said

    page = signed_in(office("admin")).post(f"{request.get_absolute_url()}steps/close/", given)

    assert (page.status_code, fresh(request).status) == (status, "met" if status == 400 else "closed")


def test_with_an_answer_a_close_asks_for_nothing():
    request = answered().request
    speak(request)

    given = {"seen": fresh(request).version, "key": "k"}
    page = signed_in(office("admin")).post(f"{request.get_absolute_url()}steps/close/", given)

    assert (page.status_code, fresh(request).status) == (302, "closed")


@pytest.mark.parametrize(("make", "comment"), [(asked, "No answer from the customer."), (answered, "")])
def test_the_clock_closes_thirty_days_after_and_says_so_where_no_answer_came(make, comment, later):
    request = make().request
    speak(request)
    later(days=28)
    tick()
    before = fresh(request).status

    later(days=2)
    tick()

    last = fresh(request).log().latest("pk")
    assert (before, fresh(request).status) == ("met", "closed")
    assert (last.step, last.by.name, last.comment) == ("close", "The clock", comment)


def test_the_office_alone_makes_an_answer_void_and_it_is_told_to_the_rep():
    feedback = answered()
    with pytest.raises(PermissionDenied):
        take(feedback, "void", feedback.request.rep, comment="I do not like it.")

    void = take(feedback, "void", office("admin"), comment="It came from a competitor.")

    assert (void.status, void.log().latest("pk").comment) == ("void", "It came from a competitor.")
    assert Message.objects.filter(person=feedback.request.rep, text__contains="It came from a competitor.").exists()


def test_an_answer_is_told_to_the_rep_and_the_office_with_its_words():
    admin = office("admin")
    feedback = answered()

    mails = Message.objects.filter(kind="feedback")

    assert {mail.person for mail in mails} == {feedback.request.rep, admin}
    assert all("Call us earlier." in mail.text and "3 of 5" in mail.text for mail in mails)


@pytest.mark.demand("features, 64")
def test_a_suggestion_goes_to_the_manager_and_its_answer_to_the_rep():
    manager = office("manager")
    request = held()
    section = request.template.sections.first()

    said = speak(request, did_not="Too long.", about=f"section:{section.pk}", words="Half a page.")
    one = said.suggestions.get()
    waits = duties(one)
    adopted = take(one, "adopt", manager, comment="In the next version.", adopted_in=request.template)

    assert (one.kind, one.section, one.words, waits) == (
        "template", section, "Half a page.", [("Program manager", "Adopt the suggestion or decline it")],
    )  # fmt: skip
    assert (adopted.answer, adopted.adopted_in) == ("In the next version.", request.template)
    assert Message.objects.filter(person=request.rep, text__contains="In the next version.").exists()
    assert duties(adopted) == []


def test_one_more_suggestion_can_be_made_and_declined():
    said = speak(held(), about="stage:gathering", words="A week more.")

    take(said, "suggest", said.request.rep, about="stage:compiling", words="A day more.")
    declined = take(Suggestion.objects.latest("pk"), "decline", office("manager"), comment="There is no day.")

    assert [(one.about, one.status) for one in said.suggestions.order_by("pk")] == [
        ("Gathering", "new"), ("Compiling", "declined"),
    ]  # fmt: skip
    assert declined.answer == "There is no day."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"about": "stage:gathering"}, "Say what should change."),
        ({"words": "Shorter."}, "Say what your suggestion is about."),
    ],
)
def test_half_a_suggestion_is_asked_about(typed, sentence):
    said = RepFeedback.objects.get(request=held())
    given = {"seen": said.version, "key": "k", "worked": "All of it."} | typed

    page = signed_in(said.request.rep).post(f"{said.get_absolute_url()}steps/give/", given)

    assert (page.status_code, fresh(said).status) == (400, "asked")
    assert sentence in page.content.decode()


def test_the_moment_of_an_answer_is_kept(later):
    feedback = asked()
    later(days=2)

    assert abs(answer(feedback).answered_at - now()) < timedelta(minutes=1)


def test_a_word_taken_over_from_paper_waits_for_nobody():
    closed = make_request("closed")
    RepFeedback.objects.filter(request=closed).delete()
    paper = begin_many([RepFeedback(request=closed, worked="On paper.", status="given")], by=office("manager"))[0]

    assert duties(paper) == []


def test_what_is_given_already_says_who_gave_it():
    """A suggestion made since has not shut it."""
    said = speak(held())
    take(said, "suggest", said.request.rep, about="stage:compiling", words="A day more.")

    page = signed_in(said.request.rep).get(f"{said.get_absolute_url()}steps/give/").content.decode()

    assert f"{said.request.rep.name}: Say how it went" in page
