"""The same form arriving again has no second effect; a form that came back may be sent again under its key (P6)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from accounts.models import Account
from acr_program.charter.models import ProgramYear
from acr_program.desk.models import SavedView
from acr_program.jobs.models import State
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.clicks import Click, forget
from tests.factories import make_absence, make_account, make_program, make_user

FACTS = {"name": "Hansa Fluid", "theater": "EMEA", "country": "Germany"}


@pytest.fixture
def office(people, as_person):
    return as_person(people["admin"])


@pytest.fixture
def facts(people):
    return {**FACTS, "manager": people["rep"].pk, "key": "one-click"}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_same_click_makes_one_account_and_leads_to_it_again(office, facts):
    first, second = office.post("/accounts/new/", facts), office.post("/accounts/new/", facts)

    assert Account.objects.filter(name="Hansa Fluid").count() == 1
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == Account.objects.get(name="Hansa Fluid").get_absolute_url()
    assert said(second)[-1] == "That was done already."


@pytest.mark.parametrize("other", [{"key": "another-click"}, {"key": ""}, {"city": "Kiel"}])
def test_another_click_or_other_words_count_anew(office, facts, other):
    office.post("/accounts/new/", facts)
    office.post("/accounts/new/", facts | other)

    assert Account.objects.filter(name="Hansa Fluid").count() == 2


def test_a_key_is_of_one_person_alone(office, people, as_person, facts):
    office.post("/accounts/new/", facts)
    as_person(people["manager"]).post("/accounts/new/", facts)

    assert Account.objects.filter(name="Hansa Fluid").count() == 2


def test_a_form_that_comes_back_keeps_no_click(office, facts):
    wrong = office.post("/accounts/new/", facts | {"name": ""})

    assert wrong.status_code == 400
    assert not Click.objects.exists()
    assert office.post("/accounts/new/", facts).status_code == 302


def test_a_click_that_was_refused_is_looked_at_again(office, people):
    absence = make_absence(
        people["rep"], people["stranger"], now().date() - timedelta(days=9), now().date() - timedelta(days=5)
    )
    where = f"/people/{people['rep'].pk}/absences/{absence.pk}/end/"
    answers = [office.post(where, {"key": "back"}) for _ in range(2)]

    assert [said(answer)[-1] for answer in answers] == ["This absence is over already."] * 2
    assert not Click.objects.exists()


def test_a_click_that_dropped_its_object_leads_there_again_and_another_finds_nothing(office, people, as_person):
    view = SavedView.objects.create(person=people["admin"], list_name="accounts", title="Mine")
    where = f"/views/{view.pk}/drop/"
    first, second = office.post(where, {"key": "drop"}), office.post(where, {"key": "drop"})

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert said(second)[-1] == "That was done already."
    assert office.post(where, {"key": "another"}).status_code == 404
    assert office.post(where).status_code == 404
    assert as_person(people["manager"]).post(where, {"key": "drop"}).status_code == 404


def test_work_given_up_anew_is_tried_again_by_a_new_click_alone(office, people):
    office.post("/people/invite/", {"name": "Nova Neu", "email": "nova@nordwind.example", "key": "new"})
    mail = Message.objects.get(address="nova@nordwind.example")
    states = []
    for key in ("first", "first", "second"):
        Message.objects.filter(pk=mail.pk).update(state=State.FAILED)
        office.post(f"/health/outbox.message/{mail.pk}/retry/", {"key": key})
        mail.refresh_from_db()
        states.append(mail.state)

    assert states == [State.QUEUED, State.FAILED, State.QUEUED]


def test_every_form_that_is_no_step_carries_a_key(office, people):
    account = make_account(manager=people["rep"])
    absence = make_absence(people["rep"], people["stranger"])
    pages = {
        "/accounts/new/": "", f"/accounts/{account.pk}/edit/": "", "/people/invite/": "", "/me/": "",
        f"/accounts/{account.pk}/contacts/{account.contacts.get().pk}/": "/drop/",
        f"/people/{people['rep'].pk}/absences/": f"/{absence.pk}/end/",
    }  # fmt: skip
    for page, action in pages.items():
        text = office.get(page).content.decode()
        forms = [form.split("</form>")[0] for form in text.split("<form ")[1:]]
        ours = [
            form
            for form in forms
            if 'method="post"' in form and ((action and f'{action}"' in form) or "novalidate" in form)
        ]

        assert ours, page
        assert [form.count('name="key" value="') for form in ours] == [1] * len(ours), page


def test_a_click_is_forgotten_after_a_month(office, facts):
    office.post("/accounts/new/", facts)
    forget(now() + timedelta(days=29))
    assert Click.objects.count() == 1

    forget(now() + timedelta(days=31))
    assert not Click.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("own", [False, True], ids=["one click", "a click of their own"])
@pytest.mark.parametrize("what", ["account", "year", "person"])
def test_eight_at_once(what, own):
    """One click: one effect and eight times its answer. The same thing by eight clicks: one has it, the others are told."""
    make_program()
    by, rep = make_user("manager"), make_user("rep")
    path, model, given = {
        "account": ("/accounts/new/", Account, {**FACTS, "manager": rep.pk}),
        "year": (
            "/program/years/new/",
            ProgramYear,
            {"label": "2055", "begins_on": "2055-01-01", "ends_on": "2055-12-31"},
        ),
        "person": ("/people/invite/", User, {"name": "Nils", "email": "nils@nordwind.example"}),
    }[what]
    before, gate, answers = model.objects.count(), Barrier(8), []
    clients = [Client() for _ in range(8)]
    [client.force_login(by) for client in clients]

    def send(client, number):
        try:
            gate.wait()
            answers.append(client.post(path, given | {"key": f"click-{number if own else 0}"}))
        finally:
            connection.close()

    threads = [Thread(target=send, args=(client, number)) for number, client in enumerate(clients)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    made = 8 if own and what == "account" else 1
    done = made if own else 8
    told = [answer for answer in answers if answer.status_code == 400]
    assert model.objects.count() - before == made
    assert [answer.status_code for answer in answers].count(302) == done
    assert len(told) == 8 - done
    assert all("already." in answer.content.decode() for answer in told)
