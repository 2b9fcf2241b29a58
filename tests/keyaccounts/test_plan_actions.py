"""Actions: what, for which goal, by when, by whom, how it is measured, reviewed and told; who has which role (N5.1 to N5.5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from acr_program.people.models import User
from keyaccounts.models import Action
from keyaccounts.plan.actions_clock import wait_for_owners
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.content import content_of, public_rows
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, office, take
from tests.reviews.work import queries_of

from .making_actions import FRIDAY, HOW, a_goal, a_rescue, a_rung, an_action, at, click, december, page, typed, waiting
from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def plan():
    with at(december(1)):
        yield a_plan("in_force")


def add_url(plan):
    return reverse("keyaccounts:plan-add", args=[plan.pk, "actions"])


def row_url(plan, row):
    return reverse("keyaccounts:plan-row", args=[plan.pk, "actions", row.pk])


@pytest.mark.demand("N5.1", "N5.2", "N5.3")
def test_an_action_says_what_for_which_goal_by_when_and_who(plan, as_person):
    client, helper = as_person(plan.account.manager), make_user("contributor", name="Hanna Help")
    for missing in ("what", "objective", "due", "owner"):
        answer = client.post(add_url(plan), typed(plan, **{missing: ""}))
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [missing])

    assert client.post(add_url(plan), typed(plan, helpers=[helper.pk])).status_code == 302

    action = plan.action_rows.get()
    assert (action.objective, action.due, action.owner) == (a_goal(plan), date(2026, 12, 18), plan.account.manager)
    assert list(action.helpers.all()) == [helper]
    text = client.get(page(plan)).text
    assert "All plants served by one team" in text
    assert "Hanna Help" in text


@pytest.mark.demand("N5.4")
def test_each_action_says_how_it_is_measured_reviewed_and_told(plan, as_person):
    client = as_person(plan.account.manager)
    for missing in HOW:
        answer = client.post(add_url(plan), typed(plan, **{missing: ""}))
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [missing])

    client.post(add_url(plan), typed(plan))

    text = client.get(page(plan)).text
    assert "Measured: Orders of the quarter; Reviewed: At each quarterly review; Told: In the monthly call" in text


@pytest.mark.demand("N5.2", "N5.3")
def test_an_action_waits_for_its_owner_until_it_is_done(plan, as_person):
    owner = make_user("contributor")
    action = an_action(plan, owner=owner)
    row = waiting(action)[0]
    assert (row.person, row.due_at.date(), row.remind_at.date(), row.what) == (owner, FRIDAY, december(3), action.what)

    client = as_person(owner)
    assert action.what in client.get(page(plan)).text
    assert client.post(row_url(plan, action), typed(plan)).status_code == 403  # only what is theirs, not its words
    assert click(client, "plan-done", plan, action).status_code == 302

    action = fresh(action)
    assert (action.state, action.done_on, waiting(action)) == ("done", december(1), [])


def test_somebody_elses_action_is_not_theirs_to_close(plan, as_person):
    action, reader = an_action(plan), make_user("executive")
    assert click(as_person(reader), "plan-done", plan, action).status_code == 403
    assert click(as_person(make_user("contributor")), "plan-done", plan, action).status_code == 404
    assert fresh(action).state == "open"


def test_what_was_changed_meanwhile_is_looked_at_again(plan, as_person):
    action, client = an_action(plan), as_person(plan.account.manager)
    done = reverse("keyaccounts:plan-done", args=[plan.pk, action.pk])

    answer = client.post(done, {"seen": 0, "key": "stale"}, follow=True)

    assert "has changed this meanwhile" in answer.text
    assert fresh(action).state == "open"


def test_with_another_owner_or_day_it_waits_anew_and_once_dropped_for_nobody(plan, as_person):
    action, other, client = an_action(plan), make_user("rep"), as_person(plan.account.manager)

    def change(**said):
        read = client.get(row_url(plan, action)).context["form"].packed()
        assert client.post(row_url(plan, action), typed(plan, base=read, **said)).status_code == 302
        return [(one.person, one.due_at.date()) for one in waiting(action)]

    assert change(owner=other.pk) == [(other, december(18))]
    assert change(owner=other.pk, due="2026-12-21") == [(other, december(21))]
    assert change(owner=other.pk, state="dropped") == []


def test_an_action_that_is_done_has_its_day_and_an_open_one_none(plan, as_person):
    client = as_person(plan.account.manager)
    client.post(add_url(plan), typed(plan, state="done", what="One"))
    client.post(add_url(plan), typed(plan, state="open", done_on="2026-11-30", what="Two"))

    assert {row.what: row.done_on for row in plan.action_rows.all()} == {"One": december(1), "Two": None}
    assert client.post(add_url(plan), typed(plan, state="done", done_on="2026-12-02")).status_code == 400


def test_the_customer_reads_what_is_planned_and_nothing_of_who_or_how(plan):
    an_action(plan)
    a_rescue(plan)

    shown = {kind.key: rows for kind, rows in public_rows(content_of(fresh(plan)), "activity")}

    assert shown["actions"] == [{"what": "Show the plant what it saves", "due": "2026-12-04", "state": "open"}]
    assert "rescue" not in shown


def test_next_years_plan_begins_with_what_is_open_and_the_clock_lets_it_wait_where_it_is_worked(plan):
    an_action(plan, what="Open")
    an_action(plan, what="Done", state="done", done_on=december(1))
    a_rescue(plan)

    following = begin_plan(plan.membership, by=plan.account.manager, year=2027)

    copied = {row.what: row for row in following.action_rows.all()}
    assert sorted(copied) == ["Open", "The board calls theirs"]
    wait_for_owners()
    assert waiting(copied["Open"]) == []  # this year's plan is still the one that is in force
    take(plan, "archive", office("manager"), comment="It is over.")
    wait_for_owners()
    assert [one.person for one in waiting(copied["Open"])] == [plan.account.manager]
    assert waiting(plan.action_rows.get(what="Open")) == []


@pytest.mark.demand("N5.5")
def test_every_role_stands_with_who_holds_it_what_for_and_what_they_have_to_do(plan, as_person):
    service = make_user("contributor", name="Sven Service")
    add(plan, "team", title="Delivery and service", person=service, does="Answers for every order.")
    add(plan, "team", title="Technical adviser", does="Knows the plants.")
    an_action(plan, owner=service)

    answer = as_person(plan.account.manager).get(page(plan))

    said = next(one for one in answer.context["page"].panels if one.template.endswith("plan_roles.html")).said
    assert [(str(role), role.person, open_) for role, open_ in said["lines"]] == [
        ("Delivery and service", service, 1), ("Technical adviser", None, 0),
    ]  # fmt: skip
    assert "Answers for every order." in answer.text
    assert "nobody: a gap" in answer.text


@pytest.mark.demand("N5.1", "N5.3", "N5.5", "N5.6", "N5.7")
def test_what_the_part_lacks_is_asked_for(plan):
    def asked():
        return {one.demand.key: one.met for one in quality_of(fresh(plan)).of("actions").asked}

    begins = asked()
    assert {key: begins[key] for key in ("actions", "roles", "ladder", "rescue", "goals", "owners", "late")} == {
        "actions": False, "roles": False, "ladder": False, "rescue": False, "goals": True, "owners": True, "late": True,
    }  # fmt: skip
    bare = an_action(plan, due=None, owner=None)
    Action.objects.filter(pk=bare.pk).update(objective=None)
    an_action(plan, due=date(2026, 11, 30))
    add(plan, "team", title="Account manager", person=plan.account.manager)
    a_rung(plan, 2, office("manager"))
    a_rescue(plan)

    found = asked()
    assert {key: found[key] for key in ("actions", "roles", "ladder", "rescue", "goals", "owners", "late")} == {
        "actions": True, "roles": True, "ladder": True, "rescue": True, "goals": False, "owners": False, "late": False,
    }  # fmt: skip


def test_the_page_costs_few_queries_however_much_stands_there(plan, as_person):
    people = [make_user("contributor") for _n in range(3)]
    for n, person in enumerate(people):
        an_action(plan, due=december(1 + n), what=f"Late {n}", owner=person, helpers=people)
        a_rung(plan, n + 1, person)
        a_rescue(plan, what=f"Rescue {n}", owner=person)
        add(plan, "team", title=f"Seat {n}", person=person)
    with at(december(9)):
        client = as_person(plan.account.manager)
        assert queries_of(client, page(plan)) <= MOST
        assert queries_of(as_person(people[0]), page(plan)) <= MOST  # on the team, and not the account manager
        answer = client.get(page(plan))
    assert answer.text.count("working days late") == 3


def test_the_clock_is_nobody_on_the_team(plan):
    """Its duties write through the ladder and what waits, never through the rows of a plan."""
    from django.core.exceptions import PermissionDenied

    from keyaccounts.plan.writing import check_writes

    with pytest.raises(PermissionDenied):
        check_writes(User.objects.clock(), plan)
