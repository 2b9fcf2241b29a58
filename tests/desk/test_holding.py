"""Mails can be read before they go: held, let go or dropped by the office, with a reason that is kept (feature 92)."""

import pytest
from django.core import mail as sent

from acr_program.config import health
from acr_program.jobs.models import State
from acr_program.jobs.work import drain
from acr_program.outbox.choices import Course, Way
from acr_program.outbox.models import Choice, Message, Ruling
from acr_program.outbox.post import Recipient, post
from tests.factories import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.demand("features, 92")]


@pytest.fixture
def mail(people):
    """News that waits to be sent."""
    account = make_account("active", manager=people["rep"])
    Message.objects.all().delete()
    return post(account, key="k", to=[people["rep"]], template="comment", context={"by_name": "Bo"})[0]


def act(client, mail, name, reason="Not yet.", key="k"):
    answer = client.post(f"/messages/{mail.pk}/{name}/", {"reason": reason, "key": f"{key}-{name}"})
    mail.refresh_from_db()
    return answer


def work():
    drain(["outbox.Message"])
    return len(sent.outbox)


def test_a_held_mail_stays_until_it_is_let_go(mail, people, as_person):
    office = as_person(people["admin"])

    answer = act(office, mail, "hold")
    assert (answer.status_code, mail.course, work()) == (302, Course.HELD, 0)
    page = office.get(f"/mail/{mail.pk}/").content.decode()
    assert "Let it go now" in page
    assert "Ada Admin held it" in page

    act(office, mail, "release", "Now it is right.")

    assert (mail.course, work()) == (Course.DIRECT, 1)
    assert list(Ruling.objects.order_by("pk").values_list("act", "reason", "by__name", "subject")) == [
        ("hold", "Not yet.", "Ada Admin", mail.subject), ("release", "Now it is right.", "Ada Admin", mail.subject),
    ]  # fmt: skip


def test_a_dropped_mail_never_leaves_and_stays_to_be_read(mail, people, as_person):
    office = as_person(people["admin"])

    act(office, mail, "drop", "Twice the same.")

    assert (mail.course, mail.state, mail.private, work()) == (Course.DROPPED, State.DONE, {}, 0)
    assert "Twice the same." in office.get(f"/mail/{mail.pk}/").content.decode()
    assert "Dropped" in office.get("/mail/").content.decode()


def test_what_has_gone_cannot_be_held(mail, people, as_person):
    assert work() == 1

    for name in ("hold", "release", "drop"):
        act(as_person(people["admin"]), mail, name)

    mail.refresh_from_db()
    assert (mail.course, mail.state, Ruling.objects.count()) == (Course.DIRECT, State.DONE, 0)


def test_without_a_reason_nothing_is_done(mail, people, as_person):
    answer = act(as_person(people["admin"]), mail, "drop", "")

    assert (answer.status_code, mail.state, Ruling.objects.count()) == (400, State.QUEUED, 0)


def test_nobody_else_holds_a_mail_not_even_their_own(mail, people, as_person):
    assert act(as_person(people["rep"]), mail, "hold").status_code == 403
    assert mail.course == Course.DIRECT


def test_the_same_click_again_is_one_ruling(mail, people, as_person):
    office = as_person(people["admin"])

    answers = [act(office, mail, "hold"), act(office, mail, "hold")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Ruling.objects.count() == 1


def test_the_list_says_what_waits_for_whom_and_when(mail, people, as_person):
    office = as_person(people["admin"])
    Choice.objects.create(person=people["leader"], kind="comment", way=Way.DIGEST)
    later = post(mail.about, key="later", to=[people["leader"]], template="comment", context={"by_name": "Bo"})[0]
    act(office, mail, "hold")

    found = {state: office.get(f"/mail/?state={state}").content.decode() for state in ("held", "digest", "queued")}

    assert [f"/mail/{mail.pk}/" in found[state] for state in found] == [True, False, True]
    assert [f"/mail/{later.pk}/" in found[state] for state in found] == [False, True, True]
    assert "until somebody lets it go" in found["held"]
    assert "not before" in found["digest"]


@pytest.fixture
def held(settings, mail):
    settings.ACR_HOLD_CUSTOMER_MAIL = True
    return post(
        mail.about, key="out", to=[Recipient("Kim", "kim@customer.example")], template="delivery", private={"url": "x"}
    )[0]


def test_an_office_may_hold_every_mail_to_a_customer(held, mail, people, as_person):
    assert (held.course, mail.course, work()) == (Course.HELD, Course.DIRECT, 1)

    page = as_person(people["admin"]).get("/exceptions/?kind=held").content.decode()

    assert held.subject in page
    assert health.holding() == "Mails to customers wait until the program office lets each one go; 1 wait now."


def test_by_itself_no_mail_to_a_customer_is_held(mail):
    out = post(
        mail.about, key="out", to=[Recipient("Kim", "kim@customer.example")], template="delivery", private={"url": "x"}
    )

    assert [one.course for one in out] == [Course.DIRECT]
    assert health.holding() == ""


def test_its_secret_leaves_with_it_and_not_before(held, people, as_person):
    act(as_person(people["admin"]), held, "release")
    assert held.private == {"url": "x"}

    work()

    held.refresh_from_db()
    assert (held.state, held.private) == (State.DONE, {})
