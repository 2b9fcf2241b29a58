import pytest
from django.db import transaction

from acr_program.charter import shell
from acr_program.charter.models import Function, Program, ProgramYear
from acr_program.workflow.edit import edit
from acr_program.workflow.seals import verify
from tests.chartering import fill_charter
from tests.desk.asking import questions, text
from tests.factories import fresh, make_function, make_program, make_user, make_year


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


FACTS = {"company": "Nordwind", "currency": "EUR", "home_country": "Germany"}


def test_the_program_is_set_up_once_by_a_manager(people, as_person):
    manager = as_person(people["manager"])
    assert "Set up the program" in text(manager.get("/program/"))
    assert "A program manager sets it up" in text(as_person(people["rep"]).get("/program/"))
    assert as_person(people["admin"]).post("/program/set-up/", FACTS).status_code == 403

    answer = manager.post("/program/set-up/", FACTS, follow=True)
    manager.post("/program/set-up/", FACTS | {"company": "Other"})

    assert "Annual Customer Review of Nordwind" in text(answer)
    assert Program.objects.get().company == "Nordwind"


def test_facts_are_changed_by_the_manager_and_seen_in_the_frame(people, as_person):
    program = make_program(manager=people["manager"])
    given = FACTS | {"company": "Südwind", "manager": people["manager"].pk, "seen": program.version, "owner": ""}
    client = as_person(people["manager"])

    answer = client.post("/program/1/edit/", given, follow=True)
    stale = client.post("/program/1/edit/", given | {"company": "Late"})

    assert "Südwind" in answer.content.decode()
    assert "Questions? Max Manager" in text(answer)
    assert stale.status_code == 409
    assert as_person(people["admin"]).get("/program/1/edit/").status_code == 403


def test_steps_are_offered_to_the_manager_alone(people, as_person):
    fill_charter(make_program("designing"))

    way = "/program/1/steps/start_pilot/"
    assert way in as_person(people["manager"]).get("/program/1/").content.decode()
    assert way not in as_person(people["rep"]).get("/program/1/").content.decode()
    as_person(people["manager"]).post("/program/1/steps/start_pilot/", {"seen": fresh(Program.objects.get()).version})
    assert Program.objects.get().status == "piloting"
    assert as_person(people["rep"]).post("/program/1/steps/roll_out/", {}).status_code == 403


def test_a_year_is_added_changed_and_led_on(people, as_person):
    fill_charter(make_program())
    client = as_person(people["manager"])
    days = {"label": "2031", "begins_on": "2031-01-01", "ends_on": "2031-12-31"}

    wrong = client.post("/program/years/new/", days | {"ends_on": "2030-12-31"})
    client.post("/program/years/new/", days)
    twice = client.post("/program/years/new/", days)
    year = ProgramYear.objects.get(label="2031")
    client.post(f"/program/years/{year.pk}/edit/", days | {"label": "2031/32", "seen": "1"})
    client.post(f"/program/years/{year.pk}/steps/announce/", {"seen": "2"})

    assert "The year ends before it begins" in text(wrong)
    assert "There is a year of this name already." in text(twice)
    assert (fresh(year).label, fresh(year).status) == ("2031/32", "communicating")
    assert "announced the year" in text(client.get(f"/program/years/{year.pk}/"))
    assert as_person(people["admin"]).post("/program/years/new/", days).status_code == 403


def test_who_contributes_is_said_by_the_manager_and_logged(people, as_person):
    program = make_program(manager=people["manager"])
    function = make_function("Quality", contributor=people["contributor"])
    client = as_person(people["manager"])

    answer = client.post(
        f"/program/functions/{function.pk}/",
        {"name": "Quality", "contributor": people["second contributor"].pk},
        follow=True,
    )
    twice = client.post("/program/functions/new/", {"name": "Quality", "contributor": ""})

    assert "Carl Contributor" in text(answer)
    assert fresh(function).contributor == people["second contributor"]
    assert fresh(program).version == program.version + 1
    assert program.log().last().detail.data == {
        "changed": {"functions": [["Quality", "Cora Contributor"], ["Quality", "Carl Contributor"]]}
    }
    assert twice.status_code == 409
    assert "There is a function of this name already." in text(twice)
    assert as_person(people["admin"]).get(f"/program/functions/{function.pk}/").status_code == 403


def test_a_function_without_contributor_is_named(people, as_person):
    make_program()
    Function.objects.create(name="Finance")
    make_function("Supply", contributor=make_user("contributor", is_active=False))
    make_function("Quality")

    page = text(as_person(people["admin"]).get("/program/functions/"))

    assert "Finance and Supply has no contributor" in page


def test_only_contributors_are_offered_as_contributors(people, as_person):
    make_program()
    function = make_function("Quality")

    answer = as_person(people["manager"]).post(
        f"/program/functions/{function.pk}/", {"name": "Quality", "contributor": people["rep"].pk}
    )

    assert answer.status_code == 400


def test_pages_ask_fifteen_questions_at_most(people, as_person):
    make_program()
    for label in ("2030", "2031", "2032"):
        make_year("drafting", label)
        make_function()
    client = as_person(people["manager"])

    assert len(questions(client, "/program/1/")) <= 15
    assert len(questions(client, f"/program/years/{ProgramYear.objects.first().pk}/")) <= 15
    assert len(questions(client, "/program/functions/")) <= 8


def test_the_frame_is_read_once_and_again_after_a_change(people, django_assert_num_queries):
    make_program(company="Nordwind", manager=people["manager"])
    make_year("running", "2030")
    with django_assert_num_queries(1):
        first, *_again = [shell.frame() for _ in range(3)]

    program = Program.objects.get()
    edit(program, seen=program.version, by=people["manager"], company="Südwind")

    assert (first.company, first.contact.name, first.year) == ("Nordwind", "Max Manager", "2030")
    assert shell.frame().company == "Südwind"


def test_without_a_program_the_frame_is_empty(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [shell.frame() for _ in range(3)] == [shell.Frame()] * 3


def test_what_is_rolled_back_is_not_said_by_the_frame(people):
    program = make_program(manager=people["manager"])
    before = shell.frame().company

    with transaction.atomic():
        edit(program, seen=program.version, by=people["manager"], company="Undone")
        assert shell.frame().company == "Undone"
        transaction.set_rollback(True)

    assert shell.frame().company == before


def test_the_frame_is_read_once_however_often_it_is_shown(people, django_assert_num_queries):
    make_program(manager=people["manager"])
    shell.frame()

    with django_assert_num_queries(0):
        shell.frame()


def test_nobody_changes_an_address_past_the_office(people, as_person):
    client = as_person(people["rep"])

    assert client.get("/sign-in/email/").status_code == 404
    assert client.post("/sign-in/email/", {"email": "other@example.com", "action_add": ""}).status_code == 404
