import pytest
from django.utils.timezone import localdate

from acr_program.people.models import User
from tests.desk.asking import questions, text
from tests.factories import fresh, make_absence, make_account, make_request, make_user


def test_the_directory_shows_roles_leaders_and_who_acts(people, as_person):
    make_absence(people["leader"], people["second leader"])

    page = text(as_person(people["contributor"]).get("/people/"))

    assert "Rita Rep Sales representative Lena Leader" in page
    assert "Away until" in page
    assert "Leo Leader acts" in page
    assert "The clock" not in page


def test_the_directory_is_narrowed_by_role_word_and_sign_in(people, as_person):
    client = as_person(people["rep"])
    User.objects.filter(pk=people["stranger"].pk).update(is_active=False)

    assert "Lena Leader" not in text(client.get("/people/?role=contributor"))
    assert "1 person" in text(client.get("/people/?search=CORA"))
    assert "Sten Stranger" in text(client.get("/people/?presence=off"))
    assert "Sten Stranger" not in text(client.get("/people/?presence=on"))


def test_the_directory_asks_the_same_for_many_as_for_one(people, as_person):
    client = as_person(people["rep"])
    make_absence(people["leader"], people["second leader"])
    few = len(questions(client, "/people/"))
    for _ in range(5):
        make_absence(make_user("rep", "leader", reports_to=people["leader"]), people["rep"])

    assert len(questions(client, "/people/")) == few
    assert few <= 8


def test_a_person_for_a_colleague_a_leader_and_the_office(people, as_person):
    rep = people["rep"]
    make_account(name="Rita's account", manager=rep)
    make_request("returned", account=make_account(manager=rep))
    url = f"/people/{rep.pk}/"

    colleague = text(as_person(people["contributor"]).get(url))
    leader = text(as_person(people["leader"]).get(url))
    office = text(as_person(people["admin"]).get(url))

    assert "Lena Leader" in colleague
    assert "Waits for Rita" not in colleague
    assert "Rita&#x27;s account" not in colleague
    assert "History" not in colleague
    assert "Mend the request and submit it again" in leader
    assert "Rita&#x27;s account" in leader
    assert "History" not in leader
    assert "History" in office
    assert "Change" in office


def test_a_person_asks_fifteen_questions_at_most(people, as_person):
    for _ in range(3):
        make_account(manager=people["rep"])
        make_absence(make_user("rep", reports_to=people["rep"]), people["leader"])

    assert len(questions(as_person(people["admin"]), f"/people/{people['rep'].pk}/")) <= 15


def test_system_persons_have_no_page(people, as_person):
    client = as_person(people["admin"])

    assert client.get(f"/people/{people['clock'].pk}/").status_code == 404
    assert client.post(f"/people/{people['clock'].pk}/edit/", {}).status_code == 404
    assert client.get("/people/999999999999999999999/").status_code == 404


def test_the_office_changes_a_person_on_a_page(people, as_person):
    rep = people["rep"]
    client = as_person(people["manager"])
    given = {
        "name": "Rita Rep",
        "email": rep.email,
        "roles": ["rep", "leader"],
        "is_active": "on",
        "seen": "1",
        "title": "Boss",
    }

    answer = client.post(f"/people/{rep.pk}/edit/", given, follow=True)
    stale = client.post(f"/people/{rep.pk}/edit/", given | {"title": "Other"})

    assert "Rita Rep is changed" in text(answer)
    assert fresh(rep).roles == {"rep", "leader"}
    assert stale.status_code == 409
    assert "This has changed since you opened it." in text(stale)
    assert fresh(rep).title == "Boss"


@pytest.mark.parametrize("who", ["rep", "leader", "auditor", "executive", "contributor"])
def test_nobody_else_reaches_the_form(people, as_person, who):
    assert as_person(people[who]).get(f"/people/{people['rep'].pk}/edit/").status_code == 403
    assert as_person(people[who]).post(f"/people/{people['rep'].pk}/edit/", {}).status_code == 403


def test_a_changed_address_is_the_one_that_signs_in(people, as_person, client):
    rep = people["rep"]
    rep.set_password("a long and quiet phrase")
    rep.save()
    given = {
        "name": rep.name,
        "email": "rita.new@example.com",
        "roles": ["rep"],
        "is_active": "on",
        "seen": rep.version,
    }

    as_person(people["admin"]).post(f"/people/{rep.pk}/edit/", given)

    answer = client.post("/sign-in/login/", {"login": "rita.new@example.com", "password": "a long and quiet phrase"})
    assert answer.status_code == 302


def test_my_settings_change_name_and_zone_alone(people, as_person):
    client = as_person(people["rep"])
    assert "Second factor" in text(client.get("/me/"))

    answer = client.post(
        "/me/", {"name": "Rita R.", "time_zone": "Europe/Berlin", "seen": "1", "roles": ["manager"]}, follow=True
    )
    wrong = client.post("/me/", {"name": "", "time_zone": "Mars/Olympus", "seen": "2"})

    assert "Your settings are kept." in text(answer)
    me = fresh(people["rep"])
    assert (me.name, me.time_zone, me.roles) == ("Rita R.", "Europe/Berlin", {"rep"})
    assert wrong.status_code == 400
    assert client.get("/me/page/").url == f"/people/{me.pk}/"


def test_an_absence_stands_on_the_page_of_the_person(people, as_person):
    make_absence(people["leader"], people["second leader"], localdate(), localdate())

    page = text(as_person(people["rep"]).get(f"/people/{people['leader'].pk}/"))

    assert "Leo Leader acts" in page


def test_a_long_address_breaks_at_its_at_and_its_dots_alone(people, as_person):
    """For reading; what is copied, mailed to or searched for is the address as it is."""
    whole, broken = people["rep"].email, people["rep"].email.replace("@", "@<wbr>").replace(".", ".<wbr>")

    page = as_person(people["admin"]).get(f"/people/{people['rep'].pk}/").content.decode()
    rows = as_person(people["admin"]).get("/people/").content.decode()

    assert f'<a href="mailto:{whole}">{broken}</a>' in page
    assert broken in rows
