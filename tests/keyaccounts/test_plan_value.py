"""What a plan says of a customer's worth, needs, issues, decisions and reasons (N2.3 to N2.7), and the risk register (80)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from keyaccounts.plan.content import content_of, public_rows
from keyaccounts.plan.kinds import find
from keyaccounts.plan.quality import quality_of
from keyaccounts.plan.value_worth import periods_of, picture
from tests.acting import fresh, make_user, office
from tests.reviews.work import queries_of

from .making import a_membership
from .making_plan import a_plan, add
from .making_worth import margin_told, quarter_back, sold

pytestmark = pytest.mark.django_db
TODAY = "2026-11-30"
NEED = {"words": "Delivery within a day", "voice": "stated", "source": "Kim Kunde, meeting"}
ISSUE = {"words": "Their plant in Kiel closes", "severity": "high", "source": "Press"}
DECISION = {
    "what": "Valves for the new plant", "decision": "buy", "behaviour": "Asked three suppliers, and for references.",
}  # fmt: skip


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def rep(plan, client):
    client.force_login(plan.account.manager)
    return client


def at(name, plan, *more):
    return reverse(f"keyaccounts:{name}", args=[plan.pk, *more])


def part(client, plan):
    return client.get(at("plan-part", plan, "value"))


def listed(page, kind):
    return next(one for one in page.context["page"].lists if one.kind.key == kind)


def send(client, plan, kind, **said):
    return client.post(at("plan-add", plan, kind), said).status_code


def asked(plan):
    return {one.demand.key: one.met for one in quality_of(fresh(plan)).of("value").asked}


# Worth


@pytest.mark.demand("N2.3")
def test_revenue_margin_and_potential_stand_for_each_period(plan, rep):
    begins = quarter_back(-1).isoformat()
    said = {"begins_on": begins, "months": 3, "revenue": "1000", "margin": "12.5", "potential": "4000",
            "source": "Key account team", "as_of": TODAY}  # fmt: skip

    assert send(rep, plan, "worth", **said) == 302

    worth = plan.worth_rows.get()
    assert (worth.begins_on, worth.months, worth.revenue) == (quarter_back(-1), 3, 1000)
    assert (worth.margin, worth.potential, worth.source) == (Decimal("12.5"), 4000, "Key account team")
    assert asked(plan)["worth"]


@pytest.mark.demand("N2.3")
def test_planned_stands_beside_what_is_on_file(plan, rep):
    sold(plan.account, 700, back=2)
    sold(plan.account, 500, back=1)
    margin_told(plan.account, 21, back=2)
    margin_told(plan.account, 23, back=1)
    add(plan, "worth", begins_on=quarter_back(2), months=12, revenue=2400, potential=6000, source="Team")
    add(plan, "worth", begins_on=quarter_back(2), months=3, revenue=1000, source="Team")
    add(plan, "worth", begins_on=quarter_back(-2), months=3, margin=20, source="Team")

    year, past, ahead = sorted(periods_of(plan), key=lambda one: (one.worth.begins_on, -one.worth.months))

    assert (year.net, year.of_plan, year.of_potential, year.margin, year.running) == (1200, 50, 20, 23, True)
    assert (past.net, past.of_plan, past.margin, past.running, past.tone) == (700, 70, 21, False, "warn")
    assert (ahead.net, ahead.of_plan, ahead.margin) == (None, None, None)
    page = part(rep, plan)
    assert "Planned, and what is on file" in page.text
    assert "so far" in page.text


def test_nothing_is_drawn_where_nothing_is_on_file(plan):
    assert picture(periods_of(plan)) is None
    add(plan, "worth", begins_on=quarter_back(-1), months=3, revenue=10, source="Team")
    assert picture(periods_of(plan)) is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"revenue": ""}, "at least one of the three"),
        ({"begins_on": "2026-11-15"}, ""),
        ({"months": "7"}, ""),
        ({"source": ""}, ""),
    ],
)
def test_a_period_that_says_nothing_or_is_none_is_refused(plan, rep, said, sentence):
    whole = {"begins_on": quarter_back(1).isoformat(), "months": 3, "revenue": "5", "source": "Team", "as_of": TODAY}

    answer = rep.post(at("plan-add", plan, "worth"), whole | said)

    assert answer.status_code == 400
    assert sentence in answer.text
    assert not plan.worth_rows.exists()


def test_the_same_period_stands_once_and_a_plan_beyond_the_potential_is_remarked(plan, rep):
    said = {"begins_on": quarter_back(1).isoformat(), "months": 3, "revenue": "9", "potential": "5", "source": "Team",
            "as_of": TODAY}  # fmt: skip
    assert send(rep, plan, "worth", **said) == 302

    assert send(rep, plan, "worth", **said) == 400
    assert "Planned beyond the potential" in part(rep, plan).text


def test_a_period_is_changed_as_it_was_read(plan, rep):
    worth = add(plan, "worth", begins_on=quarter_back(1), months=3, revenue=10, source="Team")
    url = at("plan-row", plan, "worth", worth.pk)
    form = rep.get(url).context["form"]
    assert form["begins_on"].value() == quarter_back(1)
    said = {"begins_on": quarter_back(1).isoformat(), "months": 3, "revenue": "12", "source": "Team", "as_of": TODAY}

    assert rep.post(url, said | {"base": form.packed()}).status_code == 302

    assert fresh(worth).revenue == 12


# Needs and issues


@pytest.mark.demand("N2.4")
def test_needs_stand_with_their_source_and_day(plan, rep):
    assert send(rep, plan, "needs", **NEED, on=TODAY, state="open") == 302
    assert send(rep, plan, "needs", **NEED | {"source": ""}, on=TODAY, state="open") == 400
    assert send(rep, plan, "needs", **NEED | {"voice": ""}, on=TODAY, state="open") == 400
    ahead = (localdate() + timedelta(days=1)).isoformat()
    assert send(rep, plan, "needs", **NEED, on=ahead, state="open") == 400

    need = plan.finding_rows.get()
    assert (need.kind, need.source, need.on.isoformat()) == ("need", "Kim Kunde, meeting", TODAY)
    page = part(rep, plan)
    assert [line.row for line in listed(page, "needs").lines] == [need]
    assert "Kim Kunde, meeting" in page.text
    assert asked(plan)["needs"]
    assert asked(plan)["heard"]


@pytest.mark.demand("N2.7")
def test_issues_stand_with_severity_and_state_the_gravest_that_is_open_first(plan, rep):
    settled = add(plan, "issues", **ISSUE, state="done")
    slight = add(plan, "issues", **ISSUE | {"severity": "low"})
    grave = add(plan, "issues", **ISSUE, on=localdate() - timedelta(days=90))
    middle = add(plan, "issues", **ISSUE | {"severity": "middle"})

    page = part(rep, plan)

    lines = listed(page, "issues").lines
    assert [line.row for line in lines] == [grave, middle, slight, settled]
    assert [line.remark for line in lines] == ["Nobody has taken it up", "", "", ""]
    assert not asked(plan)["taken"]
    assert send(rep, plan, "issues", **ISSUE | {"severity": ""}, on=TODAY, state="open") == 400


# Decisions and reasons


@pytest.mark.demand("N2.5")
@pytest.mark.parametrize("decision", ["buy", "renew", "switch"])
def test_a_decision_is_logged_with_how_they_behaved(plan, rep, decision):
    said = DECISION | {"decision": decision, "on": TODAY}
    assert send(rep, plan, "decisions", **said) == 302
    assert send(rep, plan, "decisions", **said | {"behaviour": ""}) == 400
    assert send(rep, plan, "decisions", **said | {"decision": "think"}) == 400

    event = plan.event_rows.get()
    assert (event.kind, event.decision, event.behaviour) == ("decision", decision, DECISION["behaviour"])
    assert DECISION["behaviour"] in part(rep, plan).text
    assert asked(plan)["decisions"]


@pytest.mark.demand("N2.6")
def test_what_the_customer_said_stands_apart_from_what_we_assume(plan, rep):
    stated = add(plan, "reasons-stated", words="You answer at night.", source="Kim Kunde")
    assumed = add(plan, "reasons-assumed", words="We are cheaper.", source="Sales")

    page = part(rep, plan)

    assert [line.row for line in listed(page, "reasons-stated").lines] == [stated]
    assert [line.row for line in listed(page, "reasons-assumed").lines] == [assumed]
    assert [stated.voice, assumed.voice] == ["stated", "assumed"]


@pytest.mark.demand("N2.6")
def test_what_was_assumed_and_is_then_heard_moves_to_the_other_list(plan, rep):
    reason = add(plan, "reasons-assumed", words="We are cheaper.", source="Sales")
    assert not asked(plan)["reasons"]
    url = at("plan-row", plan, "reasons-assumed", reason.pk)
    said = {"words": "We are cheaper.", "voice": "stated", "source": "Kim Kunde", "on": TODAY}

    assert rep.post(url, said | {"base": rep.get(url).context["form"].packed()}).status_code == 302

    page = part(rep, plan)
    assert [line.row.source for line in listed(page, "reasons-stated").lines] == ["Kim Kunde"]
    assert listed(page, "reasons-assumed").lines == []
    assert asked(plan)["reasons"]


def test_the_customer_reads_nothing_of_it(plan):
    filled(plan)

    kinds = {kind.key for kind, _rows in public_rows(content_of(plan))}

    assert kinds.isdisjoint({"worth", "needs", "issues", "decisions", "reasons-stated", "reasons-assumed"})


def test_next_years_plan_begins_with_it():
    plan = a_plan(year=2025)
    filled(plan)

    later = a_plan(membership=plan.membership, year=2026)

    assert later.worth_rows.count() == 1
    assert sorted(later.finding_rows.values_list("kind", flat=True)) == ["issue", "need", "reason"]
    assert later.event_rows.get().decision == "buy"


def filled(plan):
    add(plan, "worth", begins_on=quarter_back(1), months=3, revenue=10, source="Team")
    add(plan, "needs", **NEED)
    add(plan, "issues", **ISSUE)
    add(plan, "decisions", **DECISION)
    add(plan, "reasons-assumed", words="We are cheaper.", source="Sales")


def test_the_full_part_costs_few_queries(plan, rep):
    filled(plan)
    sold(plan.account, 100)
    margin_told(plan.account, 30)

    assert queries_of(rep, at("plan-part", plan, "value")) <= 14  # one more for a member of the team, who is asked for


# The risk register


def register(client, **query):
    page = client.get(reverse("keyaccounts:risk-register"), query)
    return [row.of for row in page.context["page"].rows]


@pytest.mark.demand("N2.7", "features, 80")
def test_issues_that_are_not_settled_stand_in_one_register_the_gravest_first(plan, client):
    other = a_plan()
    slight = add(plan, "issues", **ISSUE | {"severity": "low"})
    grave = add(other, "issues", **ISSUE, state="in_hand")
    add(plan, "issues", **ISSUE, state="done")
    add(plan, "needs", **NEED)
    client.force_login(office("manager"))

    assert register(client) == [grave, slight]
    assert register(client, severity="low") == [slight]
    assert register(client, state="in_hand") == [grave]
    assert register(client, search=plan.account.name) == [slight]


@pytest.mark.demand("features, 80")
def test_each_sees_the_risks_of_the_plans_that_they_see(plan, client):
    issue = add(plan, "issues", **ISSUE)
    add(a_plan(), "issues", **ISSUE)

    found = {}
    for who, person in (("rep", plan.account.manager), ("other", make_user("rep")), ("none", make_user("contributor"))):
        client.force_login(person)
        found[who] = register(client)

    assert found == {"rep": [issue], "other": [], "none": []}


def test_an_issue_that_went_over_into_next_years_plan_stands_once(client):
    plan = a_plan(membership=a_membership("incubating"), year=2025)
    add(plan, "issues", **ISSUE)
    later = a_plan(membership=plan.membership, year=2026)
    client.force_login(office("manager"))

    assert register(client) == [later.finding_rows.get()]


def test_a_register_costs_few_queries(plan, client):
    for _n in range(3):
        add(plan, "issues", **ISSUE)
    client.force_login(office("manager"))

    assert len(register(client)) == 3
    assert queries_of(client, reverse("keyaccounts:risk-register")) <= 8


def test_the_list_of_plans_leads_to_both(client):
    client.force_login(office("manager"))

    page = client.get(reverse("keyaccounts:plans")).text

    assert reverse("keyaccounts:value-ranking") in page
    assert reverse("keyaccounts:risk-register") in page


def test_every_kind_of_the_part_asks_no_more_than_its_fields(plan):
    for key in ("worth", "needs", "issues", "decisions", "reasons-stated", "reasons-assumed"):
        kind = find(key)
        assert list(kind.form_for(plan).fields) == [*kind.fields, "base"]
