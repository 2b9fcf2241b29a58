"""The pages of review requests: who sees what, what a click does, and in how many queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.desk.models import Draft
from acr_program.workflow.days import add_working_days
from reviews.models import InformationRequest, ReviewRequest
from reviews.pages.holders import holder_of
from reviews.pages.timeline import SAYS
from tests.factories import make_account, make_program, make_request, make_template, make_user, make_year, office
from tests.walk import BRANCHES, ROAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def rep():
    return make_user("rep", reports_to=make_user("leader"))


@pytest.fixture
def account(rep):
    make_program()
    make_year()
    return make_account(manager=rep)


def answers(account, **said):
    return {
        "account": account.pk, "audience": "executive", "delivery": "digital", "goal": "Agree on next year.",
        "meeting_on": add_working_days(localdate(), 60).isoformat(), "recipient": account.contacts.first().pk,
    } | said  # fmt: skip


def queries_of(client, url):
    """What a page asks the database; the marks of the read-only wrapper are no questions."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [
        q["sql"] for q in captured if not re.match("PRAGMA|SET TRANSACTION|SAVEPOINT|RELEASE|BEGIN|COMMIT", q["sql"])
    ]


# The list and the board


def test_each_sees_their_own(as_person, rep, account):
    mine, other = make_request(account=account), make_request()
    shown = as_person(rep).get("/reviews/").content.decode()
    assert mine.account.name in shown
    assert other.account.name not in shown
    assert other.account.name in as_person(office("admin")).get("/reviews/").content.decode()


def test_nobody_sees_it_without_signing_in(client):
    assert client.get("/reviews/").status_code == 302


def test_filters_narrow_the_list(as_person, account):
    draft, submitted = make_request(account=account), make_request("submitted")
    client = as_person(office("admin"))
    for query, found in {
        "state=submitted": submitted, "state=draft": draft, "audience=executive&state=draft": draft,
        f"q={draft.account.name.upper()}": draft, f"year={draft.year_id}&state=draft": draft,
    }.items():  # fmt: skip
        names = [r.pk for r in client.get(f"/reviews/?{query}").context["page"].objects]
        assert names == [found.pk], query
    assert len(client.get("/reviews/?state=live&theater=EMEA&sort=meeting").context["page"].objects) == 2
    assert client.get("/reviews/?theater=LATAM").context["page"].objects == []


@pytest.mark.parametrize("url", ["/reviews/", "/reviews/board/"])
def test_a_list_asks_the_same_for_few_and_many(as_person, account, url):
    make_request("gathering", account=account)
    client = as_person(office("admin"))
    few = queries_of(client, url)
    for state in ("draft", "submitted", "in_approval", "in_approval", "gathering"):
        make_request(state)
    many = queries_of(client, url)
    assert len(few) == len(many) <= 8, "\n".join(many)


def test_the_list_says_who_has_it(as_person):
    gathering, reading = make_request("gathering"), make_request("in_approval")
    shown = {r.pk: str(holder_of(r)) for r in as_person(office("admin")).get("/reviews/").context["page"].objects}
    first = InformationRequest.objects.filter(request=gathering).order_by("section__place")[0]
    assert shown[gathering.pk] == f"{first.contributor} and 1 other"
    assert shown[reading.pk] == reading.rep.reports_to.name


def test_the_board_stands_by_state(as_person):
    make_request("submitted")
    lanes = {lane.state: lane for lane in as_person(office("admin")).get("/reviews/board/").context["lanes"]}
    assert lanes["submitted"].number == len(lanes["submitted"].cards) == 1
    assert "returned" not in lanes
    assert "closed" not in lanes


# Asking


def test_the_form_offers_own_accounts_alone(as_person, rep, account):
    other = make_account()
    form = as_person(rep).get("/reviews/new/").context["form"]
    assert list(form.fields["account"].queryset) == [account]
    assert as_person(rep).post("/reviews/new/", answers(other)).status_code == 400
    assert as_person(office("admin")).get("/reviews/new/").status_code == 403


def test_submitting_begins_and_submits(as_person, rep, account):
    make_template()
    answer = as_person(rep).post("/reviews/new/", answers(account, final="1"))
    made = ReviewRequest.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.status, made.rep, made.version) == ("submitted", rep, 2)


def test_the_same_click_twice_makes_one_request(as_person, rep, account):
    client = as_person(rep)
    for _ in range(2):
        client.post("/reviews/new/", answers(account, final="1"))
        client.post("/reviews/new/", answers(account, draft="1", goal="Another goal."))
    assert sorted(ReviewRequest.objects.values_list("status", flat=True)) == ["draft", "submitted"]


