"""What the office changes about people: guarded, logged, in force at the next click."""

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.desk import chronicle
from acr_program.desk import people as acts
from acr_program.people.models import User
from acr_program.workflow.errors import Refused, Stale
from acr_program.workflow.seals import verify
from tests.factories import fresh, make_account, make_user


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


def test_a_change_is_logged_with_what_stood_and_what_stands(people):
    rep, admin = people["rep"], people["admin"]

    changed = acts.change(
        rep, by=admin, seen=rep.version, title="Key account manager", reports_to=people["second leader"]
    )

    entry = chronicle.log_of(rep).last()
    assert (changed.version, entry.version, entry.by) == (2, 2, admin)
    assert entry.detail.data == {
        "changed": {"title": ["", "Key account manager"], "reports_to": ["Lena Leader", "Leo Leader"]}
    }
    assert chronicle.story(changed)[0].sentence == (
        "said that they report to Leo Leader and changed the job title to Key account manager."
    )


def test_nothing_changed_writes_nothing(people):
    acts.change(people["rep"], by=people["admin"], seen=1, title="", roles=["rep"])

    assert chronicle.log_of(people["rep"]).count() == 0
    assert fresh(people["rep"]).version == 1


def test_roles_are_given_and_taken_and_said(people):
    rep = acts.change(people["rep"], by=people["admin"], seen=1, roles=["rep", "leader"])
    rep = acts.change(rep, by=people["admin"], seen=rep.version, roles=["contributor"])

    assert fresh(rep).roles == {"contributor"}
    assert [happening.sentence for happening in chronicle.story(rep)][:2] == [
        "gave the role Contributor and took the role Sales representative and Sales leader.",
        "gave the role Sales leader.",
    ]


def test_only_the_office_changes_others(people):
    for who in ("rep", "leader", "auditor", "executive"):
        with pytest.raises(PermissionDenied):
            acts.change(people["contributor"], by=people[who], seen=1, title="X")
    with pytest.raises(PermissionDenied):
        acts.change(people["rep"], by=people["rep"], seen=1, roles=["manager"])
    with pytest.raises(PermissionDenied):
        acts.change(people["rep"], by=people["rep"], seen=1, reports_to=None)
    assert acts.change(people["rep"], by=people["rep"], seen=1, name="Rita R.").name == "Rita R."


def test_a_page_read_before_somebody_else_changed_it_is_stale(people):
    acts.change(people["rep"], by=people["manager"], seen=1, title="First")

    with pytest.raises(Stale, match="Max Manager: Edited"):
        acts.change(people["rep"], by=people["admin"], seen=1, title="Second")


def test_only_a_manager_makes_managers(people):
    with pytest.raises(Refused, match="Only the program manager"):
        acts.change(people["admin"], by=people["admin"], seen=1, roles=["admin", "manager"])
    with pytest.raises(Refused, match="Only the program manager"):
        acts.change(people["manager"], by=people["admin"], seen=1, roles=[])
    with pytest.raises(Refused, match="Only a program manager switches off"):
        acts.change(people["manager"], by=people["admin"], seen=1, is_active=False)

    acts.change(people["admin"], by=people["manager"], seen=1, roles=["admin", "manager"])
    assert fresh(people["admin"]).has("manager")


def test_there_is_always_a_manager(people):
    manager = people["manager"]
    with pytest.raises(Refused, match="There must always be a program manager"):
        acts.change(manager, by=manager, seen=1, roles=[])

    second = make_user("manager")
    acts.change(manager, by=second, seen=1, is_active=False)
    with pytest.raises(Refused, match="There must always be"):
        acts.change(second, by=second, seen=1, roles=["admin"])


def test_nobody_switches_themselves_off(people):
    with pytest.raises(Refused, match="your own sign-in"):
        acts.change(people["admin"], by=people["admin"], seen=1, is_active=False)


def test_nobody_reports_to_somebody_below(people):
    leader, rep = people["leader"], people["rep"]
    with pytest.raises(Refused, match="Rita Rep reports to Lena Leader"):
        acts.change(leader, by=people["admin"], seen=1, reports_to=rep)
    with pytest.raises(Refused):
        acts.change(leader, by=people["admin"], seen=1, reports_to=leader)


def test_a_refused_change_leaves_everything_as_it_was(people):
    with pytest.raises(Refused):
        acts.change(people["leader"], by=people["admin"], seen=1, roles=["rep"], reports_to=people["rep"])

    assert fresh(people["leader"]).roles == {"leader"}
    assert chronicle.log_of(people["leader"]).count() == 0


@pytest.mark.demand("P19")
def test_a_role_taken_is_gone_at_the_next_click_of_an_open_session(people, as_person):
    client = as_person(people["auditor"])
    assert client.get("/late/").status_code == 200

    acts.change(people["auditor"], by=people["admin"], seen=1, roles=[])

    assert client.get("/late/").status_code == 403


@pytest.mark.demand("P19")
def test_whoever_is_switched_off_is_signed_out_at_the_next_click(people, as_person):
    client = as_person(people["rep"])
    assert client.get("/").status_code == 200

    acts.change(people["rep"], by=people["admin"], seen=1, is_active=False)

    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/sign-in/login/?next=/")


@pytest.mark.demand("P19")
def test_a_stand_in_sees_nothing_more_once_the_absence_ends(people, as_person):
    from acr_program.desk.absences import end_absence
    from tests.factories import make_absence

    account = make_account(manager=people["rep"])
    absence = make_absence(people["rep"], people["stranger"])
    client = as_person(people["stranger"])
    assert client.get(account.get_absolute_url()).status_code == 200

    end_absence(absence, by=people["admin"])

    assert client.get(account.get_absolute_url()).status_code == 404


def test_erased_words_leave_the_chain_sound(people):
    acts.change(people["rep"], by=people["admin"], seen=1, title="Secret title")
    chronicle.log_of(people["rep"]).last().detail.delete()

    assert chronicle.story(fresh(people["rep"]))[0].sentence == "changed something; the words were erased."


def test_many_changes_make_one_chain(people):
    rep = people["rep"]
    for number in range(4):
        rep = acts.change(rep, by=people["admin"], seen=rep.version, title=f"Title {number}")

    assert [entry.version for entry in chronicle.log_of(rep)] == [1, 2, 3, 4, 5]
    assert User.objects.get(pk=rep.pk).version == 5
