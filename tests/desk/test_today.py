from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate, now

from acr_program.charter import shell
from acr_program.desk.today import counts, today
from acr_program.people.models import User
from acr_program.ui.phrases import day
from acr_program.workflow.obligations import Obligation
from tests.factories import make_absence, make_account, make_program, make_request, make_user

from .asking import questions, text


@pytest.fixture
def waits(people):
    """Something that waits for a person or a role, about an account."""
    account = make_account(name="Nordlicht")

    def make(days=1, waiter=None, what="Look at it", step="recover", title="Nordlicht", **holder):
        return Obligation.objects.create(
            content_type=ContentType.objects.get_for_model(account), object_id=account.pk, step=step, what=what,
            title=title, url=account.get_absolute_url(), due_at=now() + timedelta(days=days), waiter=waiter, **holder,
        )  # fmt: skip

    return make


def test_nothing_waits(people, as_person):
    page = as_person(people["contributor"]).get("/")

    assert "Nothing waits for you" in text(page)
    assert "Nobody holds anything of yours." in text(page)


@pytest.mark.demand("features, 15")
def test_the_soonest_is_the_one_next_thing(people, waits, as_person):
    waits(days=5, what="Later", person=people["rep"])
    waits(days=1, what="Sooner", person=people["rep"])

    shown = today(people["rep"])

    assert shown.first.title == "Sooner"
    assert [row.title for row in shown.rest] == ["Later"]
    assert '<h2 id="next-title">Sooner</h2>' in as_person(people["rep"]).get("/").content.decode()


def test_what_is_late_says_so(people, waits):
    waits(days=-8, person=people["rep"])

    first = today(people["rep"]).first

    assert first.tone == "bad"
    assert first.due.endswith(("working day late", "working days late"))
    assert " and was due on " in first.why


def test_a_step_that_asks_something_opens_at_its_form(people, waits):
    obligation = waits(person=people["leader"], step="recover")
    plain = waits(days=2, person=people["leader"], step="reopen")

    shown = today(people["leader"])

    assert (shown.first.act, shown.first.act_url) == ("Recovered…", f"{obligation.url}steps/recover/")
    assert (shown.rest[0].act, shown.rest[0].act_url) == ("Open", plain.url)


def test_what_waits_for_a_role_waits_for_each_who_holds_it(people, waits):
    waits(role="admin")

    assert today(people["admin"]).first.title == "Look at it"
    assert today(people["rep"]).first is None


def test_who_waits_sees_who_holds_it(people, waits):
    waits(person=people["leader"], waiter=people["rep"])

    row = today(people["rep"]).awaited[0]

    assert row.title == "Nordlicht"
    assert "with Lena Leader since" in row.note


def test_a_stand_in_sees_for_whom(people, waits):
    waits(person=people["leader"])
    make_absence(people["leader"], people["second leader"])

    shown = today(User.objects.get(pk=people["second leader"].pk))

    assert shown.first.note == f"Nordlicht · for Lena Leader, away until {day(localdate())}"


def test_the_one_who_is_away_is_told_who_acts(people, as_person):
    make_absence(people["leader"], people["second leader"], to_on=localdate() + timedelta(days=3))

    page = text(as_person(people["leader"]).get("/"))

    assert "You are away until" in page
    assert "Leo Leader acts for you." in page


def test_the_count_on_the_navigation_is_red_when_something_is_late(people, waits):
    waits(person=people["rep"])
    assert counts(User.objects.get(pk=people["rep"].pk))["today"].tone == "neutral"

    waits(days=-1, person=people["rep"])
    count = counts(User.objects.get(pk=people["rep"].pk))["today"]
    assert (count.number, count.tone) == (2, "bad")


def test_approvals_and_sections_are_counted_beside_their_links(people):
    approval = make_request("in_approval").approvals.first()

    assert counts(User.objects.get(pk=approval.approver_id))["approvals"].number == 1


def test_the_office_sees_exceptions(people, waits, as_person):
    waits(days=-3, person=people["rep"])

    page = text(as_person(people["admin"]).get("/"))

    assert "Exceptions" in page
    assert "Late 1" in page
    assert "Exceptions" not in text(as_person(people["rep"]).get("/"))


def test_an_exception_leads_nobody_to_a_page_they_may_not_read(people, as_person):
    def leads(who):
        client = as_person(people[who])
        found = client.get("/").context["exceptions"].kinds
        return {view.url: client.get(view.url.partition("#")[0]).status_code for view in found if view.url}

    assert set(leads("auditor").values()) == set(leads("admin").values()) == {200}
    assert "/exceptions/?kind=mail" in leads("admin")
    assert "/exceptions/?kind=mail" not in leads("auditor")


def test_without_exceptions_the_office_reads_that_nothing_is_wrong(people, as_person):
    assert "Nothing is wrong: nothing late" in text(as_person(people["manager"]).get("/"))


@pytest.mark.slow
@pytest.mark.parametrize("who", ["admin", "rep", "leader", "contributor"])
@pytest.mark.parametrize("rows", [1, 30])
def test_today_asks_eight_questions_at_most(people, waits, as_person, who, rows):
    for _ in range(rows):
        waits(person=people[who], waiter=people["manager"])
        waits(days=-2, person=people["leader"], waiter=people[who])
        make_account(manager=people["rep"])

    assert len(questions(as_person(people[who]), "/")) <= 8


def test_the_first_manager_is_led_to_setting_up(people, as_person):
    assert "/program/set-up/" in as_person(people["manager"]).get("/").content.decode()
    assert "/program/set-up/" not in as_person(people["rep"]).get("/").content.decode()
    make_program()
    shell.drop()
    assert "/program/set-up/" not in as_person(people["manager"]).get("/").content.decode()


def test_late_lists_everybodys(people, waits, as_person):
    waits(days=-3, person=people["rep"], what="Answer them")
    waits(days=3, person=people["rep"], what="Not yet")

    page = text(as_person(people["auditor"]).get("/late/"))

    assert "Answer them" in page
    assert "Not yet" not in page
    assert as_person(people["rep"]).get("/late/").status_code == 403


def test_late_asks_the_same_for_many_as_for_one(people, waits, as_person):
    client = as_person(people["admin"])
    waits(days=-1, person=people["rep"])
    few = len(questions(client, "/late/"))
    for _ in range(5):
        waits(days=-1, person=make_user("rep"))

    assert len(questions(client, "/late/")) == few
    assert few <= 8


def test_documents_that_failed_are_listed(people, as_person, monkeypatch):
    from acr_program.desk import watches
    from acr_program.desk.telling import Telling

    account = make_account(name="Broken")
    monkeypatch.setattr(watches, "_watched", {})
    watches.watch(
        "odd",
        "Odd",
        lambda: type(account).objects.all(),
        telling=Telling("Mend it", lambda key: f"/accounts/{key}/", "customer_since", "name"),
    )

    page = as_person(people["admin"]).get("/exceptions/")

    assert "Broken" in text(page)
    assert as_person(people["admin"]).get("/").content.decode().count("/exceptions/?kind=odd") == 1


def test_of_several_that_ask_the_same_each_is_named_by_what_it_is_about(people, waits):
    for days, title in ((1, "First"), (2, "One line a week"), (3, "A second source"), (4, "Nordlicht")):
        waits(days=days, person=people["rep"], what="Read it" if title == "Nordlicht" else "Do it", title=title)

    shown = [(row.title, row.note) for row in today(people["rep"]).rest]

    assert shown == [("One line a week", "Do it"), ("A second source", "Do it"), ("Read it", "Nordlicht")]
