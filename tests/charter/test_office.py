"""Whether the office has what it needs, and who works for it (R-01)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.charter.models import Program, ReadinessItem, RosterEntry
from acr_program.workflow.obligations import Obligation
from tests.desk.asking import questions, text
from tests.factories import make_account, make_program, make_request


@pytest.mark.demand("R-01")
def test_a_question_of_readiness_has_an_answer_an_owner_and_a_day(people, as_person):
    make_program(manager=people["manager"])
    client, day = as_person(people["manager"]), localdate() + timedelta(days=30)
    given = {
        "question": "Is there a print shop?",
        "answer": "open",
        "owner": people["admin"].pk,
        "due_on": day.isoformat(),
    }
    client.post("/program/lines/readiness/new/", given)
    item = ReadinessItem.objects.get()

    given |= {"seen": Program.objects.get().version, "answer": "allocate"}
    without = client.post(f"/program/lines/readiness/{item.pk}/", given)
    client.post(f"/program/lines/readiness/{item.pk}/", given | {"words": "A shop in Rotterdam."})
    page = text(as_person(people["rep"]).get("/program/office/"))

    assert "Say what is there, or what has to be allocated." in text(without)
    assert "Is there a print shop? To be allocated A shop in Rotterdam. Ada Admin" in page
    assert Program.objects.get().log().last().detail.data["changed"]["readiness"][0][1] == "open"


@pytest.mark.demand("R-01")
def test_the_roster_says_share_of_time_and_what_waits_now(people, as_person):
    make_program(manager=people["manager"])
    client = as_person(people["manager"])
    given = {"person": people["contributor"].pk, "part": "Writes", "share": 40}
    wrong = client.post("/program/lines/roster/new/", given | {"share": 140})
    client.post("/program/lines/roster/new/", given)
    twice = client.post("/program/lines/roster/new/", given)
    make_request("gathering", account=make_account(manager=people["rep"]))
    entry = RosterEntry.objects.get()
    waits = Obligation.objects.open().first()
    Obligation.objects.open().filter(pk=waits.pk).update(person=entry.person, role="")

    page = text(client.get("/program/office/"))

    assert wrong.status_code == 400
    assert "They stand on the roster already" in text(twice)
    load = Obligation.objects.open().filter(person=entry.person).count()
    assert load >= 1
    assert f"{entry.person.name} Writes 40 % {load}" in page
    assert len(questions(client, "/program/office/")) <= 15


@pytest.mark.demand("P-20")
def test_what_waits_for_a_role_waits_for_whoever_holds_it(people, as_person):
    program = make_program(manager=people["manager"])
    for name in ("admin", "manager"):
        RosterEntry.objects.create(program=program, person=people[name], part="Works", share=50)
    make_request("submitted", account=make_account(manager=people["rep"]))
    asked = Obligation.objects.open().filter(person=None, role="admin").count()

    load = {entry.person: entry.load for entry in RosterEntry.objects.all().for_table()}

    assert asked >= 1
    assert load == {people["admin"]: asked, people["manager"]: 0}
