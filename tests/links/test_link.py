import threading
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.timezone import now

from acr_program.jobs.models import Duty
from acr_program.links.errors import LinkRefused
from acr_program.links.models import Link


@pytest.fixture
def thing(db):
    """Any row can be what a link is about."""
    return Duty.objects.create(name="thing", due_at=now())


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user("ada@example.com", "Ada")


def reason(token, purpose="approve"):
    try:
        Link.find(token, purpose)
    except LinkRefused as refused:
        return refused.reason
    return "open"


def test_a_link_is_found_by_its_token_alone(thing, person):
    link, token = Link.issue("approve", thing, person=person)

    assert Link.find(token, "approve") == link
    assert (len(token), link.person, link.about) == (43, person, thing)
    assert link.is_for(person)


def test_only_the_hash_is_kept(thing):
    _link, token = Link.issue("approve", thing)

    row = Link.objects.values().get()
    assert row["token_hash"] == sha256(token.encode()).hexdigest()
    assert token not in str(row)


def test_looking_a_hundred_times_changes_nothing(thing):
    _link, token = Link.issue("approve", thing)
    before = Link.objects.values().get()

    for _n in range(100):
        Link.find(token, "approve")

    assert Link.objects.values().get() == before


def test_a_link_works_once(thing):
    link, token = Link.issue("approve", thing)
    same = Link.find(token, "approve")

    link.use()

    with pytest.raises(LinkRefused, match="used already"):
        same.use()
    assert reason(token) == "used"


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_uses_it(thing):
    link, _token = Link.issue("approve", thing)
    won, lost = [], []
    start = threading.Barrier(8)

    def take():
        start.wait()
        try:
            Link.objects.get(pk=link.pk).use()
            won.append(1)
        except LinkRefused:
            lost.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]

    assert (len(won), len(lost)) == (1, 7)


def test_it_expires(thing):
    link, token = Link.issue("approve", thing, days=14)

    with time_machine.travel(now() + timedelta(days=14, seconds=1)):
        assert reason(token) == "expired"
        with pytest.raises(LinkRefused, match="expired"):
            link.use()


def test_it_is_withdrawn_with_the_matter(thing):
    link, token = Link.issue("approve", thing)
    _other, second = Link.issue("feedback", thing)

    assert Link.revoke(thing, "approve") == 1

    assert (reason(token), reason(second, "feedback")) == ("revoked", "open")
    with pytest.raises(LinkRefused, match="withdrawn"):
        link.use()


def test_it_dies_with_the_person_and_with_the_thing(thing, person):
    _one, of_person = Link.issue("approve", thing, person=person)
    _two, of_thing = Link.issue("approve", thing)
    person.is_active = False
    person.save()

    assert reason(of_person) == "revoked"
    thing.delete()
    assert reason(of_thing) == "revoked"


def test_tampered_tokens_and_other_purposes_are_unknown(thing):
    _link, token = Link.issue("approve", thing)
    changed = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token))]

    odd = ["", "x" * 10_000, "\x00", "\ud800", token + " ", token.swapcase()]
    assert {reason(t) for t in changed + odd} == {"unknown"}
    assert reason(token, "feedback") == "unknown"


def test_it_knows_the_version_that_was_shown(thing):
    thing.version = 3
    link, token = Link.issue("approve", thing)

    assert link.about_version == 3
    assert Link.find(token, "approve").is_current is False


def test_a_wrong_code_is_heard_five_times_and_a_right_one_costs_nothing(thing):
    link, token = Link.issue("approve", thing, code=True)
    wrong = f"{(int(link.code) + 1) % 10**6:06d}"
    found = Link.find(token, "approve")

    found.check_code(f"{link.code[:3]} {link.code[3:]}")
    for _n in range(Link.CODE_TRIES):
        with pytest.raises(LinkRefused, match="not the code"):
            found.check_code(wrong)

    with pytest.raises(LinkRefused, match="too often"):
        found.check_code(link.code)
    assert link.code not in str(Link.objects.values().get())


def test_a_link_without_a_code_takes_none(thing):
    link, _token = Link.issue("approve", thing)

    with pytest.raises(LinkRefused, match="not the code"):
        link.check_code("")
