"""The customer reads the shared plan, proposes words to it, and confirms key figures and plan (features 78, 79; N7.6, N7.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused
from keyaccounts.choices_plan import Subject
from keyaccounts.models import Objective, Proposal
from keyaccounts.plan import communication_words as words
from keyaccounts.plan.communication_standing import standing_of
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, take
from tests.factories import make_account

from .making_plan import a_plan, add, say_three, token_of, with_mail

pytestmark = pytest.mark.django_db
KPI = {"what": "On time", "aim": "least", "target": Decimal(95), "unit": "%"}


@pytest.fixture
def plan():
    """Shared with two key figures and both lists."""
    account = make_account()
    contact = with_mail(account)
    plan = a_plan("draft", account)
    say_three(plan)
    add(plan, "we-do", what="A spare part within a day")
    add(plan, "we-do-not", what="Repairs of other makes")
    add(plan, "kpis", **KPI, actual=Decimal("92.5"), as_of=date(2026, 9, 30))
    add(plan, "kpis", what="Open complaints", aim="most", target=Decimal(3))
    return take(plan, "share", account.manager, contact=contact)


def page(plan):
    return reverse("keyaccounts:plan-by-link", args=[token_of(plan)])


def wording(plan):
    return reverse("keyaccounts:plan-propose", args=[token_of(plan)])


def at(name, plan, *more):
    return reverse(f"keyaccounts:{name}", args=[plan.pk, *more])


def line(plan, kind, row=None):
    return f"{kind}:{row.pk if row else 'new'}"


def proposed(plan, client, kind="goals", row=None, text="All plants, served by two teams"):
    said = {"line": line(plan, kind, row), "words": text, "who": "Kim Kunde"}
    assert client.post(wording(plan), said).status_code == 302
    return Proposal.objects.filter(plan=plan).latest("pk")


# Feature 78: the customer proposes words, and nothing of ours is overwritten


@pytest.mark.demand("features, 78")
def test_what_the_customer_writes_stands_beside_ours_and_changes_nothing(plan, client):
    goal = plan.objective_rows.get(kind="goal")
    answer = client.get(wording(plan), {"line": line(plan, "goals", goal)})
    assert answer.context["form"]["words"].value() == goal.what

    found = proposed(plan, client, row=goal)

    assert fresh(goal).what == "All plants served by one team"
    assert (fresh(goal).revision, found.ours, found.state) == (1, goal.what, "open")
    shown = client.get(page(plan)).text
    assert "All plants, served by two teams" in shown
    assert "All plants served by one team" in shown
    assert "Waits for our answer" in shown
    assert Message.objects.get(kind="plan_proposal").person == plan.account.manager
    open_ = [str(one.says) for one in quality_of(fresh(plan)).open]
    assert open_[0] == "Answer what the customer proposes."


@pytest.mark.demand("features, 78")
def test_the_team_takes_the_words_over_as_any_change_of_a_line(plan, client):
    goal = plan.objective_rows.get(kind="goal")
    found, rep = proposed(plan, client, row=goal), plan.account.manager
    client.force_login(rep)
    form = client.get(found.get_absolute_url()).context["form"]
    assert form["what"].value() == "All plants, served by two teams"
    said = {name: form[name].value() or "" for name in (*form.kind.fields, "base")} | {"taken-answer": "Gladly."}

    assert client.post(at("plan-take", plan, found.pk), said).status_code == 302

    goal, found = fresh(goal), fresh(found)
    assert (goal.what, goal.changed_by) == ("All plants, served by two teams", rep)
    assert (found.state, found.answered_by, found.answer) == ("taken", rep, "Gladly.")
    client.logout()
    shown = client.get(page(plan)).text
    assert "Taken over" in shown
    assert "Gladly." in shown
    assert [one.demand.key for one in quality_of(fresh(plan)).asked if one.demand.key == "proposals" and one.met]


@pytest.mark.demand("features, 78")
def test_where_a_colleague_changed_the_line_meanwhile_nobody_loses_a_word(plan, client):
    goal = plan.objective_rows.get(kind="goal")
    found, rep = proposed(plan, client, row=goal), plan.account.manager
    client.force_login(rep)
    form = client.get(found.get_absolute_url()).context["form"]
    said = {name: form[name].value() or "" for name in (*form.kind.fields, "base")} | {"taken-answer": ""}
    from keyaccounts.plan import writing
    from keyaccounts.plan.kinds import find

    kind = find("goals")
    writing.keep_row(plan, kind, goal.pk, by=rep, mine={"what": "All plants by spring"}, read={"revision": 1})

    answer = client.post(at("plan-take", plan, found.pk), said)

    assert answer.status_code == 409
    assert "All plants by spring" in answer.text
    assert "All plants, served by two teams" in answer.text
    assert (fresh(goal).what, fresh(found).state) == ("All plants by spring", "open")


@pytest.mark.demand("features, 78")
def test_our_words_stay_with_a_reason_that_the_customer_reads(plan, client):
    found = proposed(plan, client, row=plan.objective_rows.get(kind="goal"))
    client.force_login(plan.account.manager)

    assert client.post(at("plan-keep", plan, found.pk), {"kept-answer": ""}).status_code == 400
    said = {"kept-answer": "One team knows you best."}
    assert client.post(at("plan-keep", plan, found.pk), said).status_code == 302

    assert fresh(found).state == "kept"
    client.logout()
    assert "One team knows you best." in client.get(page(plan)).text
    with pytest.raises(Refused, match="answered already"):
        words.keep_ours(fresh(found), by=plan.account.manager, answer="Twice.")


@pytest.mark.demand("features, 78")
def test_what_the_customer_misses_becomes_a_new_line(plan, client):
    found = proposed(plan, client, kind="we-do", text="A person who speaks Danish")
    client.force_login(plan.account.manager)
    form = client.get(found.get_absolute_url()).context["form"]
    said = {"what": form["what"].value(), "base": form["base"].value(), "taken-answer": "From May on."}

    assert client.post(at("plan-take", plan, found.pk), said).status_code == 302

    assert "A person who speaks Danish" in plan.promise_rows.filter(kind="do").values_list("what", flat=True)


@pytest.mark.demand("features, 78")
def test_a_line_that_was_taken_off_meanwhile_comes_back_as_a_new_one_if_the_team_wants_it(plan, client):
    promise = plan.promise_rows.get(kind="do")
    found = proposed(plan, client, kind="we-do", row=promise, text="A spare part within four hours")
    promise.delete()
    client.force_login(plan.account.manager)
    shown = client.get(found.get_absolute_url())
    assert "taken off meanwhile" in shown.text
    form = shown.context["form"]

    client.post(at("plan-take", plan, found.pk), {"what": form["what"].value(), "base": form["base"].value()})

    assert plan.promise_rows.get(kind="do").what == "A spare part within four hours"


def test_the_same_words_twice_are_one_proposal_and_our_own_words_are_none(plan, client):
    promise = plan.promise_rows.get(kind="do")
    first = proposed(plan, client, kind="we-do", row=promise, text="Within four hours")

    assert proposed(plan, client, kind="we-do", row=promise, text="Within four hours") == first
    said = {"line": line(plan, "we-do", promise), "words": promise.what, "who": "Kim Kunde"}
    answer = client.post(wording(plan), said)

    assert answer.status_code == 400
    assert "These are our words" in answer.text
    assert Message.objects.filter(kind="plan_proposal").count() == 1


@pytest.mark.parametrize("named", ["cells:1", "text:1", "we-do:999999", "contributors:new", "we-do:", ""])
def test_what_the_customer_does_not_read_it_cannot_propose_to(plan, client, named):
    answer = client.post(wording(plan), {"line": named, "words": "Something else", "who": "Kim Kunde"})

    assert answer.status_code == 400
    assert not Proposal.objects.exists()


def test_there_is_an_end_to_what_may_wait_for_an_answer(plan, client, monkeypatch):
    monkeypatch.setattr(words, "MOST_OPEN", 2)
    for number in range(2):
        proposed(plan, client, kind="we-do", text=f"Wish {number}")

    answer = client.post(wording(plan), {"line": "we-do:new", "words": "One more", "who": "Kim Kunde"})

    assert answer.status_code == 409
    assert "Much waits for our answer already" in answer.text


def test_an_old_link_takes_no_words(plan, client):
    old = wording(plan)
    take(plan, "share_again", plan.account.manager, contact=plan.account.contacts.first())

    said = {"line": "we-do:new", "words": "Wish", "who": "Kim Kunde"}

    assert client.post(old, said).status_code == 410
    assert client.post(wording(plan), said).status_code == 302


def test_who_is_not_on_the_team_answers_nothing(plan, client):
    found = proposed(plan, client, kind="we-do", text="A wish")
    client.force_login(make_user("rep"))
    assert client.get(found.get_absolute_url()).status_code == 404
    reader = make_user("contributor")
    from keyaccounts.plan.communication_readers import put_on

    put_on(fresh(plan), [reader], by=plan.account.manager)
    client.force_login(reader)
    assert "Take it over" not in client.get(found.get_absolute_url()).text

    assert client.post(at("plan-take", plan, found.pk), {"what": "A wish", "taken-answer": ""}).status_code == 403


# N7.7 and feature 79: key figures and plan are confirmed by the customer


@pytest.mark.demand("N7.7", "features, 79")
def test_the_customer_agrees_to_each_key_figure_for_itself(plan, client):
    first, second = plan.objective_rows.filter(kind="kpi").order_by("pk")
    shown = client.get(page(plan))
    assert [(one.what, one.target, one.agreed_on) for one in shown.context["shown"].figures] == [
        ("On time", "At least 95 %", None),
        ("Open complaints", "At most 3", None),
    ]
    assert "92.5 % on Wednesday 30 September 2026" in shown.text

    answer = client.post(page(plan), {"who": "Kim Kunde", "figures": [str(first.pk)]})

    assert answer.status_code == 302
    assert (fresh(first).agreed_on, fresh(second).agreed_on) == (localdate(), None)
    assert fresh(plan).status == "shared"
    said = fresh(plan).log().get(version=fresh(plan).version).detail.data["changed"]["agreed_figures"][1]
    assert said == {"what": ["On time"], "who": "Kim Kunde", "version": 1}
    assert (standing_of(plan).figures_agreed, standing_of(plan).figures) == (1, 2)


@pytest.mark.demand("N7.7")
def test_a_key_figure_whose_terms_change_is_agreed_anew(plan, client):
    figure = plan.objective_rows.get(what="On time")
    client.post(page(plan), {"who": "Kim Kunde", "figures": [str(figure.pk)]})
    client.force_login(plan.account.manager)
    url = at("plan-row", plan, "kpis", figure.pk)
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in (*form.kind.fields, "base")}

    assert client.post(url, said | {"actual": "96", "as_of": "2026-11-30"}).status_code == 302
    assert fresh(figure).agreed_on == localdate()  # what is measured changes nothing of what was agreed
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in (*form.kind.fields, "base")} | {"target": "90"}
    assert client.post(url, said).status_code == 302

    assert (fresh(figure).target, fresh(figure).agreed_on) == (Decimal(90), None)


@pytest.mark.demand("N7.7")
def test_what_changed_since_the_version_was_shared_is_not_agreed_by_it(plan, client):
    figure = plan.objective_rows.get(what="On time")
    Objective.objects.filter(pk=figure.pk).update(target=Decimal(99))

    client.post(page(plan), {"who": "Kim Kunde", "figures": [str(figure.pk)]})

    assert fresh(figure).agreed_on is None


@pytest.mark.demand("N7.7")
def test_a_figure_agreed_in_a_meeting_is_noted_with_its_day(plan, client):
    figure = plan.objective_rows.get(what="On time")
    client.force_login(plan.account.manager)
    url = at("plan-row", plan, "kpis", figure.pk)
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in (*form.kind.fields, "base")}
    said["miss"] = "A strike."  # it is below its target, and says why (N9.5)

    assert client.post(url, said | {"agreed_on": "2999-01-01"}).status_code == 400
    assert client.post(url, said | {"agreed_on": "2026-11-02"}).status_code == 302

    assert fresh(figure).agreed_on == date(2026, 11, 2)
    client.logout()
    assert "Monday 2 November 2026" in client.get(page(plan)).text


@pytest.mark.demand("N7.6", "features, 79")
def test_the_plan_and_its_figures_are_confirmed_in_one_go_and_the_page_says_so(plan, client):
    figures = [str(pk) for pk in plan.objective_rows.filter(kind="kpi").values_list("pk", flat=True)]
    said = {"who": "Kim Kunde", "subjects": list(Subject.values), "figures": figures}

    assert client.post(page(plan), said).status_code == 302

    assert fresh(plan).status == "agreed"
    assert "Everything of this plan is confirmed." in client.get(page(plan)).text
    standing = standing_of(plan)
    assert (standing.confirmed, standing.shown, standing.figures_agreed) == (4, 1, 2)


@pytest.mark.demand("features, 79")
def test_value_figures_and_plan_stand_side_by_side_as_far_as_the_customer_confirmed_them(plan, client):
    from keyaccounts.models import Knowing

    known = Knowing.objects.filter(membership=plan.membership)
    if not known.exists():
        Knowing.objects.bulk_create([Knowing(membership=plan.membership, version=1)])
    day = date(2026, 11, 3)
    known.update(
        status="confirmed", told_to="Kim", told_on=day, told_how="meeting", confirmed_by="Kim Kunde", confirmed_on=day,
        confirmed_how="meeting",
    )  # fmt: skip
    client.post(page(plan), {"who": "Kim Kunde", "subjects": ["priorities"]})
    client.force_login(plan.account.manager)

    text = client.get(at("plan-part", plan, "communication")).text

    assert "1 of 4 of version 1" in text
    assert "0 of 2 agreed" in text
    assert "Kim Kunde, " in text


def test_what_is_already_agreed_may_be_proposed_to_as_well(client):
    account = make_account()
    contact = with_mail(account)
    plan = a_plan("in_force", account, contact=contact)

    found = proposed(plan, client, kind="opportunities", text="A second contract")

    assert found.state == "open"
    assert fresh(plan).status == "in_force"
