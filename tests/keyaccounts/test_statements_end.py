"""How a status ends; the letter; who sees what a customer is told, and what its pages cost (K-20, K-22, K-23)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.outbox.models import Message
from acr_program.workflow.errors import StepClosed
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.models import Knowing, Statement
from keyaccounts.pages.statements import Told
from keyaccounts.value_letter import LETTER, as_html, write_letter
from tests.acting import make_user, office, take
from tests.desk.asking import questions, text

from .making_value import (
    CONFIRMS,
    a_farewell,
    a_line,
    a_proposition,
    a_statement,
    known_by,
    plan_for,
    stands,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def waiting(of):
    return {(one.step, one.person_id or one.role) for one in Obligation.objects.of(of).open()}


# How a status ends


@pytest.mark.demand("K-20")
def test_a_down_tiering_waits_for_a_hand_over_plan_and_an_approved_message_before_the_customer_hears_of_it():
    made = a_farewell()
    rep = made.membership.account.manager
    asked = [waiting(made)]
    with pytest.raises(StepClosed):
        take(made, "send", rep, how="mail", contact=made.membership.account.contacts.first())

    handed_in = take(made, "submit", rep, **plan_for(rep))
    asked.append(waiting(made))
    with pytest.raises(PermissionDenied, match="the program manager or the sales leader"):
        take(made, "approve", rep)
    back = take(made, "hand_back", office("manager"), comment="Say who answers from March on.")
    take(made, "submit", rep, **(plan_for(rep) | {"message": "From March on Sam answers you."}))
    approved = take(made, "approve", rep.reports_to)
    asked.append(waiting(made))
    none_yet = Message.objects.filter(kind__in=["farewell", "expectations"], object_id=str(made.pk)).exists()
    sent = take(made, "send", rep, how="mail", contact=made.membership.account.contacts.first())

    assert asked == [{("submit", rep.pk)}, {("approve", "manager")}, {("send", rep.pk)}]
    assert [one.status for one in (handed_in, back, approved, sent)] == ["to_approve", "draft", "ready", "sent"]
    assert (approved.approved_by, none_yet, waiting(made)) == (rep.reports_to, False, set())
    assert "From March on Sam answers you." in Message.objects.get(kind="farewell").text


@pytest.mark.demand("K-20")
@pytest.mark.demand("K-23")
def test_the_farewell_takes_over_the_plan_of_the_panel_and_shows_how_the_account_stood(monkeypatch):
    stands(monkeypatch, entry=[a_line("Users")], maintain=[a_line("Revenue", met=False)])

    made = a_farewell()

    assert made.handover == "Their manager takes over in March."
    assert [(one.title, one.value, one.label) for one in Told(made.content).keep] == [
        ("Revenue", "€ 410,000", "Not met yet")
    ]


@pytest.mark.demand("K-20")
def test_the_hand_over_plan_is_for_the_house_and_the_message_for_the_customer(as_person, client):
    from .making_value import links_to

    made = a_farewell("sent")
    inside = text(as_person(made.membership.account.manager).get(made.get_absolute_url()))
    outside = text(client.get(links_to(made)[0]))

    plan, message = "Open orders run on; prices end in May.", "From March on your contact is our service team."
    assert (plan in inside, message in inside) == (True, True)
    assert (plan in outside, message in outside) == (False, True)


# The letter


@pytest.mark.demand("K-22")
def test_the_letter_is_a_pdf_that_says_what_the_page_says(monkeypatch, as_person, django_capture_on_commit_callbacks):
    from acr_program.exports.models import Export

    stands(monkeypatch, entry=[a_line()])
    a_proposition()
    made = a_statement()
    rep = made.membership.account.manager

    answer = as_person(rep).post(f"{made.get_absolute_url()}letter/", {"key": "a"})
    export = Export.objects.get(list_name=LETTER)

    import io

    file = io.BytesIO()
    rows = write_letter(export, file)
    html = as_html(Statement.objects.for_page().get(pk=made.pk))
    assert (answer.status_code, rows, file.getvalue()[:5]) == (302, 1, b"%PDF-")
    for words in ("Kim Kunde", "What earns the status", "at least € 500,000", "A team of their own", rep.name):
        assert words in html


def test_a_farewell_that_is_not_approved_has_no_letter(as_person):
    made = a_farewell("to_approve")

    answer = as_person(office("manager")).post(f"{made.get_absolute_url()}letter/", {"key": "a"}, follow=True)

    assert "There is no letter: it is not approved yet" in text(answer)


# Who sees it, and what it costs


def test_who_does_not_see_the_account_sees_neither_statement_nor_what_it_knows(as_person):
    made = a_statement()
    knowing = known_by(made.membership)
    who = {
        "manager": office("manager"), "auditor": make_user("auditor"), "executive": make_user("executive"),
        "rep": made.membership.account.manager, "leader": made.membership.account.manager.reports_to,
        "other rep": make_user("rep"), "contributor": make_user("contributor"),
    }  # fmt: skip

    codes = {
        name: {as_person(person).get(of.get_absolute_url()).status_code for of in (made, knowing)}
        for name, person in who.items()
    }

    assert codes == {
        "manager": {200}, "auditor": {200}, "executive": {200}, "rep": {200}, "leader": {200},
        "other rep": {404}, "contributor": {404},
    }  # fmt: skip


def test_a_membership_shows_what_its_customer_gets_is_told_and_knows(as_person):
    a_proposition()
    made = a_statement("confirmed")
    membership = made.membership
    client = as_person(membership.account.manager)

    page = text(client.get(membership.get_absolute_url()))

    for words in (
        "What the customer gets, and is told",
        "Confirmed by the customer",
        "Kim Kunde",
        "Write to the customer anew",
    ):
        assert words in page
    assert len(questions(client, membership.get_absolute_url())) <= 20


def test_pages_and_lists_of_what_customers_are_told_cost_what_they_may(as_person):
    for _n in range(4):
        made = a_statement("confirmed")
    client = as_person(office("manager"))

    pages = [len(questions(client, one.get_absolute_url())) for one in (made, known_by(made.membership))]
    lists = [len(questions(client, f"/key-accounts/{name}/")) for name in ("told", "known")]

    assert max(pages) <= 15, pages
    assert max(lists) <= 8, lists
    assert (Statement.objects.count(), Knowing.objects.count()) == (4, 4)
    assert CONFIRMS["said"] in text(client.get(made.get_absolute_url()))
