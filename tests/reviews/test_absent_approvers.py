"""An approver who is away: who decides meanwhile, both names wherever it is told, and no way round to one's own review (M8)."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.desk import absences
from acr_program.desk.today import counts, today
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.workflow.clock import escalate, remind
from acr_program.workflow.days import add_working_days
from acr_program.workflow.obligations import Obligation
from tests.factories import fresh, make_absence, make_account, make_user, office, take
from tests.reviews.work import page_of, signed_in, to_approval

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M8", "features, 48", "features, 49")]
WEEK = timedelta(days=7)


@pytest.fixture
def head():
    return make_user("leader", name="Hera Head")


@pytest.fixture
def leader(head):
    return make_user("leader", name="Lena Leader", reports_to=head)


@pytest.fixture
def rep(leader):
    return make_user("rep", name="Rita Rep", reports_to=leader)


@pytest.fixture
def approval(rep):
    return to_approval(account=make_account(manager=rep))


def away(person, stand_in):
    return make_absence(person, stand_in, to_on=localdate() + WEEK)


def again(person):
    return User.objects.get(pk=person.pk)


def told(kind):
    return [message.person.name for message in Message.objects.filter(kind=kind).order_by("created_at")]


def test_an_administrator_sets_it_for_an_executive_who_will_never_open_the_page(approval, leader):
    stand_in = make_user("leader", name="Stan Instead")
    client = signed_in(office("admin"))

    client.post(
        reverse("desk:absences", args=[leader.pk]),
        {"from_on": localdate(), "to_on": localdate() + WEEK, "stand_in": stand_in.pk, "key": "k"},
    )
    done = take(approval, "approve", again(stand_in), signs=approval.signs)

    assert leader.absences.get().set_by == office("admin")
    assert done.taken.entry.by_name == "Stan Instead for Lena Leader"


def test_both_names_stand_wherever_the_decision_is_told(approval, leader):
    stand_in = make_user("leader", name="Stan Instead")
    away(leader, stand_in)
    take(approval, "ask_for_changes", again(stand_in), comment="Count again.")

    pages = [page_of(approval.request.rep, approval), page_of(approval.request.rep, approval.request)]
    mails = [message.text for message in Message.objects.filter(text__contains="Count again.")]

    assert [page.count("Stan Instead for Lena Leader") > 0 for page in pages] == [True, True]
    assert len(mails) >= 2
    assert [mail for mail in mails if "Stan Instead for Lena Leader" not in mail] == []


@pytest.mark.parametrize("chain", [1, 2, 3])
def test_nobody_approves_their_own_at_the_end_of_a_chain(approval, leader, rep, chain):
    people = [leader, *(make_user("leader") for _one in range(chain - 1)), rep]
    for absent, stand_in in itertools.pairwise(people):
        away(absent, stand_in)

    with pytest.raises(PermissionDenied):
        take(approval, "approve", again(rep), signs=approval.signs)

    assert "Your turn" not in signed_in(rep).get(reverse("reviews:approvals")).content.decode()


def test_whoever_acts_for_the_representative_too_does_not_decide_for_the_leader(approval, leader, rep):
    """Both are away and name the same person, who would else ask and approve alone."""
    both = make_user("leader", name="Bo Both")
    away(leader, both)
    away(rep, both)

    with pytest.raises(PermissionDenied):
        take(approval, "approve", again(both), signs=approval.signs)

    assert "nobody who may decide stands in" in page_of(office("admin"), approval)


def test_a_leader_who_acts_for_the_representative_still_decides_in_their_own_name(approval, leader, rep):
    away(rep, leader)

    done = take(approval, "approve", again(leader), signs=approval.signs)

    assert (done.status, done.taken.entry.by_name) == ("approved", "Lena Leader")


def test_an_approver_whose_stand_in_may_not_decide_is_seen_to_be_away(approval, leader, rep):
    away(leader, rep)

    page, review = page_of(office("admin"), approval), page_of(office("admin"), approval.request)

    assert "and nobody who may decide stands in" in page
    panel = review.partition('id="approvals"')[2].partition("</section>")[0]
    assert ("Lena Leader" in panel, "Rita Rep" in panel) == (True, False)


def test_a_dated_absence_does_not_look_stuck(approval, leader):
    stand_in = make_user("leader", name="Stan Instead")
    away(leader, stand_in)

    page, review = page_of(office("admin"), approval), page_of(office("admin"), approval.request)

    assert "; Stan Instead decides meanwhile" in page
    assert "Stan Instead" in review.partition('id="approvals"')[2].partition("</section>")[0]


def test_an_absence_that_is_over_gives_the_decision_back(approval, leader, later):
    stand_in = make_user("leader")
    away(leader, stand_in)
    later(days=8)

    with pytest.raises(PermissionDenied):
        take(approval, "approve", again(stand_in), signs=approval.signs)
    assert take(approval, "approve", again(leader), signs=approval.signs).status == "approved"


def test_a_circle_is_told_when_it_is_closed_and_leaves_the_decision_where_it_was(approval, leader):
    other = make_user("leader", name="Otto Other")
    third = make_user("leader", name="Tina Third")
    away(leader, other)
    away(other, third)

    closing = absences.set_absence(
        third, by=office("admin"), from_on=localdate(), to_on=localdate() + WEEK, stand_in=other
    )

    assert "the stand-ins lead round in a circle: nobody would act" in absences.warning(closing)
    assert take(approval, "approve", again(leader), signs=approval.signs).status == "approved"


def mornings(*days):
    """Nine o'clock on the working days so many days on from now."""
    nine = now().replace(hour=9, minute=0)
    return [nine + (add_working_days(localdate(), count) - localdate()) for count in days]


