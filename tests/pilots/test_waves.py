"""Sizing, launching, evaluating and deciding on a wave (P-01, P-04, P-16 to P-20, R-12)."""

import pytest
from django.utils.timezone import localdate

from acr_program.charter.models import ConcludedWave
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.offers import offers
from acr_program.workflow.seals import verify
from pilots import covering
from pilots.actions.findings import report_finding
from pilots.actions.waves import test_aspects as settle_aspects
from pilots.covering import Requirement
from tests.factories import fresh, make_program, make_user, office, take
from tests.piloting import (
    DECIDED,
    MEND,
    give_feedback,
    launch,
    make_candidate,
    make_finding,
    make_roster,
    make_wave,
    turned,
)

UNITS = {"differs_by_unit": True, "units": ["Food", "Steel"]}


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.mark.demand("P-16", "P-17", "P-18")
def test_the_selection_opens_once_the_three_questions_are_answered(people):
    open_questions = {"differs_by_unit": None, "abroad": None, "per_person": None}
    wave = make_wave("planning", **open_questions)

    with pytest.raises(StepBlocked) as refused:
        take(wave, "open_selection", people["manager"])

    assert [sentence.split(";")[0][:44] for sentence in refused.value.missing] == [
        "Answer whether processes or tools differ by ", "Answer whether countries outside the home co",
        "Say how many accounts one person of the offi",
    ]  # fmt: skip


@pytest.mark.demand("P-18", "P-20", "R-12")
def test_capacity_is_computed_from_the_roster_with_its_arithmetic(people):
    make_roster(60, "admin")
    make_roster(100, "manager")
    wave = make_wave("planning", per_person=5)

    room = covering.capacity(wave)

    names = sorted([(people["admin"].name, 60), (people["manager"].name, 100)])
    assert (room.percent, room.accounts, room.shares) == (160, 8, names)
    said = " + ".join(f"{name} {share} %" for name, share in names)
    assert room.arithmetic == f"{said}: 160 % of one person’s time, at 5 accounts in full time, is 8 accounts."


@pytest.mark.demand("P-16")
def test_a_unit_without_a_pilot_blocks_the_launch_until_it_is_waived_in_writing(people):
    wave = make_wave(**UNITS)
    make_candidate("selected", wave, business_unit="Food")
    with pytest.raises(StepBlocked, match="or say why the wave goes without: Steel"):
        launch(wave)

    wave = take(wave, "waive_unit", people["manager"], unit="Steel", comment="Their plant is being moved.")

    assert launch(wave).waived == {"Steel": "Their plant is being moved."}


@pytest.mark.demand("P-17", "P-18", "P-19")
def test_the_launch_is_warned_of_theaters_aspects_and_capacity_and_keeps_it(people, as_person):
    make_roster(40)
    wave = make_wave(abroad=True, countries=["Japan"], per_person=2)
    candidate = make_candidate("selected", wave, country="France", theater="EMEA")
    candidate.aspects.remove(candidate.aspects.get(title="List of follow-ups"))
    manager, url = as_person(people["manager"]), f"{wave.get_absolute_url()}steps/launch/"

    refused = manager.post(url, {"seen": fresh(wave).version})
    taken = manager.post(url, {"seen": fresh(wave).version, "really": "on"})

    assert (refused.status_code, taken.status_code) == (400, 302)
    arithmetic = covering.capacity(wave).arithmetic
    assert fresh(wave).warned == [
        "No pilot in Americas.", "No pilot in Asia and Pacific.",
        f"1 pilot is more than the office can carry. {arithmetic}", "No pilot tests: List of follow-ups.",
    ]  # fmt: skip
    assert fresh(candidate).status == "active"


@pytest.mark.demand("P-08", "P-09")
def test_a_wave_is_not_launched_with_a_pilot_that_does_not_pass_any_more(people):
    candidate = make_candidate("selected")
    turned(candidate.account, "rfp")

    with pytest.raises(StepBlocked, match=r"Not every selected candidate still passes: .*request for proposal"):
        launch(candidate.wave)


@pytest.mark.demand("P-01")
def test_no_wave_is_launched_while_the_program_is_designed(people):
    make_program("designing", manager=people["manager"])
    candidate = make_candidate("selected")

    with pytest.raises(StepBlocked, match="still being designed"):
        launch(candidate.wave)


@pytest.mark.demand("P-16", "P-17", "P-19", "M9")
def test_the_planner_is_told_requirements_and_what_each_candidate_covers():
    wave = make_wave(abroad=True, countries=["Japan", "France"], **UNITS)
    candidate = make_candidate("qualified", wave, business_unit="Food", theater="EMEA")
    wanted = covering.requirements(wave)

    found = covering.coverage([candidate], wanted)[candidate.pk]

    assert [(one.kind, one.key) for one in wanted if one.kind != "aspect"] == [
        ("unit", "Food"), ("unit", "Steel"), ("theater", "AMER"), ("theater", "APAC"), ("theater", "EMEA"),
    ]  # fmt: skip
    assert {one for one in found if one.kind != "aspect"} == {
        Requirement("unit", "Food", "Food"), Requirement("theater", "EMEA", "Europe, Middle East, Africa"),
    }  # fmt: skip
    assert len([one for one in found if one.kind == "aspect"]) == wave.aspects.count() == 19


