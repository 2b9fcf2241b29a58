"""The relationship diagnostic: the map, the team against its pattern, the history, the wallet, what may be read (N3.1 to N3.7)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.actions.contacts import drop_contact
from accounts.models import Performance
from accounts.pages import length_of
from keyaccounts.models import Event, PersonMap
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.relation_team import PATTERN
from tests.acting import fresh, make_user, office
from tests.desk.asking import questions, text
from tests.factories import make_account, make_request

from .making_incubation import told_figure
from .making_plan import a_plan, add
from .making_relation import ADA, BO, CY, SEEN, at, part, said, unmet

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def plan():
    return a_plan()


@pytest.mark.demand("N3.1", "N3.2", "features, 77")
def test_all_divisions_stand_on_one_map_each_with_its_people_and_its_strength(plan, client):
    for one in (ADA, BO, CY):
        add(plan, "people", **one)

    found, page = said(client, plan, "map")

    assert [(one.name, one.ours, one.known, one.strength) for one in found["divisions"]] == [
        ("Pumps", True, 1, 1.5), ("Purchasing", False, 1, 1.0),
    ]  # fmt: skip
    assert found["map"].sentence == "Of 3 people in 2 divisions we know 2; the strength is 1.3 of 4 on average."
    assert [name for name, _figures in found["map"].lines] == ["Ada Amt", "Cy Cole", "Bo Berg"]
    picture = re.search(r'(?s)<svg class="chart__picture".*?</svg>', page.text)[0]
    assert [word for word in ("Ada Amt", "Bo Berg", "Cy Cole", "Pumps", "Purchasing") if word not in picture] == []
    assert "style" not in picture
    assert "script" not in picture


@pytest.mark.demand("N3.1", "N3.2")
def test_the_map_says_who_decides_and_is_hardly_known(plan, client):
    add(plan, "people", **ADA)
    assert "deciders" not in unmet(plan)
    add(plan, "people", **BO | {"influence": "decides"})

    found, page = said(client, plan, "map")

    assert found["hardly"] == "Bo Berg"
    assert "Decides, and we hardly know them" in page.text
    assert {"deciders", "owners"} <= unmet(plan)
    assert not {"people", "wider"} & unmet(plan)


def test_nobody_on_the_map_is_said_kindly(plan, client):
    client.force_login(plan.account.manager)

    page = client.get(part(plan))

    assert "Nobody is on the map yet" in page.text
    assert 'id="map"' not in page.text


def test_a_contact_on_file_is_put_on_the_map_once_with_name_and_title(plan, client):
    client.force_login(plan.account.manager)
    contact = plan.account.contacts.get()
    sent = {"contact": contact.pk, "division": "Pumps", "influence": "decides", "strength": "2"}

    assert client.post(at("plan-add", plan, "people"), sent).status_code == 302
    assert client.post(at("plan-add", plan, "people"), sent).status_code == 400

    one = PersonMap.objects.get(plan=plan)
    assert (one.name, one.strength, one.contact_id) == ("Kim Kunde", 2, contact.pk)


def test_somebody_on_the_map_has_a_name_and_was_met_in_the_past(plan, client):
    client.force_login(plan.account.manager)
    sent = {"division": "Pumps", "influence": "uses", "strength": "0"}
    url = at("plan-add", plan, "people")

    nameless = client.post(url, sent)
    ahead = client.post(url, sent | {"name": "Di", "last_on": f"{localdate() + timedelta(days=1)}"})
    beyond = client.post(url, sent | {"name": "Di", "strength": "5"})

    assert "Name them, or choose a contact on file." in nameless.text
    assert "This day has not come yet." in ahead.text
    assert [one.status_code for one in (nameless, ahead, beyond)] == [400, 400, 400]
    assert not PersonMap.objects.filter(plan=plan).exists()


def test_whoever_leaves_the_contacts_stays_on_the_map_by_name(plan):
    contact = plan.account.contacts.get()
    one = add(plan, "people", **ADA, contact=contact)

    drop_contact(plan.account, contact, by=office("manager"))

    assert (fresh(one).contact, fresh(one).name) == (None, "Ada Amt")


@pytest.mark.demand("N3.3")
def test_the_team_is_compared_with_its_pattern_and_each_gap_is_named(plan, client):
    gone = make_user("rep", is_active=False)
    add(plan, "team", title="Executive Sponsor", person=office("executive"))
    add(plan, "team", title="Technical adviser", person=gone)
    add(plan, "team", title="Translator")

    found, page = said(client, plan, "team")

    lines = {line.title: (line.target, len(line.held), line.gap) for line in found["team"].lines}
    assert lines == {
        "Account manager": (1, 0, 1), "Executive sponsor": (1, 1, 0), "Technical adviser": (1, 0, 1),
        "Delivery and service": (1, 0, 1), "Contracts and finance": (1, 0, 1), "Translator": (1, 0, 1),
    }  # fmt: skip
    assert found["team"].sentence == "1 of 6 seats are filled."
    assert page.text.count("To be filled") == 1
    assert "Has left: to be filled" in page.text
    assert "gaps" in unmet(plan)


@pytest.mark.demand("N3.3")
def test_a_seat_of_the_pattern_is_written_down_from_the_page(plan, client):
    found, _page = said(client, plan, "team")
    line = next(line for line in found["team"].lines if line.title == "Executive sponsor")
    assert [line.declared for line in found["team"].lines] == [False] * len(PATTERN[1])

    form = client.get(line.add_url).context["form"]
    assert form["title"].value() == "Executive sponsor"
    kept = client.post(line.add_url, {"title": "executive  sponsor", "person": office("executive").pk})

    assert kept.status_code == 302
    assert plan.teamrole_rows.get().title == "Executive sponsor"
    assert [line.gap for line in said(client, plan, "team")[0]["team"].lines] == [1, 0, 1, 1, 1]


@pytest.mark.demand("N3.3")
def test_who_holds_several_seats_is_named(plan, client):
    sponsor = make_user("executive", name="Eva Executive")
    for title in ("Executive sponsor", "Translator"):
        add(plan, "team", title=title, person=sponsor)

    assert "Eva Executive holds more than one." in said(client, plan, "team")[0]["team"].sentence


@pytest.mark.demand("N3.4")
def test_the_length_of_the_relationship_is_computed_from_the_day_they_became_a_customer(client):
    account = make_account(customer_since=date(2010, 3, 4))
    plan = a_plan(account=account)

    found, page = said(client, plan, "history")

    assert found["history"].length == length_of(date(2010, 3, 4), localdate())
    assert f"A customer {found['history'].length}, since Thursday 4 March 2010." in text(page)


@pytest.mark.demand("N3.5")
def test_the_timeline_tells_events_reviews_and_the_beginning_the_newest_first(client):
    account = make_account(customer_since=date(2010, 3, 4))
    plan = a_plan(account=account)
    review = make_request("met", account=account)
    add(plan, "history", what="They moved to Basel.", on=date(2015, 5, 1), who="Kim", source="Their report")

    found, page = said(client, plan, "history")

    moments = found["history"].moments
    assert [one.what for one in moments] == [str(review), "They moved to Basel.", "They became a customer."]
    assert moments[0].on == review.met_on
    assert review.get_absolute_url() in page.text
    assert "Their report" in page.text
    assert "history" not in unmet(plan)


@pytest.mark.demand("N3.5")
def test_next_years_timeline_still_tells_what_this_years_plan_has_seen(plan, client):
    rep = plan.account.manager
    add(plan, "history", what="They moved to Basel.", on=date(2015, 5, 1))
    for kind, what in (("decision", "They renewed."), ("query", "Where is the invoice?")):
        Event.objects.create(plan=plan, kind=kind, what=what, on=date(2026, 5, 1), changed_by=rep)

    after = begin_plan(plan.membership, by=rep, year=plan.year + 1)

    told = [one.what for one in said(client, after, "history")[0]["history"].moments]
    assert [what for what in told if what != "They became a customer."] == ["They renewed.", "They moved to Basel."]


@pytest.mark.demand("N3.5")
def test_what_has_not_happened_yet_is_no_history(plan, client):
    client.force_login(plan.account.manager)
    ahead = {"what": "The big order.", "on": f"{localdate() + timedelta(days=3)}"}

    assert client.post(at("plan-add", plan, "history"), ahead).status_code == 400
    assert client.post(at("plan-add", plan, "history"), ahead | {"on": f"{localdate()}"}).status_code == 302


@pytest.mark.demand("N3.7")
def test_the_share_of_wallet_has_its_source_and_the_total_that_follows_from_our_value(plan, client):
    quarter = date(2026, 4, 1)
    told_figure(plan.account, "wallet", quarter, 25)
    Performance.objects.create(
        account=plan.account, quarter_begins_on=quarter, net=Decimal("1000.50"), orders=3, shipped=3, on_time=0,
        source="Orders", as_of=date(2026, 7, 1),
    )  # fmt: skip

    found, page = said(client, plan, "wallet")

    share = found["wallet"].shares[0]
    assert (share.said, share.total, share.sum) == ("25 %", Decimal("4002.00"), "1,001 of about 4,002")
    assert share.source in page.text
    assert found["tell_url"] == reverse("accounts:new-figure", args=[plan.account.pk]) + "?kind=wallet"
    assert client.get(found["tell_url"]).status_code == 200


@pytest.mark.demand("N3.7")
def test_without_an_estimate_the_page_says_what_to_enter(plan, client):
    found, page = said(client, plan, "wallet")

    assert found["wallet"].shares == []
    assert "Nobody has estimated what they spend in all" in page.text


@pytest.mark.parametrize("who", ["rep", "manager", "executive"])
def test_the_part_costs_the_same_however_much_stands_in_it(who, client):
    account = make_account(customer_since=date(2010, 3, 4))
    plan = a_plan(account=account)
    client.force_login(account.manager if who == "rep" else office(who))
    bare = len(questions(client, part(plan)))
    for one in (ADA, BO, CY):
        add(plan, "people", **one)
    add(plan, "team", title="Translator", person=make_user("rep"))
    add(plan, "history", what="They moved to Basel.", on=date(2015, 5, 1))
    add(plan, "notes", words="Never mention the fire.", source="Kim")
    finding = add(plan, "research", **SEEN)
    add(plan, "opportunities", what="Service", finding=finding)
    told_figure(account, "wallet", date(2026, 4, 1), 25)

    asked = questions(client, part(plan))

    assert len(asked) == bare <= MOST


def test_the_customer_reads_nothing_of_it(client):
    from keyaccounts.plan.content import content_of, public_rows

    plan = a_plan()
    add(plan, "people", **ADA, note="He drinks.")
    add(plan, "notes", words="Never mention the fire.", source="Kim")
    content = content_of(fresh(plan))

    shown = [rows for subject in ("", "opportunities", "priorities") for rows in public_rows(content, subject)]

    assert "Never mention the fire." in str(content)
    assert not [word for word in ("Ada", "drinks", "fire") if word in str(shown)]
