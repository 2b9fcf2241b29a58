import uuid

import pytest

from acr_program.jobs.models import State
from acr_program.outbox.models import Message

from .asking import questions, text
from .mails import mail_to


def test_my_messages_are_mine_alone(people, as_person):
    mail_to(people["rep"], "For Rita")
    mail_to(people["leader"], "For Lena")

    page = text(as_person(people["rep"]).get("/messages/"))

    assert "For Rita" in page
    assert "For Lena" not in page


@pytest.mark.demand("P18")
def test_a_mail_is_read_by_its_recipient_and_the_office(people, as_person):
    mail = mail_to(people["rep"])

    for who, status in {
        "rep": 200,
        "admin": 200,
        "manager": 200,
        "leader": 404,
        "auditor": 404,
        "contributor": 404,
    }.items():
        assert as_person(people[who]).get(f"/mail/{mail.pk}/").status_code == status, who
        assert as_person(people[who]).get(f"/mail/{mail.pk}/page/").status_code == status, who
    assert as_person(people["admin"]).get(f"/mail/{uuid.uuid4()}/").status_code == 404


def test_the_page_of_a_mail_can_do_nothing(people, as_person):
    mail = mail_to(people["rep"], html="<script>alert(1)</script><h1>Hello</h1>")

    frame = as_person(people["rep"]).get(f"/mail/{mail.pk}/")
    page = as_person(people["rep"]).get(f"/mail/{mail.pk}/page/")

    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in frame.headers["Content-Security-Policy"]
    assert 'sandbox=""' in frame.content.decode()
    assert "alert(1)" not in frame.content.decode()


def test_secret_links_are_marks(people, as_person):
    mail = mail_to(people["rep"], text="Go to ⟦url⟧", private={"url": "https://secret.example/x"})

    client = as_person(people["admin"])

    assert "secret.example" not in client.get(f"/mail/{mail.pk}/").content.decode()
    assert "secret.example" not in client.get(f"/mail/{mail.pk}/page/").content.decode()


def test_the_outbox_is_for_the_office(people, as_person):
    mail_to(people["rep"], "One of them", state=State.FAILED, error="550 no such box")

    page = text(as_person(people["admin"]).get("/mail/?state=failed"))

    assert "One of them" in page
    assert "550 no such box" in page
    assert as_person(people["rep"]).get("/mail/").status_code == 403
    assert "No mails match" in text(as_person(people["admin"]).get("/mail/?state=queued"))


def test_a_failed_mail_is_sent_again_by_the_office(people, as_person, mails):
    mail = mail_to(people["rep"], state=State.FAILED, error="550", attempts=20)

    refused = as_person(people["rep"]).post(f"/mail/{mail.pk}/retry/")
    answer = as_person(people["admin"]).post(f"/mail/{mail.pk}/retry/", follow=True)

    assert refused.status_code == 403
    assert "being sent again" in text(answer)
    assert [sent.to for sent in mails()] == [[people["rep"].email]]
    assert Message.objects.get().state == State.DONE
    assert "has not failed" in text(as_person(people["admin"]).post(f"/mail/{mail.pk}/retry/", follow=True))
    assert as_person(people["admin"]).get(f"/mail/{mail.pk}/retry/").status_code == 405


def test_lists_of_mails_ask_the_same_for_many_as_for_one(people, as_person):
    clients = {"/messages/": as_person(people["rep"]), "/mail/": as_person(people["admin"])}
    mail_to(people["rep"])
    few = {url: len(questions(client, url)) for url, client in clients.items()}
    for name in ("rep", "leader", "rep", "auditor"):
        mail_to(people[name])

    assert {url: len(questions(client, url)) for url, client in clients.items()} == few
    assert max(few.values()) <= 8
