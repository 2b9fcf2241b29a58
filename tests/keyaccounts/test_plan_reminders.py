"""What is pinned in an account plan stands wherever a review of the customer is prepared (N3.6)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.actions import pin
from keyaccounts.choices_plan import FindingState
from keyaccounts.models import Finding
from keyaccounts.plan import writing
from keyaccounts.plan.beginning import begin_plan
from keyaccounts.plan.kinds import find
from tests.acting import fresh, office, take
from tests.desk.asking import questions, text
from tests.factories import make_account, make_request

from .making_plan import a_plan, add

pytestmark = pytest.mark.django_db
NOTE = {"words": "Never mention the fire.", "source": "Kim", "pinned": True}
SAID = "Remember: Never mention the fire."


@pytest.fixture
def account():
    return make_account()


@pytest.fixture
def shown(client):
    """The words of a page as somebody reads it."""

    def read(page, person):
        client.force_login(person)
        answer = client.get(page.get_absolute_url())
        assert answer.status_code == 200
        return text(answer)

    return read


def changed(note, **said):
    which = find("notes")
    read = {"revision": fresh(note).revision}
    return writing.keep_row(note.plan, which, note.pk, by=note.plan.account.manager, mine=said, read=read)


@pytest.mark.demand("N3.6")
def test_a_note_pinned_in_the_plan_stands_wherever_the_review_is_prepared(account, shown):
    review = make_request("gathering", account=account)
    plan = a_plan(account=account)
    add(plan, "notes", **NOTE)
    section = review.contributions.first()
    writer = section.contributor

    assert SAID in shown(review, account.manager)
    assert SAID in shown(review, office("admin"))
    assert SAID in shown(section, writer)


@pytest.mark.demand("N3.6")
def test_it_stands_on_the_document_while_it_is_compiled(account, shown):
    review = make_request("compiling", account=account)
    add(a_plan(account=account), "notes", **NOTE)

    assert SAID in shown(review.latest_document(), office("admin"))


@pytest.mark.demand("N3.6")
def test_it_goes_when_it_is_unpinned_or_done_and_never_stands_with_another_customer(account, shown):
    review, other = make_request(account=account), make_request()
    note = add(a_plan(account=account), "notes", **NOTE)
    rep = account.manager
    assert SAID in shown(review, rep)
    assert SAID not in shown(other, other.rep)

    note = changed(note, pinned=False)
    assert SAID not in shown(review, rep)
    note = changed(note, pinned=True)
    assert SAID in shown(review, rep)
    changed(note, state=FindingState.DONE)

    assert SAID not in shown(review, rep)


@pytest.mark.demand("N3.6")
def test_an_archived_plan_reminds_nobody(account, shown):
    review, plan = make_request(account=account), a_plan(account=account)
    add(plan, "notes", **NOTE)

    take(plan, "archive", office("manager"), comment="It is over.")

    assert SAID not in shown(review, account.manager)


@pytest.mark.demand("N3.6")
def test_a_note_that_next_years_plan_has_taken_over_stands_once(account, shown):
    review, plan = make_request(account=account), a_plan(account=account)
    add(plan, "notes", **NOTE)

    begin_plan(plan.membership, by=account.manager, year=plan.year + 1)

    assert Finding.objects.filter(words=NOTE["words"], pinned=True).count() == 2
    assert shown(review, account.manager).count(SAID) == 1


@pytest.mark.demand("N3.6")
def test_both_kinds_of_notes_stand_together_the_newest_first_and_cost_one_query(account, client, shown):
    review, plan = make_request(account=account), a_plan(account=account)
    client.force_login(account.manager)
    bare = len(questions(client, review.get_absolute_url()))
    pin(account, by=account.manager, seen=fresh(account).version, text="They like it short.")
    add(plan, "notes", **NOTE)

    page = shown(review, account.manager)

    assert page.index(SAID) < page.index("Remember: They like it short.")
    assert len(questions(client, review.get_absolute_url())) == bare


@pytest.mark.demand("N3.6")
def test_a_new_note_is_pinned_unless_somebody_says_otherwise(account, client):
    plan = a_plan(account=account)
    client.force_login(account.manager)
    url = reverse("keyaccounts:plan-add", args=[plan.pk, "notes"])

    assert client.get(url).context["form"]["pinned"].value() is True
    sent = {"words": "A quiet word.", "source": "Kim", "on": "2026-11-30", "state": "open"}
    assert client.post(url, sent).status_code == 302

    assert Finding.objects.get(plan=plan).pinned is False
