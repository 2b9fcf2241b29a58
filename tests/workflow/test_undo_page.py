"""An edit taken back, and “Undo” beside the sentence that says what was done."""

import pytest

from accounts.actions import change
from accounts.models import Account
from acr_program.workflow.edit import edit
from acr_program.workflow.seals import verify
from reviews.models import ReviewRequest
from tests.desk.asking import text
from tests.factories import fresh, make_account, make_request

from .taking import WORD, columns, entry_of, undone, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(people):
    yield make_account("active", manager=people["rep"])
    assert list(verify()) == []


# An edit


def test_an_edit_is_taken_back_field_by_field(account, people):
    before = columns(account)
    edited = edit(fresh(account), seen=account.version, by=people["admin"], city="Bonn", customer_since="2019-05-01")
    back = undone(edited, people["admin"])

    assert columns(account) == before
    assert entry_of(back).sentence == "took back: changed the facts of the account"
    assert entry_of(back).detail.data["changed"]["city"] == ["Bonn", ""]


def test_an_edit_of_whom_it_names_is_taken_back_to_the_person(people):
    request = make_request("draft", account=make_account(manager=people["rep"]))
    kim = request.recipient
    edited = edit(request, seen=request.version, by=people["rep"], recipient=None)
    undone(edited, people["rep"])

    assert fresh(request).recipient == kim


def test_what_stood_before_may_not_be_possible_any_more(account, people):
    edit(fresh(account), seen=account.version, by=people["admin"], code="K-1")
    edited = edit(fresh(account), seen=account.version + 1, by=people["admin"], code="K-2")
    make_account(code="K-1")

    assert "What stood before is not possible any more" in why(edited, people["admin"])
    assert fresh(account).code == "K-2"


def test_an_edit_is_taken_back_by_those_who_may_edit(people):
    request = make_request("draft", account=make_account(manager=people["rep"]))
    edited = edit(request, seen=request.version, by=people["admin"], goal="Grow.")

    assert why(edited, people["admin"]) == "You may not edit this any more."


def test_a_change_of_hands_is_made_anew_and_not_taken_back(account, people):
    seen = account.version
    changed = change(account, by=people["admin"], seen=seen, manager=people["stranger"], manager_named="")

    assert why(changed, people["admin"]).startswith("Such a change is not taken back from here")


# On the page


def press(client, obj, **more):
    return client.post(f"/undo/{obj.log().last().pk}/", {"key": "back", **more}, follow=True)


def flag(client, account):
    seen = fresh(account).version
    return client.post(f"{account.steps_url}flag_risk/", {"seen": seen, "key": "k", **WORD}, follow=True)


def test_the_confirmation_offers_to_undo_and_the_press_does(account, people, as_person):
    client = as_person(people["manager"])
    answer = flag(client, account)
    entry = account.log().last()

    assert f'action="/undo/{entry.pk}/"' in answer.content.decode()
    page = text(press(client, account))
    assert f"Taken back: flagged a risk. {account} is at “Active” again." in page
    assert "took back: flagged a risk" in page
    assert fresh(account).status == "active"


def test_undo_is_offered_to_nobody_who_may_not(account, people, as_person):
    assert "/undo/" not in flag(as_person(people["rep"]), account).content.decode()


def test_the_page_says_why_it_stays(account, people, as_person, mails):
    client = as_person(people["manager"])
    flag(client, account)
    mails()

    assert "A mail about it has left already" in text(press(client, account))
    assert fresh(account).status == "at_risk"


def test_others_find_nothing_to_undo(account, people, as_person):
    flag(as_person(people["manager"]), account)

    assert press(as_person(people["leader"]), account).status_code == 404
    assert fresh(account).status == "at_risk"


def test_the_same_press_twice_is_one_effect(account, people, as_person):
    client = as_person(people["manager"])
    flag(client, account)
    entry = account.log().last()
    for _press in range(2):
        answer = client.post(f"/undo/{entry.pk}/", {"key": "back"}, follow=True)

    assert "That was done already." in text(answer)
    assert account.log().filter(step="recover").count() == 1


def test_edited_facts_offer_to_undo(account, people, as_person):
    client = as_person(people["admin"])
    given = {name: value or "" for name, value in columns(account).items()} | {
        "seen": account.version, "city": "Bonn", "manager": people["rep"].pk, "key": "k",
    }  # fmt: skip
    answer = client.post(f"{account.get_absolute_url()}edit/", given, follow=True)

    assert f'action="/undo/{account.log().last().pk}/"' in answer.content.decode()
    said = text(press(client, account))
    assert f"Taken back: changed the facts of the account. {account} stands as it did before." in said
    assert Account.objects.get(pk=account.pk).city == ""


def test_facts_that_did_not_change_offer_nothing(account, people, as_person):
    client = as_person(people["admin"])
    given = {name: value or "" for name, value in columns(account).items()} | {
        "seen": account.version, "manager": people["rep"].pk, "key": "k",
    }  # fmt: skip

    assert "/undo/" not in client.post(f"{account.get_absolute_url()}edit/", given, follow=True).content.decode()


def test_a_review_asked_for_and_submitted_is_taken_back_from_its_page(people, as_person):
    request = make_request("draft", account=make_account(manager=people["rep"]))
    client = as_person(people["rep"])
    client.post(f"{request.steps_url}submit/", {"seen": request.version, "key": "k"}, follow=True)
    press(client, request)

    assert ReviewRequest.objects.get(pk=request.pk).status == "draft"
