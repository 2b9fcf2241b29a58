"""Who approves after the account manager's own leader: named by the administrator, in an order, kept in the log (R-17)."""

from __future__ import annotations

import pytest

from accounts.actions import designated
from reviews.rules import approvers_of
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-17", "features, 44", "features, 45")]


@pytest.fixture
def account(people):
    return make_account(manager=people["rep"])


@pytest.fixture
def others():
    return [make_user("leader", name=f"{name} Leader") for name in ("Zoe", "Amy", "Mia")]


def name_them(client, account, *leaders, **given):
    places = dict(zip(("first", "second", "third"), (leader.pk for leader in leaders), strict=False))
    return client.post(f"/accounts/{account.pk}/approvers/", {"seen": fresh(account).version} | places | given)


def test_they_are_kept_in_the_order_they_are_named_in_and_asked_in_it(people, account, others, as_person):
    client = as_person(people["admin"])

    answered = name_them(client, account, *others, why="The plant in Kiel is theirs.")
    approvals = make_request("in_approval", account=fresh(account)).approvals.order_by("place")

    entry = account.log().last()
    assert answered.status_code == 302
    assert designated(fresh(account)) == others
    assert [approval.approver for approval in approvals] == [people["leader"], *others]
    assert (entry.by, entry.comment) == (people["admin"], "The plant in Kiel is theirs.")
    assert entry.detail.data["changed"] == {"designated_leaders": [[], [str(leader) for leader in others]]}


def test_another_order_is_another_change(people, account, others, as_person):
    client, zoe = as_person(people["admin"]), others[0]
    name_them(client, account, *others)

    name_them(client, account, others[1], zoe, third="")
    page = text(client.get(f"/accounts/{account.pk}/"))

    assert designated(fresh(account)) == [others[1], zoe]
    assert page.index("Amy Leader") < page.index("Zoe Leader")
    assert "Mia Leader" not in page


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ({"first": "Zoe Leader", "second": "Zoe Leader"}, "Stands above already: everybody approves once."),
        ({"first": "Rita Rep"}, "Select a valid choice."),
        ({"first": "Cora Contributor"}, "Select a valid choice."),
    ],
)
def test_nobody_stands_there_twice_and_nobody_approves_their_own(people, account, others, as_person, places, says):
    from acr_program.people.models import User

    known = {place: User.objects.get(name=name).pk for place, name in places.items()}

    answered = as_person(people["admin"]).post(f"/accounts/{account.pk}/approvers/", {"seen": account.version} | known)

    assert answered.status_code == 400
    assert says in text(answered)
    assert designated(fresh(account)) == []


def test_two_who_name_them_at_once_do_not_overwrite_each_other(people, account, others, as_person):
    client = as_person(people["admin"])
    seen = fresh(account).version
    name_them(client, account, others[0], seen=seen)

    late = name_them(client, account, others[1], seen=seen)

    assert late.status_code == 409
    assert designated(fresh(account)) == others[:1]


def test_it_is_for_the_administrator(people, account, as_person):
    assert [
        as_person(people[who]).get(f"/accounts/{account.pk}/approvers/").status_code
        for who in ("admin", "manager", "rep", "leader", "stranger")
    ] == [200, 403, 403, 403, 403]


def test_the_facts_of_the_account_leave_them_as_they_are(people, account, others, as_person):
    client = as_person(people["admin"])
    name_them(client, account, *others)
    given = {"name": "Nordlicht", "theater": "EMEA", "country": "Germany", "manager": people["rep"].pk}

    client.post(f"/accounts/{account.pk}/edit/", given | {"seen": fresh(account).version})

    assert (fresh(account).name, designated(fresh(account))) == ("Nordlicht", others)


# The rule


def review(**fields):
    return make_request("draft", **fields)


def test_without_a_leader_above_the_owner_of_the_program_approves_and_then_those_designated(people, others):
    from tests.factories import make_program

    owner = make_user("leader", name="Olga Owner")
    lonely = make_user("rep")
    make_program(owner=owner)
    account = make_account(manager=lonely)
    account.designated_leaders.add(others[0])

    assert approvers_of(review(account=account)) == [owner, others[0]]


def test_a_leader_who_has_left_is_as_none_above(people, others):
    from tests.factories import make_program

    owner = make_user("leader", name="Olga Owner")
    gone = make_user("leader", is_active=False)
    make_program(owner=owner)
    account = make_account(manager=make_user("rep", reports_to=gone))

    assert approvers_of(review(account=account)) == [owner]


def test_an_owner_does_not_approve_their_own(people, others):
    from tests.factories import make_program

    owner = make_user("rep", "leader", name="Olga Owner")
    make_program(owner=owner)

    asked = review(account=make_account(manager=owner))
    named = review(account=make_account(manager=owner), approver_designated=others[0])
    left = review(account=make_account(manager=owner), approver_designated=make_user("leader", is_active=False))

    assert [approvers_of(one) for one in (asked, named, left)] == [[], [others[0]], []]


def test_somebody_named_twice_is_asked_once(people, others):
    account = make_account(manager=people["rep"])
    account.designated_leaders.add(people["leader"], others[0])

    assert approvers_of(review(account=account, approver_designated=others[0])) == [people["leader"], others[0]]
