"""The coverage plan of a wave: its page, the command, and the step that takes it (P-16 to P-19, P-22, M9)."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actions.facts import say_fact
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.log import LogEntry
from acr_program.workflow.seals import verify
from pilots.plan_words import gaps_said, one_more_said, proof_said, reason_said, room_said, summary
from pilots.planned import planned
from tests.acting import fresh, make_user, office, take
from tests.desk.asking import text
from tests.piloting import make_candidate

from .planworld import make_choice, make_plan_wave, qualified

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(once):
    return once(make_choice)


@pytest.fixture
def sound(db):
    yield
    assert list(verify()) == []


def page(as_person, wave, query="", role="manager"):
    return as_person(office(role)).get(reverse("pilots:plan", args=[wave.pk]) + query)


def by_name(found):
    return {reason.candidate.name: reason_said(reason) for reason in found.plan.reasons}


def in_plan(wave, **asked):
    return [one.name for one in planned(fresh(wave), **asked).plan.pilots]


@pytest.mark.demand("P-16", "P-17", "P-18", "P-19", "P-22", "M9")
def test_a_plan_covers_units_theaters_and_tools_with_the_fewest_and_says_of_each_candidate_why(world):
    found = planned(world["wave"])
    assert summary(found.plan) == "2 pilots: everything that is required is covered, all 6."
    assert by_name(found) == {
        "Aster": "In this plan it alone covers “Seafood”, “Europe, Middle East, Africa” and “Print preview”.",
        "Dune": "No other candidate covers “Asia and Pacific” and “First draft”.",
        "Birch": "All that it covers is covered, and there is no pilot of the plan in whose place it would do.",
        "Cedar": "It could stand in for Aster, and has a lower score: 15 against 25.",
    }
    assert [(one.candidate.account.name, one.why) for one in found.aside] == [("Fern", "not qualified yet")]
    assert one_more_said(found.plan.one_more) == "It would cover nothing that is not covered."
    assert proof_said(found.plan).startswith("This is proved to be the best plan: ")


@pytest.mark.demand("P-18", "M9")
def test_where_the_capacity_does_not_suffice_it_says_what_stays_open_and_what_one_more_would_buy(world):
    wave = fresh(world["wave"])
    wave.per_person = 1
    found = planned(wave)
    assert [one.name for one in found.plan.pilots] == ["Aster"]
    so = "The office can carry 1 account, so these stay open: "
    assert gaps_said(found) == [
        so + "“Dairy”. They could be covered by Birch and Dune.",
        so + "“Asia and Pacific” and “First draft”. They could be covered by Dune.",
    ]
    assert one_more_said(found.plan.one_more) == "Dune, and with it: “Dairy”, “Asia and Pacific” and “First draft”."
    assert room_said(found)[-1] == "To cover all that the candidates can cover takes 2 pilots."


@pytest.mark.demand("P-16", "M9")
def test_what_nobody_covers_is_told_with_who_would_once_qualified(people):
    wave = make_plan_wave()
    qualified(wave, "Gorse", "Seafood")
    found = planned(wave)
    assert gaps_said(found) == ["No candidate covers “Dairy” and “Asia and Pacific”."]
    make_candidate("proposed", wave, name="Holly", business_unit="Dairy", theater="EMEA")
    assert gaps_said(planned(fresh(wave))) == [
        "Nobody who can be selected covers “Dairy”. It could be covered by Holly.",
        "No candidate covers “Asia and Pacific”.",
    ]


@pytest.mark.demand("M9")
def test_who_is_selected_stays_and_who_is_in_reserve_stays_away(world, sound):
    manager, wave = office("manager"), world["wave"]
    take(world["Cedar"], "select", manager)
    take(world["Dune"], "hold", manager)
    found = planned(fresh(wave))
    assert by_name(found) == {
        "Birch": "No other candidate covers “Dairy”.",
        "Cedar": "Selected, and kept: in this plan it alone covers “Seafood” and “Print preview”.",
        "Aster": "All that it covers is covered, and there is no pilot of the plan in whose place it would do.",
        "Dune": "Held in reserve. It would cover what is open: “Asia and Pacific” and “First draft”.",
    }
    assert gaps_said(found) == [
        "Open: “Asia and Pacific” and “First draft”. It could be covered from the reserve, by Dune."
    ]
    assert proof_said(found.plan).startswith("This is proved to be the best plan that keeps those selected: ")
    assert in_plan(wave, anew=True) == ["Aster", "Birch"]


def test_who_no_longer_passes_is_not_planned_with(world, sound):
    account = fresh(world["Dune"].account)
    say_fact(account, by=office("admin"), seen=account.version, kind="rfp", since_on="2026-11-02", reason="Heard.")
    found = planned(fresh(world["wave"]))
    assert {one.candidate.account.name: one.why for one in found.aside} == {
        "Fern": "not qualified yet", "Dune": "its scorecards do not pass any more"
    }  # fmt: skip


@pytest.mark.demand("M9")
def test_the_command_prints_the_same_reasons_as_the_page(world, as_person):
    shown, printed = text(page(as_person, world["wave"])), StringIO()
    call_command("plan_pilots", str(world["wave"].pk), "--explain", stdout=printed)
    found = planned(world["wave"])
    said = [*by_name(found).values(), summary(found.plan), *room_said(found), one_more_said(found.plan.one_more)]
    assert [line for line in said if line not in shown] == []
    assert [line for line in said if line not in printed.getvalue()] == []
    assert "- Cedar (CEDAR): It could stand in for Aster" in printed.getvalue()
    short = StringIO()
    call_command("plan_pilots", world["wave"].name, stdout=short)
    assert "Aster" in short.getvalue()
    assert "Cedar" not in short.getvalue()
    with pytest.raises(CommandError, match="There is no wave “none”"):
        call_command("plan_pilots", "none")


@pytest.mark.demand("M9")
def test_accepting_the_plan_selects_its_pilots_and_takes_back_who_is_not_in_it(world, as_person, sound):
    wave, manager = world["wave"], office("manager")
    take(world["Cedar"], "select", manager)
    answer = as_person(manager).post(
        reverse("pilots:wave-step", args=[wave.pk, "take_plan"]),
        {"seen": fresh(wave).version, "key": "plan", "pilots": [world["Aster"].pk, world["Dune"].pk]},
    )
    assert answer.status_code == 302
    states = {name: fresh(world[name]).status for name in ("Aster", "Birch", "Cedar", "Dune")}
    assert states == {"Aster": "selected", "Birch": "qualified", "Cedar": "qualified", "Dune": "selected"}
    entry = LogEntry.objects.filter(step="take_plan").get()
    assert entry.detail.data == {"pilots": [world["Aster"].pk, world["Dune"].pk]}
    with pytest.raises(StepBlocked, match="Every business unit has a pilot"):
        take(wave, "waive_unit", manager, unit="Dairy", comment="No.")


def test_nobody_ticked_takes_all_back(world, as_person, sound):
    wave, manager = world["wave"], office("manager")
    take(world["Cedar"], "select", manager)
    way = reverse("pilots:wave-step", args=[wave.pk, "take_plan"])
    assert as_person(manager).post(way, {"seen": fresh(wave).version, "key": "none"}).status_code == 302
    assert fresh(world["Cedar"]).status == "qualified"


def test_the_form_of_the_step_has_those_of_the_plan_ticked_and_refuses_who_cannot_be_selected(world, as_person):
    wave, client = world["wave"], as_person(office("manager"))
    way = reverse("pilots:wave-step", args=[wave.pk, "take_plan"])
    form = client.get(way).context["form"]
    assert form.fields["pilots"].initial == [world["Aster"].pk, world["Dune"].pk]
    assert [name for _key, name in form.fields["pilots"].choices] == ["Aster", "Birch", "Cedar", "Dune"]
    answer = client.post(way, {"seen": wave.version, "key": "no", "pilots": [world["Fern"].pk]})
    assert answer.status_code == 400
    assert "One of them cannot be selected any more" in answer.content.decode()


@pytest.mark.demand("M9")
def test_what_is_changed_by_hand_leads_back_to_the_plan(world, as_person, sound):
    wave, client = world["wave"], as_person(office("manager"))
    cedar = fresh(world["Cedar"])
    way = reverse("pilots:plan-by-hand", args=[wave.pk, cedar.pk, "select"])
    said = {"seen": cedar.version, "key": "by hand"}
    answer = client.post(way, said)
    assert answer.url == reverse("pilots:plan", args=[wave.pk])
    assert fresh(cedar).status == "selected"
    assert "Selected, and kept" in text(client.get(answer.url))
    assert client.post(way, said).status_code == 302  # the same click again
    stale = client.post(way, said | {"key": "another"}, follow=True)
    assert fresh(cedar).version == cedar.version + 1
    assert "Selected, and kept" in text(stale)
    assert client.post(way.replace("select/", "withdraw/"), said).status_code == 404


def test_who_is_not_in_it_is_found_by_name_or_number(world, as_person):
    found = text(page(as_person, world["wave"], "?q=ceD"))
    assert "It could stand in for Aster" in found
    assert "All that it covers is covered" not in found
    assert "No candidate by that name or number." in text(page(as_person, world["wave"], "?q=Zebra"))


@pytest.mark.demand("P-19")
def test_the_grid_shows_what_each_pilot_covers_and_which_alone(world):
    from pilots.pages.plan_page import PlanPage

    shown = PlanPage(world["wave"], office("manager"))
    grid = {
        line.requirement.label: [cell.says for cell in line.cells] for _title, lines in shown.kinds for line in lines
    }
    assert shown.heads[2:] == ["Aster", "Dune"]
    assert grid == {
        "Dairy": ["–", "it alone"], "Seafood": ["it alone", "–"], "Asia and Pacific": ["–", "it alone"],
        "Europe, Middle East, Africa": ["it alone", "–"], "Print preview": ["it alone", "–"], "First draft": ["–", "it alone"],
    }  # fmt: skip


def test_the_plan_is_for_those_who_oversee_the_program_and_is_changed_by_the_manager(world, as_person):
    wave = world["wave"]
    assert "Accept the plan" in text(page(as_person, wave))
    for role in ("admin", "auditor"):
        make_user(role)
        assert "Accept the plan" not in text(page(as_person, wave, role=role))
    leader = world["Aster"].manager.reports_to
    assert as_person(leader).get(reverse("pilots:plan", args=[wave.pk])).status_code == 403


def test_a_page_of_many_candidates_costs_no_more_queries(people, as_person, django_assert_max_num_queries):
    wave, counts = make_plan_wave(per_person=9), []
    client = as_person(office("manager"))
    for name in ("Hazel", "Iris", "Juniper"):
        qualified(wave, name, "Dairy")
        client.get(reverse("pilots:plan", args=[wave.pk]))
        with django_assert_max_num_queries(15) as asked:
            client.get(reverse("pilots:plan", args=[wave.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[-1]
