import pytest

from acr_program.config import health
from acr_program.jobs.models import State
from acr_program.outbox.models import Message

from .asking import text
from .mails import mail_to


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    monkeypatch.setattr(health._kept, "at", float("-inf"))
    monkeypatch.setattr(health, "QUESTIONS", {"database": lambda: "", "clock": lambda: "The clock stands."})


def test_health_says_what_works_and_what_does_not(people, as_person):
    page = text(as_person(people["auditor"]).get("/health/"))

    assert "Database Well" in page
    assert "Well Well" not in page
    assert "Clock Not well The clock stands." in page
    assert as_person(people["rep"]).get("/health/").status_code == 403


def test_given_up_work_is_tried_again(people, as_person):
    mail = mail_to(people["rep"], "Given up", state=State.FAILED, error="550")
    client = as_person(people["admin"])
    assert "Message: Given up" in text(client.get("/health/"))
    assert "Try again" not in text(as_person(people["auditor"]).get("/health/"))

    answer = client.post(f"/health/outbox.message/{mail.pk}/retry/", follow=True)

    assert "being tried again" in text(answer)
    assert Message.objects.get().state == State.QUEUED
    assert as_person(people["auditor"]).post(f"/health/outbox.message/{mail.pk}/retry/").status_code == 403


@pytest.mark.parametrize(
    "path", ["outbox.message/1", "outbox.message/x", "people.user/1", "no.such/1", "render.rendering/x"]
)
def test_work_that_is_not_there_is_not_found(people, as_person, path):
    assert as_person(people["admin"]).post(f"/health/{path}/retry/").status_code == 404
