"""The account plan as a machine: begun for a year, shared, confirmed, agreed, in force, reviewed, archived (N4.2, N4.6, N4.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts.actions import change
from acr_program.people.models import User
from acr_program.workflow.errors import Refused, StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from keyaccounts.choices_plan import PartKey, Subject
from keyaccounts.models import AccountPlan, TeamRole
from keyaccounts.plan import confirming, following
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.format import FORMAT
from tests.acting import fresh, make_user, office, take

from .making import a_membership
from .making_plan import a_plan, add, confirmed, keep_text, one_step, say_three

pytestmark = pytest.mark.django_db

OFFERS = [
    ("draft", "rep", ["share"]),
    ("draft", "manager", ["share", "archive"]),
    ("shared", "rep", ["share_again"]),
    ("shared", "manager", ["agree", "share_again", "archive"]),
    ("agreed", "manager", ["put_in_force", "share_again", "archive"]),
    ("agreed", "rep", ["share_again"]),
    ("in_force", "manager", ["review", "share_again", "archive"]),
    ("in_force", "rep", ["share_again"]),
    ("under_review", "rep", ["resume", "share_again"]),
    ("archived", "manager", []),
    ("in_force", "auditor", []),
]


@pytest.mark.parametrize(("status", "who", "expected"), OFFERS)
def test_offers(status, who, expected):
    plan = a_plan(status)
    person = plan.account.manager if who == "rep" else office(who)

    assert [offer.name for offer in offers(plan, person)] == expected


@pytest.mark.demand("N4.6")
def test_each_plan_begins_in_the_present_format_with_its_nine_parts():
    plan = a_plan()

    assert plan.format == FORMAT
    assert sorted(plan.part_rows.values_list("key", flat=True)) == sorted(PartKey.values)
    with pytest.raises(Refused, match="is there already"):
        begin_plan(plan.membership, by=plan.account.manager)


@pytest.mark.demand("N4.2")
def test_a_plan_without_direction_opportunities_and_priorities_is_not_shared():
    plan = a_plan()
    rep = plan.account.manager

    with pytest.raises(StepBlocked, match="the direction, the opportunities, the priorities"):
        take(plan, "share", rep)
    keep_text(plan, "blueprint", "First supplier.")
    add(plan, "opportunities", what="Service")
    with pytest.raises(StepBlocked, match="does not say yet: the priorities"):
        take(plan, "share", rep)
    add(plan, "goals", what="One team", priority=1)

    assert take(plan, "share", rep).status == "shared"


@pytest.mark.demand("N7.6")
def test_it_is_agreed_once_all_four_are_confirmed():
    plan = a_plan("shared")

    confirmed(plan, Subject.PROPOSITION, Subject.PRIORITIES)
    with pytest.raises(StepBlocked, match="The opportunities; The planned activity"):
        take(plan, "agree", office("manager"))
    confirmed(plan, Subject.OPPORTUNITIES, Subject.ACTIVITY)

    plan = take(plan, "agree", office("manager"))
    assert plan.agreed_on == localdate()
    assert plan.snapshots.get().agreed_on == localdate()


@pytest.mark.demand("N4.7")
def test_the_fourth_confirmation_by_the_link_agrees_to_it():
    plan = a_plan("shared")
    customer = User.objects.customer()

    for subject in Subject.values:
        plan = confirming.confirm(plan, [subject], by=customer, who="Kim Kunde", how="link", number=1)

    assert plan.status == "agreed"
    said = plan.snapshots.get().confirmations.all()
    assert [(one.subject, one.who, one.on) for one in said] == [
        (one, "Kim Kunde", localdate()) for one in Subject.values
    ]


def test_a_version_that_was_replaced_is_not_confirmed():
    plan = take(a_plan("shared"), "share_again", office("manager"))

    with pytest.raises(Refused, match="a newer version"):
        confirming.confirm(plan, Subject.values, by=User.objects.customer(), who="Kim", how="link", number=1)


@pytest.mark.demand("N9.0")
def test_the_clock_opens_the_review_a_quarter_after_it_came_into_force(monkeypatch):
    plan = a_plan("in_force")
    assert following.open_reviews() == 0
    AccountPlan.objects.filter(pk=plan.pk).update(review_on=localdate() - timedelta(days=1))

    assert following.open_reviews() == 1
    plan = fresh(plan)
    assert plan.status == "under_review"
    assert Obligation.objects.of(plan).open().get().person == plan.account.manager
    plan = take(plan, "resume", plan.account.manager, comment="On its way.")
    assert plan.status == "in_force"
    assert plan.review_on > localdate() + timedelta(days=80)


def test_the_clock_begins_the_plan_of_each_account_of_the_programme():
    membership, other = a_membership("incubating"), a_membership("nominated")

    assert following.begin_plans() == 1
    assert following.begin_plans() == 0
    assert membership.plans.get().year == localdate().year
    assert not other.plans.exists()


def test_next_years_plan_begins_with_what_this_years_says():
    plan = a_plan("in_force", year=2026)
    role = add(plan, "contributors", part="blueprint", side="outside", name="Ina Institute")

    later = begin_plan(plan.membership, by=plan.account.manager, year=2027)

    opportunity = later.opportunity_rows.get()
    assert opportunity.what == plan.opportunity_rows.get().what
    assert later.part_rows.get(key="blueprint").text == plan.part_rows.get(key="blueprint").text
    assert later.part_rows.get(key="blueprint").touched_at is None
    assert str(later.contributor_rows.get()) == str(role)


def test_it_is_archived_with_the_account_and_with_the_plan_of_the_year_after():
    before = a_plan("in_force", year=2026)
    plan = begin_plan(before.membership, by=before.account.manager, year=2027)
    say_three(plan)
    for name in ("share", "agree", "put_in_force"):
        plan = one_step(plan, name)
    assert fresh(before).status == "archived"

    take(plan.membership, "withdraw", office("manager"), comment="They left.")

    assert fresh(plan).status == "archived"


@pytest.mark.parametrize("status", ["draft", "shared", "under_review", "in_force"])
def test_what_waits_for_the_account_manager_moves_with_the_account(status):
    plan, newcomer = a_plan(status), make_user("rep")
    before = Obligation.objects.of(plan).open().values_list("person", flat=True)
    assert list(before) == ([] if status == "in_force" else [plan.account.manager_id])

    change(plan.account, by=office("admin"), seen=plan.account.version, manager=newcomer)

    after = Obligation.objects.of(plan).open()
    assert [one.person for one in after] == ([] if status == "in_force" else [newcomer])
    assert AccountPlan.objects.visible_to(newcomer).get() == plan


@pytest.mark.demand("N4.4")
def test_whoever_has_a_role_on_the_team_sees_and_writes_the_plan():
    plan, person = a_plan(), make_user("contributor")
    assert not AccountPlan.objects.visible_to(person).exists()

    TeamRole.objects.create(plan=plan, title="Service", person=person, changed_by=plan.account.manager)

    assert AccountPlan.objects.visible_to(person).get() == plan
    assert keep_text(plan, "daily", "They call on Mondays.", person).text == "They call on Mondays."


@pytest.mark.demand("N4.5")
def test_whoever_of_our_house_contributes_to_a_part_sees_and_writes_the_plan():
    plan, person = a_plan(), make_user("contributor")
    assert not AccountPlan.objects.visible_to(person).exists()

    add(plan, "contributors", part="daily", person=person)

    assert AccountPlan.objects.visible_to(person).get() == plan
    assert keep_text(plan, "daily", "They call on Mondays.", person).text == "They call on Mondays."
