"""Taking a step: what it writes, and what it refuses (promises P6, P7, P8)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Account
from acr_program.workflow.edit import edit
from acr_program.workflow.errors import Direct, Stale, StepBlocked, StepClosed
from acr_program.workflow.perform import perform
from acr_program.workflow.steps import Need
from tests.factories import fresh, make_account, make_user, take


def test_a_step_moves_the_state_and_writes_one_row(account, people):
    done = perform(account, "win", by=people["admin"], seen=1, key="click")

    entry = done.log().get(version=2)
    assert (done.status, done.version) == ("active", 2)
    assert (fresh(account).status, fresh(account).version) == ("active", 2)
    assert (entry.step, entry.before, entry.after, entry.by, entry.key) == (
        "win", "prospect", "active", people["admin"], "click",
    )  # fmt: skip
    assert (entry.account_id, entry.on_behalf_of) == (account.pk, None)
    assert done.taken == (entry, False)


def test_the_stale_copy_is_left_as_it_was(account, people):
    perform(account, "win", by=people["admin"], seen=1)

    assert (account.status, account.version) == ("prospect", 1)


def test_what_the_step_is_given_stands_in_the_log(people):
    account = make_account("active", manager=people["rep"])

    done = take(account, "flag_risk", people["rep"], comment="They asked others for offers.")

    assert (done.taken.entry.comment, done.taken.entry.detail.data) == ("They asked others for offers.", {})


def test_a_page_read_before_the_last_change_is_stale(account, people):
    edit(account, seen=1, by=people["manager"], city="Bremen")

    with pytest.raises(Stale) as refusal:
        perform(account, "win", by=people["admin"], seen=1)

    assert "Max Manager: Edited" in refusal.value.sentence
    assert (fresh(account).status, fresh(account).version) == ("prospect", 2)


@pytest.mark.parametrize("seen", [None, 0, 2, -1])
def test_a_version_never_shown_is_stale(account, people, seen):
    with pytest.raises(Stale):
        perform(account, "win", by=people["admin"], seen=seen)


def test_back_and_forth_is_no_way_around_the_version(people):
    """P8: the state is the same again, the page is not."""
    account = make_account("active", manager=people["rep"])
    seen = account.version
    take(account, "flag_risk", people["rep"], comment="Trouble.")
    take(account, "recover", people["leader"], comment="Mended.")

    with pytest.raises(Stale):
        perform(account, "flag_risk", by=people["rep"], seen=seen, comment="Trouble.")


@pytest.mark.demand("features, 9")
def test_a_closed_step_names_who_was_faster_and_when(account, people):
    take(account, "win", people["admin"])
    now = fresh(account)

    with pytest.raises(StepClosed) as refusal:
        perform(now, "win", by=people["manager"], seen=now.version)

    assert refusal.value.sentence.startswith(
        "“Won as a customer” is not open here any more. Ada Admin: Won as a customer, "
    )
    assert now.log().count() == 2


def test_a_step_nobody_declared_is_closed(account, people):
    with pytest.raises(StepClosed):
        perform(account, "fly", by=people["manager"], seen=1)


def test_a_blocked_step_says_every_reason(account, people, hooks):
    hooks.gate("account.win").add(Need("The contract is signed.", lambda account: False))
    hooks.gate("account.win").add(Need("The credit is checked.", lambda account: False))
    hooks.gate("account.win").add(Need("The name is known.", lambda account: bool(account.name)))

    with pytest.raises(StepBlocked) as refusal:
        perform(account, "win", by=people["admin"], seen=1)

    assert refusal.value.sentence == "The contract is signed. The credit is checked."
    assert fresh(account).version == 1


@pytest.mark.parametrize("who", ["rep", "leader", "contributor", "auditor", "executive", "stranger", "clock"])
def test_others_may_not(account, people, who):
    with pytest.raises(PermissionDenied, match="“Won as a customer” is for a program administrator or the program man"):
        perform(account, "win", by=people[who], seen=1)

    assert fresh(account).version == 1


def test_a_superuser_gets_nothing_free(account):
    with pytest.raises(PermissionDenied):
        perform(account, "win", by=make_user(is_superuser=True, is_staff=True), seen=1)


def test_whoever_left_takes_no_step(account):
    with pytest.raises(PermissionDenied):
        perform(account, "win", by=make_user("admin", is_active=False), seen=1)


def test_the_same_click_twice_is_one_step_and_one_answer(account, people):
    first = perform(account, "win", by=people["admin"], seen=1, key="click")
    second = perform(account, "win", by=people["admin"], seen=1, key="click")

    assert (second.taken.entry, second.taken.repeated) == (first.taken.entry, True)
    assert (second.status, second.log().count()) == ("active", 2)


def test_the_same_click_is_known_after_later_steps(account, people):
    first = perform(account, "win", by=people["admin"], seen=1, key="click")
    take(account, "flag_risk", people["rep"], comment="Trouble.")

    again = perform(account, "win", by=people["admin"], seen=1, key="click")

    assert (again.taken.entry, again.taken.repeated, again.status) == (first.taken.entry, True, "at_risk")


def test_a_click_is_known_for_its_own_object_alone(account, people):
    other = make_account("prospect", manager=people["rep"])
    perform(account, "win", by=people["admin"], seen=1, key="click")

    done = perform(other, "win", by=people["admin"], seen=1, key="click")

    assert done.taken.repeated is False


def test_a_page_used_for_one_step_is_stale_for_another(people):
    """The same key for two steps: the second is neither done already nor a broken constraint."""
    account = make_account("active", manager=people["rep"])
    done = perform(account, "flag_risk", by=people["rep"], seen=account.version, key="click", comment="Trouble.")

    with pytest.raises(Stale):
        perform(account, "close", by=people["manager"], seen=done.version, key="click", comment="Gone.")

    assert fresh(account).status == "at_risk"


def test_a_method_called_directly_refuses(account, people):
    with pytest.raises(Direct):
        account.win(by=people["admin"])

    assert account.status == "prospect"


def test_a_row_is_not_saved_past_the_doors(account):
    """One door for change (rule 1): saving would write no log."""
    account.name = "Anything"
    with pytest.raises(Direct):
        account.save()
    with pytest.raises(Direct):
        Account.objects.create(name="X", theater="EMEA", country="X")


def test_a_state_cannot_be_assigned(account):
    with pytest.raises(AttributeError):
        account.status = "active"


def test_an_edit_takes_no_state_and_no_version(account, people):
    for field in ("status", "version"):
        with pytest.raises(TypeError):
            edit(account, seen=1, by=people["admin"], **{field: 5})


def test_the_database_knows_the_states(account):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(status="golden")

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.bulk_create([Account(name="X", theater="EMEA", country="X", status="golden")])


def test_the_database_keeps_one_row_a_version(account, people):
    """Even if the code were wrong, a version is taken once (rule 2)."""
    entry = account.log().get()
    entry.pk, entry.hash = None, "f" * 64

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_what_follows_needs_no_version_and_locks_no_root(people):
    account = make_account("active", manager=people["rep"])
    entry = account.log().last()

    done = perform(account, "flag_risk", by=people["rep"], seen=None, inside=entry, comment="It follows.")

    assert (done.status, done.taken.repeated) == ("at_risk", False)
