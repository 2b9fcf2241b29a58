"""The overview, the lists, each account's way, the mark of its tier, the settings with the name (K-04, K-21, features 72, 73)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from acr_program.charter.models import Program
from keyaccounts.actions.value import begin_proposition
from keyaccounts.models import Membership, Programme, Tier
from tests.exports.reading import body, csv_rows
from tests.factories import fresh, make_absence, make_account, make_request, make_user, office, take

from .making import WAYS, a_membership, a_programme, a_round, a_tier, led, ungated
from .making_panel import a_panel, decided, scheduled, voting

MARKS = re.compile(r"SAVEPOINT|^PRAGMA|^SET TRANSACTION|^BEGIN|^COMMIT")
LIST, RECORD = 8, 15
pytestmark = pytest.mark.django_db
OVERVIEW, MEMBERS, DUE, SETTINGS = (f"/key-accounts/{rest}" for rest in ("", "members/", "re-reviews/", "settings/"))


def looked_at(client, url):
    """The answer to a second look, and the queries that it asked."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    return answer, len([q for q in queries.captured_queries if not MARKS.search(q["sql"])])


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def manager(people, as_person):
    return as_person(office("manager"))


@pytest.mark.demand("K-04")
def test_the_name_of_the_programme_stands_everywhere(manager):
    row = a_membership("key_account")
    manager.post(f"{SETTINGS}programme/", settings_of(called="national account"))

    assert Programme.objects.get().plural == "national accounts"
    for url in (OVERVIEW, MEMBERS, row.get_absolute_url(), SETTINGS, row.account.get_absolute_url()):
        page = text(manager.get(url))
        assert "National accounts" in page, url
        assert "ey account" not in page.replace("/key-accounts/", ""), url
    assert "National account" in text(manager.get(MEMBERS))
    assert ">National accounts<" in text(manager.get("/"))  # in the navigation of every page


def settings_of(**said):
    return {
        "called": "own", "name": "", "plural": "", "nomination_days": 30, "barred_months": 12, "quorum": 3, "chair": "",
        "seen": Program.objects.get().version,
    } | said  # fmt: skip


@pytest.mark.demand("K-04")
def test_the_name_may_be_in_words_of_our_own_and_is_logged(manager):
    a_programme()
    without = manager.post(f"{SETTINGS}programme/", settings_of())
    manager.post(f"{SETTINGS}programme/", settings_of(name="Partner", plural="Partners"))

    assert without.status_code == 400
    assert Programme.objects.get().name == "Partner"
    assert "key-account programme" in Program.objects.get().log().last().changed
    assert "Partners" in text(manager.get(OVERVIEW))


def test_the_settings_are_written_by_the_manager_alone(people, as_person):
    a_programme()
    for role in ("admin", "auditor", "executive", "leader", "rep", "contributor"):
        client = as_person(make_user(role))
        assert client.get(f"{SETTINGS}programme/").status_code == 403
        assert client.post(f"{SETTINGS}tiers/new/", {"name": "Gold", "rank": 1}).status_code == 403
        assert client.get(SETTINGS).status_code == (200 if role in ("admin", "auditor", "executive") else 403)


@pytest.mark.demand("K-17")
def test_tiers_are_written_changed_and_taken_away_unless_an_account_has_them(manager):
    a_programme()
    manager.post(f"{SETTINGS}tiers/new/", {"name": "Silver", "rank": 2, "meaning": "A person of its own."})
    silver = Tier.objects.get()
    twice = manager.post(f"{SETTINGS}tiers/new/", {"name": "silver", "rank": 3})
    seen = Program.objects.get().version
    manager.post(f"{SETTINGS}tiers/{silver.pk}/", {"name": "Silver", "rank": 3, "seen": seen})
    assert (twice.status_code, fresh(silver).rank) == (400, 3)

    gold = a_membership("key_account").tier
    for tier in (silver, gold):
        manager.post(f"{SETTINGS}tiers/{tier.pk}/drop/", {"seen": Program.objects.get().version})

    assert list(Tier.objects.all()) == [gold]


@pytest.mark.demand("K-01", "K-17")
def test_a_tier_of_which_is_written_what_it_gets_stays(manager):
    a_programme()
    tier = a_tier()
    begin_proposition(by=office("manager"), tier=tier, promise="One person.", does="Answers", does_not="Credit")

    answer = manager.post(f"{SETTINGS}tiers/{tier.pk}/drop/", {"seen": Program.objects.get().version}, follow=True)

    assert "What customers of this tier get is written down" in text(answer)
    assert list(Tier.objects.all()) == [tier]


@pytest.mark.demand("K-17", "features, 71")
def test_no_tier_goes_while_a_decision_that_may_grant_it_waits_for_its_release(manager):
    a_programme()
    tier = a_tier("Silver")
    decided(voting(a_panel([make_user("executive") for _number in range(3)]), make_account(), "entry"), "qualify")

    answer = manager.post(f"{SETTINGS}tiers/{tier.pk}/drop/", {"seen": Program.objects.get().version}, follow=True)

    assert "Decisions of a panel wait for their release." in text(answer)
    assert tier in Tier.objects.all()


