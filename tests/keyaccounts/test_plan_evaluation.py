"""The relationship is evaluated by somebody outside the account team, and by nobody else (N9.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from keyaccounts.models import Evaluation
from keyaccounts.plan import writing
from keyaccounts.plan.kinds import find
from keyaccounts.plan.monitoring_evaluation import outsider, picture
from keyaccounts.plan.quality import quality_of
from tests.acting import fresh, make_user, office, take
from tests.desk.asking import text
from tests.factories import make_absence, make_account

from .making_monitoring import MARKS, add_url, evaluated, let_see, page
from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    leader = make_user("leader", name="Lea Leader")
    return a_plan(account=make_account(manager=make_user("rep", reports_to=leader)))


def sent(**said):
    return MARKS | {"on": localdate().isoformat()} | said


def manager(plan):
    return plan.account.manager


def leader(plan):
    return plan.account.manager.reports_to


def on_the_team(plan):
    person = make_user("contributor")
    add(plan, "team", title="Delivery", person=person)
    return person


def contributing(plan):
    person = make_user("contributor")
    add(plan, "contributors", part="value", person=person)
    return person


def from_the_office_on_the_team(plan):
    """Whoever works on the account is of its team, whatever else they are."""
    person = make_user("admin")
    add(plan, "team", title="Administration", person=person)
    return person


def stand_in(plan):
    person = make_user("executive")
    make_absence(manager(plan), person)
    return person


def auditor(plan):
    return make_user("auditor")


def executive(plan):
    return make_user("executive")


def of_the_office(plan):
    return office("manager")


def listed_reader(plan):
    return let_see(plan, make_user("contributor"))


INSIDE = [manager, leader, on_the_team, contributing, from_the_office_on_the_team, stand_in, auditor]
OUTSIDE = [executive, of_the_office, listed_reader]


@pytest.mark.demand("N9.6")
@pytest.mark.parametrize("who", INSIDE, ids=lambda who: who.__name__)
def test_nobody_of_the_account_team_evaluates_it(plan, as_person, who):
    person = who(plan)
    client = as_person(person)
    assert client.get(page(plan)).status_code == 200

    for answer in (client.get(add_url(plan, "evaluations")), client.post(add_url(plan, "evaluations"), sent())):
        assert answer.status_code == 403
        assert "is written by somebody outside the account team" in text(answer)
    kind = find("evaluations")
    with pytest.raises(PermissionDenied, match="outside the account team"):
        writing.add_row(plan, kind, by=person, row=kind.new(plan), mine=dict(MARKS))

    assert not Evaluation.objects.exists()
    assert add_url(plan, "evaluations") not in client.get(page(plan)).text


@pytest.mark.demand("N9.6")
@pytest.mark.parametrize("who", OUTSIDE, ids=lambda who: who.__name__)
def test_somebody_outside_the_account_team_evaluates_it_in_their_own_name(plan, as_person, who):
    person = who(plan)
    client = as_person(person)
    assert add_url(plan, "evaluations") in client.get(page(plan)).text

    assert client.post(add_url(plan, "evaluations"), sent()).status_code == 302

    row = plan.evaluation_rows.get()
    assert (row.by, row.trust, row.fit, row.access) == (person, 7, 8, 4)
    assert "I asked three of their plants." in client.get(page(plan)).text


@pytest.mark.demand("N9.6")
def test_who_does_not_see_the_plan_does_not_evaluate_it_either(plan, as_person):
    other = make_account().manager

    assert as_person(other).post(add_url(plan, "evaluations"), sent()).status_code == 404

    assert not Evaluation.objects.exists()


@pytest.mark.demand("N9.6")
@pytest.mark.parametrize("who", ["its author", "its account manager", "the office"])
def test_an_evaluation_stays_as_it_was_entered(plan, as_person, who):
    author = make_user("executive")
    row = evaluated(plan, author)
    people = {"its author": author, "its account manager": manager(plan), "the office": office("admin")}
    client = as_person(people[who])
    change = reverse("keyaccounts:plan-row", args=[plan.pk, "evaluations", row.pk])
    drop = reverse("keyaccounts:plan-drop", args=[plan.pk, "evaluations", row.pk])

    answers = [client.get(change), client.post(change, sent(trust=10)), client.post(drop, {"seen": 1})]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "This stays as it was written." in text(answers[1])
    assert (fresh(row).trust, fresh(row).revision) == (7, 1)
    assert change not in client.get(page(plan)).text


@pytest.mark.demand("N9.6")
def test_whoever_joins_the_team_evaluates_no_more_and_what_they_said_before_stands(plan):
    person = make_user("executive")
    assert outsider(person, plan)
    evaluated(plan, person)

    add(plan, "team", title="Sponsor", person=person)

    assert not outsider(person, fresh(plan))
    assert plan.evaluation_rows.count() == 1


@pytest.mark.demand("N9.6")
@pytest.mark.parametrize(
    ("said", "field"),
    [({"trust": 11}, "trust"), ({"fit": -1}, "fit"), ({"words": ""}, "words"), ({"on": "2031-01-01"}, "on")],
)
def test_a_mark_beyond_ten_or_without_words_is_refused(plan, as_person, said, field):
    answer = as_person(office("manager")).post(add_url(plan, "evaluations"), sent(**said))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.demand("N9.6")
def test_the_last_evaluation_holds_and_stands_beside_the_one_before(plan, as_person):
    person = make_user("executive", name="Xaver Executive")
    evaluated(plan, person, on=localdate() - timedelta(days=200), trust=4, fit=4, access=4)
    assert picture(list(plan.evaluation_rows.all())) is None
    evaluated(plan, person, trust=9, fit=9, access=9)

    answer = as_person(manager(plan)).get(page(plan))

    words = text(answer)
    assert "as Xaver Executive sees it. It was 4 before." in words.replace("4.0", "4")
    assert picture(list(plan.evaluation_rows.all())).points[0] != picture(list(plan.evaluation_rows.all())).points[1]
    assert "The relationship, as seen from outside the team" in words


@pytest.mark.demand("N9.6")
def test_once_a_year_somebody_outside_is_asked(plan):
    def met():
        return next(one.met for one in quality_of(fresh(plan)).of("monitoring").asked if one.demand.key == "evaluated")

    evaluated(plan, office("manager"), on=localdate() - timedelta(days=400))
    assert not met()
    evaluated(plan, office("manager"))
    assert met()


def test_an_archived_plan_is_not_evaluated(plan, as_person):
    plan = take(plan, "archive", office("manager"), comment="It is over.")
    client = as_person(office("manager"))

    assert add_url(plan, "evaluations") not in client.get(page(plan)).text
    assert client.post(add_url(plan, "evaluations"), sent()).status_code == 409
