"""The ladder climbs by itself: each rung on its day, by mail and as a duty, and never twice (N5.6)."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import make_aware

from acr_program.jobs.clock import registry, tick
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation
from keyaccounts.models import Action, Escalation
from keyaccounts.plan.actions_clock import climb, wait_for_owners
from keyaccounts.plan.actions_ladder import climb_in
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.kinds import find
from keyaccounts.plan.writing import drop_row, keep_row
from tests.acting import fresh, make_user, office, take
from tests.factories import make_absence

from .making_actions import a_rung, an_action, at, december, page, waiting
from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
SEE = "see_to_it"


@pytest.fixture
def plan():
    with at(december(1)):
        yield a_plan("in_force")


@pytest.fixture
def ladder(plan):
    """Two rungs: after one working day the first, after three the second."""
    people = make_user("leader", name="Lea First"), make_user("executive", name="Stefan Second")
    for after, person in zip((1, 3), people, strict=True):
        a_rung(plan, after, person)
    return people


def mails():
    """Who was told, and on which day, in order."""
    found = Message.objects.filter(kind="plan_late").order_by("created_at", "person__name")
    return [(mail.person.name, mail.created_at.date()) for mail in found]


def holders(action):
    return [row.person.name for row in waiting(action, SEE)]


def moved(plan, action, due, **more):
    """The action on another day, as its form writes it."""
    said = {"due": due} | more
    keep_row(
        plan, find("actions"), action.pk, by=plan.account.manager, mine=said, read={"revision": fresh(action).revision}
    )


@pytest.mark.demand("N5.6")
def test_each_rung_is_told_on_its_day_and_never_twice(plan, ladder):
    action = an_action(plan)  # due on Friday the fourth
    told = {}
    for day, hour, minute in ((4, 12, 0), (5, 9, 0), (6, 9, 0), (7, 7, 59), (7, 8, 0), (7, 8, 10), (8, 9, 0), (9, 7, 59),
                              (9, 8, 0), (9, 8, 10), (10, 9, 0), (21, 9, 0)):  # fmt: skip
        with at(december(day), hour, minute):
            before = len(mails())
            climb()
            told[day, hour, minute] = [name for name, _on in mails()[before:]]

    assert {moment: names for moment, names in told.items() if names} == {
        (7, 8, 0): ["Lea First"], (9, 8, 0): ["Stefan Second"],
    }  # fmt: skip
    assert holders(action) == ["Lea First", "Stefan Second"]
    assert Escalation.objects.filter(action=action).count() == 2


@pytest.mark.demand("N5.6")
def test_the_clock_does_it_by_itself(plan, ladder):
    name = "send what is late in account plans up their ladders"
    assert name in registry
    an_action(plan)
    with at(december(7), 8, 1):
        assert name in tick()
        assert [who for who, _on in mails()] == ["Lea First"]


@pytest.mark.demand("N5.6")
def test_by_the_real_clock_each_rung_of_a_ladder_is_told_in_the_morning_of_its_day(plan):
    """Ten minutes to ten minutes around the morning and the evening of each day, weekends as well, as the clock ticks."""
    rungs = {1: "Lea One", 3: "Lea Three", 5: "Stefan Five", 10: "Mona Ten"}
    people = {after: make_user("leader", name=name) for after, name in rungs.items()}
    for after, person in people.items():
        a_rung(plan, after, person)
    action = an_action(plan)  # due on Friday the fourth
    for day in range(4, 22):
        for hour, minute in ((7, 55), (8, 5), (17, 30)):
            with at(december(day), hour, minute):
                tick()

    found = Message.objects.filter(kind="plan_late").order_by("created_at")
    assert [(mail.person.name, mail.created_at) for mail in found] == [
        (rungs[after], make_aware(datetime(2026, 12, day, 8, 5))) for after, day in ((1, 7), (3, 9), (5, 11), (10, 18))
    ]
    assert [(one.rung.after, one.at.day) for one in Escalation.objects.order_by("pk")] == [
        (1, 7),
        (3, 9),
        (5, 11),
        (10, 18),
    ]
    waits = {row.person: row.due_at for row in waiting(action, SEE)}
    assert list(waits) == list(people.values())
    assert waits[people[3]] == make_aware(datetime(2026, 12, 11, 8))


def test_a_rungs_duty_is_due_when_the_next_is_told_and_the_mail_says_so(plan, ladder):
    action = an_action(plan)
    with at(december(7), 8):
        climb()

    row = waiting(action, SEE)[0]
    assert row.due_at == make_aware(datetime(2026, 12, 9, 8))
    assert (row.what, row.title) == (f"Late: see that it is done: {action.what}", str(plan))
    text = Message.objects.get(kind="plan_late").text
    assert action.what in text
    assert "it goes up to Stefan Second" in text


def test_after_a_standstill_all_that_fell_due_is_told_at_once(plan, ladder):
    an_action(plan)
    with at(december(17)):
        assert climb() == 2
        assert climb() == 0
    assert [who for who, _on in mails()] == ["Lea First", "Stefan Second"]


def test_the_second_of_two_clocks_finds_nothing_left(plan, ladder):
    an_action(plan)
    with at(december(17)):
        assert [climb_in(plan.pk), climb_in(plan.pk)] == [2, 0]


@pytest.mark.demand("N5.6")
def test_what_is_done_climbs_no_further_and_waits_for_nobody(plan, ladder):
    action = an_action(plan)
    with at(december(7)):
        climb()
        assert len(waiting(action)) == 2  # the owner's, and the first rung's
        moved(plan, action, action.due, state="done", done_on=december(7))
        assert waiting(action) == []
    with at(december(21)):
        assert climb() == 0


def test_with_a_new_day_the_ladder_begins_anew(plan, ladder):
    action = an_action(plan)
    with at(december(7)):
        climb()
        moved(plan, action, december(8))
        assert holders(action) == []
    with at(december(8)):
        assert climb() == 0
    with at(december(9)):
        assert climb() == 1
        assert climb() == 0
    assert mails() == [("Lea First", december(7)), ("Lea First", december(9))]


def test_a_later_day_that_is_over_as_well_tells_nobody_again(plan, ladder):
    action = an_action(plan, due=december(2))
    with at(december(7)):
        assert climb() == 2
        moved(plan, action, december(4))
        assert climb() == 0
        assert len(holders(action)) == 2


@pytest.mark.demand("N5.6")
def test_a_question_that_nobody_answered_climbs_as_well(plan, ladder):
    from django.utils.timezone import now

    from keyaccounts.models import Event

    asked = Event(
        plan=plan, kind="query", what="When do the valves come?", due=december(4), changed_by=plan.account.manager
    )
    asked.asked_at = now()
    asked.save()
    with at(december(7)):
        assert climb() == 1
        assert [row.person.name for row in Obligation.objects.open().of(asked)] == ["Lea First"]
        Event.objects.filter(pk=asked.pk).update(answered_at=now())
        wait_for_owners()
        assert not Obligation.objects.open().of(asked).exists()
    with at(december(21)):
        assert climb() == 0


def test_several_late_things_are_one_mail_and_a_duty_each(plan, ladder):
    first, second = an_action(plan, what="One"), an_action(plan, what="Two")
    with at(december(7)):
        assert climb() == 2
    mail = Message.objects.get(kind="plan_late")
    assert ("One" in mail.text, "Two" in mail.text) == (True, True)
    assert (holders(first), holders(second)) == (["Lea First"], ["Lea First"])


def test_who_has_left_hears_nothing_and_the_program_manager_does(plan):
    gone = make_user("leader")
    a_rung(plan, 1, gone)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    action, manager = an_action(plan), office("manager")
    with at(december(7)):
        climb()
    assert [row.role for row in waiting(action, SEE)] == ["manager"]
    assert [mail.person for mail in Message.objects.filter(kind="plan_late")] == [manager]


def test_whoever_acts_for_somebody_away_is_told_as_well(plan, ladder):
    stand_in = make_user("leader", name="Sonja Stand-In")
    an_action(plan)
    make_absence(ladder[0], stand_in, december(7), december(8))
    with at(december(7)):
        climb()
    assert sorted(who for who, _on in mails()) == ["Lea First", "Sonja Stand-In"]


def test_whoever_stands_on_the_ladder_may_read_the_plan(plan, as_person):
    outside = make_user("contributor")
    assert as_person(outside).get(page(plan)).status_code == 404
    a_rung(plan, 1, outside)
    assert as_person(outside).get(page(plan)).status_code == 200


def test_only_the_plan_that_the_account_is_worked_by_climbs(plan, ladder):
    following = begin_plan(plan.membership, by=plan.account.manager, year=2027)  # carries ladder and action
    assert following.rung_rows.count() == 2
    an_action(plan)
    an_action(following)
    with at(december(7)):
        assert climb() == 1
    assert [row.action.plan_id for row in Escalation.objects.all()] == [plan.pk]


def test_a_plan_that_is_archived_climbs_no_more_and_its_duties_close(plan, ladder):
    action = an_action(plan)
    with at(december(7)):
        climb()
        take(plan, "archive", office("manager"), comment="It is over.")
        wait_for_owners()
        assert waiting(action) == []
    with at(december(21)):
        assert climb() == 0


def test_an_action_that_is_taken_off_leaves_nothing_waiting(plan, ladder):
    action = an_action(plan)
    with at(december(7)):
        climb()
        kept = Action.objects.get(pk=action.pk)
        drop_row(plan, find("actions"), kept.pk, by=plan.account.manager, revision=kept.revision)
    assert waiting(kept) == []
    assert not Escalation.objects.exists()


def test_the_plans_history_says_that_it_went_up(plan, ladder):
    an_action(plan)
    with at(december(7)):
        climb()
    entry = fresh(plan).log().order_by("-version").first()
    assert entry.by.is_system
    assert entry.detail.data["changed"]["escalations"][1] == [
        {"what": "Show the plant what it saves", "after": 1, "whom": "Lea First"}
    ]


def test_the_page_says_how_far_it_has_gone_up_and_when_it_goes_on(plan, ladder, as_person):
    an_action(plan)
    with at(december(7)):
        climb()
        answer = as_person(plan.account.manager).get(page(plan))
    late = next(one for one in answer.context["page"].panels if one.template.endswith("plan_late.html")).said["late"]
    assert [(rise.person.name, rise.is_told, rise.on) for rise in late.lines[0].rises] == [
        ("Lea First", True, december(7)), ("Stefan Second", False, december(9)),
    ]  # fmt: skip
    assert "1 working day late" in answer.text


def test_a_rung_begins_with_the_first_working_day_and_stands_once(plan, as_person):
    from django.urls import reverse

    client, person = as_person(plan.account.manager), office("manager")
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "rungs"])
    assert client.post(url, {"after": 0, "person": person.pk}).status_code == 400
    assert client.post(url, {"after": 2, "person": person.pk}).status_code == 302
    assert client.post(url, {"after": 2, "person": person.pk}).status_code == 400
    assert plan.rung_rows.count() == 1


def test_a_ladder_without_anything_late_tells_nobody(plan, ladder):
    an_action(plan, due=december(21))
    add(plan, "team", title="Account manager", person=plan.account.manager)
    with at(december(18)):
        assert climb() == 0
