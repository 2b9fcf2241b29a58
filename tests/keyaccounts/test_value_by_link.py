"""The customer's page: by a signed link, without an account, confirmed once (K-02, K-22, M16; docs/promises.md, rule 7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from acr_program.links.models import Link
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.log import LogEntry
from keyaccounts.actions.statements import write_anew
from keyaccounts.actions.value import write_next
from tests.acting import fresh, office, take
from tests.desk.asking import text

from .making_value import CONFIRMS, a_line, a_proposition, a_statement, known_by, links_to, stands

pytestmark = pytest.mark.django_db
FORM = CONFIRMS | {"key": "k"}


@pytest.mark.demand("M16")
@pytest.mark.demand("K-22")
def test_the_customer_reads_requirements_standing_what_we_do_and_do_not_do_and_the_team(monkeypatch):
    stands(
        monkeypatch, entry=[a_line("Revenue", met=False, words="Net of returns.")], maintain=[a_line("Users", met=True)]
    )
    a_proposition()
    made = a_statement()

    answer = Client().get(links_to(made)[0])

    page = text(answer)
    manager = made.membership.account.manager
    for words in (
        "What earns the status", "Revenue", "Net of returns.", "at least € 500,000", "€ 410,000", "Not met yet",
        "What keeps the status",
        "Users", "What we do", "Prices for three years", "What we do not do", "No credit beyond sixty days",
        "Late deliveries halved in a year", "Who is there for you", manager.name, manager.reports_to.name,
    ):  # fmt: skip
        assert words in page, words
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")


@pytest.mark.demand("M16")
@pytest.mark.demand("K-02")
def test_confirming_by_the_link_turns_what_is_known_from_told_to_confirmed():
    made = a_statement()
    before = known_by(made.membership).status
    (url,) = links_to(made)

    sent = Client().post(url, FORM)

    now_, knowing = fresh(made), known_by(made.membership)
    assert (sent.status_code, sent["Location"] in url) == (302, True)
    assert (now_.status, now_.confirmed_by, now_.confirmed_how, now_.said) == (
        "confirmed", "Kim Kunde", "link", CONFIRMS["said"],
    )  # fmt: skip
    assert (before, knowing.status, knowing.confirmed_by, knowing.confirmed_how, knowing.confirmed_on) == (
        "told", "confirmed", "Kim Kunde", "link", localdate(),
    )  # fmt: skip
    assert now_.log().latest("pk").by == User.objects.customer()
    told = set(Message.objects.filter(kind="expectations_confirmed").values_list("person", flat=True))
    manager = made.membership.account.manager
    assert told == {manager.pk, manager.reports_to_id}


@pytest.mark.parametrize("agent", ["SafeLinks", "Mozilla/5.0"])
def test_robots_that_open_the_link_change_nothing(agent):
    (url,) = links_to(made := a_statement())
    before = (made.version, LogEntry.objects.count(), Link.objects.filter(used_at=None).count())

    for method in ("get", "head", "options", "get"):
        getattr(Client(headers={"user-agent": agent}), method)(url)

    assert (fresh(made).version, LogEntry.objects.count(), Link.objects.filter(used_at=None).count()) == before


def test_it_is_confirmed_once_and_a_second_visit_says_by_whom():
    (url,) = links_to(made := a_statement())
    Client().post(url, FORM)

    Client().post(url, FORM | {"who": "Somebody else"})
    page = text(Client().get(url))

    assert fresh(made).confirmed_by == "Kim Kunde"
    assert "Kim Kunde confirmed on" in page
    assert "I have read it and know it" not in page


def test_of_several_links_that_went_out_one_confirms_and_all_say_so():
    made = a_statement()
    contact = made.membership.account.contacts.first()
    take(made, "send_again", made.membership.account.manager, how="mail", contact=contact)
    first, second = links_to(made)

    Client().post(second, FORM)
    late = Client().post(first, FORM | {"who": "Somebody else"})

    assert (late.status_code, fresh(made).confirmed_by) == (302, "Kim Kunde")
    assert "Kim Kunde confirmed on" in text(Client().get(first))


@pytest.mark.demand("K-02")
def test_what_was_told_since_in_another_version_is_not_confirmed_by_an_older_page():
    of = a_proposition()
    (url,) = links_to(made := a_statement())
    take(write_next(of, by=office("manager")), "publish", office("manager"))
    take(known_by(made.membership), "tell", made.membership.account.manager, whom="Kim Kunde", how="phone")

    Client().post(url, FORM)

    knowing = known_by(made.membership)
    assert fresh(made).status == "confirmed"
    assert (knowing.status, knowing.proposition.number, knowing.confirmed_by) == ("told", 2, "")


def test_a_link_that_has_expired_shows_nothing_even_where_it_was_confirmed():
    (url,) = links_to(made := a_statement("confirmed"))
    Link.objects.about(made).update(expires_at=now() - timedelta(days=1))

    answers = [Client().get(url), Client().post(url, FORM)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This link has expired." in text(answers[0])


def test_who_says_no_name_confirms_nothing():
    (url,) = links_to(made := a_statement())

    answer = Client().post(url, FORM | {"who": " "})

    assert (answer.status_code, fresh(made).status) == (400, "sent")
    assert "Say who you are." in answer.content.decode()


def test_a_link_that_holds_no_more_says_why_and_confirms_nothing():
    made = a_statement()
    (url,) = links_to(made)
    expired = a_statement()
    Link.objects.about(expired).update(expires_at=now() - timedelta(days=1))
    write_anew(made.membership, by=made.membership.account.manager)

    answers = [Client().get(url), Client().post(url, FORM), Client().get(links_to(expired)[0])]
    unknown = Client().get("/key-accounts/expected/nobody-knows-this/")

    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert "What stood here holds no more." in text(answers[0])
    assert "This link has expired." in text(answers[2])
    assert (unknown.status_code, "This address opens nothing." in text(unknown)) == (404, True)
    assert fresh(made).status == "over"


def test_the_mail_keeps_its_address_private_and_says_who_looks_after_the_company():
    a_proposition()
    made = a_statement()

    mail = Message.objects.get(kind="expectations")

    assert made.membership.account.manager.name in mail.text
    assert links_to(made)[0] not in mail.text
    assert made.membership.account.name in mail.subject
