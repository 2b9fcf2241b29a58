"""Ownership, and the gates that ask for it, each refused once for each missing part (G-01, G-03, G-04, G-06)."""

from datetime import date

import pytest

from acr_program.charter import lines
from acr_program.charter.models import ConcludedWave, Goal, Program, ProgramYear
from acr_program.workflow.edit import begin
from acr_program.workflow.errors import Stale, StepBlocked
from acr_program.workflow.seals import verify
from tests.chartering import GOAL, LINES, WAVE, align, fill_charter
from tests.desk.asking import text
from tests.factories import fresh, make_program, make_year, take

OWNED = {"owning_function": "sales", "owning_reason": "", "team": "Sales Operations"}
TYPED = GOAL | {"begins_on": "2026-01-01", "ends_on": "2026-12-31"}


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def refusal(obj, step, by, **data):
    with pytest.raises(StepBlocked) as caught:
        take(obj, step, by, **data)
    return caught.value.missing


@pytest.mark.demand("G-01")
def test_the_pilot_waits_for_each_part_of_ownership(people, as_person):
    program = make_program("designing", manager=people["manager"])
    manager, client = people["manager"], as_person(people["manager"])
    align(manager)
    for line, fields in (*LINES[2:],):
        lines.keep(line(), by=manager, **fields)
    every = refusal(program, "start_pilot", manager)

    client.post("/program/lines/goals/new/", TYPED)
    two = refusal(program, "start_pilot", manager)
    owned = OWNED | {"owner": people["executive"].pk}
    client.post("/program/1/ownership/", owned | {"team_lead": "", "seen": fresh(program).version})
    one = refusal(program, "start_pilot", manager)
    client.post("/program/1/ownership/", owned | {"team_lead": manager.pk, "seen": fresh(program).version})

    assert every == [
        "Nobody owns the program yet: name its owner under Ownership.",
        "No team drives the program yet: name it and its lead under Ownership.",
        "The program has no goal yet: write one down with measure, target and period under Ownership.",
    ]
    assert (two, one) == (every[:2], every[1:2])
    assert take(program, "start_pilot", manager).status == "piloting"


@pytest.mark.demand("G-03")
def test_another_function_than_sales_gives_a_reason(people, as_person):
    program = make_program("designing", manager=people["manager"])
    client = as_person(people["manager"])
    given = OWNED | {"owning_function": "marketing", "seen": program.version, "owner": "", "team_lead": ""}

    without = client.post("/program/1/ownership/", given)
    answer = client.post("/program/1/ownership/", given | {"owning_reason": "They run the events."}, follow=True)
    back = client.post("/program/1/ownership/", given | {"owning_function": "sales", "seen": fresh(program).version})

    assert "Say why another function than Sales owns the program." in text(without)
    assert "Marketing" in text(answer)
    assert "They run the events." in text(answer)
    assert back.status_code == 302
    assert (fresh(program).owning_function, fresh(program).owning_reason) == ("sales", "")


@pytest.mark.demand("G-06")
def test_the_driving_team_and_its_lead_stand_on_the_page_of_ownership(people, as_person):
    fill_charter(make_program("designing", manager=people["manager"]), owner=people["executive"])

    page = text(as_person(people["rep"]).get("/program/ownership/"))

    assert "Sales Operations" in page
    assert "Max Manager" in page
    assert "Eva Executive" in page
    assert "This part of the charter is complete." in page


