"""What customers get: per tier and per account, in versions, with what shows it; who of us knows it (K-01, K-03)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from acr_program.outbox.models import Message
from acr_program.workflow.errors import Refused, Stale, StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.actions import value as acts
from keyaccounts.models import Proposition, Understanding
from keyaccounts.pages.value import PropositionPage, Share
from tests.acting import fresh, make_user, office, take
from tests.desk.asking import questions, text
from tests.factories import make_account, make_function

from .making import a_membership, a_tier
from .making_value import PROOF, WORDS, a_proposition

pytestmark = pytest.mark.django_db
OTHER = WORDS | {"promise": "Two people who answer within an hour."}


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.mark.demand("K-01")
def test_a_value_proposition_says_what_we_do_what_we_do_not_do_and_what_shows_it():
    made = a_proposition(tier=a_tier("Gold"))

    assert (made.status, made.number, made.whose) == ("in_force", 1, "Gold")
    assert made.done == ["A team of their own", "Prices for three years"]
    assert made.not_done == ["No changes to products for one customer", "No credit beyond sixty days"]
    assert [(one.words, one.source, one.on) for one in made.proofs.all()] == [tuple(PROOF.values())]


@pytest.mark.demand("K-01")
def test_what_nothing_shows_cannot_be_put_in_force():
    bare = a_proposition("draft", proofs=0)

    with pytest.raises(StepBlocked, match="no proof point"):
        take(bare, "publish", office("manager"))


@pytest.mark.demand("K-01")
def test_an_account_has_its_own_value_else_that_of_its_tier_else_that_of_all():
    gold, silver, account = a_tier("Gold"), a_tier("Silver", rank=2), make_account()
    membership = a_membership("key_account", account)
    found = [Proposition.objects.of(membership)]
    for of in ({}, {"tier": silver}, {"tier": gold}, {"account": make_account()}, {"account": account}):
        a_proposition(**of)
        found.append(Proposition.objects.of(membership))

    assert [one and one.whose for one in found] == [
        None, "Everybody in the programme", "Everybody in the programme", "Gold", "Gold", account.name,
    ]  # fmt: skip


@pytest.mark.demand("K-01")
def test_the_next_version_takes_over_the_words_and_replaces_the_one_before_it():
    first = a_proposition()

    draft = acts.write_next(first, by=office("manager"))
    acts.reword(draft, by=office("manager"), seen=draft.version, key=None, **OTHER)
    now = take(draft, "publish", office("manager"))

    assert (now.number, now.status, now.promise) == (2, "in_force", OTHER["promise"])
    assert [one.words for one in now.proofs.all()] == [PROOF["words"]]
    assert (fresh(first).status, fresh(first).promise) == ("replaced", WORDS["promise"])


def test_a_second_draft_and_a_change_of_what_is_in_force_are_refused():
    first = a_proposition()
    draft = acts.write_next(first, by=office("manager"))

    with pytest.raises(Refused, match="A draft is open already"):
        acts.write_next(first, by=office("manager"))
    with pytest.raises(Refused, match="no draft any more"):
        acts.reword(first, by=office("manager"), seen=first.version, key=None, **OTHER)
    with pytest.raises(Refused, match="no draft any more"):
        acts.keep_proof(first, by=office("manager"), seen=first.version, **PROOF)
    with pytest.raises(Stale):
        acts.keep_proof(draft, by=office("manager"), seen=0, **PROOF)
    assert fresh(first).proofs.count() == 1


def test_of_a_tier_an_account_and_all_one_version_is_in_force():
    first, other = a_proposition(), a_proposition(tier=a_tier())

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposition.objects.filter(pk=other.pk).update(subject=first.subject, number=9)


def test_an_account_manager_writes_for_an_own_account_and_only_the_manager_puts_it_in_force():
    account = make_account()
    rep, stranger = account.manager, make_user("rep")

    own = acts.begin_proposition(by=rep, account=account, **WORDS)
    acts.keep_proof(own, by=rep, seen=own.version, **PROOF)

    for by, of in ((stranger, {"account": account}), (rep, {}), (rep, {"tier": a_tier()})):
        with pytest.raises(PermissionDenied, match="Value propositions are written by"):
            acts.begin_proposition(by=by, **of, **WORDS)
    with pytest.raises(PermissionDenied, match="Put it in force"):
        take(own, "publish", rep)
    assert take(own, "publish", office("manager")).status == "in_force"


@pytest.mark.demand("K-03")
def test_each_function_that_was_chosen_is_asked_and_the_share_that_knows_it_is_shown(as_person):
    asked = [make_function("Service"), make_function("Finance")]
    make_function("Legal")

    of = a_proposition(functions=asked)
    service = Understanding.objects.get(function=asked[0])
    take(service, "confirm", asked[0].contributor, words="We pick up the telephone first for them.")

    page = PropositionPage(fresh(of), office("manager"))
    assert {one.person for one in Obligation.objects.of(service)} == {asked[0].contributor}
    assert Message.objects.filter(kind="value_to_know").count() == 2
    assert [(one.function.name, one.label) for one in page.functions] == [
        ("Finance", "Asked"), ("Legal", "Not asked"), ("Service", "Confirmed"),
    ]  # fmt: skip
    assert (page.share, page.share.words) == (Share(1, 3), "1 of 3 functions know it: 33 %.")
    assert "1 of 3" in text(as_person(office("manager")).get("/key-accounts/value/"))


@pytest.mark.demand("K-03")
def test_only_whoever_answers_for_the_function_confirms_and_says_what_follows_from_it():
    function = make_function("Service")
    of = a_proposition(functions=[function])
    asked = of.understandings.get()

    with pytest.raises(PermissionDenied, match="whoever answers for the function"):
        take(asked, "confirm", office("manager"), words="They surely know it.")

    done = take(asked, "confirm", function.contributor, words="We call back within a day.")
    assert (done.status, done.words, bool(done.confirmed_at)) == ("confirmed", "We call back within a day.", True)
    assert not Obligation.objects.of(done).open().exists()


@pytest.mark.demand("K-03")
def test_a_newer_version_asks_anew_and_nobody_is_asked_about_the_old_one():
    function, other = make_function("Service"), make_function("Finance")
    first = a_proposition(functions=[function, other])
    take(first.understandings.get(function=function), "confirm", function.contributor, words="We know.")

    take(acts.write_next(first, by=office("manager")), "publish", office("manager"), functions=[function, other])

    kept = list(Understanding.objects.order_by("pk").values_list("proposition__number", "status"))
    assert sorted(kept) == [(1, "confirmed"), (1, "over"), (2, "asked"), (2, "asked")]


def test_a_function_with_another_contributor_is_handed_on_and_asked_anew():
    function = make_function("Service")
    asked = a_proposition(functions=[function]).understandings.get()
    with pytest.raises(StepBlocked, match="by the person who is asked, or by nobody"):
        take(asked, "hand_on", office("manager"))
    function.contributor = make_user("contributor")
    function.save()

    now = take(asked, "hand_on", office("manager"))

    waiting = Obligation.objects.of(now).open()
    assert (now.person, [one.person for one in waiting]) == (function.contributor, [function.contributor])


def test_who_sees_which_value(as_person):
    account = make_account()
    function = make_function("Service")
    of = {
        "draft": a_proposition("draft", tier=a_tier("Silver")), "tier": a_proposition(tier=a_tier("Gold")),
        "own": a_proposition(account=account, functions=[function]), "own draft": None,
    }  # fmt: skip
    of["own draft"] = acts.write_next(of["own"], by=office("manager"))
    people = {
        "manager": office("manager"), "rep": account.manager, "other rep": make_user("rep"),
        "asked": function.contributor, "contributor": make_user("contributor"),
    }  # fmt: skip

    seen = {
        who: {name for name, one in of.items() if as_person(person).get(one.get_absolute_url()).status_code == 200}
        for who, person in people.items()
    }

    assert seen == {
        "manager": {"draft", "tier", "own", "own draft"}, "rep": {"tier", "own", "own draft"}, "other rep": {"tier"},
        "asked": {"tier", "own"}, "contributor": {"tier"},
    }  # fmt: skip


@pytest.mark.demand("K-01")
@pytest.mark.demand("K-03")
def test_everything_is_written_and_put_in_force_by_hand_on_the_pages(as_person):
    function = make_function("Service")
    client = as_person(office("manager"))

    begun = client.post("/key-accounts/value/new/", WORDS | {"tier": "", "key": "a"})
    of = Proposition.objects.get()
    here = of.get_absolute_url()
    client.post(f"{here}words/", OTHER | {"seen": 1, "key": "b"})
    client.post(f"{here}proofs/add/", PROOF | {"on": "2025-06-30", "seen": 2, "key": "c"})
    proof = of.proofs.get()
    client.post(
        f"/key-accounts/value/proofs/{proof.pk}/",
        {"words": "Halved", "source": "ERP", "on": "2025-06-30", "seen": 3, "key": "d"},
    )
    client.post(f"{here}proofs/add/", PROOF | {"on": "2025-06-30", "seen": 4, "key": "e"})
    client.post(f"/key-accounts/value/proofs/{of.proofs.last().pk}/drop/", {"seen": 5, "key": "f"})
    sent = client.post(f"{here}steps/publish/", {"functions": [function.pk], "seen": 6, "key": "g"})
    page = text(client.get(here))

    now = fresh(of)
    assert (begun.url, sent.url, now.status, now.promise) == (here, here, "in_force", OTHER["promise"])
    assert [one.words for one in now.proofs.all()] == ["Halved"]
    assert "0 of 1 functions know it: 0 %." in page
    assert "Halved" in page


def test_a_wrong_answer_is_said_beside_the_field_and_nothing_is_kept(as_person):
    client = as_person(office("manager"))
    refused = client.post("/key-accounts/value/new/", {"promise": "", "does": "", "does_not": "", "key": "a"})
    of = a_proposition("draft")
    future = client.post(f"{of.get_absolute_url()}proofs/add/", PROOF | {"on": "2099-01-01", "seen": 2, "key": "b"})

    assert (refused.status_code, future.status_code) == (400, 400)
    assert "Say in one sentence what the customer gets" in refused.content.decode()
    assert "This day is still to come." in future.content.decode()
    assert (Proposition.objects.count(), fresh(of).proofs.count()) == (1, 1)


def test_pages_and_list_of_what_customers_get_cost_what_they_may(as_person):
    functions = [make_function(f"Function {n:02}") for n in range(6)]
    for n in range(4):
        of = a_proposition(functions=functions, tier=a_tier(f"Tier {n}"))
    asked = of.understandings.first()

    client = as_person(office("manager"))
    costs = [len(questions(client, url)) for url in (of.get_absolute_url(), asked.get_absolute_url())]
    whole = len(questions(client, "/key-accounts/value/"))

    assert max(costs) <= 15, costs
    assert whole <= 8
