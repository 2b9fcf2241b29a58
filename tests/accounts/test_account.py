from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from accounts.models import Account, Contact, Performance
from acr_program.workflow.seals import verify
from tests.desk.asking import questions, text
from tests.factories import fresh, make_account, make_program, make_request, make_year, take


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def account(people):
    made = make_account(name="Nordlicht", manager=people["rep"], city="Kiel", business_unit="Dairy")
    for quarter in range(10):
        Performance.objects.create(
            account=made, quarter_begins_on=date(2024 + quarter // 4, 1 + quarter % 4 * 3, 1), net=Decimal(40000 + quarter),
            orders=20, shipped=10, promised=10, on_time=8 if quarter % 2 else 9, source="Order system", as_of=date(2026, 7, 1),
        )  # fmt: skip
    return made


def page(as_person, person, account):
    return as_person(person).get(f"/accounts/{account.pk}/")


def test_facts_people_figures_and_story(people, account, as_person):
    account.designated_leaders.add(people["second leader"])

    shown = text(page(as_person, people["rep"], account))

    for words in ("Kiel", "Dairy", "Kim Kunde", "Rita Rep", "Lena Leader", "Leo Leader", "Q2 2026", "40,009", "80 %"):
        assert words in shown, words
    assert "Q4 2023" not in shown
    assert "won the account as a customer" in shown
    assert "From Order system, as of Wed 1 Jul" in shown


def test_without_figures_the_page_says_so(people, as_person):
    assert "No figures are on file." in text(page(as_person, people["rep"], make_account(manager=people["rep"])))


def test_large_values_are_drawn_in_thousands(people, account, as_person):
    Performance.objects.update(net=Decimal(4500000))

    assert "Net value, thousand" in text(page(as_person, people["admin"], account))


def test_strangers_find_nothing(people, account, as_person):
    for who in ("stranger", "contributor", "second leader"):
        client = as_person(people[who])
        for path in ("", "edit/", "contacts/new/", "steps/flag_risk/"):
            assert client.get(f"/accounts/{account.pk}/{path}").status_code in (403, 404), (who, path)
        assert client.get(f"/accounts/{account.pk}/").status_code == 404


def test_steps_are_offered_and_taken(people, account, as_person):
    client = as_person(people["rep"])
    way = f"/accounts/{account.pk}/steps/flag_risk/"
    assert way in client.get(f"/accounts/{account.pk}/").content.decode()

    client.post(way, {"seen": account.version, "comment": "They are talking to others."})

    answer = client.get(f"/accounts/{account.pk}/")
    shown = text(answer)
    assert "At risk" in shown
    assert "Agree a recovery plan: with Lena Leader, by" in shown
    assert "They are talking to others." in shown
    assert way not in answer.content.decode()


def test_the_rep_is_offered_a_review_and_others_are_not(people, account, as_person):
    make_program()
    make_year()
    link = f"/reviews/new/?account={account.pk}"

    assert link in page(as_person, people["rep"], account).content.decode()
    assert link not in page(as_person, people["admin"], account).content.decode()
    assert link not in page(as_person, people["leader"], account).content.decode()


def test_why_no_review_may_be_requested_now(people, account, as_person):
    make_program("designing")
    assert "No program year is running." in text(page(as_person, people["rep"], account))
    make_year()
    assert "The program is still being designed" in text(page(as_person, people["rep"], account))
    make_program("rolled_out")
    take(account, "close", people["manager"], comment="They left.")
    assert "The account is not an active customer" in text(page(as_person, people["rep"], account))


def test_a_review_under_way_shuts_its_own_audience_alone(people, account, as_person):
    link = f"/reviews/new/?account={account.pk}"
    make_request("submitted", account=account)
    assert link in page(as_person, people["rep"], account).content.decode()

    make_request("submitted", account=account, audience="operational")

    shown = page(as_person, people["rep"], account)
    assert link not in shown.content.decode()
    assert "Another review of this account" in text(shown)


def test_the_story_spans_the_apps_and_shows_no_more_than_may_be_seen(people, account, as_person):
    make_request("gathering", account=account)

    shown = text(page(as_person, people["rep"], account))

    assert "submitted the request" in shown
    assert "accepted the request" in shown
    elsewhere = make_account(manager=people["rep"])
    assert "accepted the request" not in text(page(as_person, people["rep"], elsewhere))


@pytest.mark.slow
def test_a_page_asks_fifteen_questions_at_most(people, account, as_person):
    few = {
        who: len(questions(as_person(people[who]), f"/accounts/{account.pk}/")) for who in ("rep", "leader", "admin")
    }
    make_request("in_approval", account=account)
    make_request("closed", account=account, audience="operational", meeting_on=localdate() + timedelta(days=90))
    for number in range(5):
        Contact.objects.create(account=account, name=f"Contact {number}")

    many = {who: len(questions(as_person(people[who]), f"/accounts/{account.pk}/")) for who in few}

    assert max(many.values()) <= 15
    assert many["admin"] == few["admin"] + 1  # follow-ups are asked for where there is a review


FACTS = {
    "name": "Nordlicht", "theater": "EMEA", "country": "Germany", "city": "Kiel", "business_unit": "Dairy", "sector": "Retail",
}  # fmt: skip


def test_the_office_changes_facts(people, account, as_person):
    client = as_person(people["admin"])
    given = FACTS | {
        "manager": people["stranger"].pk, "seen": account.version,
        "customer_since": "2019-05-01",
    }  # fmt: skip

    client.post(f"/accounts/{account.pk}/edit/", given)
    stale = client.post(f"/accounts/{account.pk}/edit/", given | {"sector": "Late"})

    now = fresh(account)
    assert (now.manager, now.sector, now.version) == (people["stranger"], "Retail", account.version + 1)
    assert stale.status_code == 409
    assert fresh(account).sector == "Retail"
    assert as_person(people["stranger"]).get(f"/accounts/{account.pk}/edit/").status_code == 403


def test_the_office_adds_an_account(people, as_person):
    answer = as_person(people["admin"]).post("/accounts/new/", FACTS | {"name": "Neu"}, follow=True)
    wrong = as_person(people["admin"]).post("/accounts/new/", FACTS | {"name": "", "theater": "MARS"})

    assert Account.objects.get(name="Neu").status == "prospect"
    assert "is added, as a prospect" in text(answer)
    assert wrong.status_code == 400
    assert as_person(people["rep"]).get("/accounts/new/").status_code == 403


def test_the_account_manager_keeps_the_contacts(people, account, as_person):
    client = as_person(people["rep"])
    kim = account.contacts.get()

    client.post(
        f"/accounts/{account.pk}/contacts/new/",
        {"name": "Jo Neu", "email": "jo@customer.example", "is_main": "on", "seen": account.version},
    )
    client.post(f"/accounts/{account.pk}/contacts/{kim.pk}/", {"name": "Kim Kundig", "seen": account.version + 1})

    assert [(c.name, c.is_main) for c in account.contacts.all()] == [("Jo Neu", True), ("Kim Kundig", False)]
    client.post(f"/accounts/{account.pk}/contacts/{kim.pk}/drop/")
    assert [c.name for c in account.contacts.all()] == ["Jo Neu"]
    assert account.log().last().detail.data["changed"]["contact"][1] is None


def test_contacts_are_not_changed_by_onlookers_or_under_another_account(people, account, as_person):
    kim, other = account.contacts.get(), make_account(manager=people["rep"])

    assert as_person(people["leader"]).post(f"/accounts/{account.pk}/contacts/{kim.pk}/drop/").status_code == 403
    assert as_person(people["executive"]).get(f"/accounts/{account.pk}/contacts/new/").status_code == 403
    assert as_person(people["rep"]).post(f"/accounts/{other.pk}/contacts/{kim.pk}/drop/").status_code == 404
    assert Contact.objects.filter(pk=kim.pk).exists()