def test_a_draft_needs_little_and_can_be_submitted_later(as_person, rep, account):
    client = as_person(rep)
    client.post("/reviews/new/", answers(account, draft="1", goal="", recipient=""))
    made = ReviewRequest.objects.get()
    assert made.status == "draft"
    page = client.get(f"/reviews/{made.pk}/edit/")
    assert "recipient" in page.content.decode()
    again = answers(account, final="1", seen=made.version, key="k1")
    assert client.post(f"/reviews/{made.pk}/edit/", again).status_code == 302
    made = ReviewRequest.objects.get()
    assert (made.status, made.goal) == ("submitted", "Agree on next year.")


def test_what_is_missing_is_said_on_the_form_and_the_request_kept(as_person, rep, account):
    make_request("submitted", account=account)
    answer = as_person(rep).post("/reviews/new/", answers(account, final="1", goal="A second one."), follow=True)
    kept = ReviewRequest.objects.get(status="draft")
    assert answer.redirect_chain[-1][0] == f"/reviews/{kept.pk}/edit/"
    assert "Another review of this account" in answer.content.decode()


def test_a_day_too_soon_asks_for_the_reason(as_person, rep, account):
    client = as_person(rep)
    soon = answers(account, final="1", meeting_on=add_working_days(localdate(), 5).isoformat())
    refused = client.post("/reviews/new/", soon)
    assert refused.status_code == 400
    assert "the whole way takes 17 working days" in refused.content.decode()
    assert client.post("/reviews/new/", soon | {"short_notice_reason": "They move house."}).status_code == 302


def test_print_asks_for_copies_and_address(as_person, rep, account):
    form = as_person(rep).post("/reviews/new/", answers(account, final="1", delivery="printed")).context["form"]
    assert set(form.errors) == {"copies", "ship_to"}


def test_the_plan_and_the_delivery_follow_what_is_typed(as_person, rep, account):
    client = as_person(rep)
    day = add_working_days(localdate(), 30)
    assert "There is time for every stage" in client.get(f"/reviews/new/schedule/?meeting_on={day}").content.decode()
    soon = client.get(f"/reviews/new/schedule/?meeting_on={add_working_days(localdate(), 20)}&delivery=printed")
    assert "Digital delivery would make this day safe" in soon.content.decode()
    assert client.get("/reviews/new/schedule/?meeting_on=never").status_code == 200
    printed = client.get(f"/reviews/new/delivery/?account={account.pk}&delivery=printed").content.decode()
    assert "Kim Kunde" in printed
    assert 'name="ship_to"' in printed
    assert 'name="ship_to"' not in client.get("/reviews/new/delivery/?delivery=digital").content.decode()


def test_what_is_typed_is_kept_and_comes_back(as_person, rep, account):
    client = as_person(rep)
    assert "Kept at" in client.post("/reviews/new/typed/", {"account": account.pk, "goal": "Half a"}).content.decode()
    assert "Half a" in client.get("/reviews/new/").content.decode()
    client.post("/reviews/new/", answers(account, draft="1", key="this page"))
    client.post("/reviews/new/typed/", {"goal": "Half a", "key": "this page"})  # sent before, arrives after
    assert "Half a" not in client.get("/reviews/new/").content.decode()
    client.post("/reviews/new/typed/", {"goal": "Another", "key": "another page"})
    assert "Another" in client.get("/reviews/new/").content.decode()
    client.post("/reviews/new/typed/", {"forget": "1"})
    assert not Draft.objects.exists()


def test_a_stale_edit_is_refused_and_keeps_the_words(as_person, rep, account):
    made = make_request(account=account)
    said = answers(account, draft="1", goal="Newer words.", seen=made.version + 1)
    answer = as_person(rep).post(f"/reviews/{made.pk}/edit/", said)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Newer words." in shown
    assert f'name="seen" value="{made.version}"' in shown


def test_only_the_rep_edits_and_only_before_it_is_under_way(as_person, account):
    made = make_request("submitted", account=account)
    assert as_person(office("admin")).get(f"/reviews/{made.pk}/edit/").status_code == 403
    assert as_person(made.rep).get(f"/reviews/{made.pk}/edit/").status_code == 409


# One request


@pytest.mark.slow
@pytest.mark.parametrize("state", [*ROAD, *BRANCHES])
def test_every_state_has_its_page_for_everybody_who_sees_it(as_person, state):
    made = make_request(state)
    for person in (made.rep, made.rep.reports_to, office("admin"), office("manager"), office("auditor")):
        assert as_person(person).get(made.get_absolute_url()).status_code == 200
    assert as_person(make_user("rep")).get(made.get_absolute_url()).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("state", ["submitted", "gathering", "compiling", "in_approval", "met"])
def test_a_request_asks_the_same_for_one_section_and_six(as_person, state):
    client = as_person(office("admin"))
    found = []
    for sections in (1, 6):
        make_template(sections=sections)
        found.append(queries_of(client, make_request(state).get_absolute_url()))
    assert len(found[0]) == len(found[1]) <= 15, "\n".join(found[1])


def test_a_rep_asks_no_more(as_person):
    made = make_request("gathering")
    assert len(queries_of(as_person(made.rep), made.get_absolute_url())) <= 15