@pytest.mark.demand("features, 72")
def test_the_overview_shows_who_stands_where_since_when_and_what_comes_next(manager):
    rows = {status: a_membership(status) for status in WAYS}
    answer, cost = looked_at(manager, OVERVIEW)
    page = answer.context["page"]
    told = dict(page.picture.lines)

    assert {row.account.name for row in rows.values() if row.is_live} == set(told)
    assert told[rows["incubating"].account.name][0] == "Incubating"
    assert "before the panel on" in told[rows["incubating"].account.name][2]
    assert "re-review on" in told[rows["key_account"].account.name][2]
    assert [(stage.label, stage.count) for stage in page.stages] == [
        ("Nominated", 1), ("Nominated to incubate", 1), ("Incubating", 1), ("Before the panel", 1), ("Key accounts", 1),
        ("In re-review", 1),
    ]  # fmt: skip
    assert cost <= RECORD
    assert page.finding == "2 key accounts, 4 accounts on their way, 0 re-reviews overdue."
    assert text(answer).count("<rect") > len(told)


@pytest.mark.demand("features, 72")
def test_of_very_many_the_overview_shows_those_in_the_programme_first(manager, monkeypatch):
    monkeypatch.setattr("keyaccounts.pages.overview.SHOWN", 3)
    coming = [a_membership("incubating") for _number in range(3)]
    rows = [a_membership("key_account"), a_membership("in_re_review")]

    page = manager.get(OVERVIEW).context["page"]

    assert page.shown == [rows[1], rows[0], coming[0]]
    assert (page.has_more, page.total) == (True, 5)


@pytest.mark.demand("K-06")
def test_of_very_many_nominations_the_round_shows_the_first_and_leads_to_all(manager, monkeypatch):
    monkeypatch.setattr("keyaccounts.pages.rounds.SHOWN", 2)
    rows = [a_membership() for _number in range(3)]
    a_membership("nominated", round=a_round(year=2030, quarter=2))
    of = rows[0].round
    everything = f"{MEMBERS}?year={of.year}&quarter={of.quarter}"

    page = manager.get(of.get_absolute_url())

    assert page.context["page"].nominations == rows[:2]
    assert everything.replace("&", "&amp;") in text(page)
    assert manager.get(everything).context["page"].objects == rows[::-1]


@pytest.mark.demand("K-19", "K-15", "K-17")
def test_a_tier_is_shown_as_long_as_it_is_held(manager):
    row = a_membership("in_re_review")
    with ungated():
        back = led(row, "return_to_incubation", row.tier)
    mark = '<span class="badge" data-tone="good">Gold</span>'
    for url in (row.get_absolute_url(), row.account.get_absolute_url()):
        assert mark not in text(manager.get(url)).replace(' data-size="large"', ""), url
    assert "Tier it had" in text(manager.get(row.get_absolute_url()))
    assert manager.get(MEMBERS, {"tier": row.tier.pk}).context["page"].objects == []

    with ungated():
        out = led(led(back, "call_panel", row.tier), "reject", row.tier)
    assert (out.status, out.tier, out.key_since) == ("not_selected", None, row.key_since)


@pytest.mark.demand("features, 70", "M14")
def test_whoever_is_recused_finds_the_account_in_no_count(as_person):
    one, account = make_user("executive"), make_account()
    session = a_panel([one, *(make_user("executive") for _number in range(3))])
    scheduled(session, make_account(manager=make_user("rep", reports_to=one)))
    other = scheduled(session, account)
    take(session, "open_voting", session.chair)

    def counted(person):
        client = as_person(person)
        rounds = client.get("/key-accounts/rounds/").context["page"].objects
        return sum(row.nominations for row in rounds), client.get(OVERVIEW).context["page"].total

    assert counted(office("manager")) == (2, 2)
    assert counted(type(one).objects.get(pk=one.pk)) == (1, 1)
    assert other.membership in Membership.objects.visible_to(one)


def test_an_overview_of_nothing_says_what_to_do(manager, as_person):
    assert "The programme is not written down yet" in text(manager.get(OVERVIEW))
    a_programme()
    assert "No round has been opened yet" in text(manager.get(OVERVIEW))
    assert as_person(make_user("contributor")).get(OVERVIEW).status_code == 403


@pytest.mark.demand("K-21", "features, 73")
def test_re_reviews_due_and_overdue_are_listed_the_first_day_first(manager):
    today = localdate()
    late = a_membership("in_re_review", re_review_on=today - timedelta(days=3))
    soon = a_membership("key_account", re_review_on=today + timedelta(days=5))
    later = a_membership("key_account")
    a_membership("incubating")

    page = manager.get(DUE)

    assert page.context["page"].objects == [late, soon, later]
    assert "3 days overdue" in text(page)
    for when, row in (("overdue", late), ("due", soon), ("later", later)):
        assert manager.get(DUE, {"when": when}).context["page"].objects == [row]
    answer = manager.post(page.context["page"].export_url, {"as": "csv"})
    head, *told = csv_rows(body(answer))
    assert [dict(zip(head, row, strict=True))["Due"] for row in told][:2] == ["-3", "5"]


