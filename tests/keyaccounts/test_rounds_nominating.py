"""Nominations: by whom, once a round, with the reason; refused where barred, with the day (K-06, K-15, features 66, 72)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from acr_program.outbox.models import Message
from acr_program.people.models import RoleGrant
from acr_program.ui.phrases import day
from acr_program.workflow.days import add_working_days
from acr_program.workflow.errors import Refused
from acr_program.workflow.obligations import Obligation
from keyaccounts.actions.nominating import nominate as nominated
from keyaccounts.calendar import quarter_ends, quarter_of
from keyaccounts.models import Membership
from tests.factories import fresh, make_account, make_user, office, take

from .making import a_membership, a_programme, a_round
from .making_panel import a_panel, scheduled

pytestmark = pytest.mark.django_db
NOMINATE = "/key-accounts/nominate/"
WHY = "They buy for three plants and ask for a fourth."


@pytest.fixture
def opened(people):
    a_programme()
    return a_round()


def nominate(client, account, why=WHY):
    return client.post(NOMINATE, {"account": account.pk, "nomination": why})


@pytest.mark.demand("K-06", "features, 66")
def test_reps_leaders_and_the_office_nominate_with_a_reason(opened, as_person):
    accounts = [make_account() for _number in range(3)]
    by = [accounts[0].manager, accounts[1].manager.reports_to, office("admin")]
    for person, account in zip(by, accounts, strict=True):
        answer = nominate(as_person(person), account)
        assert answer.status_code == 302

    rows = list(Membership.objects.order_by("pk"))
    assert [(row.account, row.nominated_by, row.nomination, row.round) for row in rows] == [
        (account, person, WHY, opened) for account, person in zip(accounts, by, strict=True)
    ]
    assert Message.objects.filter(kind="nominated").count() >= 3


@pytest.mark.demand("K-06")
def test_nobody_nominates_an_account_that_is_not_theirs_or_without_a_reason(opened, as_person):
    account, other = make_account(), make_user("rep")
    assert nominate(as_person(other), account).status_code == 400
    assert nominate(as_person(account.manager), account, "").status_code == 400
    for nobody in (make_user("contributor"), make_user("executive"), make_user("auditor")):
        assert nominate(as_person(nobody), account).status_code == 403

    assert not Membership.objects.exists()


@pytest.mark.demand("K-06", "features, 66")
def test_an_account_is_nominated_once_in_a_round_and_again_in_another(opened, as_person):
    row = a_membership("vetoed")
    client = as_person(row.account.manager)
    refused = nominate(client, row.account)
    take(opened, "close_nominations", office("manager"))
    closed = nominate(client, row.account)
    other = a_round(year=opened.year + 1)
    again = nominate(client, row.account)

    assert refused.status_code == 409
    assert "was nominated in this round already" in refused.content.decode()
    assert closed.status_code == 409
    assert again.status_code == 302
    assert Membership.objects.filter(account=row.account).latest("pk").round == other


@pytest.mark.demand("K-06")
def test_who_has_a_place_already_is_not_nominated(opened, as_person):
    row = a_membership("key_account")
    answer = nominate(as_person(row.account.manager), row.account)

    assert answer.status_code == 409
    assert "has a place in the programme already: key account" in answer.content.decode()


@pytest.mark.demand("K-15", "features, 72")
def test_a_barred_account_is_refused_with_the_day(people, as_person):
    barred = a_membership("not_selected", round=a_round(year=2020, quarter=1))
    a_round()
    client = as_person(barred.account.manager)
    answer = nominate(client, barred.account)

    assert answer.status_code == 409
    assert f"may be nominated again from {day(barred.barred_until)} on" in answer.content.decode()

    free = a_membership(
        "not_selected", round=a_round(year=2020, quarter=2), barred_until=localdate() - timedelta(days=1)
    )
    assert nominate(as_person(free.account.manager), free.account).status_code == 302


@pytest.mark.demand("K-06", "features, 66")
def test_where_no_round_is_open_the_page_says_when_the_next_opens(people, as_person):
    client = as_person(make_account().manager)

    def said():
        page = client.get(NOMINATE).content.decode()
        assert "No round of nominations is open." in page
        assert "<textarea" not in page
        return page

    assert "once the program manager has written the programme down" in said()
    a_programme()
    assert "The next opens in the coming night." in said()
    a_round("filtering")
    begins = quarter_ends(*quarter_of(localdate())) + timedelta(days=1)
    assert f"The next opens on {day(begins)}." in said()


@pytest.mark.demand("K-06")
@pytest.mark.parametrize("account", ["²", "x", "9" * 5000, "999999"])
def test_a_key_of_no_account_is_refused_beside_the_field(opened, as_person, account):
    client = as_person(office("admin"))

    assert client.get(NOMINATE, {"account": account}).status_code == 200
    assert client.post(NOMINATE, {"account": account, "nomination": WHY}).status_code == 400


@pytest.mark.demand("K-06")
def test_an_account_that_is_closed_while_somebody_nominates_it_is_not_nominated(opened):
    account = make_account()
    read = fresh(account)
    take(account, "close", office("manager"), comment="Bought by another company.")

    with pytest.raises(Refused, match="is no customer now"):
        nominated(read, by=read.manager, nomination=WHY)


@pytest.mark.demand("features, 70", "M14")
def test_whoever_is_recused_is_not_offered_the_account(opened, as_person):
    one = make_user("executive")
    RoleGrant.objects.create(person=one, role="leader")
    account = make_account(name="Meridian Castings", manager=make_user("rep", reports_to=one))
    client = as_person(type(one).objects.get(pk=one.pk))
    assert "Meridian Castings" in client.get(NOMINATE).content.decode()
    session = a_panel([make_user("executive"), make_user("executive"), make_user("executive"), one])
    scheduled(session, account)
    take(session, "open_voting", session.chair)

    assert "Meridian Castings" not in client.get(NOMINATE).content.decode()
    assert "Meridian Castings" not in nominate(client, account).content.decode()


@pytest.mark.demand("K-04", "K-06")
def test_a_refusal_says_the_programmes_own_word_as_it_is_written(opened, as_person):
    row = a_membership("key_account")
    a_programme(name="VIP of ours", plural="VIPs of ours")

    assert "already: VIP of ours." in nominate(as_person(row.account.manager), row.account).content.decode()


def test_the_page_offers_those_that_are_mine_and_finds_others_by_name(opened, as_person):
    mine, other = make_account(name="Hansa Werke"), make_account(name="Other")
    page = as_person(mine.manager).get(NOMINATE).content.decode()
    found = as_person(office("admin")).get(NOMINATE, {"q": "hansa"}).content.decode()
    chosen = as_person(office("admin")).get(NOMINATE, {"q": "hansa", "account": other.pk}).content.decode()

    for offered in (page, found):
        assert "Hansa Werke" in offered
        assert ">Other<" not in offered
    assert f'value="{other.pk}" selected' in chosen


def test_a_nomination_waits_for_the_manager_with_its_day(opened):
    row = a_membership()
    duty = Obligation.objects.of(row).open().get()
    assert duty.due_at.date() >= add_working_days(localdate(), 9)
    take(row, "veto", office("manager"), comment="No.")
    assert not Obligation.objects.of(fresh(row)).open().exists()
