from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.desk import absences, chronicle
from acr_program.people.models import Absence
from acr_program.workflow.errors import Refused
from acr_program.workflow.seals import verify
from tests.desk.asking import text
from tests.factories import fresh, make_absence, make_user

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def one_day(time_machine):
    """No test of whole days runs across midnight."""
    time_machine.move_to("2026-11-20T09:00:00+00:00")


def away(person, stand_in, by=None, first=0, last=5):
    return absences.set_absence(
        person,
        by=by or person,
        from_on=TODAY + timedelta(days=first),
        to_on=TODAY + timedelta(days=last),
        stand_in=stand_in,
    )


def typed(stand_in, first=0, last=5):
    days = {"from_on": TODAY + timedelta(days=first), "to_on": TODAY + timedelta(days=last)}
    return {name: day.isoformat() for name, day in days.items()} | {"stand_in": stand_in.pk}


def test_one_sets_ones_own_and_the_log_keeps_it(people):
    away(people["leader"], people["second leader"])

    assert chronicle.story(fresh(people["leader"]))[0].sentence.startswith("set an absence: ")
    assert "Leo Leader acts" in chronicle.story(fresh(people["leader"]))[0].sentence
    assert list(verify()) == []


@pytest.mark.demand("M8")
def test_the_office_sets_it_for_others_and_nobody_else_does(people, as_person):
    leader = people["leader"]
    for who, status in {"rep": 403, "second leader": 403, "auditor": 403, "admin": 200, "leader": 200}.items():
        assert as_person(people[who]).get(f"/people/{leader.pk}/absences/").status_code == status, who
    with pytest.raises(PermissionDenied):
        away(leader, people["second leader"], by=people["rep"])

    as_person(people["admin"]).post(f"/people/{leader.pk}/absences/", typed(people["second leader"]))

    assert Absence.objects.get().set_by == people["admin"]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (3, 1, "The last day is before the first"),
        (-5, -1, "These days are over"),
    ],
)
def test_days_that_will_not_do(people, as_person, first, last, sentence):
    answer = as_person(people["leader"]).post(
        f"/people/{people['leader'].pk}/absences/", typed(people["second leader"], first, last)
    )

    assert answer.status_code == 400
    assert sentence in text(answer)
    assert not Absence.objects.exists()


def test_stand_ins_that_will_not_do(people, as_person):
    leader, gone = people["leader"], make_user("leader", is_active=False)
    client = as_person(leader)

    for person in (leader, gone, people["clock"]):
        assert client.post(f"/people/{leader.pk}/absences/", typed(person)).status_code == 400
        with pytest.raises(Refused):
            away(leader, person)


def test_two_absences_never_overlap(people):
    away(people["leader"], people["second leader"], first=2, last=4)

    with pytest.raises(Refused, match="is set already"):
        away(people["leader"], people["rep"], first=4, last=6)
    away(people["leader"], people["rep"], first=5, last=6)


def test_a_stand_in_who_is_away_too_is_said_with_who_acts_then(people, as_person):
    make_absence(people["second leader"], people["admin"], TODAY + timedelta(days=1), TODAY + timedelta(days=2))

    answer = as_person(people["leader"]).post(
        f"/people/{people['leader'].pk}/absences/", typed(people["second leader"]), follow=True
    )

    assert "Leo Leader is away too on" in text(answer)
    assert "then Ada Admin acts." in text(answer)


@pytest.mark.demand("M8")
def test_a_circle_is_warned_of(people):
    make_absence(people["second leader"], people["leader"], TODAY + timedelta(days=1), TODAY + timedelta(days=2))

    absence = away(people["leader"], people["second leader"])

    assert "lead round in a circle: nobody would act" in absences.warning(absence)


def test_coming_back_early_ends_it_yesterday(people, as_person):
    absence = make_absence(
        people["leader"], people["second leader"], TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    )

    as_person(people["leader"]).post(f"/people/{people['leader'].pk}/absences/{absence.pk}/end/")

    assert fresh(absence).to_on == TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="over already"):
        absences.end_absence(fresh(absence), by=people["leader"])


def test_one_that_has_not_begun_is_taken_back_whole(people):
    absence = away(people["leader"], people["second leader"], first=2)

    absences.end_absence(absence, by=people["admin"])

    assert not Absence.objects.exists()
    assert chronicle.story(fresh(people["leader"]))[0].sentence.startswith("took back the absence")
    assert list(verify()) == []


def test_an_absence_is_ended_under_its_own_person_alone(people, as_person):
    absence = make_absence(people["leader"], people["second leader"])

    answer = as_person(people["rep"]).post(f"/people/{people['rep'].pk}/absences/{absence.pk}/end/")
    other = as_person(people["rep"]).post(f"/people/{people['leader'].pk}/absences/{absence.pk}/end/")

    assert (answer.status_code, other.status_code) == (404, 403)
    assert Absence.objects.get().to_on == absence.to_on
