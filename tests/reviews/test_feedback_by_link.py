"""The customer's five questions: by a signed link, without an account, once (docs/promises.md, rule 7; P20)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from acr_program.links.models import Link
from acr_program.workflow.log import LogEntry
from tests.factories import fresh, make_account, office, take

from .feedback import ANSWERS, answered, asked, held, links_to

pytestmark = pytest.mark.django_db
FORM = ANSWERS | {"key": "k"}


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.demand("R-25")
@pytest.mark.demand("features, 61")
def test_the_customer_answers_five_questions_without_an_account():
    feedback = asked()
    (url,) = links_to(feedback)

    page = Client(enforce_csrf_checks=True).get(url)
    sent = Client().post(url, FORM)

    now_ = fresh(feedback)
    assert page.status_code == 200
    assert f"For {feedback.meant_for}, {feedback.request.account.name}" in text_of(page)
    assert page["Referrer-Policy"] == "same-origin"
    assert (sent.status_code, sent["Location"]) == (302, reverse("reviews:say", args=[url.rstrip("/").split("/")[-1]]))
    assert {name: getattr(now_, name) for name in ANSWERS} == ANSWERS
    assert (now_.status, now_.log().latest("pk").by.name) == ("answered", "The customer")


@pytest.mark.demand("R-25")
def test_a_browser_sends_the_form_that_the_page_gave():
    """With the check against forms of other sites on: the page hands out what its form must carry."""
    (url,) = links_to(feedback := asked())
    browser = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(url).content.decode())[1]

    refused = Client(enforce_csrf_checks=True).post(url, FORM)
    taken = browser.post(url, FORM | {"csrfmiddlewaretoken": token})

    assert (refused.status_code, taken.status_code, fresh(feedback).status) == (403, 302, "answered")


@pytest.mark.parametrize("agent", ["SafeLinks", "Mozilla/5.0", "facebookexternalhit/1.1"])
def test_robots_that_open_the_link_change_nothing(agent):
    (url,) = links_to(feedback := asked())
    before = (feedback.version, LogEntry.objects.count(), Link.objects.filter(used_at=None).count())

    for _time in range(3):
        for method in ("get", "head", "options"):
            getattr(Client(headers={"user-agent": agent}), method)(url)

    assert (fresh(feedback).version, LogEntry.objects.count(), Link.objects.filter(used_at=None).count()) == before


def test_a_second_visit_thanks_and_shows_what_was_said():
    (url,) = links_to(asked())
    Client().post(url, FORM)

    page = text_of(Client().get(url))

    assert "Thank you" in page
    assert all(words in page for words in ("Kim Kunde answered", "4 of 5", "3 of 5", "5 of 5", "Call us earlier."))
    assert "<form" not in page


def test_one_answer_counts_and_a_second_changes_nothing():
    (url,) = links_to(feedback := asked())
    Client().post(url, FORM)

    again = Client().post(url, FORM | {"said_by": "Somebody Else", "value": 1, "key": "other"})

    now_ = fresh(feedback)
    assert (again.status_code, now_.said_by, now_.value) == (302, "Kim Kunde", 4)
    assert now_.log().filter(step="answer").count() == 1


def test_the_same_click_again_is_one_answer():
    (url,) = links_to(feedback := asked())

    answers = [Client().post(url, FORM).status_code for _time in range(3)]

    assert (answers, feedback.log().filter(step="answer").count()) == ([302, 302, 302], 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": ""}, "Choose one of the five."),
        ({"extend": "6"}, "Choose one of the five."),
        ({"said_by": " "}, "Say who you are."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(change, sentence):
    (url,) = links_to(feedback := asked())

    page = Client().post(url, FORM | change)

    assert (page.status_code, fresh(feedback).status) == (400, "asked")
    assert sentence in text_of(page)
    assert "Call us earlier." in text_of(page)


def refusal(url):
    page = Client().get(url)
    return page.status_code, text_of(page)


def test_a_link_that_was_tampered_with_says_so():
    (url,) = links_to(asked())

    status, page = refusal(url[:-4] + "xyz/")

    assert (status, "This address opens nothing." in page) == (404, True)


def test_an_expired_link_says_so(later):
    (url,) = links_to(feedback := asked())
    later.to(now() + timedelta(days=61))

    status, page = refusal(url)

    assert (status, "This link has expired." in page) == (410, True)
    assert Client().post(url, FORM).status_code == 410
    assert fresh(feedback).status == "asked"


def test_after_the_close_the_link_says_that_nothing_more_is_asked():
    (url,) = links_to(feedback := asked())
    take(feedback.request.said_by_rep, "give", feedback.request.rep, worked="Well.")
    take(feedback.request, "close", office("admin"), comment="They do not answer.")

    status, page = refusal(url)

    assert (status, "The review is closed, so we ask nothing more." in page) == (410, True)
    assert Client().post(url, FORM).status_code == 410
    assert fresh(feedback).status == "lapsed"


@pytest.mark.demand("R-25")
def test_a_void_answer_counts_nowhere_and_the_customer_is_asked_anew():
    (first,) = links_to(feedback := asked())
    Client().post(first, FORM | {"said_by": "Not The Customer"})
    take(feedback, "void", office("admin"), comment="The link was forwarded to a competitor.")
    void = refusal(first)
    take(feedback, "ask", office("admin"))
    second = links_to(feedback)[-1]

    Client().post(second, FORM | {"key": "other"})

    assert (void[0], "was taken out again" in void[1]) == (410, True)
    assert "Not The Customer" not in void[1]
    assert (refusal(first)[0], "asked anew" in refusal(first)[1]) == (410, True)
    assert (fresh(feedback).status, fresh(feedback).said_by) == ("answered", "Kim Kunde")


@pytest.mark.demand("R-25")
def test_one_customers_words_stand_on_no_other_customers_pages():
    account = make_account(manager=held().rep)
    answered()
    other = asked(account=account)
    browser = Client()
    browser.force_login(office("admin"))

    seen = [
        browser.get(page).content.decode() for page in (account.get_absolute_url(), other.request.get_absolute_url())
    ]
    seen.append(Client().get(links_to(other)[0]).content.decode())

    assert [ANSWERS["change"] in page for page in seen] == [False, False, False]
