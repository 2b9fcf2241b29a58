"""What waits for whom: opened by a step, closed with the state, reminded once, escalated once (promise P14)."""

from datetime import UTC, datetime

import pytest

from acr_program.jobs import clock
from acr_program.outbox.models import Message
from acr_program.workflow.obligations import Obligation
from tests.factories import fresh, make_absence, make_account, make_request, make_user, take

WEDNESDAY = datetime(2027, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def flagged(people, later):
    """An account flagged on a Wednesday: its leader owes a recovery plan within five working days."""
    later.to(WEDNESDAY)
    return make_account("at_risk", manager=people["rep"])


def told(template):
    return [(row.kind, row.address) for row in Message.objects.filter(kind=template).order_by("address")]


def tick_through(later, *moments):
    for moment in moments:
        later.to(moment)
        clock.tick()
        clock.tick()


def test_a_step_opens_what_it_makes_wait(flagged, people):
    row = Obligation.objects.of(flagged).open().get()

    assert (row.what, row.step, row.title, row.url) == (
        "Agree a recovery plan", "recover", flagged.name, flagged.get_absolute_url(),
    )  # fmt: skip
    assert (row.person, row.role, row.waiter, row.account_id) == (people["leader"], "", people["rep"], flagged.pk)
    assert (row.due_at, row.remind_at, row.escalate_at) == (
        datetime(2027, 3, 10, 18, tzinfo=UTC), datetime(2027, 3, 9, 8, tzinfo=UTC), datetime(2027, 3, 12, 8, tzinfo=UTC),
    )  # fmt: skip


def test_leaving_the_state_closes_it(flagged, people):
    take(flagged, "recover", people["leader"], comment="A new contract.")

    row = Obligation.objects.of(flagged).get()
    assert row.closed_at is not None
    assert list(Obligation.objects.waiting_for(people["leader"])) == []


def test_what_waits_for_a_role_is_one_row_for_all_who_hold_it(people):
    request = make_request("submitted")
    other_admin = make_user("admin")

    row = Obligation.objects.of(request).open().get()

    assert (row.person, row.role, row.holder_name, row.waiter) == (None, "admin", "Program administrator", request.rep)
    assert [list(Obligation.objects.waiting_for(user)) for user in (people["admin"], other_admin, people["rep"])] == [
        [row], [row], [],
    ]  # fmt: skip
    assert [list(Obligation.objects.awaited_by(user)) for user in (request.rep, people["admin"])] == [[row], []]


@pytest.mark.demand("features, 28")
def test_a_reminder_goes_out_once_on_its_morning(flagged, people, later):
    before = datetime(2027, 3, 9, 7, 50, tzinfo=UTC)
    tick_through(later, before)
    assert told("reminder") == []

    tick_through(later, datetime(2027, 3, 9, 8, 10, tzinfo=UTC), datetime(2027, 3, 9, 12, tzinfo=UTC))

    assert told("reminder") == [("reminder", people["leader"].email)]


def test_nobody_is_reminded_of_what_is_done(flagged, people, later):
    take(flagged, "recover", people["leader"], comment="A new contract.")

    tick_through(later, datetime(2027, 3, 9, 9, tzinfo=UTC), datetime(2027, 3, 15, 9, tzinfo=UTC))

    assert told("reminder") + told("escalation") == []


def test_what_stays_undone_goes_to_the_holders_own_leader_once(flagged, people, later):
    head = make_user("leader", name="Hera Head")
    type(head).objects.filter(pk=people["leader"].pk).update(reports_to=head)

    tick_through(
        later, datetime(2027, 3, 12, 7, 50, tzinfo=UTC), datetime(2027, 3, 12, 8, 20, tzinfo=UTC),
        datetime(2027, 3, 15, 8, tzinfo=UTC),
    )  # fmt: skip

    assert told("escalation") == [("escalation", head.email)]


def test_with_nobody_above_the_program_manager_is_told(flagged, people, later):
    tick_through(later, datetime(2027, 3, 12, 8, 20, tzinfo=UTC))

    assert told("escalation") == [("escalation", people["manager"].email)]


def test_a_clock_that_slept_reminds_once_when_it_wakes(flagged, people, later):
    tick_through(later, datetime(2027, 3, 11, 9, tzinfo=UTC))

    assert told("reminder") == [("reminder", people["leader"].email)]
    assert told("escalation") == []


def test_the_stand_in_is_reminded_too(flagged, people, later):
    stand_in = make_user("leader", name="Ada Acting", email="acting@example.com")
    make_absence(people["leader"], stand_in, WEDNESDAY.date(), datetime(2027, 3, 9, tzinfo=UTC).date())

    tick_through(later, datetime(2027, 3, 9, 8, 10, tzinfo=UTC))

    assert [address for _kind, address in told("reminder")] == sorted([stand_in.email, people["leader"].email])


def test_a_role_is_reminded_through_all_who_hold_it(people, later):
    later.to(WEDNESDAY)
    make_request("submitted")
    other = make_user("admin")
    make_user("admin", is_active=False)

    tick_through(later, datetime(2027, 3, 5, 8, 10, tzinfo=UTC))

    assert {address for _kind, address in told("reminder")} == {people["admin"].email, other.email}


def test_an_obligation_is_late_after_its_moment(flagged, later):
    row = Obligation.objects.of(flagged).get()
    assert row.is_late is False

    later.to(datetime(2027, 3, 10, 18, 1, tzinfo=UTC))

    assert row.is_late is True


def test_whoever_took_the_step_gets_no_mail_of_it(people):
    account = make_account("active", manager=people["rep"])

    take(account, "flag_risk", people["rep"], comment="Trouble.")

    addresses = {
        row.address for row in Message.objects.filter(account_id=account.pk, kind="step", text__contains="Trouble")
    }
    assert addresses == {people["leader"].email}


def test_a_step_within_the_same_state_would_keep_what_waits(people, later):
    """Obligations close when the state is left, not when the row is edited."""
    from acr_program.workflow.edit import edit

    later.to(WEDNESDAY)
    account = make_account("at_risk", manager=people["rep"])

    edit(fresh(account), seen=account.version, by=people["admin"], city="Ulm")

    assert Obligation.objects.of(account).open().count() == 1