@pytest.mark.demand("G-04")
def test_a_goal_is_written_changed_and_taken_out_by_the_manager_and_logged(people, as_person):
    program = make_program("designing", manager=people["manager"])
    client = as_person(people["manager"])

    wrong = client.post("/program/lines/goals/new/", TYPED | {"ends_on": "2025-01-01"})
    client.post("/program/lines/goals/new/", TYPED)
    goal = Goal.objects.get()
    stale = client.post(f"/program/lines/goals/{goal.pk}/", TYPED | {"target": "95 %", "seen": program.version})
    client.post(f"/program/lines/goals/{goal.pk}/", TYPED | {"target": "95 %", "seen": fresh(program).version})
    page = text(client.get("/program/ownership/"))
    changed = program.log().last().detail.data["changed"]["goals"]
    client.post(f"/program/lines/goals/{goal.pk}/drop/", {"seen": fresh(program).version})

    assert "The period ends before it begins" in text(wrong)
    assert stale.status_code == 409
    assert "95 %" in page
    assert ([line[2] for line in changed], Goal.objects.count()) == (["90 %", "95 %"], 0)
    assert program.log().last().detail.data["changed"]["goals"][1] is None
    assert as_person(people["admin"]).post("/program/lines/goals/new/", TYPED).status_code == 403


def test_a_line_changed_by_another_is_not_overwritten(people):
    program = make_program("designing", manager=people["manager"])
    goal = lines.keep(Goal(), by=people["manager"], **GOAL)

    with pytest.raises(Stale):
        lines.keep(goal, by=people["manager"], seen=program.version, **GOAL | {"target": "10 %"})
    with pytest.raises(Stale):
        lines.drop(goal, by=people["manager"], seen=program.version)

    assert Goal.objects.get().target == "90 %"


@pytest.mark.demand("G-01")
def test_the_roll_out_waits_for_a_wave_that_says_so(people, as_person):
    program = take(fill_charter(make_program("designing", manager=people["manager"])), "start_pilot", people["manager"])
    client, manager = as_person(people["manager"]), people["manager"]
    ConcludedWave.objects.all().delete()
    first = refusal(program, "roll_out", manager, comment="Now.")

    future = client.post("/program/lines/waves/new/", WAVE | {"concluded_on": "2999-01-01"})
    client.post("/program/lines/waves/new/", WAVE | {"outcome": "repeat", "concluded_on": "2020-01-01"})
    again = refusal(program, "roll_out", manager, comment="Now.")
    client.post(
        "/program/lines/waves/new/", WAVE | {"name": "Wave 2", "concluded_on": "2020-06-01", "findings": "APAC."}
    )
    asked = text(client.get("/program/1/steps/roll_out/"))
    client.post("/program/1/steps/roll_out/", {"comment": "It works.", "seen": fresh(program).version})

    assert first == ["No pilot wave is concluded yet: enter one below with its outcome."]
    assert "a wave is entered once it is over" in text(future)
    assert again == ["The last pilot wave, Wave 1, came to “Repeat”: a later one has to say “Roll out”."]
    assert "Still open after Wave 2: APAC." in asked
    assert fresh(program).status == "rolled_out"
    assert program.log().last().detail.data["findings"] == "APAC."


@pytest.mark.demand("G-01")
def test_a_year_is_announced_with_an_owner_and_a_goal_for_it(people):
    days = {"begins_on": date(2030, 1, 1), "ends_on": date(2030, 12, 31)}
    year = begin(ProgramYear(label="2030", **days), by=people["manager"])
    alone = refusal(year, "announce", people["manager"])[:2]
    program = fill_charter(make_program("designing", manager=people["manager"]))
    goal = Goal.objects.get()
    lines.keep(goal, by=people["manager"], seen=program.version, **GOAL | {"ends_on": date(2029, 12, 31)})

    early = refusal(year, "announce", people["manager"])
    lines.keep(goal, by=people["manager"], seen=fresh(program).version, **GOAL)

    assert alone == [
        "Nobody owns the program yet: name its owner on the page Ownership of the program.",
        "No goal has a period that reaches into this year: write one down on the page Ownership.",
    ]
    assert early == alone[1:]
    assert take(year, "announce", people["manager"]).status == "communicating"


def test_factories_leave_no_owner_whom_nobody_named(people):
    """Approvals look at the owner: a test that names none has none."""
    make_year()

    assert Program.objects.get().owner is None
    assert make_program("rolled_out").status == "rolled_out"
