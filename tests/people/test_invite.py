import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from acr_program.desk import chronicle
from acr_program.desk import people as acts
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.errors import Refused
from acr_program.workflow.seals import verify
from tests.desk.asking import text

SECRET = "a long and quiet phrase"
ANSWERS = {
    "name": "Nora New",
    "title": "Account manager",
    "email": "Nora@Example.com",
    "roles": ["rep"],
    "reports_to": "",
}


def test_the_office_invites_and_the_invited_comes_in(people, as_person, mails, client):
    answer = as_person(people["admin"]).post("/people/invite/", ANSWERS, follow=True)

    nora = User.objects.get(email="nora@example.com")
    assert "the invitation is on its way" in text(answer)
    assert (nora.roles, nora.has_usable_password()) == ({"rep"}, False)
    assert [h.sentence for h in chronicle.story(nora)] == [
        "gave the role Sales representative.",
        "entered this person.",
    ]
    assert list(verify()) == []

    letter = mails()[0]
    assert letter.to == ["nora@example.com"]
    way = re.search(r"https?://[^/]+(/sign-in/password/reset/key/\S+)", letter.body)[1]
    page = client.get(way, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": SECRET, "password2": SECRET})
    signed_in = client.post("/sign-in/login/", {"login": "nora@example.com", "password": SECRET})
    assert signed_in.status_code == 302
    assert nora.__class__.objects.get(pk=nora.pk).last_login is not None


def test_the_link_stands_in_no_page_and_no_stored_mail(people, mails):
    acts.invite(by=people["admin"], email="n@example.com", name="Nora", roles=[])
    waiting = Message.objects.get(kind="invitation")
    assert "reset/key" not in waiting.text + waiting.html

    mails()

    waiting.refresh_from_db()
    assert waiting.private == {}
    assert "reset/key" in mail.outbox[0].body


def test_an_invitation_is_sent_again_until_a_password_is_chosen(people, as_person):
    nora = acts.invite(by=people["admin"], email="n@example.com", name="Nora")
    client = as_person(people["admin"])
    assert "Has not chosen a password yet" in text(client.get(f"/people/{nora.pk}/"))

    client.post(f"/people/{nora.pk}/invite/")
    assert Message.objects.filter(kind="invitation").count() == 2

    nora = User.objects.get(pk=nora.pk)
    nora.set_password(SECRET)
    nora.save()
    with pytest.raises(Refused, match="has a password"):
        acts.invite_again(nora, by=people["admin"])


def test_who_may_invite(people, as_person):
    for who in ("rep", "leader", "auditor"):
        assert as_person(people[who]).post("/people/invite/", ANSWERS).status_code == 403
        with pytest.raises(PermissionDenied):
            acts.invite(by=people[who], email="n@example.com", name="Nora")
    with pytest.raises(Refused, match="Only the program manager"):
        acts.invite(by=people["admin"], email="n@example.com", name="Nora", roles=["manager"])
    assert not User.objects.filter(email="n@example.com").exists()


def test_an_address_is_taken_once(people, as_person):
    client = as_person(people["admin"])

    answer = client.post("/people/invite/", ANSWERS | {"email": people["rep"].email.upper()})

    assert answer.status_code == 400
    assert "Somebody else signs in with this address already." in text(answer)
    assert "Nora New" in answer.content.decode()


def test_an_administrator_is_not_offered_the_role_of_manager(people, as_person):
    assert 'value="manager"' not in as_person(people["admin"]).get("/people/invite/").content.decode()
    assert 'value="manager"' in as_person(people["manager"]).get("/people/invite/").content.decode()
    refused = as_person(people["admin"]).post("/people/invite/", ANSWERS | {"roles": ["manager"]})
    assert refused.status_code == 400
