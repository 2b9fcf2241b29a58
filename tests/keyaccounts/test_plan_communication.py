"""Who must see a plan and has, what we do and do not do, and the team card (N7.1, N7.3 to N7.5)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused
from keyaccounts.models import AccountPlan, TeamRole
from keyaccounts.plan import communication_readers as readers
from keyaccounts.plan import communication_team as team
from keyaccounts.plan.opening import opened
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making_plan import a_plan, add, say_three, with_mail

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def plan():
    return a_plan()


def at(name, plan, *more):
    return reverse(f"keyaccounts:{name}", args=[plan.pk, *more])


def a_role(plan, title, person=None, **of):
    return TeamRole.objects.create(plan=plan, title=title, person=person, changed_by=plan.account.manager, **of)


def mails(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("address", flat=True))


def met(plan, *keys):
    asked = {one.demand.name: one.met for one in quality_of(fresh(plan)).asked}
    return [asked[f"demand_communication_{key}"] for key in keys]


# N7.1: who must see it, and who has


@pytest.mark.demand("N7.1")
def test_who_is_put_on_the_list_may_see_the_plan_and_is_told(plan, client):
    person = make_user("contributor", name="Cora Contributor")
    assert not AccountPlan.objects.visible_to(person).exists()
    client.force_login(plan.account.manager)

    assert client.post(at("plan-put-on", plan), {"people": [person.pk]}).status_code == 302

    assert AccountPlan.objects.visible_to(person).get() == plan
    assert mails("plan_to_read") == [person.email]
    page = client.get(at("plan-readers", plan))
    assert [(one.reading.person, one.why, one.state[0]) for one in page.context["readers"]] == [
        (person, "is to see it", "Not opened yet")
    ]
    assert met(plan, "listed", "read") == [True, False]


@pytest.mark.demand("N7.1")
def test_the_read_state_says_who_opened_it_and_who_not_since_the_newest_version(plan):
    person, rep = make_user("contributor"), plan.account.manager
    readers.put_on(plan, [person], by=rep)
    opened(plan, by=person)
    assert readers.readers_of(fresh(plan))[0].state == ("Has opened it", "good")
    assert met(plan, "read") == [True]

    say_three(plan)
    take(plan, "share", rep)

    found = readers.readers_of(fresh(plan))[0]
    assert found.state == ("Opened before version 1", "info")
    assert readers.behind([found]) == [person]
    assert mails("plan_to_read") == [person.email] * 2  # on the list, and a version was shared


@pytest.mark.demand("N7.1")
def test_the_team_is_on_the_list_as_well_and_who_is_behind_is_reminded_once_a_day(plan, client):
    person, rep = make_user("contributor"), plan.account.manager
    a_role(plan, "Service", person)
    assert [(one.reading.person, one.why) for one in readers.readers_of(plan)] == [(person, "is on the team")]
    client.force_login(rep)

    for key in ("a", "b"):
        assert client.post(at("plan-remind", plan), {"key": key}).status_code == 302

    assert mails("plan_to_read") == [person.email]
    opened(plan, by=person)
    with pytest.raises(Refused, match="has opened it as it is now"):
        readers.remind(fresh(plan), by=rep)


@pytest.mark.demand("N7.1")
def test_who_is_taken_off_sees_it_no_more_and_that_they_read_it_stays(plan, client):
    person, rep = make_user("contributor"), plan.account.manager
    readers.put_on(plan, [person], by=rep)
    opened(plan, by=person)
    client.force_login(rep)

    assert client.post(at("plan-reader-off", plan, person.pk)).status_code == 302

    assert not AccountPlan.objects.visible_to(person).exists()
    assert plan.readings.get().first_at is not None
    with pytest.raises(Refused, match="off the list already"):
        readers.take_off(fresh(plan), person.pk, by=rep)


def test_who_has_no_say_over_the_account_puts_nobody_on_the_list(plan, client):
    helper = make_user("contributor")
    a_role(plan, "Service", helper)
    client.force_login(helper)

    answer = client.post(at("plan-put-on", plan), {"people": [make_user("rep").pk]})

    assert answer.status_code == 403
    assert "Put them on the list" not in client.get(at("plan-readers", plan)).text
    with pytest.raises(PermissionDenied):
        readers.remind(plan, by=helper)
    assert not plan.readings.exists()


def test_an_archived_plan_reaches_nobody_anew():
    plan = a_plan("archived")

    with pytest.raises(Refused, match="archived"):
        readers.put_on(plan, [make_user("rep")], by=office("manager"))


# N7.3: two explicit lists


@pytest.mark.demand("N7.3")
def test_what_we_do_and_what_we_do_not_do_are_two_lists(plan, client):
    client.force_login(plan.account.manager)
    for kind, what in (("we-do", "A spare part within a day"), ("we-do-not", "Repairs of other makes")):
        assert client.post(at("plan-add", plan, kind), {"what": what}).status_code == 302

    page = client.get(at("plan-part", plan, "communication"))

    lists = {one.kind.key: [str(line.row) for line in one.lines] for one in page.context["page"].lists}
    assert lists["we-do"] == ["A spare part within a day"]
    assert lists["we-do-not"] == ["Repairs of other makes"]
    assert met(plan, "we_do", "we_do_not") == [True, True]


@pytest.mark.demand("N7.3")
def test_the_same_thing_does_not_stand_on_both_lists(plan, client):
    add(plan, "we-do", what="A spare part within a day")
    client.force_login(plan.account.manager)

    answer = client.post(at("plan-add", plan, "we-do-not"), {"what": "a spare part within a day "})

    assert answer.status_code == 400
    assert "it cannot be both" in answer.text


# N7.4 and N7.5: the team card


@pytest.fixture
def account():
    made = make_account()
    with_mail(made)
    return made


def staffed(account):
    plan = a_plan(account=account)
    lead = make_user("rep", name="Lea Lead")
    a_role(plan, "Lead", lead, does="Answers for everything.", phone="+49 30 1")
    a_role(plan, "Credit", make_user("contributor", name="Carl Credit"), does="inside-credit-limit", shown=False)
    a_role(plan, "Service")
    return plan, lead


@pytest.mark.demand("N7.4")
def test_the_card_is_published_to_everybody_on_the_team(account, client):
    plan, lead = staffed(account)
    client.force_login(plan.account.manager)

    assert client.post(at("plan-team-publish", plan), {"contact": "", "note_to": ""}).status_code == 302

    card = plan.team_cards.get()
    assert [one["title"] for one in card.content] == ["Lead", "Credit", "Service"]
    assert len(mails("team_card")) == 2
    assert lead.email in mails("team_card")
    client.force_login(lead)
    page = client.get(at("plan-team", plan)).text
    assert "Carl Credit" in page
    assert "Card 1, published" in page
    assert met(plan, "card") == [True]


@pytest.mark.demand("N7.4")
def test_a_role_that_changes_asks_for_a_new_card_and_an_unchanged_one_is_not_published_twice(account, client):
    plan, _lead = staffed(account)
    rep = plan.account.manager
    team.publish(plan, by=rep)
    with pytest.raises(Refused, match="says this already"):
        team.publish(fresh(plan), by=rep)
    plan.teamrole_rows.filter(title="Service").update(title="Field service")
    client.force_login(rep)
    assert "changed since the card was published" in client.get(at("plan-team", plan)).text

    assert team.publish(fresh(plan), by=rep).number == 2

    assert "changed since the card was published" not in client.get(at("plan-team", plan)).text


def test_without_anybody_on_the_team_there_is_no_card(plan):
    a_role(plan, "Service")

    with pytest.raises(Refused, match="Nobody holds a role"):
        team.publish(plan, by=plan.account.manager)


def card_link(plan):
    return Message.objects.filter(kind="account_team", object_id=str(plan.pk)).latest("created_at").private["url"]


@pytest.mark.demand("N7.5")
def test_the_customer_reaches_its_team_by_a_link_and_reads_what_is_meant_for_it(account, client):
    plan, lead = staffed(account)
    rep = plan.account.manager
    card = team.publish(plan, by=rep, contact=account.contacts.first(), note_to="As we said.")
    url = card_link(plan)

    page = client.get(url)

    assert page.status_code == 200
    for there in ("Lea Lead", "Answers for everything.", "+49 30 1", lead.email):
        assert there in page.text
    for inside in ("Carl Credit", "inside-credit-limit", "Service"):
        assert inside not in page.text
    assert page["Cache-Control"] == "no-store"
    assert card.content[1]["does"] == "inside-credit-limit"


@pytest.mark.demand("N7.5")
def test_the_link_shows_the_newest_card_and_nobody_who_has_left(account, client):
    plan, lead = staffed(account)
    rep, contact = plan.account.manager, account.contacts.first()
    team.publish(plan, by=rep, contact=contact)
    url = card_link(plan)
    a_role(plan, "Logistics", make_user("contributor", name="Lin Logistics"))
    assert "Lin Logistics" not in client.get(url).text  # typed, and not published yet
    team.publish(fresh(plan), by=rep)
    type(lead).objects.filter(pk=lead.pk).update(is_active=False)

    page = client.get(url).text

    assert "Lin Logistics" in page
    assert "Lea Lead" not in page


@pytest.mark.demand("N7.5")
def test_links_to_the_team_are_closed_at_once_and_with_the_plan(account, client):
    plan, _lead = staffed(account)
    rep, contact = plan.account.manager, account.contacts.first()
    team.publish(plan, by=rep, contact=contact)
    first = card_link(plan)
    client.force_login(rep)
    assert client.post(at("plan-team-close", plan)).status_code == 302
    assert client.get(first).status_code == 410

    team.publish(fresh(plan), by=rep, contact=contact)
    second = card_link(plan)
    assert client.get(second).status_code == 200
    take(plan, "archive", office("manager"), comment="It is over.")

    assert client.get(second).status_code == 410
    assert client.get(reverse("keyaccounts:team-by-link", args=["never-issued"])).status_code == 404


def test_looking_at_the_team_changes_nothing(account, client):
    plan, _lead = staffed(account)
    team.publish(plan, by=plan.account.manager, contact=account.contacts.first())
    url, version = card_link(plan), fresh(plan).version

    for _time in range(3):
        client.get(url)
        client.head(url)

    assert fresh(plan).version == version
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("name", ["plan-readers", "plan-team", "plan-proposals", "plan-part"])
def test_the_pages_cost_few_queries(plan, name, client, django_assert_max_num_queries):
    rep, people = plan.account.manager, [make_user("contributor", name=f"Nr {n}") for n in range(4)]
    for number, person in enumerate(people):
        a_role(plan, f"Role {number}", person)
    team.publish(plan, by=rep)
    readers.put_on(fresh(plan), people[:2], by=rep)
    for kind in ("we-do", "we-do-not", "kpis"):
        add(plan, kind, what="Something")
    client.force_login(rep)
    url = at(name, plan, *(["communication"] if name == "plan-part" else []))
    client.get(url)

    with django_assert_max_num_queries(MOST):
        assert client.get(url).status_code == 200
