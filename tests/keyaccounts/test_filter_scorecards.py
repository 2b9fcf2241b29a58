"""Scoring a nomination: facts on file, judgements, what it comes to, who confirms, and what stays (K-08, features 65 and 74)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from accounts.actions import end_fact, enter_figure, say_fact
from accounts.models import Performance
from acr_program.workflow.errors import Refused, Stale, StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from keyaccounts.actions.filter_scores import begin_card, judge
from keyaccounts.choices_filter import KnownFact
from keyaccounts.filter_cards import card_of
from keyaccounts.filter_known import known_of, known_of_many
from keyaccounts.models import Score
from tests.factories import fresh, make_account, make_user, office, take

from .making import a_membership, a_round
from .making_filter import a_filter, a_scorecard, all_judged, computed, judged


@pytest.fixture(autouse=True)
def sound_log(db):
    yield
    assert list(verify()) == []


@pytest.fixture
def manager(people):
    return people["manager"]


def quarters(account, *nets, orders=4, promised=0, on_time=0):
    """Figures of so many complete quarters, the newest last."""
    day = localdate().replace(day=1, month=(localdate().month - 1) // 3 * 3 + 1)
    for back, net in enumerate(reversed(nets), 1):
        months = day.year * 12 + day.month - 1 - 3 * back
        begins = date(months // 12, months % 12 + 1, 1)
        Performance.objects.create(
            account=account, quarter_begins_on=begins, net=Decimal(net), orders=orders, shipped=promised, promised=promised,
            on_time=on_time, source="Order lines", as_of=localdate(),
        )  # fmt: skip


def line(card, key):
    return next(one for one in card_of(fresh(card)).lines if one.criterion.key == key)


def say(account, kind, days_ago=0):
    account, since_on = fresh(account), localdate() - timedelta(days=days_ago)
    reason = "A letter says so."
    return say_fact(account, by=office("manager"), seen=account.version, kind=kind, since_on=since_on, reason=reason)


@pytest.mark.demand("K-08", "features, 65")
def test_what_is_on_file_answers_with_its_source_and_day(manager):
    account = make_account(customer_since=localdate() - timedelta(days=3 * 366))
    quarters(account, *["20000"] * 4, *["30000.004"] * 4, promised=4, on_time=3)
    account = fresh(account)
    enter_figure(
        account, by=manager, seen=account.version, kind="margin", quarter_begins_on=localdate(), value=Decimal("12.346"),
        source="Controlling", as_of=localdate(),
    )  # fmt: skip
    say(account, "rfp")

    known = known_of(fresh(account))

    assert {fact: one.value for fact, one in known.items()} == {
        "net": Decimal("120000.02"), "growth": Decimal("50.00"), "orders": Decimal(16), "on_time": Decimal(75),
        "margin": Decimal("12.35"), "wallet": None, "satisfaction": None, "years": Decimal(3), "rfp": True,
        "negotiation": False, "strategic": False,
    }  # fmt: skip
    assert set(known) == set(KnownFact.values)
    assert (known["net"].source, known["net"].as_of) == ("Order lines", localdate())
    assert known["margin"].source.startswith("Controlling, Q")
    assert known["rfp"].source.startswith("A letter says so.")
    assert known["wallet"].words == "not known: nobody has told it within the year"


@pytest.mark.demand("K-08")
def test_an_account_without_figures_is_said_to_be_unknown(people):
    known = known_of(make_account())

    assert all(known[fact].value is None for fact in ("net", "growth", "orders", "on_time"))
    assert known["net"].words == "not known: no figures are on file"


@pytest.mark.demand("K-08")
def test_what_holds_counts_from_its_day_to_the_day_on_which_it_ended(manager):
    account = make_account()
    rfp = say(account, "rfp", days_ago=10)
    account = fresh(account)
    end_fact(rfp, by=manager, seen=account.version, reason="Withdrawn.", ended_on=localdate())

    assert known_of(account)["rfp"].value is False
    assert known_of(account, localdate() - timedelta(days=1))["rfp"].value is True
    assert known_of(account, localdate() - timedelta(days=11))["rfp"].value is False


def test_what_is_on_file_of_many_accounts_takes_three_queries(people, django_assert_num_queries):
    accounts = [make_account() for _ in range(3)]
    for account in accounts:
        quarters(account, "100", "200")

    with django_assert_num_queries(3):
        found = known_of_many(accounts)

    assert [found[account.pk]["net"].value for account in accounts] == [Decimal(300)] * 3


@pytest.mark.demand("K-08", "features, 65")
def test_what_is_not_known_has_to_be_judged_and_what_is_on_file_holds(manager):
    a_filter(criteria=[computed("money", "net", "at_least", 1000, weight=60), judged("fit", 40)])
    card = a_scorecard()
    criteria = {one.criterion.key: one.criterion for one in card_of(card).lines}
    with pytest.raises(StepBlocked, match="Still to be judged: “Money” and “Fit”"):
        take(card, "confirm", manager)
    judge(card, criteria["money"], by=manager, seen=card.version, score=3, why="Their own report says so.")
    assert line(card, "money").answer.points == Decimal(36)

    quarters(card.membership.account, "999.99")

    assert (line(card, "money").answer.met, line(card, "money").answer.points) == (False, 0)
    with pytest.raises(Refused, match=r"What is on file answers it: 999\.99"):
        judge(fresh(card), criteria["money"], by=manager, seen=fresh(card).version, score=5, why="Nearly.")


@pytest.mark.demand("K-08", "features, 65")
@pytest.mark.parametrize(
    ("compare", "net", "met"),
    [
        ("at_least", "1000", True),
        ("at_least", "999.99", False),
        ("at_most", "1000", True),
        ("at_most", "1000.01", False),
    ],
)
def test_at_the_threshold_is_enough(people, compare, net, met):
    a_filter(criteria=[computed("money", "net", compare, 1000, weight=100)])
    card = a_scorecard()
    quarters(card.membership.account, net)

    assert line(card, "money").answer.met is met


@pytest.mark.demand("K-08", "features, 65")
def test_every_must_have_is_asked_and_the_bar_is_reached(manager):
    a_filter(
        criteria=[computed("rfp", "rfp", "holds_not"), judged("sponsor"), judged("potential", 60), judged("fit", 40)]
    )
    at_bar = a_scorecard("confirmed", sponsor=3, potential=3, fit=3)
    below = a_scorecard("confirmed", sponsor=5, potential=3, fit=2)
    without = a_scorecard("confirmed", sponsor=2, potential=5, fit=5)

    assert [(one.verdict, one.total) for one in (at_bar, below, without)] == [
        ("passes", Decimal(60)), ("fails", Decimal(52)), ("fails", Decimal(100)),
    ]  # fmt: skip
    assert without.missed == ["Sponsor"]
    assert take(at_bar.membership, "pass_filter", manager).status == "incubator_nominated"
    with pytest.raises(StepBlocked, match="52 points, at a bar of 60"):
        take(below.membership, "pass_filter", manager)
    with pytest.raises(StepBlocked, match="“Sponsor” is a must-have and not met"):
        take(without.membership, "pass_filter", manager)


@pytest.mark.demand("K-08")
def test_a_nomination_is_decided_by_a_confirmed_scorecard_alone(manager):
    membership = a_membership()
    for name, data in (("pass_filter", {}), ("fail_filter", {"comment": "Too small."})):
        with pytest.raises(StepBlocked, match="Score it by the first filter first"):
            take(membership, name, manager, **data)
    card = all_judged(a_scorecard(membership=membership))
    with pytest.raises(StepBlocked, match="Its scorecard is not confirmed yet"):
        take(membership, "pass_filter", manager)

    take(card, "confirm", manager)

    with pytest.raises(StepBlocked, match="It passes the first filter: 80 points, at a bar of 60"):
        take(membership, "fail_filter", manager, comment="Too small.")
    take(membership, "pass_filter", manager)
    assert (fresh(card).status, fresh(card).decided_on, fresh(card).confirmed_by) == ("passed", localdate(), manager)


@pytest.mark.demand("K-08")
def test_a_failed_nomination_says_on_what(manager):
    card = a_scorecard("failed")

    assert (card.status, card.membership.status, card.missed) == ("failed", "filtered_out", ["Sponsor"])


@pytest.mark.demand("K-08", "K-07")
def test_a_veto_is_no_failure_of_the_filter(manager):
    card = a_scorecard("dropped")

    assert (card.status, card.membership.status, card.verdict) == ("dropped", "vetoed", "")


@pytest.mark.demand("K-08")
def test_closing_the_nominations_begins_the_scorecards_and_asks_the_manager(manager):
    a_filter()
    first, second = a_membership(), a_membership()

    take(first.round, "close_nominations", manager)

    cards = [one.scorecard for one in (fresh(first), fresh(second))]
    waits = Obligation.objects.of(cards[0]).open()
    assert [card.status for card in cards] == ["open", "open"]
    assert [(one.step, one.role) for one in waits] == [("confirm", "manager")]


@pytest.mark.demand("K-08")
def test_without_a_filter_scoring_waits_for_the_first_that_is_published(manager):
    membership = a_membership()
    with pytest.raises(Refused, match="No filter is in force yet"):
        begin_card(membership, by=manager)
    take(membership.round, "close_nominations", manager)
    assert not hasattr(fresh(membership), "scorecard")

    version = a_filter()

    assert fresh(membership).scorecard.filter == version


@pytest.mark.demand("K-08")
def test_judged_again_both_scores_are_kept_with_who_and_why(manager):
    card = a_scorecard()
    criterion = card_of(card).lines[0].criterion
    judge(card, criterion, by=manager, seen=card.version, score=2, why="Nobody is known.")
    with pytest.raises(Stale):
        judge(card, criterion, by=manager, seen=card.version, score=5, why="Late.")
    judge(fresh(card), criterion, by=manager, seen=fresh(card).version, score=4, why="The new plant manager.")

    kept = Score.objects.filter(scorecard=card).order_by("pk")
    assert [(one.score, one.why, one.by, one.replaced_at is None) for one in kept] == [
        (2, "Nobody is known.", manager, False), (4, "The new plant manager.", manager, True),
    ]  # fmt: skip
    with pytest.raises(TypeError, match="never changed"):
        kept[1].save()


@pytest.mark.demand("K-08")
def test_scores_are_given_by_the_program_manager_alone(people):
    card = a_scorecard()
    for person in (people["admin"], people["rep"], make_user("executive")):
        with pytest.raises(PermissionDenied):
            judge(card, card_of(card).lines[0].criterion, by=person, seen=card.version, score=4, why="So.")
        with pytest.raises(PermissionDenied):
            begin_card(card.membership, by=person)


@pytest.mark.demand("K-08", "features, 74")
def test_a_confirmed_scorecard_does_not_move_with_what_is_on_file(manager):
    a_filter(
        criteria=[
            computed("money", "net", "at_least", 1000, weight=60),
            computed("rfp", "rfp", "holds_not"),
            judged("fit", 40),
        ]
    )
    membership = a_membership()
    quarters(membership.account, "1000")
    card = a_scorecard("confirmed", membership)
    before = (card.total, card.verdict, card.facts, card_of(card))

    membership.account.performance.update(net=1)
    say(membership.account, "rfp")

    now = fresh(card)
    assert (now.total, now.verdict, now.facts) == before[:3]
    assert [(one.known, one.answer.points) for one in card_of(now).lines] == [
        (one.known, one.answer.points) for one in before[3].lines
    ]
    assert card_of(take(now, "reopen", manager)).standing.missed[0].key == "rfp"


@pytest.mark.demand("features, 74", "K-09")
def test_old_scorecards_stay_under_their_old_version(manager):
    old = a_filter()
    passed, open_ = a_scorecard("passed"), a_scorecard()

    a_filter(criteria=[judged("sponsor"), judged("potential", 90), judged("fit", 10)], bar=95)

    assert (fresh(passed).filter, fresh(passed).total, fresh(passed).verdict) == (old, Decimal(80), "passes")
    assert fresh(old).status == "retired"
    assert fresh(open_).filter == old
    with pytest.raises(TypeError, match="no draft is never changed"):
        old.criteria.first().save()


@pytest.mark.demand("features, 74")
def test_an_open_scorecard_can_take_the_newer_filter_and_keeps_what_was_judged_by_the_same_words(manager):
    a_filter()
    card = all_judged(a_scorecard(), 5)
    with pytest.raises(StepBlocked, match="by the filter in force already"):
        take(card, "take_filter", manager)
    reworded = judged("fit", 10) | {"guidance": "Otherwise."}
    newer = a_filter(criteria=[judged("sponsor"), judged("potential", 90), reworded])

    card = take(card, "take_filter", manager)

    assert card.filter == newer
    assert [(one.criterion.key, one.answer.points) for one in card_of(card).lines] == [
        ("sponsor", 0), ("potential", 90), ("fit", None),
    ]  # fmt: skip
    criterion = card_of(card).lines[1].criterion
    judge(card, criterion, by=manager, seen=card.version, score=1, why="Less than we thought.")
    assert line(card, "potential").answer.points == 18


@pytest.mark.demand("K-08")
def test_whoever_sees_the_nomination_sees_its_scorecard(people):
    card = a_scorecard()
    seen = type(card).objects
    account = card.membership.account

    assert all(card in seen.visible_to(one) for one in (people["manager"], make_user("executive"), account.manager))
    assert all(card not in seen.visible_to(one) for one in (make_user("rep"), make_user("contributor")))


def test_a_second_round_scores_its_own_nominations(manager):
    a_filter()
    membership = a_membership(round=a_round())
    card = a_scorecard("failed", membership)

    again = a_membership(account=membership.account, round=a_round(year=localdate().year + 1))

    assert a_scorecard(membership=again).pk != card.pk
