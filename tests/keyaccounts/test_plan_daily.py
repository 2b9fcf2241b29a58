"""The daily work on an account: queries, insights, contacts, ideas, renewals, surveys (N8.1 to N8.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.workflow.obligations import Obligation
from keyaccounts.models import Event, Finding, PersonMap
from keyaccounts.plan import daily_standing as standing
from keyaccounts.plan.actions_clock import wait_for_owners
from keyaccounts.plan.kinds import find
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user
from tests.desk.asking import text
from tests.factories import make_account

from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def plan():
    leader = make_user("leader", name="Lea Leader")
    return a_plan("in_force", make_account(manager=make_user("rep", reports_to=leader)))


def manager(plan):
    return plan.account.manager


def page(plan):
    return reverse("keyaccounts:plan-part", args=[plan.pk, "daily"])


def a_query(plan, **said):
    asked = {
        "what": "When does the pump come?",
        "who": "Kim Kunde",
        "asked_at": now() - 3 * DAY,
        "due": localdate(),
        "owner": manager(plan),
    }
    return add(plan, "queries", **asked | said)


def somebody(plan, **said):
    known = {
        "name": "Kim Kunde",
        "division": "Purchasing",
        "influence": "decides",
        "strength": 2,
        "owner": manager(plan),
    }
    return add(plan, "people", **known | said)


def waiting(row, step):
    return list(Obligation.objects.open().of(row).filter(step=step))


def missed(plan, key):
    return key in {one.demand.key for one in quality_of(fresh(plan)).of("daily").asked if not one.met}


@pytest.mark.demand("N8.1")
def test_a_late_query_is_seen_on_the_page_in_the_quality_and_by_its_owner(plan, as_person, later):
    row = a_query(plan)
    assert [one.person for one in waiting(row, "answer")] == [manager(plan)]
    assert not missed(plan, "late")
    later(days=1)
    said = text(as_person(manager(plan)).get(page(plan)))

    assert "These wait for too long:" in said
    assert "Late: not answered yet" in said
    assert missed(plan, "late")


@pytest.mark.demand("N8.1")
def test_the_answer_closes_what_waits_and_says_how_long_it_took(plan, as_person):
    row = a_query(plan)
    kind = find("queries")
    typed = {
        "what": row.what, "who": row.who, "asked_at": f"{row.asked_at:%Y-%m-%dT%H:%M}", "due": row.due.isoformat(),
        "owner": row.owner_id, "answer": "On Monday.", "base": kind.form_for(plan, row=row).fields["base"].initial,
    }  # fmt: skip
    answer = as_person(manager(plan)).post(reverse("keyaccounts:plan-row", args=[plan.pk, "queries", row.pk]), typed)

    assert answer.status_code == 302, text(answer)
    assert waiting(row, "answer") == []
    assert standing.took_said(Event.objects.get(pk=row.pk)) == "3 days"
    assert "3 days" in text(as_person(manager(plan)).get(page(plan)))


@pytest.mark.demand("N8.1")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"answered_at": now() - DAY, "answer": ""}, "Say what was answered."),
        ({"answered_at": now() - 9 * DAY, "answer": "Yes."}, "It was answered before it was asked"),
        ({"asked_at": now() + DAY}, "This moment is still to come."),
        ({"due": localdate() - 9 * DAY}, "This day lies before the question."),
        ({"owner": ""}, "errorlist"),
    ],
)
def test_moments_of_a_query_that_cannot_be_are_refused(plan, said, sentence):
    typed = {"what": "x", "asked_at": now() - 3 * DAY, "due": localdate(), "owner": manager(plan).pk} | said
    form = find("queries").form_for(plan, typed)

    assert not form.is_valid()
    assert sentence in str(form.errors)


@pytest.mark.demand("N8.2")
@pytest.mark.parametrize(
    ("became", "more", "kind"),
    [
        ("needs", {"voice": "stated"}, "need"), ("reasons", {"voice": "assumed"}, "reason"),
        ("issues", {"severity": "high"}, "issue"), ("notes", {}, "note"), ("research", {"side": "outside"}, "research"),
    ],
)  # fmt: skip
def test_an_insight_becomes_what_it_is_once_and_with_what_that_must_say(plan, as_person, became, more, kind):
    row = add(plan, "insights", words="They open a plant in Kiel.", source="Kim Kunde", on=localdate() - DAY)
    url, client = reverse("keyaccounts:plan-insight-led", args=[plan.pk, row.pk]), as_person(manager(plan))
    if more:
        refused = client.post(url, {"became": became})
        assert (refused.status_code, "Say this as well: the row needs it." in text(refused)) == (400, True)
    answer = client.post(url, {"became": became, **more})
    row.refresh_from_db()

    assert answer.status_code == 302
    assert (row.led_to.kind, row.led_to.words, row.led_to.source, row.led_to.on) == (
        kind,
        row.words,
        row.source,
        row.on,
    )
    assert {name: getattr(row.led_to, name) for name in more} == more
    assert row.state == "done"
    assert client.post(url, {"became": became, **more}).status_code == 409
    assert Finding.objects.filter(plan=plan, kind=kind, words=row.words).count() == 1


@pytest.mark.demand("N8.3")
def test_a_contact_waits_for_whoever_looks_after_them_and_again_after_the_rhythm(plan, as_person):
    owner = make_user("contributor", name="Olga Owner")
    row = somebody(plan, owner=owner, rhythm=30, next_on=localdate() + 2 * DAY)
    assert [one.person for one in waiting(row, "in_touch")] == [owner]
    url, client = reverse("keyaccounts:plan-in-touch", args=[plan.pk, row.pk]), as_person(owner)
    kind = find("people")
    base = client.get(url).context["form"].fields["base"].initial
    typed = {
        "last_on": localdate().isoformat(),
        "next_on": (localdate() + 30 * DAY).isoformat(),
        "note": "",
        "base": base,
    }
    answer = client.post(url, typed)
    row = PersonMap.objects.get(pk=row.pk)

    assert kind.is_of(row)
    assert answer.status_code == 302
    assert (row.last_on, row.next_on) == (localdate(), localdate() + 30 * DAY)
    assert waiting(row, "in_touch") == []
    stranger = as_person(make_user("contributor")).post(url, typed)
    assert stranger.status_code in (403, 404)


@pytest.mark.demand("N8.3")
def test_the_clock_lets_a_contact_wait_a_week_before_its_day(plan, later):
    row = somebody(plan, next_on=localdate() + 20 * DAY)
    wait_for_owners()
    assert waiting(row, "in_touch") == []
    later(days=14)
    wait_for_owners()
    wait_for_owners()
    assert len(waiting(row, "in_touch")) == 1


@pytest.mark.demand("N8.4")
def test_an_idea_leads_to_an_opportunity_that_names_it(plan, as_person):
    idea = add(plan, "ideas", words="A shared stock of spare parts.", source="Ada", on=localdate())
    assert f"opportunities/add/?finding={idea.pk}" in as_person(manager(plan)).get(page(plan)).content.decode()
    add(plan, "opportunities", what="Spare parts in Kiel", finding=idea)

    assert "Spare parts in Kiel" in text(as_person(manager(plan)).get(page(plan)))


@pytest.mark.demand("N8.5")
def test_a_renewal_waits_from_its_run_up_on_until_its_outcome(plan, as_person, later):
    row = add(plan, "renewals", what="Frame contract", due=localdate() + 100 * DAY, run_up=90, owner=manager(plan))
    add(plan, "run-up", event=row, what="Ask the buyers", due=localdate() + 50 * DAY, owner=manager(plan))
    assert waiting(row, "renew") == []
    later(days=11)
    wait_for_owners()
    assert len(waiting(row, "renew")) == 1
    said = text(as_person(manager(plan)).get(page(plan)))
    assert "In its run-up" in said
    assert "0 of 1 done" in said
    kind = find("renewals")
    form = kind.form_for(
        plan, {"what": row.what, "due": row.due, "run_up": 90, "owner": row.owner_id, "outcome": "Renewed."}, row
    )
    assert form.is_valid(), form.errors
    from keyaccounts.plan import writing

    writing.keep_row(plan, kind, row.pk, by=manager(plan), mine=form.mine(), read={"revision": row.revision})
    assert waiting(row, "renew") == []


@pytest.mark.demand("N8.5")
def test_a_task_after_the_renewal_is_refused(plan):
    row = add(plan, "renewals", what="Frame contract", due=localdate() + 10 * DAY, run_up=90, owner=manager(plan))
    typed = {"event": row.pk, "what": "x", "due": localdate() + 11 * DAY, "owner": manager(plan).pk, "state": "open"}

    assert "runs out before this day" in str(find("run-up").form_for(plan, typed).errors)


@pytest.mark.demand("N8.6")
def test_a_short_survey_is_due_and_its_trend_is_told(plan, as_person):
    row = add(plan, "surveys", due=localdate() + 2 * DAY, who="Kim Kunde", owner=manager(plan))
    assert len(waiting(row, "survey")) == 1
    assert missed(plan, "surveys")
    for days, score in ((200, 5), (100, 6), (1, 8)):
        on = localdate() - days * DAY
        add(plan, "surveys", due=on, who="Kim Kunde", owner=manager(plan), on=on, score=score)
    said = text(as_person(manager(plan)).get(page(plan)))

    assert "It has grown better: from 5.0 to 8.0 in 3 surveys." in said
    assert not missed(plan, "surveys")
    assert "A score is from 0 to 10." in str(find("surveys").form_for(plan, {"due": localdate(), "score": 11}).errors)


@pytest.mark.demand("N8.1")
def test_the_page_costs_as_many_queries_with_much_on_it_as_with_little(plan, as_person):
    client = as_person(manager(plan))

    def fill(count):
        for n in range(count):
            a_query(plan, what=f"Question {n}")
            somebody(plan, name=f"Person {n} {count}", rhythm=30, next_on=localdate())
            led = add(plan, "needs", words=f"Need {n}", voice="stated", source="x", on=localdate())
            row = add(plan, "insights", words=f"Insight {n}", source="x", on=localdate())
            Finding.objects.filter(pk=row.pk).update(led_to=led)
            add(plan, "ideas", words=f"Idea {n}", source="x", on=localdate())
            of = add(plan, "renewals", what=f"Contract {n}", due=localdate() + DAY, run_up=9, owner=manager(plan))
            add(plan, "run-up", event=of, what=f"Task {n}", due=localdate(), owner=manager(plan))
            add(plan, "surveys", due=localdate(), who="Kim", owner=manager(plan), on=localdate(), score=n % 10)

    def asked():
        client.get(page(plan))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(plan))
        return len([one for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]])

    fill(1)
    few = asked()
    fill(4)
    assert asked() == few
    assert few <= 15
