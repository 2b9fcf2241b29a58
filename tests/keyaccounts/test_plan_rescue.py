"""The rescue plan: written while all is well, started by one click once the account is at risk (N5.7; feature 80)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused
from keyaccounts.models import Action
from keyaccounts.plan import actions_rescue as rescue
from keyaccounts.plan.actions_clock import climb
from keyaccounts.plan.kinds import find
from tests.acting import fresh, make_user, office, take

from .making_actions import HOW, a_rescue, a_rung, an_action, at, at_risk, click, december, page, waiting
from .making_plan import a_plan

pytestmark = pytest.mark.django_db
START = "Start the rescue plan"


@pytest.fixture
def plan():
    with at(december(1)):
        yield a_plan("in_force")


@pytest.fixture
def played(plan):
    """A rescue plan of two actions: one of a helper's within two working days, one that nobody has within eight."""
    helper = make_user("contributor", name="Hanna Help")
    return a_rescue(plan, owner=helper), a_rescue(plan, what="A new offer", within=8)


def states(plan):
    return [(row.what, row.state, row.due) for row in plan.action_rows.filter(use="rescue").order_by("pk")]


@pytest.mark.demand("N5.7", "features, 80")
def test_one_click_starts_it_once_the_account_is_at_risk(plan, played, as_person):
    client = as_person(plan.account.manager)
    assert START not in client.get(page(plan)).text
    at_risk(plan.account)
    assert START in client.get(page(plan)).text

    assert click(client, "plan-rescue", plan).status_code == 302

    assert states(plan) == [
        ("The board calls theirs", "open", december(3)), ("A new offer", "open", december(11)),
    ]  # fmt: skip
    assert [waiting(row)[0].person for row in played] == [played[0].owner, plan.account.manager]
    told = {mail.person.name for mail in Message.objects.filter(kind="plan_rescue")}
    assert told == {"Hanna Help", plan.account.manager.reports_to.name} if plan.account.manager.reports_to else told
    assert START not in client.get(page(plan)).text


@pytest.mark.demand("N5.7")
def test_while_the_account_is_well_nothing_starts(plan, played, as_person):
    answer = click(as_person(plan.account.manager), "plan-rescue", plan)

    assert answer.status_code == 302
    assert {state for _what, state, _due in states(plan)} == {"waiting"}
    with pytest.raises(Refused, match="not flagged as at risk"):
        rescue.start(plan, find("rescue"), by=plan.account.manager)


def test_the_same_click_twice_starts_it_once(plan, played, as_person):
    at_risk(plan.account)
    client, url = as_person(plan.account.manager), reverse("keyaccounts:plan-rescue", args=[plan.pk])
    sent = {"seen": plan.version, "key": "one-click"}
    client.post(url, sent)
    client.post(url, sent)

    assert Message.objects.filter(kind="plan_rescue").values("address").distinct().count() == Message.objects.filter(
        kind="plan_rescue"
    ).count()  # fmt: skip
    with pytest.raises(Refused, match="Nothing waits to be started"):
        rescue.start(plan, find("rescue"), by=plan.account.manager)


def test_who_only_reads_the_plan_starts_nothing(plan, played, as_person):
    at_risk(plan.account)
    reader = as_person(make_user("executive"))
    assert START not in reader.get(page(plan)).text
    assert click(reader, "plan-rescue", plan).status_code == 403
    assert click(as_person(make_user("contributor")), "plan-rescue", plan).status_code == 404


@pytest.mark.demand("N5.6", "N5.7")
def test_what_is_late_of_it_goes_up_the_ladder(plan, played):
    a_rung(plan, 1, make_user("leader", name="Lea First"))
    at_risk(plan.account)
    rescue.start(plan, find("rescue"), by=plan.account.manager)
    with at(december(4)):
        assert climb() == 1
    assert [row.person.name for row in waiting(played[0], "see_to_it")] == ["Lea First"]


def test_once_recovered_what_is_open_waits_again_and_what_was_done_stays_done(plan, played, as_person):
    at_risk(plan.account)
    rescue.start(plan, find("rescue"), by=plan.account.manager)
    with pytest.raises(Refused, match="still flagged"):
        rescue.rest(plan, find("rescue"), by=plan.account.manager)
    click(as_person(played[0].owner), "plan-done", plan, played[0])
    take(plan.account, "recover", office("manager"), comment="They stay.")

    client = as_person(plan.account.manager)
    assert "Let it rest" in client.get(page(plan)).text
    assert click(client, "plan-rescue-rest", plan).status_code == 302

    assert [(what, state) for what, state, _due in states(plan)] == [
        ("The board calls theirs", "done"), ("A new offer", "waiting"),
    ]  # fmt: skip
    assert [row.due for row in Action.objects.filter(state="waiting")] == [None]
    assert waiting(played[1]) == []


def test_an_action_of_it_is_written_without_a_day(plan, as_person):
    client, url = as_person(plan.account.manager), reverse("keyaccounts:plan-add", args=[plan.pk, "rescue"])
    typed = {"what": "The board calls theirs", "owner": plan.account.manager.pk, **HOW}
    assert client.post(url, typed | {"within": "0"}).status_code == 400

    assert client.post(url, typed | {"within": "2", "due": "2026-12-24", "state": "open"}).status_code == 302

    row = plan.action_rows.get(use="rescue")
    assert (row.state, row.due, row.within) == ("waiting", None, 2)
    assert "1 action waits to be started." in client.get(page(plan)).text


def test_an_action_that_runs_is_changed_like_any_other(plan, played, as_person):
    at_risk(plan.account)
    rescue.start(plan, find("rescue"), by=plan.account.manager)
    client, row = as_person(plan.account.manager), played[1]
    url = reverse("keyaccounts:plan-row", args=[plan.pk, "rescue", row.pk])
    read = client.get(url).context["form"].packed()
    typed = {"what": row.what, "within": "8", "owner": plan.account.manager.pk, "due": "2026-12-10", **HOW}

    assert client.post(url, typed | {"state": "done", "result": "They took it.", "base": read}).status_code == 302

    row = fresh(row)
    assert (row.state, row.done_on, row.due, row.result) == ("done", december(1), december(10), "They took it.")


@pytest.mark.demand("N5.7", "features, 80")
def test_the_page_of_an_account_at_risk_starts_it_as_well(plan, played, as_person):
    client, where = as_person(plan.account.manager), plan.account.get_absolute_url()
    assert "rescue plan" not in client.get(where).text
    at_risk(plan.account)
    text = client.get(where).text
    assert "its rescue plan waits to be started" in text
    assert reverse("keyaccounts:plan-rescue", args=[plan.pk]) in text
    assert f"{page(plan)}#start-rescue" in text
    reader = as_person(make_user("executive")).get(where).text
    assert reverse("keyaccounts:plan-rescue", args=[plan.pk]) not in reader

    click(client, "plan-rescue", plan)

    assert "The rescue plan runs." in client.get(where).text


def test_other_actions_are_none_of_it(plan, played):
    action = an_action(plan)
    at_risk(plan.account)
    rescue.start(plan, find("rescue"), by=plan.account.manager)
    assert fresh(action).revision == action.revision
    assert fresh(plan).log().order_by("-version").first().detail.data["changed"]["rescue"][0][1]["state"] == [
        "waiting", "open",
    ]  # fmt: skip
