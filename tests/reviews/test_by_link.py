"""Sections and approvals answered from the mail, without an account (docs/promises.md, rule 7; P20)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from acr_program.outbox.models import Message
from reviews.models import Approval, InformationRequest
from tests.factories import fresh, make_account, make_request, make_template, make_user, office, take
from tests.reviews.work import to_approval

pytestmark = pytest.mark.django_db
WITNESS = re.compile(r'name="(seen|key|signs)" value="([^"]*)"')


def asked_to_write():
    """A contributor without a password, and the section that is asked of them."""
    writer = make_user("contributor", name="Wanda Weit", by_link=True)
    make_template(contributors=(writer,), sections=1)
    request = make_request("gathering")
    return writer, request.contributions.get()


def asked_to_decide():
    leader = make_user("leader", name="Lea Fern", by_link=True)
    account = make_account(manager=make_user("rep", reports_to=leader))
    make_request("in_approval", account=account)
    return leader, Approval.objects.get(approver=leader)


def mail_to(person):
    return Message.objects.filter(person=person).order_by("-created_at").first()


def opened(url, **client):
    """The page behind the link, and what its form carries."""
    page = Client(**client).get(url)
    return page, dict(WITNESS.findall(page.content.decode()))


@pytest.mark.demand("features, 29")
@pytest.mark.demand("R-03")
def test_a_contributor_without_an_account_answers_by_the_link_in_the_mail():
    writer, section = asked_to_write()
    private = mail_to(writer).private
    page, given = opened(private["url"])

    answered = Client().post(f"{private['url']}submit/", given | {"text": "We kept our word.", "code": private["code"]})

    section = fresh(section)
    assert page.status_code == 200
    assert answered.status_code == 302
    assert (section.status, section.text) == ("submitted", "We kept our word.")
    assert section.log().last().by == writer
    after = Client().get(private["url"]).content.decode()
    assert "Wanda Weit" in after
    assert "The link works once" in after


def test_the_mail_keeps_the_code_out_of_the_address_and_out_of_its_row():
    writer, _section = asked_to_write()
    mail = mail_to(writer)

    text, page = mail.whole()

    assert mail.private["code"] not in mail.private["url"]
    assert mail.private["code"] not in mail.text + mail.html
    for secret in mail.private.values():
        assert secret in text
        assert secret in page


def test_whoever_signs_in_gets_no_such_link():
    writer = make_user("contributor")
    make_template(contributors=(writer,), sections=1)
    make_request("gathering")

    assert mail_to(writer).private == {}


@pytest.mark.demand("R-03")
@pytest.mark.parametrize("code", ["", "000000", "abc"])
def test_without_the_code_nothing_is_handed_in_and_nothing_typed_is_lost(code):
    writer, section = asked_to_write()
    url = mail_to(writer).private["url"]
    given = opened(url)[1]

    answered = Client().post(f"{url}submit/", given | {"text": "Typed at length.", "code": code})

    assert answered.status_code == 400
    assert "Typed at length." in answered.content.decode()
    assert fresh(section).status == "requested"


def test_after_five_wrong_codes_the_link_is_shut():
    writer, section = asked_to_write()
    private = mail_to(writer).private
    given = opened(private["url"])[1] | {"text": "Words."}
    wrong = f"{(int(private['code']) + 1) % 10**6:06d}"

    for _try in range(5):
        assert Client().post(f"{private['url']}submit/", given | {"code": wrong}).status_code == 400
    last = Client().post(f"{private['url']}submit/", given | {"code": private["code"]})

    assert last.status_code == 400
    assert "too often" in last.content.decode()
    assert fresh(section).status == "requested"


@pytest.mark.demand("features, 47")
@pytest.mark.slow
def test_robots_may_look_as_often_as_they_like():
    """Opened fifty times, asked for its head, its buttons pressed as they stand: nothing is decided, the link still works."""
    leader, approval = asked_to_decide()
    url = mail_to(leader).private["url"]
    for _visit in range(50):
        page, given = opened(url)
    Client().head(url)
    for button in ("approve", "ask_for_changes"):
        assert Client().post(f"{url}{button}/", given).status_code == 400

    assert page.status_code == 200
    assert fresh(approval).status == "pending"


@pytest.mark.demand("features, 46")
@pytest.mark.demand("R-17")
def test_a_leader_approves_by_link_and_those_concerned_are_told():
    leader, approval = asked_to_decide()
    private = mail_to(leader).private
    given = opened(private["url"])[1]

    answered = Client().post(f"{private['url']}approve/", given | {"code": private["code"]})

    approval = fresh(approval)
    assert answered.status_code == 302
    assert approval.status == "approved"
    told = Message.objects.filter(kind="decided_by_link").values_list("person", flat=True)
    assert set(told) == {leader.pk, approval.request.rep_id}
    again = Client().post(f"{private['url']}ask_for_changes/", given | {"code": private["code"], "comment": "No."})
    assert again.status_code == 409
    assert "No." in again.content.decode()  # what was typed and reached nobody stands there to be copied
    assert fresh(approval).status == "approved"


def test_asking_for_changes_by_link_needs_words():
    leader, approval = asked_to_decide()
    private = mail_to(leader).private
    given = opened(private["url"])[1] | {"code": private["code"]}

    without = Client().post(f"{private['url']}ask_for_changes/", given)
    taken = Client().post(f"{private['url']}ask_for_changes/", given | {"comment": "The outlook is missing."})

    assert (without.status_code, taken.status_code) == (400, 302)
    assert fresh(approval).status == "changes_requested"
    assert fresh(approval.request).status == "changes_requested"


def test_the_page_by_link_hands_out_the_version_that_is_decided_on():
    leader = make_user("leader", by_link=True)
    approval = to_approval(account=make_account(manager=make_user("rep", reports_to=leader)))
    url = mail_to(leader).private["url"]

    page = opened(url)[0].content.decode()
    file = Client().get(f"{url}file/")

    assert f"{reverse('reviews:decide', args=[url.split('/')[-2]])}file/" in page
    assert "We shipped what we promised." in page
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    assert approval.status == "pending"


def test_a_link_is_for_one_person():
    leader, _approval = asked_to_decide()
    url = mail_to(leader).private["url"]
    other = Client()
    other.force_login(make_user("leader"))
    own = Client()
    own.force_login(leader)

    refused = other.get(url)

    assert refused.status_code == 403
    assert "was made for Lea Fern" in refused.content.decode()
    assert own.get(url).status_code == 200


def test_links_die_with_time_with_the_person_and_with_the_matter():
    leader, approval = asked_to_decide()
    url = mail_to(leader).private["url"]

    with time_machine.travel(now() + timedelta(days=31)):
        assert Client().get(url).status_code == 410
    leader.by_link = False
    leader.save()
    assert Client().get(url).status_code == 410
    leader.by_link, leader.is_active = True, False
    leader.save()
    assert Client().get(url).status_code == 410
    leader.is_active = True
    leader.save()
    take(approval.request, "cancel", approval.request.rep, comment="Not this year.")
    assert Client().get(url).status_code == 410
    assert Client().get(reverse("reviews:decide", args=["x" * 43])).status_code == 404


def test_content_that_changed_meanwhile_is_not_approved():
    """The page was opened, somebody else moved on: the sentence says so, and nothing is decided."""
    leader, approval = asked_to_decide()
    private = mail_to(leader).private
    given = opened(private["url"])[1]

    answered = Client().post(
        f"{private['url']}approve/", given | {"signs": "0" * 64, "code": private["code"], "comment": "Fine."}
    )

    assert answered.status_code == 409
    assert "Fine." in answered.content.decode()
    assert fresh(approval).status == "pending"


def test_a_section_sent_back_comes_with_a_new_link():
    writer, section = asked_to_write()
    first = mail_to(writer).private
    Client().post(f"{first['url']}submit/", opened(first["url"])[1] | {"text": "Words.", "code": first["code"]})
    take(fresh(section), "send_back", office("admin"), comment="Name the dates.")

    second = mail_to(writer).private
    page, given = opened(second["url"])

    assert second["url"] != first["url"]
    assert "Name the dates." in page.content.decode()
    mended = Client().post(f"{second['url']}submit/", given | {"text": "On 3 May.", "code": second["code"]})
    assert mended.status_code == 302
    assert InformationRequest.objects.get(pk=section.pk).text == "On 3 May."


@pytest.mark.demand("R-17")
@pytest.mark.parametrize("delivery", ["printed"])
def test_a_leader_withdraws_an_approval_until_the_copies_leave(delivery):
    request = make_request("printing")
    approval = request.approvals.get()

    take(approval, "withdraw", approval.approver, comment="The second quarter is wrong.")

    request = fresh(request)
    assert request.status == "changes_requested"
    assert fresh(approval).status == "changes_requested"
    assert request.documents.get().status == "void"


def test_an_approval_stays_once_the_document_has_gone_out():
    request = make_request("shipped")
    approval = request.approvals.get()

    page = Client()
    page.force_login(approval.approver)
    answered = page.post(
        reverse("reviews:approval-step", args=[approval.pk, "withdraw"]), {"seen": approval.version, "comment": "No."}
    )

    assert answered.status_code == 409
    assert "has gone out" in answered.content.decode()


def test_whoever_answers_by_links_is_entered_without_an_invitation():
    manager = Client()
    manager.force_login(office("manager"))
    typed = {
        "name": "Grete Lind",
        "email": "grete@elsewhere.example",
        "roles": ["contributor"],
        "by_link": "on",
        "key": "k1",
    }

    answered = manager.post(reverse("desk:invite"), typed, follow=True)

    page = answered.content.decode()
    assert "no invitation is sent" in page
    assert "Answers by mailed links." in page
    assert "Has not chosen a password yet" not in page
    assert not Message.objects.filter(address="grete@elsewhere.example").exists()
