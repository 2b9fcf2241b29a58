"""Managers whom a file named before anybody knew them, entered later by hand: their accounts find them."""

import pytest

from accounts.models import Account
from acr_program.desk import people as acts
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.edit import edit
from acr_program.workflow.seals import verify
from reviews.models import ReviewRequest
from tests.factories import fresh, make_account, make_request

from .files import ACCOUNTS, account, table, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-21")]

NORA = {"name": "Nora New", "title": "", "email": "Nora@x.example", "roles": ["rep"], "reports_to": ""}


@pytest.fixture
def waiting(people):
    """Two accounts whose manager the CRM knows, and one that waits for somebody else."""
    rows = [account(f"A{n}", f"Customer {n}", account_manager_email="nora@x.example") for n in (1, 2)]
    rows.append(account("A3", "Customer 3", account_manager_email="else@x.example"))
    taken_in(table(ACCOUNTS, rows), "accounts", people["admin"])


def managers():
    return dict(Account.objects.values_list("code", "manager__email"))


def test_somebody_entered_on_the_page_takes_over_the_accounts_that_name_them(people, as_person, waiting):
    assert managers() == {"A1": None, "A2": None, "A3": None}

    as_person(people["admin"]).post("/people/invite/", NORA)

    assert managers() == {"A1": "nora@x.example", "A2": "nora@x.example", "A3": None}
    one = Account.objects.get(code="A1")
    assert (one.manager_named, one.has_open_ends) == ("", False)
    entry = one.log().last()
    assert (entry.by, entry.comment) == (people["admin"], "The CRM named nora@x.example.")
    nora = User.objects.get(email="nora@x.example")
    assert entry.detail.data["changed"]["manager"] == [None, nora.pk]
    told = Message.objects.filter(kind="handover", person=nora).values_list("subject", flat=True)
    assert list(told) == ["2 accounts are yours now"]
    assert list(verify()) == []


def test_an_address_that_is_mended_counts_as_well(people, waiting):
    rep = acts.change(people["rep"], by=people["admin"], seen=people["rep"].version, title="Account manager")
    assert managers()["A3"] is None

    acts.change(rep, by=people["admin"], seen=rep.version, email="else@x.example")

    assert managers() == {"A1": None, "A2": None, "A3": "else@x.example"}


def test_reviews_under_way_go_along(people):
    """The CRM named somebody new for an account that somebody still manages here."""
    known = make_account(manager=people["rep"])
    review = make_request("gathering", account=known)
    known = fresh(known)
    edit(known, seen=known.version, by=people["admin"], manager_named="nora@x.example")

    nora = acts.invite(by=people["admin"], email="nora@x.example", name="Nora New", roles=["rep"])

    assert ReviewRequest.objects.get(pk=review.pk).rep == nora
    assert fresh(known).manager == nora


def test_somebody_who_may_not_sign_in_takes_over_nothing(people, waiting):
    gone = acts.change(people["rep"], by=people["admin"], seen=people["rep"].version, is_active=False)
    gone = acts.change(gone, by=people["admin"], seen=gone.version, email="nora@x.example")
    assert managers()["A1"] is None

    acts.change(gone, by=people["admin"], seen=gone.version, is_active=True)
    assert managers()["A1"] == "nora@x.example"
