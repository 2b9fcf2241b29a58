"""A link opened by a robot, forwarded, expired, used, tampered, and a version that changed meanwhile: a sentence for each."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from acr_program.outbox.models import Message
from reviews.models import Approval, Seen
from tests.factories import fresh, make_account, make_user, take
from tests.reviews.test_shown import again, mended
from tests.reviews.work import signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M7", "features, 47", "features, 53")]
GIVEN = re.compile(r'name="(seen|key|signs)" value="([^"]*)"')


@pytest.fixture
def leader():
    return make_user("leader", name="Lea Fern", by_link=True)


@pytest.fixture
def approval(leader):
    return to_approval(account=make_account(manager=make_user("rep", name="Rita Rep", reports_to=leader)))


@pytest.fixture
def private(approval, leader):
    return Message.objects.filter(person=leader, kind="approval").latest("created_at").private


def given_at(url, client=None):
    return dict(GIVEN.findall((client or Client()).get(url).content.decode()))


def said(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_robot_that_looks_and_presses_is_told_what_is_missing(private, approval):
    Client().head(private["url"])
    given = given_at(private["url"])

    pressed = Client().post(f"{private['url']}approve/", given)

    assert pressed.status_code == 400
    assert "Type the six digits that stand in the mail below the link." in said(pressed)
    assert (fresh(approval).status, Seen.objects.count()) == ("pending", 0)


def test_a_link_that_was_forwarded_names_for_whom_it_is(private, approval):
    other = make_user("leader", name="Otto Other")

    answer = signed_in(other).post(f"{private['url']}approve/", given_at(private["url"]) | {"code": private["code"]})

    assert answer.status_code == 403
    assert "This link was made for Lea Fern, and you are signed in as Otto Other." in said(answer)
    assert fresh(approval).status == "pending"


def test_a_link_that_expired_says_so_even_with_the_code(private, approval):
    given = given_at(private["url"]) | {"code": private["code"]}

    with time_machine.travel(now() + timedelta(days=31)):
        answer = Client().post(f"{private['url']}approve/", given)

    assert answer.status_code == 410
    assert "This link has expired. Sign in, or ask the sender for a new one." in said(answer)
    assert fresh(approval).status == "pending"


def test_a_link_that_was_used_names_who_acted(private, approval):
    given = given_at(private["url"]) | {"code": private["code"]}
    Client().post(f"{private['url']}approve/", given)

    answer = Client().post(f"{private['url']}ask_for_changes/", given | {"comment": "No."}, follow=True)

    assert "Lea Fern approved" in said(answer)
    assert "The link works once, so nothing more can be done with it." in said(answer)
    assert fresh(approval).status == "approved"


@pytest.mark.parametrize("place", [0, 20, -2])
def test_an_address_that_was_touched_is_not_known(private, approval, place):
    token = private["url"].rstrip("/").rpartition("/")[2]
    letters = [*token]
    letters[place] = "A" if letters[place] != "A" else "B"
    url = private["url"].replace(token, "".join(letters))

    answers = [Client().get(url), Client().post(f"{url}approve/", given_at(private["url"]) | {"code": private["code"]})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "This link is not known. Open the newest mail again, or sign in." in said(answers[0])
    assert fresh(approval).status == "pending"


def test_the_code_of_another_mail_is_not_taken(private, approval):
    wrong = f"{(int(private['code']) + 1) % 10**6:06d}"

    answer = Client().post(f"{private['url']}approve/", given_at(private["url"]) | {"code": wrong})

    assert answer.status_code == 400
    assert "This is not the code that stands in the mail." in said(answer)
    assert fresh(approval).status == "pending"


def test_a_link_of_the_version_before_approves_neither(private, approval, leader):
    """The document changed while the page stood open: the old link decides nothing about the new version."""
    given = given_at(private["url"]) | {"code": private["code"]}
    take(approval.request, "cancel", approval.request.rep, comment="Another year.")

    answer = Client().post(f"{private['url']}approve/", given)

    assert answer.status_code == 410
    assert "Nothing is asked of you here any more: the matter moved on." in said(answer)
    assert fresh(approval).status == "lapsed"


@pytest.mark.demand("R-17", "M4")
def test_a_page_that_stood_open_while_the_content_changed_approves_neither_version(leader):
    """The first leader returns the document and it is mended while the second still reads the old one."""
    account = make_account(manager=make_user("rep", reports_to=make_user("leader")))
    second = make_user("leader", name="Leo Leader")
    account.designated_leaders.add(second)
    first = to_approval("We shipped 97 of 100.", account=account)
    take(first, "approve", first.approver, signs=first.signs)
    old = first.document.approvals.get(approver=second)
    client = signed_in(second)
    given = given_at(old.get_absolute_url(), client)
    take(fresh(first), "withdraw", first.approver, comment="It was 96.")
    new = again(fresh(first.request), "We shipped 96 of 100.")
    take(new, "approve", new.approver, signs=new.signs)
    asked = Approval.objects.get(document=new.document, approver=second)

    late = client.post(f"{old.get_absolute_url()}steps/approve/", given)
    crossed = client.post(f"{asked.get_absolute_url()}steps/approve/", given | {"seen": asked.version, "key": "other"})

    assert (late.status_code, crossed.status_code) == (409, 409)
    assert "This has changed since you opened it." in said(late)
    assert "The document is not the one you were shown. Open it again, then decide." in said(crossed)
    assert [fresh(one).status for one in (old, asked)] == ["lapsed", "pending"]


def test_a_typo_is_one_click_away_and_one_click_more(leader):
    """A small change asks again; the page opens at exactly that change, and the same page takes the answer."""
    account = make_account(manager=make_user("rep", reports_to=make_user("leader")))
    first = to_approval("We shipped as promissed.", account=account)
    second = mended(first, "We shipped as promised.")
    client = signed_in(second.approver)

    page = client.get(second.get_absolute_url()).content.decode()
    client.post(f"{second.get_absolute_url()}steps/approve/", dict(GIVEN.findall(page.partition('id="shown"')[0])))

    assert "We shipped as <del>promissed</del><ins>promised</ins>." in page
    assert fresh(second).status == "approved"
