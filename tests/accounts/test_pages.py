"""The account's page and its forms: figures as pictures, facts, notes, orders, the whole story, open ends."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accounts.actions import Entered, keep_figures, pin, recompute, say_fact
from accounts.models import Contact, Performance
from acr_program.workflow.edit import begin_many
from tests.desk.asking import questions, text
from tests.factories import fresh, make_account, make_program, make_request, make_year

from .orders import order

DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def autumn(time_machine):
    time_machine.move_to("2026-11-16 10:00 +0000")


@pytest.fixture
def account(people):
    return make_account(manager=people["rep"], name="Nordlicht")


@pytest.fixture
def bought(account, people):
    """Eight quarters of orders, growing; the ninth runs still."""
    for n in range(9):
        month = date(2024 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 15)
        for _ in range(2):
            late = month + timedelta(days=10 if n % 2 else 3)
            order(
                account, month.isoformat(), (str(10 + n), "10", "0", "Cheese"), ("1", "5", "0", "Jam"),
                required=(month + timedelta(days=5)).isoformat(), shipped=late.isoformat(),
            )  # fmt: skip
    order(account, "2026-08-01", ("1", "1", "0", "Ice"), ("1", "1", "0", "Fish"), ("1", "1", "0", "Tea"))
    recompute([account.pk], by=people["admin"], source="Order system", as_of=DAY)
    return account


def look(as_person, person, account, path=""):
    return text(as_person(person).get(f"/accounts/{account.pk}/{path}"))


def test_figures_as_pictures_of_the_last_complete_quarters(bought, people, as_person):
    shown = look(as_person, people["rep"], bought)

    assert "Q4 2025 to Q3 2026" in shown  # the quarter that runs is no part of the year
    year = [q for q in bought.performance.all() if date(2025, 10, 1) <= q.quarter_begins_on < date(2026, 10, 1)]
    assert f"{round(sum(q.net for q in year)):,}" in shown
    assert "Promises kept 50 % 4 of 8" in " ".join(shown.split())
    for words in (
        "Q4 2026",
        "+31 %",
        "Cheese",
        "2 others",
    ):
        assert words in shown, words
    assert "+28 %" not in shown  # of the quarter that runs
    assert "From Order system, as of Tue 20 Oct" in shown


def test_growth_is_told_of_enough_orders_alone(account, people, as_person):
    for ordered, count in (("2025-07-01", 2), ("2026-07-01", 3), ("2025-04-01", 1), ("2026-04-01", 5)):
        for _ in range(count):
            order(account, ordered, ("1", "10"))
    recompute([account.pk], by=people["admin"], source="Order system", as_of=DAY)

    shown = look(as_person, people["rep"], account)

    assert "+50 %" in shown
    assert "too few orders to compare" in shown
    assert "+400 %" not in shown


def test_figures_without_orders_have_no_mix(account, people, as_person):
    Performance.objects.create(
        account=account,
        quarter_begins_on=date(2026, 7, 1),
        net=5,
        orders=1,
        shipped=1,
        on_time=0,
        source="By hand",
        as_of=DAY,
    )

    shown = look(as_person, people["rep"], account)

    assert "Figures by quarter" in shown
    assert "by category" not in shown
    assert "no figure" in shown  # no promise was made, so none was kept or broken


def send(client, account, path, **data):
    return client.post(f"/accounts/{account.pk}/{path}", {"seen": fresh(account).version, **data}, follow=True)


def test_a_figure_is_entered_and_corrected_and_what_stood_is_shown(account, people, as_person):
    rep, lead = as_person(people["rep"]), as_person(people["leader"])
    told = {
        "kind": "margin",
        "quarter_begins_on": "2026-07-01",
        "value": "12.5",
        "source": "Controlling",
        "as_of": "2026-10-20",
    }
    send(rep, account, "figures/new/", **told)

    before = lead.get(f"/accounts/{account.pk}/figures/new/?kind=margin&quarter=2026-07-01").content.decode()
    shown = text(send(lead, account, "figures/new/", **(told | {"value": "13.25", "source": "Audit"})))

    assert 'value="12.5"' in before
    assert "The figure is kept" in shown
    assert "13.25" in shown
    assert "12.5 from Controlling, entered by Rita Rep on Mon 16 Nov, corrected on Mon 16 Nov" in shown
    assert "Lena Leader corrected a figure" in shown
    wrong = send(rep, account, "figures/new/", **(told | {"value": "120", "source": "", "as_of": "2027-01-01"}))
    assert wrong.status_code == 400
    for words in ("lies between -100 and 100", "This is still missing", "This day is still ahead"):
        assert words in text(wrong), words
    assert account.figures.count() == 2


@pytest.mark.parametrize(
    "query", ["kind=x&quarter=2026-13-45", "kind=margin&quarter=", "quarter=9999-99", "kind=margin&quarter=1990-05-05"]
)
def test_an_odd_address_asks_for_a_figure_all_the_same(account, people, as_person, query):
    assert as_person(people["rep"]).get(f"/accounts/{account.pk}/figures/new/?{query}").status_code == 200


def test_a_fact_is_said_and_ended_with_who_and_when(account, people, as_person):
    rep = as_person(people["rep"])
    said = send(rep, account, "facts/new/", kind="rfp", since_on="2026-11-02", reason="Their buyer told us.")
    assert "Since Mon 2 Nov; said by Rita Rep, Mon 16 Nov." in text(said)
    again = send(rep, account, "facts/new/", kind="rfp", since_on="2026-11-02", reason="Again.")
    assert again.status_code == 409
    assert "holds already, since 2 Nov 2026" in text(again)

    fact = account.facts.get()
    ended = text(send(rep, account, f"facts/{fact.pk}/end/", ended_on="2026-11-16", reason="We won it."))

    assert "Mon 2 Nov to Mon 16 Nov, ended by Rita Rep: We won it." in ended
    assert "Rita Rep said what holds no longer" in ended
    assert "No open request for proposal" in ended


@pytest.mark.demand("N3.6")
def test_a_note_stands_on_top_until_it_is_taken_down(account, people, as_person):
    lead = as_person(people["leader"])
    shown = text(send(lead, account, "notes/new/", text="Never mention\nthe fire."))
    assert "Remember: Never mention the fire. Lena Leader, Mon 16 Nov" in shown
    assert shown.index("Never mention") < shown.index("Figures by quarter")

    down = f"notes/{account.notes.get().pk}/down/"
    stale = text(as_person(people["rep"]).post(f"/accounts/{account.pk}/{down}", {"seen": 1}, follow=True))
    assert "This has changed since you opened it." in stale
    shown = text(send(lead, account, down))

    assert "Remember:" not in shown
    assert "Lena Leader took a note down" in shown


def test_who_may_read_and_not_tell_is_offered_nothing(account, people, as_person):
    pin(account, by=people["rep"], seen=account.version, text="The fire.")
    shown = as_person(people["executive"]).get(f"/accounts/{account.pk}/").content.decode()

    assert "The fire." in shown
    for path in ("facts/new/", "notes/new/", "figures/new/"):
        assert path not in shown
        assert as_person(people["executive"]).get(f"/accounts/{account.pk}/{path}").status_code == 403
        assert as_person(people["stranger"]).get(f"/accounts/{account.pk}/{path}").status_code == 404


def test_a_fact_of_another_account_is_not_ended_here(account, people, as_person):
    other = make_account(manager=people["rep"])
    fact = say_fact(other, by=people["rep"], seen=other.version, kind="rfp", since_on=DAY, reason="x")
    note = pin(other, by=people["rep"], seen=fresh(other).version, text="x")

    rep = as_person(people["rep"])
    assert rep.get(f"/accounts/{account.pk}/facts/{fact.pk}/end/").status_code == 404
    assert send(rep, account, f"notes/{note.pk}/down/").status_code == 404


@pytest.mark.demand("N3.4")
def test_how_long_it_has_been_a_customer(people, as_person):
    lengths = {}
    for since in (date(2019, 11, 16), date(2019, 11, 17), date(2025, 11, 16), date(2026, 1, 1)):
        lengths[since] = look(as_person, people["admin"], make_account(manager=people["rep"], customer_since=since))

    found = [
        next(words for words in ("for 7 years", "for 6 years", "for 1 year", "for less than a year") if words in shown)
        for shown in lengths.values()
    ]
    assert found == ["for 7 years", "for 6 years", "for 1 year", "for less than a year"]


def test_order_lines_are_listed_with_what_came_late(account, people, as_person):
    order(account, "2026-01-10", ("3", "9.99", "0.15"), required="2026-01-12", shipped="2026-01-13", number="B1")
    order(account, "2026-02-10", ("1.5", "1"), number="B2")

    shown = look(as_person, people["rep"], account, "orders/")

    assert "2 order lines" in shown
    assert shown.index("B2/1") < shown.index("B1/1")
    for words in ("15 %", "25.47", "Tue 13 Jan", "not yet", "no day", "1.5"):
        assert words in shown, words
    assert 'data-tone="bad"' in as_person(people["rep"]).get(f"/accounts/{account.pk}/orders/").content.decode()
    assert "Nothing was ordered yet" in look(as_person, people["rep"], make_account(manager=people["rep"]), "orders/")


def test_the_whole_story_has_pages_and_shows_no_more_than_may_be_seen(account, people, as_person):
    make_request("gathering", account=account)
    for n in range(60):
        pin(account, by=people["rep"], seen=fresh(account).version, text=f"Note {n}.")
    front = as_person(people["rep"]).get(f"/accounts/{account.pk}/").content.decode()
    assert f"/accounts/{account.pk}/timeline/" in front

    first = as_person(people["rep"]).get(f"/accounts/{account.pk}/timeline/")
    second = as_person(people["rep"]).get(first.context["list"].next_url)

    assert "Note 59." in text(first)
    assert "submitted the request" not in text(first)
    assert "submitted the request" in text(second)
    assert "Note 59." not in text(second)
    assert as_person(people["contributor"]).get(f"/accounts/{account.pk}/timeline/").status_code == 404


def test_open_ends_are_listed_for_the_office(people, as_person):
    from accounts.models import Account

    whole = {"theater": "EMEA", "country": "Chile", "manager": people["rep"]}
    begin_many(
        [
            Account(name="Whole", **whole), Account(name="Nobody", **(whole | {"manager": None})),
            Account(name="Named", **(whole | {"manager": None, "manager_named": "jo@crm.example"})),
            Account(name="Nowhere", **(whole | {"theater": ""})),
        ],
        by=people["admin"],
    )  # fmt: skip
    client = as_person(people["admin"])

    found = {
        kind: [row.of.name for row in client.get(f"/accounts/open-ends/?open={kind}").context["list"].rows]
        for kind in ("", "manager", "named", "theater", "nonsense")
    }

    every = ["Named", "Nobody", "Nowhere"]
    assert found == {"": every, "manager": ["Nobody"], "named": ["Named"], "theater": ["Nowhere"], "nonsense": []}
    assert "jo@crm.example" in text(client.get("/accounts/open-ends/"))
    assert as_person(people["rep"]).get("/accounts/open-ends/").status_code == 403
    nobody = Account.objects.get(name="Nobody")
    client.post(
        f"/accounts/{nobody.pk}/edit/",
        {
            "name": "Nobody",
            "theater": "EMEA",
            "manager": people["rep"].pk,
            "manager_named": "jo@crm.example",
            "seen": 1,
        },
    )
    assert (fresh(nobody).manager_named, fresh(nobody).has_open_ends) == ("", False)


def test_one_number_one_account(account, people, as_person):
    make_account(manager=people["rep"], code="ALFKI", name="Alfreds")

    answer = send(as_person(people["admin"]), account, "edit/", name="Nordlicht", code=" ALFKI ")

    assert answer.status_code == 400
    assert "Alfreds has this number already." in text(answer)


def test_the_list_shows_the_year_and_what_holds(bought, people, as_person):
    say_fact(bought, by=people["rep"], seen=fresh(bought).version, kind="strategic", since_on=DAY, reason="x")
    say_fact(bought, by=people["rep"], seen=fresh(bought).version, kind="rfp", since_on=DAY, reason="x")
    make_account(manager=people["rep"], name="Other")
    client = as_person(people["rep"])

    shown = text(client.get("/accounts/"))

    assert "1,283" in shown  # Q4 2025 to Q3 2026; neither what runs nor what was before
    assert "Active RFP open Strategic" in shown
    assert [row.of.name for row in client.get("/accounts/?holds=strategic").context["list"].rows] == ["Nordlicht"]
    assert [row.of.name for row in client.get("/accounts/?holds=negotiation").context["list"].rows] == []


@pytest.mark.slow
def test_what_pages_cost(bought, people, as_person):
    """A page of an account with much told of it asks what one with nothing told asks; lists at most eight."""
    make_program()
    make_year()
    bare = make_account(manager=people["rep"])
    for n in range(4):
        Contact.objects.create(account=bought, name=f"Contact {n}")
        pin(bought, by=people["rep"], seen=fresh(bought).version, text=f"Note {n}")
        rows = [Entered(bought.pk, kind, DAY, Decimal(n), "CRM", DAY) for kind in ("margin", "wallet")]
        keep_figures(rows, by=people["admin"])
    for who in ("rep", "admin"):
        client = as_person(people[who])
        costs = [len(questions(client, f"/accounts/{account.pk}/")) for account in (bare, bought)]
        assert costs[0] == costs[1] <= 15, who
        for path in ("accounts/", f"accounts/{bought.pk}/orders/", f"accounts/{bought.pk}/timeline/"):
            assert len(questions(client, f"/{path}")) <= 8, path


def test_what_is_told_is_one_question(bought, people):
    from accounts.pages.told import told_of

    say_fact(bought, by=people["rep"], seen=fresh(bought).version, kind="rfp", since_on=DAY, reason="x")
    bought.designated_leaders.add(people["second leader"])
    with CaptureQueriesContext(connection) as queries:
        told = told_of(bought)

    assert len(queries) == 1
    assert ([str(f) for f in told.holds], told.designated) == (
        ["A request for proposal is open"],
        [people["second leader"]],
    )
    assert (told.holds[0].since_on, told.holds[0].said_at.date()) == (DAY, localdate())
    assert [contact.name for contact in told.contacts] == ["Kim Kunde"]
