"""Accounts of somebody who leaves, handed to another in one act: the choice asked once, each row as if changed alone."""

import pytest

from acr_program.bulk.models import Bulk
from acr_program.jobs.work import drain
from acr_program.outbox.models import Message
from acr_program.people.models import RoleGrant
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request, make_user, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(people):
    return [make_account("active", manager=people["rep"]) for _ in range(3)]


def chosen(client, accounts):
    picked = {"step": "accounts.hand_over", "pick": [account.pk for account in accounts]}
    return Bulk.objects.get(pk=client.post("/bulk/of/accounts/", picked).url.split("/")[2])


def go(client, bulk, manager):
    answer = client.post(f"/bulk/{bulk.pk}/confirm/", {"manager": manager.pk})
    drain(["bulk.BulkRun"])
    return answer


def test_it_is_looked_at_with_who_has_each_and_asks_to_whom_they_go(people, accounts, as_person):
    client = as_person(people["admin"])
    page = text(client.get(f"/bulk/{chosen(client, accounts).pk}/"))

    assert page.count("leaves Rita Rep") == 3
    assert "Hand over: 3 rows" in page
    assert [fresh(account).manager for account in accounts] == [people["rep"]] * 3


def test_the_accounts_and_their_reviews_under_way_go_along(people, accounts, as_person):
    client, new = as_person(people["admin"]), make_user("rep", name="Nora New")
    review = make_request("gathering", account=accounts[0])
    bulk = chosen(client, accounts)
    go(client, bulk, new)

    assert {row.says for row in bulk.rows.all()} == {"is with Nora New now"}
    assert [fresh(account).manager for account in accounts] == [new] * 3
    assert fresh(review).rep == new
    mail = Message.objects.get(person=new, kind="handover")
    assert mail.subject == "3 accounts are yours now: one review under way is yours"
    assert [mail.text.count(f"- {account.name}") for account in accounts] == [1, 1, 1]
    assert mail.text.count(f"{review}, gathering") == 1
    assert "/accounts/?manager=Nora+New" in mail.html


def test_whoever_gets_one_of_them_elsewhere_meanwhile_is_not_named_in_the_mail(people, accounts, as_person):
    """The mail is written once all rows have their result, and says what is so then."""
    client, new = as_person(people["admin"]), make_user("rep", name="Nora New")
    bulk = chosen(client, accounts)
    take(accounts[1], "flag_risk", people["rep"], comment="Their owner sells.")

    go(client, bulk, new)

    mail = Message.objects.get(person=new, kind="handover")
    assert [mail.text.count(f"- {account.name}") for account in accounts] == [1, 0, 1]


def test_only_a_representative_gets_them(people, accounts, as_person):
    client = as_person(people["admin"])
    bulk = chosen(client, accounts)

    assert go(client, bulk, people["auditor"]).status_code == 400
    new = make_user("rep")
    client.post(f"/bulk/{bulk.pk}/confirm/", {"manager": new.pk})
    RoleGrant.objects.filter(person=new).delete()
    drain(["bulk.BulkRun"])
    assert {row.outcome for row in bulk.rows.all()} == {"refused"}
    assert [fresh(account).manager for account in accounts] == [people["rep"]] * 3


def test_one_that_moved_on_is_left_and_named(people, accounts, as_person):
    client, new = as_person(people["admin"]), make_user("rep")
    bulk = chosen(client, accounts)
    take(accounts[1], "flag_risk", people["rep"], comment="Their owner sells.")
    go(client, bulk, new)

    assert "has changed since" in bulk.rows.get(object_id=accounts[1].pk).says
    assert [fresh(account).manager == new for account in accounts] == [True, False, True]


def test_others_than_the_office_hand_nothing_over(people, accounts, as_person):
    client = as_person(people["rep"])

    assert "Hand over" not in text(client.get("/accounts/"))
    answer = client.post("/bulk/of/accounts/", {"step": "accounts.hand_over", "pick": [accounts[0].pk]})
    assert answer.url.startswith("/accounts/")
    assert not Bulk.objects.exists()
