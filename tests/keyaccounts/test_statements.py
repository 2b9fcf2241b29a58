"""What a customer is told in writing, sent, and confirms; how a status ends (K-02, K-20, K-22, M16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from accounts.actions import change
from accounts.models import Contact
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.errors import Refused, StepBlocked, StepClosed
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.actions.statements import write_anew
from keyaccounts.actions.value import write_next
from keyaccounts.models import Statement
from keyaccounts.pages.statements import Told
from tests.acting import fresh, make_user, office, take

from .making import a_membership, a_tier, led, ungated
from .making_value import (
    a_farewell,
    a_line,
    a_proposition,
    a_statement,
    a_way,
    known_by,
    led_on,
    stands,
    the_statement,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def waiting(of):
    return {(one.step, one.person_id or one.role) for one in Obligation.objects.of(of).open()}


# What is written, and when


@pytest.mark.demand("K-22")
def test_the_beginning_of_an_incubation_tells_the_customer_what_is_expected_and_what_it_gets(monkeypatch):
    stands(monkeypatch, entry=[a_line("Revenue", met=None, value=None)], maintain=[a_line("Users", met=True)])
    a_proposition()

    membership = a_way()
    made = the_statement(membership)

    said = Told(made.content)
    manager = membership.account.manager
    assert (made.occasion, made.status) == ("incubation", "sent")
    assert (said.entry[0].title, said.entry[0].target, said.entry[0].label) == (
        "Revenue", "at least € 500,000", "Not measured yet",
    )  # fmt: skip
    assert (said.keep[0].title, said.keep[0].label) == ("Users", "Met")
    assert said.does == ["A team of their own", "Prices for three years"]
    assert said.does_not[0] == "No changes to products for one customer"
    assert said.proofs[0]["words"] == "Late deliveries halved in a year"
    assert [one["name"] for one in said.team] == [manager.name, manager.reports_to.name]
    assert said.until == membership.incubating_until
    assert membership.account.name in said.opening


@pytest.mark.demand("K-22")
@pytest.mark.parametrize(
    ("status", "step", "occasion"),
    [
        ("in_panel_review", "extend", "more_proof"),
        ("in_panel_review", "qualify", "qualified"),
        ("in_re_review", "maintain", "maintained"),
        ("in_re_review", "return_to_incubation", "returned"),
    ],
)
def test_each_outcome_for_which_something_is_expected_is_told_in_its_own_words(status, step, occasion):
    membership = a_membership(status)
    before = the_statement(membership)
    more = {"missing": ["Two reference calls"]} if step in ("extend", "return_to_incubation") else {"tier": a_tier()}

    led_on(membership, step, **(more if step != "maintain" else {}))

    now = the_statement(membership)
    assert (now.occasion, now.status, fresh(before).status) == (occasion, "sent", "over")
    assert Told(now.content).missing == more.get("missing", [])
    assert "%" not in Told(now.content).opening


@pytest.mark.demand("K-22")
def test_what_was_told_does_not_move_when_the_data_beneath_it_do(monkeypatch):
    stands(monkeypatch, entry=[a_line("Revenue", met=False)])
    of = a_proposition()
    made = the_statement(a_way())
    before = made.content

    stands(monkeypatch, entry=[a_line("Revenue", met=True)])
    take(write_next(of, by=office("manager")), "publish", office("manager"))

    assert fresh(made).content == before
    assert Told(before).entry[0].label == "Not met yet"


@pytest.mark.demand("K-22")
def test_who_is_not_selected_or_withdrawn_has_nothing_expected_of_it_any_more():
    for status, step in (("in_panel_review", "reject"), ("key_account", "withdraw")):
        membership = a_membership(status)
        before = the_statement(membership)
        with ungated():
            led(membership, step, a_tier())
        assert fresh(before).status == "over"
        assert not Statement.objects.current().filter(membership=membership).exists()


# How it goes out


@pytest.mark.demand("K-22")
def test_each_sending_is_kept_with_whom_when_how_and_by_whom():
    made = a_statement()
    rep = made.membership.account.manager
    other = Contact.objects.create(account=made.membership.account, name="Lee Leiter", email="lee@customer.example")
    on = localdate() - timedelta(days=1)

    take(made, "send_again", rep, how="mail", contact=other, note="As we said on the telephone.")
    take(made, "send_again", rep, how="meeting", contact=made.membership.account.contacts.first(), on=on)

    kept = list(made.sendings.order_by("pk").values_list("to_name", "to_email", "how", "on", "by__name"))
    assert kept == [
        ("Kim Kunde", "kim@customer.example", "mail", localdate(), User.objects.clock().name),
        ("Lee Leiter", "lee@customer.example", "mail", localdate(), rep.name),
        ("Kim Kunde", "", "meeting", on, rep.name),
    ]
    mails = Message.objects.filter(kind="expectations").order_by("created_at")
    assert [mail.address for mail in mails] == ["kim@customer.example", "lee@customer.example"]
    assert "As we said on the telephone." in mails[1].text


@pytest.mark.demand("K-22")
def test_where_nobody_can_be_mailed_whoever_has_the_account_is_asked_to_send_it(as_person):
    made = a_statement("ready")
    rep = made.membership.account.manager
    contact = made.membership.account.contacts.get()

    client = as_person(rep)
    by_mail = client.post(
        f"{made.get_absolute_url()}steps/send/",
        {"how": "mail", "contact": contact.pk, "seen": made.version, "key": "a"},
    )
    asked = waiting(made)
    client.post(
        f"{made.get_absolute_url()}steps/send/",
        {"how": "letter", "contact": contact.pk, "on": localdate().isoformat(), "seen": made.version, "key": "b"},
    )

    assert (by_mail.status_code, asked) == (400, {("send", rep.pk)})
    assert "No e-mail address of this person is on file." in by_mail.content.decode()
    assert (fresh(made).status, waiting(made)) == ("sent", {("confirm_said", rep.pk)})
    assert not Message.objects.filter(kind="expectations").exists()


def test_where_nobody_is_on_file_at_the_customer_it_cannot_be_sent():
    made = a_statement("ready")
    made.membership.account.contacts.all().delete()

    with pytest.raises(StepBlocked, match="add a contact to the account first"):
        take(made, "send", made.membership.account.manager, how="letter", contact=Contact(name="Nobody"))


# Whether the customer knows it


@pytest.mark.demand("K-02")
def test_what_a_customer_knows_goes_from_unknown_to_told_to_confirmed_with_who_when_and_how():
    made = a_statement("ready")
    knows = [known_by(made.membership)]
    rep, contact = made.membership.account.manager, made.membership.account.contacts.get()

    take(made, "send", rep, how="letter", contact=contact, on=localdate())
    knows.append(known_by(made.membership))
    take(made, "confirm_said", rep, who="Kim Kunde", how="phone", on=localdate(), comment="All clear.")
    knows.append(known_by(made.membership))

    assert [one.status for one in knows] == ["unknown", "told", "confirmed"]
    assert (knows[1].told_to, knows[1].told_how, knows[1].told_on) == ("Kim Kunde", "letter", localdate())
    last = knows[2]
    assert (last.confirmed_by, last.confirmed_how, last.confirmed_on) == ("Kim Kunde", "phone", localdate())
    assert not Obligation.objects.of(made).open().exists()


@pytest.mark.demand("K-02")
def test_the_representative_says_who_was_told_and_who_confirmed_without_a_letter():
    knowing = known_by(a_statement("ready").membership)
    rep = knowing.membership.account.manager
    with pytest.raises(StepClosed):
        take(knowing, "confirm", rep, who="Kim", how="meeting", on=localdate())

    take(knowing, "tell", rep, whom="Kim Kunde", how="meeting", on=localdate())
    now = take(knowing, "confirm", rep, who="Kim Kunde", how="meeting", on=localdate())

    assert (now.status, now.told_by, now.confirmed_by) == ("confirmed", rep, "Kim Kunde")
    with pytest.raises(PermissionDenied):
        take(knowing, "tell", make_user("rep"), whom="Kim", how="meeting")


@pytest.mark.demand("K-02")
def test_who_confirmed_the_same_value_stays_confirmed_and_another_value_has_to_be_confirmed_anew():
    of = a_proposition()
    membership = a_statement("confirmed").membership
    take_anew(membership)
    same = known_by(membership).status

    take(write_next(of, by=office("manager")), "publish", office("manager"))
    take_anew(membership)

    now = known_by(membership)
    assert (same, now.status, now.confirmed_by, now.proposition.number) == ("confirmed", "told", "", 2)


@pytest.mark.demand("K-02")
def test_a_membership_says_that_what_holds_now_was_not_told_yet(as_person):
    of = a_proposition()
    membership = a_statement("confirmed").membership
    client, words = as_person(membership.account.manager), "What holds now is another version"
    before = client.get(membership.get_absolute_url()).content.decode()

    take(write_next(of, by=office("manager")), "publish", office("manager"))

    assert words not in before
    assert words in client.get(membership.get_absolute_url()).content.decode()


def take_anew(membership):
    """Written anew and sent by whoever has the account."""
    made = write_anew(fresh(membership), by=membership.account.manager)
    contact = membership.account.contacts.first()
    take(made, "send", membership.account.manager, how="mail", contact=contact)


def test_it_is_written_anew_by_whoever_has_the_account_while_something_is_expected():
    made = a_statement("confirmed")
    membership = made.membership

    with pytest.raises(PermissionDenied, match="Statements are written by"):
        write_anew(membership, by=make_user("rep"))
    now = write_anew(membership, by=membership.account.manager)

    assert (now.occasion, now.status, fresh(made).status) == ("anew", "ready", "over")
    with ungated():
        led(fresh(membership), "withdraw", a_tier())
    with pytest.raises(Refused, match="Nothing is expected of this customer now"):
        write_anew(fresh(membership), by=membership.account.manager)


def test_what_is_still_to_be_told_waits_with_whoever_has_the_account_now():
    rows = [a_statement("ready"), a_statement("sent"), a_farewell(), a_statement("confirmed")]
    newcomer = make_user("rep", reports_to=make_user("leader"))

    for made in rows:
        account = fresh(made.membership.account)
        change(account, by=office("admin"), seen=account.version, manager=newcomer)

    assert [waiting(made) for made in rows] == [
        {("send", newcomer.pk)}, {("confirm_said", newcomer.pk)}, {("submit", newcomer.pk)}, set(),
    ]  # fmt: skip
