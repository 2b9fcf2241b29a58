"""The one view of every step: what bad input gets is a sentence, nothing lost, nothing half done."""

import json

import pytest

from acr_program.workflow.edit import edit
from acr_program.workflow.steps import Need
from tests.factories import fresh, make_account, take

AS_JSON = {"Accept": "application/json"}


@pytest.fixture
def account(people):
    return make_account("active", manager=people["rep"])


def url(account, name="flag_risk"):
    return f"{account.steps_url}{name}/"


def given(account, **data):
    return {"seen": fresh(account).version, "key": "click", "comment": "They asked others for offers."} | data


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_asks_what_the_step_asks(account, people, as_person):
    answer = as_person(people["rep"]).get(url(account))

    assert answer.status_code == 200
    assert f'name="seen" value="{account.version}"' in answer.content.decode()
    assert 'name="comment"' in answer.content.decode()


def test_a_step_taken_leads_back_and_says_so(account, people, as_person):
    answer = as_person(people["rep"]).post(url(account), given(account), follow=True)

    assert answer.redirect_chain == [(account.get_absolute_url(), 302)]
    assert fresh(account).status == "at_risk"
    said = f"A risk is flagged: {account}. The leader above the account manager owes a recovery plan."
    assert said in text_of(answer)


def test_the_same_click_again_is_a_friendly_repeat(account, people, as_person):
    client, data = as_person(people["rep"]), given(account)
    client.post(url(account), data)

    answer = client.post(url(account), data, follow=True)

    assert answer.status_code == 200
    assert "That was done already. Rita Rep: Flag a risk, " in text_of(answer)
    assert account.log().filter(step="flag_risk").count() == 1


def test_a_missing_comment_is_asked_for_and_nothing_happens(account, people, as_person):
    answer = as_person(people["rep"]).post(url(account), given(account, comment="  "))

    assert answer.status_code == 400
    assert "Say why: whoever acts next has nothing else to go by." in text_of(answer)
    assert fresh(account).status == "active"


def test_a_stale_page_keeps_what_was_typed_and_says_who_was_faster(account, people, as_person):
    data = given(account)
    edit(fresh(account), seen=account.version, by=people["admin"], city="Bremen")

    answer = as_person(people["rep"]).post(url(account), data)

    assert answer.status_code == 409
    assert "Ada Admin: Edited, " in text_of(answer)
    assert "They asked others for offers." in text_of(answer)
    assert f'name="seen" value="{fresh(account).version}"' in answer.content.decode()


def test_sent_again_from_that_answer_it_is_taken(account, people, as_person):
    """Whoever has been told decides again in one click; the same page holds the new version."""
    client, data = as_person(people["rep"]), given(account)
    edit(fresh(account), seen=account.version, by=people["admin"], city="Bremen")
    client.post(url(account), data)

    answer = client.post(url(account), given(account, key="another click"))

    assert (answer.status_code, fresh(account).status) == (302, "at_risk")


def test_a_closed_step_hands_back_the_words(account, people, as_person):
    data = given(account)
    take(account, "flag_risk", people["leader"], comment="I was first.")

    answer = as_person(people["rep"]).post(url(account), data)

    assert answer.status_code == 409
    assert "Lena Leader: Flag a risk, " in text_of(answer)
    assert "They asked others for offers." in text_of(answer)


def test_a_blocked_step_says_what_is_missing(account, people, as_person, hooks):
    hooks.gate("account.flag_risk").add(Need("The quarter's figures are in.", lambda account: False))

    client = as_person(people["rep"])
    page, answer = client.get(url(account)), client.post(url(account), given(account))

    assert (page.status_code, answer.status_code, fresh(account).status) == (200, 409, "active")
    assert "The quarter&#x27;s figures are in." in text_of(page)
    assert "The quarter&#x27;s figures are in." in text_of(answer)
    assert "They asked others for offers." in text_of(answer)


def test_a_reader_without_the_role_is_told_whose_it_is(account, people, as_person):
    answer = as_person(people["auditor"]).post(url(account), given(account))

    assert answer.status_code == 403
    assert "“Flag a risk” is for the account manager or a sales leader above the account manager" in text_of(answer)


def test_a_stranger_finds_nothing(account, people, as_person):
    assert as_person(people["stranger"]).post(url(account), given(account)).status_code == 404
    assert as_person(people["stranger"]).get(url(account)).status_code == 404


def test_whoever_is_not_signed_in_is_led_to_the_door(account, client):
    answer = client.post(url(account), given(account))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_there_is_no_step_by_another_name(account, people, as_person):
    assert as_person(people["manager"]).post(url(account, "fly"), given(account)).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "1e3", "٣", None])
def test_any_version_but_a_version_is_stale(account, people, as_person, seen):
    data = given(account)
    data.pop("seen") if seen is None else data.update(seen=seen)

    answer = as_person(people["rep"]).post(url(account), data)

    assert (answer.status_code, fresh(account).status) == (409, "active")


@pytest.mark.parametrize("key", ["", "k" * 500, "a\x00b", "ключ", "<b>"])
def test_a_click_may_bear_any_name(account, people, as_person, key):
    client, data = as_person(people["rep"]), given(account, key=key)

    first, second = client.post(url(account), data), client.post(url(account), data)

    assert (first.status_code, fresh(account).status) == (302, "at_risk")
    assert second.status_code == (302 if key else 409)


def test_whoever_asks_for_json_gets_the_same_as_json(account, people, as_person):
    client, data = as_person(people["rep"]), given(account)
    answers = [
        client.post(url(account), given(account, comment=""), headers=AS_JSON),
        client.post(url(account), data, headers=AS_JSON),
        client.post(url(account), data, headers=AS_JSON),
        client.post(url(account), given(account, key="b", seen=1), headers=AS_JSON),
        as_person(people["auditor"]).post(url(account), data, headers=AS_JSON),
    ]

    version = account.version + 1
    said = [(answer.status_code, json.loads(answer.content)) for answer in answers[:3]]
    assert said == [
        (400, {"sentence": "Some answers need another look.",
               "errors": {"comment": ["Say why: whoever acts next has nothing else to go by."]}}),
        (200, {"status": "at_risk", "version": version, "repeated": False}),
        (200, {"status": "at_risk", "version": version, "repeated": True}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers[3:]] == [409, 403]
    assert "Rita Rep: Flag a risk" in json.loads(answers[3].content)["sentence"]