@pytest.mark.demand("R-16")
def test_the_page_offers_the_step_and_the_step_is_taken(as_person):
    made = make_request("submitted")
    client = as_person(office("admin"))
    page = client.get(made.get_absolute_url())
    assert [offer.name for offer in page.context["page"].steps] == ["accept", "send_back"]
    assert "Accept the request or send it back" in page.content.decode()
    client.post(f"{made.get_absolute_url()}steps/accept/", {"seen": made.version, "key": "one"})
    assert ReviewRequest.objects.get(pk=made.pk).status == "gathering"


@pytest.mark.demand("R-15")
def test_a_gap_shuts_the_step_and_is_said(as_person):
    made = make_request("gathering")
    shown = as_person(office("admin")).get(made.get_absolute_url()).content.decode()
    assert "Not every required section is accepted or waived: see what is missing." in shown
    missing = shown[shown.index('id="gaps"') : shown.index('id="sections"')]
    assert ">Part 2</a>: to be written, with " in missing
    standing = shown[: shown.index('class="timeline"')]
    assert standing.count("Part 2") == 2  # in the list of what is missing, and among the sections
    assert "0 of 2 accepted" in shown


def test_who_may_do_nothing_reads_what_comes_next(as_person):
    made = make_request("submitted")
    shown = as_person(made.rep).get(made.get_absolute_url()).content.decode()
    assert "Next: Accept." in shown
    assert "With <b>Program administrator</b> since" in shown


def test_a_contributor_task_leads_to_its_page(as_person):
    made = make_request("in_approval")
    shown = as_person(made.rep.reports_to).get(made.get_absolute_url()).context["page"].standing
    assert [waiting.url for waiting in shown.mine] == [made.approvals.get().get_absolute_url()]


def test_the_rendering_is_polled_while_it_is_awaited(as_person):
    made = make_request("compiling")
    client = as_person(office("admin"))
    url = reverse("reviews:request-progress", args=[made.pk])
    assert "every 2s" in client.get(made.get_absolute_url()).content.decode()
    assert "waiting for the renderer" in client.get(url).content.decode()
    done = make_request("in_approval")
    fresh = client.get(reverse("reviews:request-progress", args=[done.pk]), headers={"HX-Request": "true"})
    assert fresh.headers["HX-Refresh"] == "true"


def test_an_approver_is_named_with_a_reason(as_person):
    made, leader = make_request("submitted"), make_user("leader")
    client, url = as_person(office("admin")), f"/reviews/{make_request('submitted').pk}/approver/"
    url = f"/reviews/{made.pk}/approver/"
    assert client.post(url, {"approver": leader.pk, "seen": made.version}).status_code == 400
    client.post(url, {"approver": leader.pk, "seen": made.version, "reason": "A new market."})
    assert ReviewRequest.objects.get(pk=made.pk).approver_designated == leader
    assert "A new market." in client.get(made.get_absolute_url()).content.decode()
    assert as_person(made.rep).get(url).status_code == 403


def test_the_timeline_has_a_sentence_for_every_step():
    from reviews.models import Approval, Document

    for model in (ReviewRequest, InformationRequest, Document, Approval):
        assert set(model.declared_steps()) | {"create"} <= set(SAYS[model._meta.model_name])


# The template, the navigation, the year


@pytest.mark.demand("R-04")
def test_the_template_shows_its_sections(as_person):
    template = make_template(sections=3)
    client = as_person(office("manager"))
    assert str(template.number) in client.get("/reviews/templates/").content.decode()
    assert "Part 4" in client.get(template.get_absolute_url()).content.decode()
    assert as_person(make_user("rep")).get("/reviews/templates/").status_code == 403


@pytest.mark.demand("R-04")
def test_a_template_is_published_from_its_page(as_person):
    template = make_template(status="draft")
    client = as_person(office("manager"))
    client.post(f"{template.get_absolute_url()}steps/publish/", {"seen": template.version})
    template.refresh_from_db()
    assert template.status == "published"


def test_today_shows_the_year_in_one_query(as_person):
    from reviews.pages.year import year_at_a_glance

    make_request("submitted")
    admin = office("admin")
    assert admin.roles
    with CaptureQueriesContext(connection) as captured:
        shown = year_at_a_glance(admin)
    assert len(captured) == 1
    assert [figure.value for figure in shown.context["figures"]] == [1, 1, 0, 0]
    assert "The year so far" in as_person(admin).get("/").content.decode()
    assert year_at_a_glance(make_user("rep")) is None


def test_a_draft_begun_for_another_account_says_so(as_person):
    rep = make_request("draft").rep
    one, other = make_account(manager=rep), make_account(manager=rep)
    client = as_person(rep)
    client.post(reverse("reviews:typed"), {"account": one.pk, "goal": "Grow.", "key": "1"})
    new = reverse("reviews:new")
    assert "began it for another account" in client.get(new, {"account": other.pk}).content.decode()
    assert "Go on where you left off" in client.get(new, {"account": one.pk}).content.decode()
