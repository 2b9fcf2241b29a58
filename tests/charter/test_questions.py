"""The program manager is whom everybody asks: named everywhere, asked from any page, one list of what was asked (R-07)."""

import pytest
from django.urls import reverse

from acr_program.charter import shell
from acr_program.charter.asked_from import own_page
from acr_program.charter.models import Inquiry, Program
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from acr_program.workflow.seals import verify
from tests.chartering import a_question
from tests.desk.asking import questions, text
from tests.factories import fresh, make_account, make_program, make_request, make_user, take

pytestmark = pytest.mark.demand("R-07")


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def program(people):
    return make_program(manager=people["manager"])


def gone(person):
    """They have left, and the frame of pages and mails has heard of it."""
    person.is_active = False
    person.save()
    shell.forget()
    return person


def waiting(question):
    return [
        (one.role or one.person, one.what) for one in Obligation.objects.of(question).open().select_related("person")
    ]


def test_a_question_is_asked_from_a_page_answered_asked_again_and_closed(people, as_person, program):
    rep, manager = as_person(people["rep"]), as_person(people["manager"])
    review = make_request("gathering", account=make_account(manager=people["rep"], name="Contoso"))
    page = review.get_absolute_url()
    link = f'href="{reverse("charter:ask")}?page={page.replace("/", "%2F")}"'
    assert link in rep.get(page).content.decode()

    form = rep.get(reverse("charter:ask"), {"page": page})
    assert f'name="page" value="{page}"' in form.content.decode()
    given = {"subject": "May I?", "words": "May I ask for two?", "page": page, "key": "k"}
    sent = rep.post(reverse("charter:ask"), given)
    rep.post(reverse("charter:ask"), given)  # the same click again
    one = Inquiry.objects.get()
    asked = Message.objects.get(kind="question")

    way = one.get_absolute_url()
    manager.post(f"{way}steps/answer/", {"comment": "Yes, two.", "seen": one.version})
    answered = Message.objects.get(kind="answer")
    rep.post(f"{way}steps/ask_again/", {"comment": "And three?", "seen": 2})
    again = fresh(one)
    manager.post(f"{way}steps/answer/", {"comment": "No, two.", "seen": 3})
    rep.post(f"{way}steps/settle/", {"seen": 4})

    assert sent["Location"] == way
    assert (one.page, one.about, one.asked_by) == (page, str(review), people["rep"])
    assert [asked.person, answered.person] == [people["manager"], people["rep"]]
    assert "May I ask for two?" in asked.text
    assert "Contoso" in asked.text
    assert "Yes, two." in answered.text
    assert again.status == "asked"
    assert fresh(one).status == "closed"
    assert [said.words for said in one.thread] == ["May I ask for two?", "Yes, two.", "And three?", "No, two."]
    shown = text(manager.get(way))
    assert shown.index("May I ask for two?") < shown.index("Yes, two.") < shown.index("And three?")
    assert f'<a href="{page}">{review}</a>' in manager.get(way).content.decode()


def test_it_waits_with_the_program_manager_until_it_is_answered_and_anew_when_it_is_asked_again(people, program):
    one = a_question(people["rep"])
    first = waiting(one)
    due = Obligation.objects.of(one).open().get().due_at
    one = take(one, "add", people["rep"], comment="In Europe.")
    added = Obligation.objects.of(one).open().get()
    one = take(one, "answer", people["manager"], comment="Eight weeks.")
    answered = waiting(one)
    one = take(one, "ask_again", people["rep"], comment="From when?")

    assert first == [("manager", "Answer the question")]
    assert added.due_at == due  # what is added does not move the day
    assert added.waiter == people["rep"]
    assert answered == []
    assert waiting(one) == [("manager", "Answer the question")]


def test_an_administrator_answers_what_is_given_to_them_and_nothing_else(people, program):
    admin, other = people["admin"], make_user("admin", name="Alf Admin")
    one = a_question(people["rep"])
    before = [offer.name for offer in offers(one, admin)]
    one = take(one, "hand_on", people["manager"], given_to=admin, comment="Yours.")
    told = Message.objects.filter(person=admin).get()
    assert before == []
    assert [offer.name for offer in offers(one, admin)] == ["answer"]
    assert offers(one, other) == []
    assert waiting(one) == [(admin, "Answer the question")]
    assert "Yours." in told.text
    assert [offer.name for offer in offers(one, people["manager"])] == ["answer", "hand_on"]

    one = take(one, "answer", admin, comment="Eight weeks.")
    one = take(one, "ask_again", people["rep"], comment="From when?")

    assert one.given_to is None
    assert waiting(one) == [("manager", "Answer the question")]
    assert offers(one, admin) == []