@pytest.mark.demand("features, 28", "features, 50")
def test_after_two_working_days_a_reminder_after_five_the_leaders_own_manager_and_the_duty_stays(
    approval, leader, head, later
):
    page = page_of(leader, approval)
    reminded, escalated = [], []
    for moment in mornings(1, 2, 4, 5, 6):
        later.to(moment)
        remind(now())
        escalate(now())
        reminded.append(len(told("reminder")))
        escalated.append(len(told("escalation")))

    with pytest.raises(PermissionDenied):
        take(approval, "approve", again(head), signs=approval.signs)

    assert (reminded, escalated) == ([0, 1, 1, 1, 1], [0, 0, 0, 1, 1])
    assert (told("reminder"), told("escalation")) == (["Lena Leader"], ["Hera Head"])
    assert Obligation.objects.of(approval).open().get().person == leader
    assert "Lena Leader is reminded on " in page
    assert "Hera Head is told on " in page
    assert "Hera Head was told that it is still open; the decision stays with Lena Leader." in page_of(leader, approval)


def test_nobody_is_reminded_of_what_they_may_not_decide(approval, leader, rep, later):
    away(leader, rep)
    later.to(*mornings(2))

    remind(now())

    assert told("reminder") == ["Lena Leader"]


@pytest.mark.demand("features, 44", "features, 55")
def test_who_has_and_who_has_not_is_said_in_mail_list_and_page(leader, rep):
    account, second = make_account(manager=rep), make_user("leader", name="Leo Leader")
    account.designated_leaders.add(second)
    first = to_approval(account=account)
    asked = Message.objects.get(kind="approval")
    before = page_of(office("admin"), first.request)
    take(first, "approve", leader, signs=first.signs)

    mail = Message.objects.filter(kind="approval", person=second).get()
    row = signed_in(second).get(reverse("reviews:approvals")).context["waiting"][0]
    later = first.document.approvals.get(place=2)

    assert "After you Leo Leader is asked." in asked.text
    assert "Approved already by Lena Leader. You are the last to be asked." in mail.text
    assert "approved by Lena Leader" in row.note
    assert "0 of 2 have approved" in before
    assert "1 of 2 have approved: Lena Leader" in page_of(office("admin"), first.request)
    assert "1 of 2 have approved: Lena Leader." in page_of(second, later)


@pytest.mark.demand("features, 51")
def test_a_return_needs_its_reason_and_brings_it_to_whoever_acts_next(approval, leader):
    url = reverse("reviews:approval-step", args=[approval.pk, "ask_for_changes"])
    client = signed_in(leader)
    without = client.post(url, {"seen": approval.version, "key": "a", "comment": " "})

    client.post(url, {"seen": approval.version, "key": "b", "comment": "The outlook is missing."})

    assert (without.status_code, fresh(approval).status) == (400, "changes_requested")
    assert "The outlook is missing." in page_of(office("admin"), approval.request)


def test_a_second_version_leads_from_the_mail_to_what_differs(approval, leader):
    from tests.reviews.test_shown import mended

    mended(approval, "Another text.")

    mail = Message.objects.filter(kind="approval", person=leader).order_by("created_at").last()
    assert "#differs" in mail.text


@pytest.mark.demand("features, 50")
def test_whoever_is_told_reads_that_somebody_acts_meanwhile(approval, leader, later):
    away(leader, make_user("leader", name="Stan Instead"))
    later.to(*mornings(5))

    escalate(now())

    mail = Message.objects.get(kind="escalation")
    assert "Lena Leader is away; Stan Instead acts meanwhile." in mail.text


def test_today_asks_nobody_to_approve_their_own_in_a_leaders_place(approval, leader, rep):
    """What the page and the mails do not ask of a representative who stands in, Today, its count and the calendar do not."""
    other = to_approval(account=make_account(manager=make_user("rep", reports_to=leader)))
    away(leader, rep)

    stood = today(again(rep))

    assert [row.about for row in Obligation.objects.waiting_for(again(rep))] == [other]
    assert stood.first is not None
    assert (stood.first.act_url, stood.rest) == (other.get_absolute_url(), [])
    assert [row.url for row in stood.awaited] == [approval.get_absolute_url()]
    assert counts(again(rep))["approvals"].number == 1
