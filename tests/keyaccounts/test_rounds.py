"""Rounds by the clock, veto, panel at the year's end, bar, re-review each year (K-06, K-07, K-11, K-15, K-17, K-21, K-23)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused, StepBlocked, StepClosed
from acr_program.workflow.seals import verify
from keyaccounts.actions.rounds_clock import call_panels, close_rounds, open_re_reviews, open_round
from keyaccounts.calendar import a_year_after, months_after, quarter_begins, quarter_ends, quarter_of
from keyaccounts.models import Membership, NominationRound
from tests.factories import fresh, make_account, make_user, office, take

from .making import WAYS, WHY, a_membership, a_programme, a_round, a_tier, led, ungated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def at(day: date):
    return time_machine.travel(f"{day} 09:00", tick=False)


@pytest.mark.demand("K-06", "features, 66")
def test_the_clock_opens_a_round_on_each_quarters_first_day_and_closes_its_nominations():
    a_programme(nomination_days=30)
    make_user("leader")
    opened = []
    with at(date(2027, 1, 1)):
        opened.append(open_round())
        opened.append(open_round())
    found = NominationRound.objects.get()
    with at(date(2027, 1, 30)):
        assert (close_rounds(), fresh(found).status) == (0, "open")
    with at(date(2027, 1, 31)):
        assert (close_rounds(), fresh(found).status) == (1, "filtering")
    for month in (4, 7, 10):
        with at(date(2027, month, 1)):
            opened.append(open_round())

    assert opened == [1, 0, 1, 1, 1]
    assert (found.opens_on, found.closes_on) == (date(2027, 1, 1), date(2027, 1, 30))
    assert sorted(NominationRound.objects.values_list("year", "quarter")) == [(2027, n) for n in (1, 2, 3, 4)]
    assert found.log().last().by.is_system
    assert "Nominate key accounts until" in Message.objects.filter(kind="nominations_open").first().subject


@pytest.mark.demand("K-06")
def test_no_round_opens_before_the_programme_is_written_down_and_none_runs_past_its_quarter():
    with at(date(2027, 2, 1)):
        assert open_round() == 0
        a_programme(nomination_days=85)
        assert open_round() == 1
    found = NominationRound.objects.get()

    assert (found.opens_on, found.closes_on) == (date(2027, 2, 1), date(2027, 3, 31))
    twice = NominationRound(year=2027, quarter=1, opens_on=localdate(), closes_on=localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        NominationRound.objects.bulk_create([twice])


@pytest.mark.demand("K-06")
def test_a_round_is_closed_once_every_nomination_of_it_is_decided(people):
    row = a_membership()
    take(row.round, "close_nominations", office("manager"))
    with pytest.raises(StepBlocked) as refused:
        take(row.round, "close", office("manager"), comment="All are decided.")
    take(row, "veto", office("manager"), **WHY)

    assert refused.value.missing == [f"Not decided yet: {row.account.name}."]
    assert take(row.round, "close", office("manager"), comment="All are decided.").status == "closed"


@pytest.mark.demand("K-07", "K-23", "features, 67")
def test_a_veto_is_of_those_alone_who_may_with_its_reason_and_is_no_failed_filter(people, as_person):
    row, executive = a_membership(), make_user("executive")
    url = f"{row.get_absolute_url()}steps/veto/"
    for nobody in (row.account.manager, row.account.manager.reports_to, make_user("admin"), make_user("auditor")):
        answer = as_person(nobody).post(url, {"seen": row.version, "comment": "No."})
        assert answer.status_code in (403, 404, 409)
    without = as_person(executive).post(url, {"seen": row.version, "comment": ""})
    as_person(executive).post(url, {"seen": row.version, "comment": "Their owner is our competitor."})

    vetoed = fresh(row)
    assert (without.status_code, vetoed.status) == (400, "vetoed")
    assert (vetoed.decided_by, vetoed.reason) == (executive, "Their owner is our competitor.")
    assert [entry.step for entry in vetoed.log()][-1] == "veto"
    assert a_membership("filtered_out").status == "filtered_out"
    with pytest.raises(StepClosed):
        take(vetoed, "pass_filter", office("manager"))


@pytest.mark.demand("K-10")
def test_an_incubation_begins_from_a_passed_nomination_alone(people):
    for status in ("nominated", "vetoed", "filtered_out"):
        with pytest.raises(StepClosed):
            take(a_membership(status), "start_incubation", office("manager"))

    assert a_membership("incubating").incubations == 1


@pytest.mark.demand("K-11")
def test_the_clock_calls_the_panel_when_the_year_is_over_and_not_before():
    row = a_membership("incubating")
    ends = a_year_after(localdate())
    with at(ends - timedelta(days=1)):
        assert (call_panels(), fresh(row).status) == (0, "incubating")
    with at(ends):
        assert (call_panels(), fresh(row).status) == (1, "in_panel_review")

    assert (row.incubating_until, fresh(row).exception) == (ends, "")


@pytest.mark.demand("K-11")
def test_the_panel_is_called_earlier_by_the_manager_alone_and_the_reason_stands_on_record(people, as_person):
    row, manager = a_membership("incubating"), office("manager")
    with pytest.raises(Refused, match="The year is not over"):
        take(row, "call_panel", manager)
    url = f"{row.get_absolute_url()}steps/call_panel/"
    without = as_person(manager).post(url, {"seen": row.version, "comment": ""})
    as_person(manager).post(url, {"seen": row.version, "comment": "They want to sign in March."})

    assert without.status_code == 400
    assert (fresh(row).status, fresh(row).exception) == ("in_panel_review", "They want to sign in March.")


@pytest.mark.demand("K-15")
def test_a_rejected_account_is_barred_for_as_long_as_the_programme_says():
    a_programme(barred_months=9)
    row = a_membership("not_selected")

    assert row.barred_until == months_after(localdate(), 9)
    assert row.reason == WHY["comment"]
    told = Message.objects.filter(kind="step", person=row.account.manager)
    assert any("did not select it" in mail.subject for mail in told)


@pytest.mark.demand("K-17", "K-18")
def test_whoever_qualifies_has_a_tier_and_the_day_of_the_next_re_review():
    row = a_membership("key_account")
    assert (row.tier.name, row.key_since, row.re_review_on) == ("Gold", localdate(), a_year_after(localdate()))
    later = a_year_after(localdate())
    with at(later), ungated():
        assert open_re_reviews() == 1
        kept = led(fresh(row), "maintain", a_tier())

    assert (kept.status, kept.key_since, kept.re_review_on) == ("key_account", row.key_since, a_year_after(later))


@pytest.mark.demand("K-21", "features, 73")
def test_the_clock_opens_each_re_review_on_its_day():
    row = a_membership("key_account")
    with at(row.re_review_on - timedelta(days=1)):
        assert (open_re_reviews(), fresh(row).status) == (0, "key_account")
    with at(row.re_review_on + timedelta(days=3)):
        assert (open_re_reviews(), fresh(row).status) == (1, "in_re_review")


@pytest.mark.demand("K-19", "K-23")
def test_back_in_incubation_the_history_of_the_status_stays():
    row = a_membership("in_re_review")
    with ungated():
        back = take(
            row, "return_to_incubation", row.programme.chair, comment="Growth has stopped.", missing=["Growth of 5 %"]
        )

    assert (back.status, back.incubations, back.missing) == ("incubating", 2, ["Growth of 5 %"])
    assert (back.key_since, back.tier.name, back.re_review_on) == (row.key_since, "Gold", None)
    assert back.incubating_until == a_year_after(localdate())


@pytest.mark.demand("K-20", "K-23")
@pytest.mark.parametrize("status", [status for status, way in WAYS.items() if way])
def test_leaving_is_logged_as_deep_as_entering(status):
    """Every way in and every way out has who, when and why, in one chained log."""
    row = a_membership(status)
    last = row.log().select_related("detail").last()

    assert last.after == status
    if last.step in ("veto", "fail_filter", "reject", "qualify", "down_tier", "withdraw"):
        assert (row.reason, row.decided_by_id, row.decided_on) == (WHY["comment"], last.by_id, localdate())
        assert last.comment == WHY["comment"]
    assert (row.tier is None) == (status not in ("key_account", "in_re_review"))


def test_a_closed_account_takes_no_part_any_more(people):
    row, other = a_membership("incubating"), a_membership("vetoed")
    for one in (row, other):
        take(one.account, "close", office("manager"), comment="Bought by another company.")

    assert (fresh(row).status, fresh(row).reason) == ("withdrawn", "Bought by another company.")
    assert fresh(other).status == "vetoed"


def test_an_account_has_one_live_membership():
    account = make_account()
    a_membership("incubating", account)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_membership("nominated", account, round=a_round(year=2020, quarter=1))

    assert Membership.objects.filter(account=account).count() == 1


def test_quarters_and_months():
    assert [quarter_of(date(2027, month, 1)) for month in (1, 3, 4, 12)] == [(2027, 1), (2027, 1), (2027, 2), (2027, 4)]
    assert (quarter_begins(2027, 4), quarter_ends(2027, 4)) == (date(2027, 10, 1), date(2027, 12, 31))
    assert (a_year_after(date(2028, 2, 29)), months_after(date(2026, 11, 30), 3)) == (
        date(2029, 2, 28),
        date(2027, 2, 28),
    )