def test_whoever_asked_and_the_office_alone_see_it(people, as_person, program):
    one = a_question(people["rep"], subject="About my pay")
    path, all_ = one.get_absolute_url(), reverse("charter:questions")
    for who, user in ((who, user) for who, user in people.items() if user.is_active):
        may = who in ("rep", "admin", "manager")
        client = as_person(user)
        assert client.get(path).status_code == (200 if may else 404), who
        assert ("About my pay" in text(client.get(all_))) is may, who


def test_the_list_is_narrowed_to_what_is_still_to_be_answered(people, as_person, program):
    a_question(people["rep"], subject="Open still")
    a_question(people["rep"], "answer", subject="Answered long ago")

    page = text(as_person(people["manager"]).get(reverse("charter:questions"), {"state": "asked"}))

    assert "Open still" in page
    assert "Answered long ago" not in page


def test_what_is_typed_says_what_is_missing_and_keeps_the_page(people, as_person, program):
    answer = as_person(people["rep"]).post(reverse("charter:ask"), {"subject": "", "words": "", "page": "/program/"})

    assert answer.status_code == 400
    assert text(answer).count("This is still missing.") == 2
    assert 'value="/program/"' in answer.content.decode()
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/program/?year=2", "/program/?year=2"), ("//evil.example/", ""), ("https://evil.example/", ""),
        ("/\\evil.example/", ""), ("javascript:alert(1)", ""), ("", ""), ("/no/such/page/", "/no/such/page/"),
        ("/" + "x" * 400, ""),
    ],
)  # fmt: skip
def test_no_question_leads_elsewhere(page, kept, people, as_person, program):
    as_person(people["rep"]).post(reverse("charter:ask"), {"subject": "So?", "words": "How?", "page": page})

    assert Inquiry.objects.get().page == kept
    assert own_page(page)[:400] == kept or len(page) > 400


def test_a_record_that_the_asker_does_not_see_is_not_named(people, as_person, program):
    review = make_request("gathering", account=make_account(manager=people["rep"], name="Secret Corp"))
    given = {"subject": "What is it?", "words": "I guessed an address.", "page": review.get_absolute_url()}

    as_person(people["contributor"]).post(reverse("charter:ask"), given)

    assert Inquiry.objects.get().about == ""


def test_each_page_names_the_manager_with_an_address_and_asks_nothing_for_it(people, as_person, program):
    client = as_person(people["executive"])
    found = questions(client, reverse("charter:ask"))
    page = text(client.get(reverse("charter:functions")))

    assert page.count("Questions? Max Manager, program manager, answers.") == 2  # beside the page, and at its foot
    assert "Ask Max" in page
    assert not any("charter_program" in sql for sql in found)
    assert "Ask Max" not in text(client.get(reverse("charter:ask")))
    assert "Questions? Max Manager" in text(client.get("/no/such/page/"))


def test_where_there_is_no_manager_it_is_said_and_the_question_waits(people, as_person, program):
    manager = gone(people["manager"])
    client = as_person(people["rep"])
    page, form = text(client.get(reverse("charter:functions"))), text(client.get(reverse("charter:ask")))
    client.post(reverse("charter:ask"), {"subject": "Anybody?", "words": "Who answers?", "page": ""})
    one = take(Inquiry.objects.get(), "withdraw", people["rep"])

    assert Program.objects.get().manager == manager
    assert "There is no program manager at present." in page
    assert "Ask the program office" in page
    assert "waits until there is one" in form
    assert not Message.objects.filter(kind="question").exists()
    assert waiting(one) == []


def test_a_mail_names_the_manager_or_says_that_there_is_none(people, program):
    one = a_question(people["rep"], "answer")
    named = Message.objects.get(kind="answer")
    gone(people["manager"])
    take(one, "answer", make_user("manager", name="Nora New"), comment="Nine weeks.")
    unnamed = Message.objects.filter(kind="answer").latest("created_at")

    assert f"Questions: Max Manager, {people['manager'].email}" in named.text
    assert people["manager"].email in named.html
    assert "There is no program manager at present." in unnamed.text
    assert "There is no program manager at present." in unnamed.html


def test_the_page_of_a_long_thread_asks_no_more_than_a_short_one(people, as_person, program):
    short, long_ = (
        a_question(people["rep"], "answer"),
        a_question(people["rep"], *["answer", "ask_again"] * 6, "answer"),
    )
    client = as_person(people["manager"])

    few, many = questions(client, short.get_absolute_url()), questions(client, long_.get_absolute_url())

    assert len(few) == len(many) <= 15
    assert len(questions(client, reverse("charter:questions"))) <= 8
