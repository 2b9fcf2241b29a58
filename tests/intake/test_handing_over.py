"""A file that names other account managers hands over what an office that changes them by hand hands over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acr_program.intake.taking import take_in
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews.models import ReviewRequest
from tests.factories import fresh, make_account, make_request, make_user

from .files import ACCOUNTS, account, checked, outcomes, table, take, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-21")]


@pytest.fixture
def nora():
    return make_user("rep", name="Nora New", email="nora@x.example", reports_to=make_user("leader"))


def known(people, *codes):
    return [make_account(manager=people["rep"], code=code, name=f"Customer {code}") for code in codes]


def naming(accounts, email):
    return table(ACCOUNTS, [account(one.code, one.name, account_manager_email=email) for one in accounts])


def test_reviews_under_way_go_along_and_one_mail_says_so(people, nora):
    accounts = known(people, "A1", "A2")
    open_one = make_request("gathering", account=accounts[0])
    closed = make_request("closed", account=accounts[1])

    taken_in(naming(accounts, "nora@x.example"), "accounts", people["admin"])

    assert dict(ReviewRequest.objects.values_list("pk", "rep")) == {open_one.pk: nora.pk, closed.pk: people["rep"].pk}
    assert not Obligation.objects.open().filter(waiter=people["rep"]).exists()
    entry = open_one.log().last()
    assert (entry.by, entry.changed) == (people["admin"], {"rep": [people["rep"].pk, nora.pk]})
    assert fresh(accounts[0]).log().last().changed["manager"] == [people["rep"].pk, nora.pk]
    mail = Message.objects.get(kind="handover")
    assert (mail.person, mail.subject) == (nora, "2 accounts are yours now: one review under way is yours")
    assert list(verify()) == []


def test_undoing_the_import_gives_them_back(people, nora):
    accounts = known(people, "A1")
    review = make_request("gathering", account=accounts[0])
    batch = taken_in(naming(accounts, "nora@x.example"), "accounts", people["admin"])

    take(batch, "undo", people["admin"])

    assert (fresh(accounts[0]).manager, fresh(review).rep) == (people["rep"], people["rep"])
    assert [mail.person for mail in Message.objects.filter(kind="handover").order_by("created_at")] == [
        nora,
        people["rep"],
    ]


def test_somebody_who_is_asked_to_approve_is_refused_in_the_preview_and_at_the_end(people):
    accounts = known(people, "A1", "A2")
    lena = people["leader"]
    make_request("in_approval", account=accounts[0])
    data = naming(accounts, lena.email)

    batch = checked(data, "accounts", people["admin"])
    rows = outcomes(batch)

    assert [outcome for outcome, _reason in rows.values()] == ["refused", "changed"]
    assert f"{lena.name} is asked to approve" in rows[2][1]
    make_request("in_approval", account=accounts[1])
    batch = take(batch, "take_in", people["admin"])
    assert outcomes(batch)[3][0] == "late"
    assert f"{lena.name} is asked to approve" in outcomes(batch)[3][1]
    assert [fresh(one).manager for one in accounts] == [people["rep"]] * 2


def test_an_open_end_waits_while_the_one_it_names_is_asked_to_approve(people):
    """People come in by a file; what they cannot be given stays an open end, and nothing is refused for it."""
    (one,) = known(people, "A1")
    make_request("in_approval", account=one)
    taken_in(naming([one], "late@x.example"), "accounts", people["admin"])
    lena = people["leader"]
    type(lena).objects.filter(pk=lena.pk).update(email="late@x.example")

    taken_in(table(["email", "name"], [["other@x.example", "Otto Other"]]), "people", people["admin"])

    assert (fresh(one).manager, fresh(one).manager_named) == (people["rep"], "late@x.example")


def test_ten_reviews_cost_the_queries_of_two(people, nora):
    def cost(prefix, number):
        accounts = known(people, *[f"{prefix}{n}" for n in range(number)])
        for one in accounts:
            make_request("gathering", account=one)
        batch = checked(naming(accounts, "nora@x.example"), "accounts", people["admin"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            take_in(batch, people["admin"])
        return len(queries)

    cost("W", 1)

    assert cost("A", 2) == cost("B", 10)