@pytest.mark.demand("P-19")
def test_what_is_tested_is_settled_before_the_selection_opens(people):
    wave = make_wave("planning")
    chosen = [("step", "The content is gathered", "gathered"), ("tool", "Our calculator", "")]

    settle_aspects(wave, by=people["manager"], seen=wave.version, tested=chosen)

    assert list(wave.aspects.values_list("kind", "title", "step")) == chosen
    assert fresh(wave).log().last().changed["aspects"][1] == ["The content is gathered", "Our calculator"]


@pytest.mark.demand("P-04")
def test_a_pilot_that_falls_out_is_replaced_from_the_reserve_at_once(people):
    wave = make_wave()
    reserve = make_candidate("reserve", wave)
    pilot = make_candidate("selected", wave)
    launch(wave)

    take(pilot, "withdraw", pilot.manager, comment="They are being sold.")
    take(reserve, "promote", people["manager"])

    assert (fresh(pilot).status, fresh(reserve).status, fresh(reserve).started_on) == (
        "withdrawn",
        "active",
        localdate(),
    )
    assert (fresh(pilot).decided_by, fresh(pilot).reason) == (pilot.manager, "They are being sold.")


@pytest.mark.demand("P-01", "P-19")
def test_the_decision_lists_findings_still_open_and_what_is_untested_and_opens_the_roll_out(people, as_person):
    program = make_program("piloting", manager=people["manager"])
    ConcludedWave.objects.all().delete()  # only the wave itself is to say it
    wave = make_wave("evaluating")
    pilot = wave.candidates.get()
    finding = report_finding(wave, by=people["admin"], words="The form asks twice.", severity="high")
    with pytest.raises(StepBlocked) as refused:
        take(wave, "conclude", people["manager"], **DECIDED)
    assert [sentence.split(":")[0] for sentence in refused.value.missing] == [
        "Some pilots are still active", "A finding is still to be decided",
    ]  # fmt: skip
    take(finding, "decide", people["manager"], owner=people["admin"], **MEND)
    give_feedback(pilot)
    take(pilot, "complete", people["admin"])
    with pytest.raises(StepBlocked, match="No pilot wave is concluded yet"):
        take(program, "roll_out", people["manager"], comment="Now.")

    typed = {"seen": fresh(wave).version, "outcome": "roll_out", "comment": "It works."}
    as_person(people["manager"]).post(f"{wave.get_absolute_url()}steps/conclude/", typed)

    wave = fresh(wave)
    assert (wave.outcome, wave.decided_by, wave.decided_on) == ("roll_out", people["manager"], localdate())
    assert wave.left_open["findings"] == ["The form asks twice."]
    assert "The meeting is held" in wave.left_open["untested"]  # rated, but no review has passed it
    line = ConcludedWave.objects.get()
    assert (line.name, line.outcome, line.findings) == (wave.name, "roll_out", "The form asks twice.")
    assert take(program, "roll_out", people["manager"], comment="Now.").status == "rolled_out"


@pytest.mark.demand("P-01")
def test_a_wave_that_is_to_be_repeated_opens_no_roll_out(people):
    program = make_program("piloting", manager=people["manager"])
    ConcludedWave.objects.all().delete()
    make_wave("concluded")

    with pytest.raises(StepBlocked, match="came to “Repeat”"):
        take(program, "roll_out", people["manager"], comment="Now.")


@pytest.mark.demand("issue 8, findings")
def test_a_finding_is_decided_owned_mended_and_taken_up_again(people):
    owner = make_user("contributor")
    finding = make_finding()
    assert [offer.name for offer in offers(finding, people["manager"])] == ["decide"]

    decided = take(finding, "decide", people["manager"], owner=owner, **MEND)
    mended = take(decided, "resolve", owner, comment="It asks once.")
    again = take(mended, "reopen", people["manager"], comment="It still asks twice.")

    assert [one.status for one in (decided, mended, again)] == ["decided", "resolved", "decided"]
    assert list(again.wave.findings.still_open()) == [again]
    never = take(again, "decide", people["manager"], decision="never", owner=owner, comment="Not worth it.")
    assert not never.wave.findings.still_open().exists()
    with pytest.raises(StepBlocked, match="leave it as it is"):
        take(never, "resolve", owner, comment="Done.")


def test_only_the_office_auditors_and_executives_see_a_wave(people):
    wave = make_wave("running")

    seen = {who: type(wave).objects.visible_to(person).exists() for who, person in people.items()}

    assert {who for who, sees in seen.items() if sees} == {"admin", "manager", "auditor", "executive"} & set(people)
    assert office("manager") == people["manager"]
