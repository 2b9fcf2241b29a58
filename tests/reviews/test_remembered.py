"""What is pinned to an account stands on every page on which its review is prepared (N3.6)."""

import pytest

from accounts.actions import pin, take_down
from tests.desk.asking import questions, text
from tests.factories import fresh, take

NOTE = "Never mention the fire."


@pytest.fixture
def pinned(people):
    def put(review):
        account = fresh(review.account)
        return pin(account, by=people["leader"], seen=account.version, text=NOTE)

    return put


@pytest.mark.demand("N3.6")
def test_a_pinned_note_stands_wherever_the_review_is_prepared(review, people, as_person, pinned):
    gathering = review("gathering")
    pinned(gathering)
    section = gathering.contributions.get(contributor=people["contributor"])

    for who, page in (
        ("rep", gathering), ("admin", gathering), ("contributor", section), ("admin", section), ("leader", gathering),
    ):  # fmt: skip
        shown = text(as_person(people[who]).get(page.get_absolute_url()))
        assert f"Remember: {NOTE} Lena Leader" in shown, (who, page)


@pytest.mark.demand("N3.6")
def test_it_stands_on_the_document_while_it_is_compiled_and_not_once_it_is_sealed(review, people, as_person, pinned):
    made = review("compiling")
    note = pinned(made)
    client, document = as_person(people["admin"]), made.latest_document()
    assert NOTE in text(client.get(document.get_absolute_url()))

    take_down(note, by=people["rep"], seen=fresh(made.account).version)

    assert NOTE not in text(client.get(document.get_absolute_url()))
    assert NOTE not in text(client.get(made.get_absolute_url()))


def test_a_review_that_is_over_needs_no_reminder(review, people, as_person, pinned):
    made = review("submitted")
    pinned(made)
    take(made, "cancel", people["rep"], comment="Not this year.")

    assert NOTE not in text(as_person(people["rep"]).get(made.get_absolute_url()))


@pytest.mark.slow
@pytest.mark.parametrize("state", ["in_approval", "gathering"])
def test_it_costs_the_same_with_notes_as_without(review, people, as_person, pinned, state):
    made = review(state)
    clients = [as_person(people[who]) for who in ("admin", "rep", "leader")]
    before = [len(questions(client, made.get_absolute_url())) for client in clients]
    pinned(made)

    assert [len(questions(client, made.get_absolute_url())) for client in clients] == before
    assert max(before) <= 15
