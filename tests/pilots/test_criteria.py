"""The company's own criteria: reworded, extended, retired; each change a new version, nothing lost (P-05, feature 81)."""

import pytest

from acr_program.charter.models import Program
from acr_program.workflow.errors import Refused, Stale
from acr_program.workflow.seals import verify
from pilots.actions import criteria
from pilots.models import Criterion
from tests.factories import fresh, make_program, office
from tests.piloting import make_criteria

LISTENS = {
    "about": "manager",
    "part_of": "The account manager",
    "title": "Listens",
    "words": "First.",
    "evidence": "words",
}


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def titles(version):
    return [row.title for row in version.criteria]


@pytest.mark.demand("P-05", "P-06", "P-07", "P-08", "P-09", "P-10", "P-11", "P-12", "P-13", "P-14", "features, 81")
def test_a_company_begins_with_three_criteria_in_six_parts_and_three_characteristics():
    version = make_criteria()

    assert [(row.part_of, row.evidence) for row in version.criteria.filter(about="account")] == [
        ("Strategic", "opportunity"), ("Strategic", "said"), ("Financially stable", "negotiation"),
        ("Financially stable", "rfp"), ("Existing customer", "age"), ("Existing customer", "outcome"),
    ]  # fmt: skip
    assert [row.evidence for row in version.criteria.filter(about="manager")] == ["plan", "agreement", "words"]


@pytest.mark.demand("P-05")
def test_each_change_is_a_version_and_the_older_ones_stay(people):
    first, manager = make_criteria(), office("manager")
    before = titles(first)

    added = criteria.add(by=manager, seen=1, **LISTENS)
    example = added.criteria.get(key="example")
    said = {name: getattr(example, name) for name in ("about", "part_of", "evidence", "title")}
    reworded = criteria.reword(example, by=manager, seen=2, words="Sells what helps.", **said)
    retired = criteria.retire(reworded.criteria.get(key="closer"), by=manager, seen=3)

    assert titles(first) == before
    assert titles(added) == [*before, "Listens"]
    assert added.criteria.get(key="example").words != reworded.criteria.get(key="example").words == "Sells what helps."
    assert "The customer wants a closer relationship" not in titles(retired)
    assert [version.words for version in (added, reworded, retired)] == [
        "Added: Listens", "Reworded: Exemplifies a good seller here", "Retired: The customer wants a closer relationship",
    ]  # fmt: skip
    assert "criteria" in fresh(Program.objects.get()).log().last().changed


@pytest.mark.demand("P-05")
def test_two_people_at_the_criteria_do_not_overwrite_each_other():
    make_criteria()
    criteria.add(by=office("manager"), seen=1, **LISTENS)

    with pytest.raises(Stale, match="have changed since you opened this page"):
        criteria.add(by=office("manager"), seen=1, **LISTENS | {"title": "Asks"})


@pytest.mark.demand("P-05")
def test_what_one_person_says_is_asked_once_and_the_last_criterion_stays():
    version, manager = make_criteria(), office("manager")
    with pytest.raises(Refused, match="asks for the same already"):
        criteria.add(by=manager, seen=1, **LISTENS | {"evidence": "plan"})

    for number, row in enumerate(version.criteria.filter(about="manager")[:2], 1):
        version = criteria.retire(row, by=manager, seen=number)

    with pytest.raises(Refused, match="the last criterion about the account manager"):
        criteria.retire(version.criteria.get(about="manager"), by=manager, seen=3)


@pytest.mark.demand("P-05", "P-14")
def test_a_wording_is_never_changed():
    row = make_criteria().criteria.first()
    row.words = "Otherwise."

    with pytest.raises(TypeError, match="write another"):
        row.save()
    assert Criterion.objects.get(pk=row.pk).words != "Otherwise."


@pytest.mark.demand("P-05")
def test_the_manager_begins_rewords_and_retires_on_the_page(people, as_person):
    make_program(manager=people["manager"])
    manager = as_person(people["manager"])
    manager.post("/pilots/criteria/begin/")
    row = Criterion.objects.get(key="example")

    manager.post(f"/pilots/criteria/{row.pk}/", {"seen": 1, **LISTENS, "title": row.title})
    manager.post(f"/pilots/criteria/{Criterion.objects.get(key='closer').pk}/retire/", {"seen": 2})

    page = manager.get("/pilots/criteria/").content.decode()
    assert "Version 3" in page
    assert "The customer wants a closer relationship" in manager.get("/pilots/criteria/?version=2").content.decode()
    assert "Reword or retire" not in as_person(people["rep"]).get("/pilots/criteria/").content.decode()
