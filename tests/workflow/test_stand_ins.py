"""Who acts for whom, while when, and what even a stand-in may not (M8)."""

from copy import deepcopy
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from acr_program.people.models import Absence, User
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from tests.factories import make_absence, make_account, make_request, make_user, take
from tests.fixtures import everybody


def again(person):
    """The person as the next request reads them."""
    return User.objects.get(pk=person.pk)


@pytest.fixture(scope="module")
def made(once):
    def build():
        people = everybody()
        request = make_request("in_approval", account=make_account(manager=people["rep"]))
        return people, request.approvals.get(approver=people["leader"])

    return once(build)


@pytest.fixture
def here(made, db):
    return deepcopy(made)


@pytest.fixture
def people(here):
    return here[0]


@pytest.fixture
def approval(here):
    """The approval that the first leader is asked for."""
    return here[1]


def test_a_stand_in_acts_and_both_names_stand_in_the_log(approval, people):
    make_absence(people["leader"], people["second leader"])
    stand_in = again(people["second leader"])

    done = take(approval, "approve", stand_in, signs=approval.signs)

    entry = done.taken.entry
    assert (entry.by, entry.on_behalf_of, entry.by_name) == (stand_in, people["leader"], "Leo Leader for Lena Leader")


def test_the_absent_person_may_still_act(approval, people):
    make_absence(people["leader"], people["second leader"])

    entry = take(approval, "approve", again(people["leader"]), signs=approval.signs).taken.entry

    assert (entry.on_behalf_of, entry.by_name) == (None, "Lena Leader")


@pytest.mark.parametrize(("begins", "ends", "acts"), [(0, 0, True), (-3, 0, True), (1, 3, False), (-3, -1, False)])
def test_a_stand_in_acts_on_the_days_named_alone(approval, people, begins, ends, acts):
    today = localdate()
    make_absence(people["leader"], people["second leader"], today + timedelta(begins), today + timedelta(ends))

    names = [offer.name for offer in offers(approval, again(people["second leader"]))]

    assert names == (["approve", "ask_for_changes"] if acts else [])


def test_the_right_ends_with_the_last_day(approval, people, later):
    make_absence(people["leader"], people["second leader"])
    later(days=1)

    with pytest.raises(PermissionDenied):
        take(approval, "approve", again(people["second leader"]), signs=approval.signs)


def test_a_chain_of_absences_ends_at_the_one_who_is_there(approval, people):
    middle, last = make_user("leader"), make_user("leader")
    make_absence(people["leader"], middle)
    make_absence(middle, last)

    assert [offers(approval, again(person)) != [] for person in (middle, last)] == [False, True]


def test_a_circle_of_absences_leaves_nobody(approval, people):
    middle = make_user("leader")
    make_absence(people["leader"], middle)
    make_absence(middle, people["second leader"])
    make_absence(people["second leader"], middle)

    acting = [person for person in (middle, people["second leader"]) if offers(approval, again(person))]

    assert acting == []


def test_two_who_name_each_other_each_act_for_themselves_alone(people):
    make_absence(people["leader"], people["second leader"])
    make_absence(people["second leader"], people["leader"])

    assert again(people["leader"]).stands_in_for == frozenset()
    assert again(people["leader"]).acts_as(people["leader"].pk) is True


def test_a_chain_reaches_over_four_absences_and_no_further(people):
    chain = [make_user("leader") for _ in range(7)]
    for absent, stand_in in pairwise(chain):
        make_absence(absent, stand_in)

    stood_in_for = again(chain[-1]).stands_in_for

    assert [person.pk in stood_in_for for person in chain] == [False, False, True, True, True, True, False]


def test_nobody_approves_their_own_request_through_a_leader_who_is_away(approval, people):
    make_absence(people["leader"], people["rep"])
    rep = again(people["rep"])

    assert rep.acts_as(people["leader"].pk) is True
    assert offers(approval, rep) == []
    with pytest.raises(PermissionDenied):
        take(approval, "approve", rep, signs=approval.signs)


def test_a_stand_in_sees_and_is_asked_what_the_absent_person_is(approval, people):
    stand_in = people["second leader"]
    assert type(approval).objects.visible_to(again(stand_in)).filter(pk=approval.pk).exists() is False

    make_absence(people["leader"], stand_in)

    assert type(approval).objects.visible_to(again(stand_in)).filter(pk=approval.pk).exists() is True
    assert [row.about for row in Obligation.objects.waiting_for(again(stand_in))] == [approval]


def test_the_database_takes_no_absence_that_makes_no_sense(people):
    today = localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_absence(people["rep"], people["rep"])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_absence(people["rep"], people["leader"], today, today - timedelta(1))

    assert Absence.objects.count() == 0