def test_memberships_are_listed_and_narrowed(manager):
    rows = [a_membership(status) for status in ("nominated", "key_account", "key_account")]
    page, cost = looked_at(manager, MEMBERS)
    assert cost <= LIST
    assert page.context["page"].objects == rows[::-1]

    assert manager.get(MEMBERS, {"status": "key_account"}).context["page"].objects == rows[:0:-1]
    assert manager.get(MEMBERS, {"tier": a_tier().pk}).context["page"].objects == rows[:0:-1]
    assert manager.get(MEMBERS, {"search": rows[0].account.name}).context["page"].objects[-1] == rows[0]
    assert manager.get(MEMBERS, {"year": rows[0].round.year}).context["page"].objects == rows[::-1]
    listed = text(manager.get("/key-accounts/rounds/"))
    assert str(rows[0].round) in listed


def test_each_sees_what_is_theirs(people, as_person):
    row = a_membership("incubating")
    rep = row.account.manager
    for person in (rep, rep.reports_to, make_user("admin"), make_user("auditor"), make_user("executive")):
        assert as_person(person).get(row.get_absolute_url()).status_code == 200
        assert as_person(person).get(MEMBERS).context["page"].objects == [row]
    for person in (make_user("rep"), make_user("leader")):
        assert as_person(person).get(row.get_absolute_url()).status_code == 404
        assert as_person(person).get(MEMBERS).context["page"].objects == []
    assert as_person(make_user("contributor")).get(MEMBERS).status_code == 403


@pytest.mark.demand("features, 72")
def test_an_accounts_way_stands_on_its_page_and_on_that_of_the_membership(manager):
    row = a_membership("not_selected")
    page = text(manager.get(row.get_absolute_url()))
    of_account = text(manager.get(row.account.get_absolute_url()))

    for shown in (page, of_account):
        assert "Not selected since" in shown
        assert "may be nominated again from" in shown
        assert shown.count('<rect class="chart__mark" data-tone') >= len(WAYS["not_selected"])


def test_the_account_page_leads_to_the_nomination_for_those_who_may(people, as_person):
    account = make_account()
    url = account.get_absolute_url()
    assert "nominate/?account=" not in text(as_person(account.manager).get(url))
    a_programme()

    assert f"nominate/?account={account.pk}" in text(as_person(account.manager).get(url))
    assert "nominate/?account=" not in text(as_person(make_user("executive")).get(url))


@pytest.mark.demand("K-06", "K-15")
def test_where_nobody_could_be_nominated_no_button_says_so(people, as_person):
    """A barred account, a closed one, one whose manager somebody stands in for who may not nominate."""
    barred, closed, absent = a_membership("not_selected").account, make_account(), make_account()
    take(closed, "close", office("manager"), comment="Bought by another company.")
    auditor = make_user("auditor")
    make_absence(absent.manager, stand_in=auditor)

    for person, account in ((office("manager"), barred), (office("manager"), closed), (auditor, absent)):
        client = as_person(type(person).objects.get(pk=person.pk))
        assert "nominate/?account=" not in text(client.get(account.get_absolute_url())), account


def test_the_tier_is_a_mark_wherever_the_account_appears(manager):
    row = a_membership("key_account")
    a_membership("incubating")
    review = make_request("draft", account=row.account)
    mark = '<span class="badge" data-tone="good">Gold</span>'
    for url in ("/accounts/", row.account.get_absolute_url(), "/reviews/", review.get_absolute_url(),
                f"/people/{row.account.manager_id}/"):  # fmt: skip
        assert mark in text(manager.get(url)).replace(' data-size="large"', ""), url
    assert text(manager.get("/accounts/")).count(mark) == 1
    exported = manager.post(manager.get("/accounts/").context["list"].export_url, {"as": "csv"})
    assert row.account.name in [line[0] for line in csv_rows(body(exported))]


def test_a_mark_costs_no_query_a_row(manager):
    a_membership("key_account")
    before = looked_at(manager, "/accounts/")[1]
    for _number in range(3):
        a_membership("key_account")

    assert looked_at(manager, "/accounts/")[1] == before <= LIST


def test_the_page_of_a_membership_costs_few_queries(manager):
    row = a_membership("key_account")
    for url in (row.get_absolute_url(), row.round.get_absolute_url(), row.account.get_absolute_url()):
        assert looked_at(manager, url)[1] <= RECORD, url


def test_a_click_costs_few_queries(people, django_assert_max_num_queries):
    row = fresh(a_membership())
    with django_assert_max_num_queries(15):
        take(row, "veto", office("manager"), comment="No.")
