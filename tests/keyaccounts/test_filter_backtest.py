"""A version tried out on past decisions: the flips, found exactly, by page, command and an independent recount (K-09, M15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from random import Random
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.seals import verify
from keyaccounts.filter_backtest import backtest
from keyaccounts.models import FilterCriterion, Scorecard, TryOut
from tests.factories import fresh, make_account, office, take

from .making import a_membership
from .making_filter import SIMPLE, a_draft, a_filter, a_scorecard, computed, judged

NUMBERS, YES_NO = ("net", "growth", "margin", "wallet"), ("rfp", "strategic")
HISTORIES, DECISIONS = 3, 200


# An independent recount: in fractions, from the raw rows, without a line of the code under test


def random_criteria(dice):
    found = []
    for n in range(dice.randint(3, 8)):
        must = dice.random() < 0.35
        said = {"key": f"c{n}", "title": f"C{n}", "kind": "must" if must else "weighted"}
        said |= {
            "weight": 0 if must else dice.randint(1, 40),
            "guidance": "",
            "fact": "",
            "compare": "",
            "threshold": None,
        }
        kind = dice.choice(["number", "yes_no", "judged"])
        if kind == "number":
            compare = dice.choice(["at_least", "at_most"])
            said |= {"fact": dice.choice(NUMBERS), "compare": compare, "threshold": Decimal(dice.randint(0, 10))}
        elif kind == "yes_no":
            said |= {"fact": dice.choice(YES_NO), "compare": dice.choice(["holds", "holds_not"])}
        found.append(said)
    return found


def changed_criteria(dice, criteria):
    """The same filter with some criteria weighed otherwise, moved in threshold, dropped or asked in addition."""
    found = []
    for said in criteria:
        said = dict(said)
        fate = dice.random()
        if fate < 0.15:
            continue
        if fate < 0.45 and said["threshold"] is not None:
            said["threshold"] = Decimal(dice.randint(0, 10))
        if fate > 0.7 and said["kind"] == "weighted":
            said["weight"] = dice.randint(1, 40)
        found.append(said)
    if dice.random() < 0.5:
        found.append(random_criteria(dice)[0] | {"key": "new", "title": "New"})
    return found or criteria


def random_past(dice):
    facts = {fact: dice.choice([None, Decimal(dice.randint(0, 10))]) for fact in NUMBERS}
    return facts | {fact: dice.random() < 0.5 for fact in YES_NO}


def recount(criteria, bar, facts, scores):
    """Pass, fail or neither: the worst and the best that the open answers could make of it agree, or they do not."""

    def outcome(guess):
        total = Fraction(0)
        for one in criteria:
            known = facts.get(one["fact"]) if one["fact"] else None
            if known is None:
                score = scores.get((one["key"], one["title"], one["fact"], one["compare"], one["threshold"]), guess)
                share, met = Fraction(score, 5), score > 2
            else:
                ways = {"at_least": lambda k, t: not k < t, "at_most": lambda k, t: not k > t}
                ways |= {"holds": lambda k, t: k is True, "holds_not": lambda k, t: k is False}
                met = ways[one["compare"]](known, one["threshold"])
                share = Fraction(met)
            if one["kind"] == "must" and not met:
                return "fails"
            total += one["weight"] * share
        return "passes" if total >= Fraction(bar) else "fails"

    worst, best = outcome(0), outcome(5)
    return worst if worst == best else "open"


def as_rows(criteria):
    return [
        FilterCriterion(**said, place=n, basis="computed" if said["fact"] else "judged")
        for n, said in enumerate(criteria)
    ]


def with_scores(pk, kept, rows, passed):
    card = Scorecard(pk=pk, status="passed" if passed else "failed", facts=kept)
    card.standing_scores = rows
    return card


@pytest.mark.demand("K-09", "M15")
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_the_flips_of_a_random_history_equal_an_independent_recount(seed):
    dice = Random(f"filter {seed}")
    expected, found, pk = {}, {}, 0
    while pk < DECISIONS:
        old = random_criteria(dice)
        new = changed_criteria(dice, old)
        old_bar, bar = (dice.randint(1, max(1, sum(one["weight"] for one in of))) for of in (old, new))
        rows, cards = as_rows(old), []
        for _ in range(20):
            facts = random_past(dice)
            scores = {one["key"]: dice.randint(0, 5) for one in old if facts.get(one["fact"]) is None}
            asked = {
                (one["key"], one["title"], one["fact"], one["compare"], one["threshold"]): scores[one["key"]]
                for one in old if one["key"] in scores
            }  # fmt: skip
            passed = recount(old, old_bar, facts, asked) == "passes"
            pk += 1
            now = recount(new, bar, facts, asked)
            expected[pk] = {"passes": "stays" if passed else "to pass", "fails": "to fail" if passed else "stays"}.get(
                now, "open"
            )
            cards.append(with_scores(pk, *kept_of(rows, facts, scores), passed))
        test = backtest(SimpleNamespace(bar=Decimal(bar), listed=as_rows(new)), cards)
        found |= {one.scorecard.pk: said_of(one) for one in test.decisions}

    assert found == expected
    assert len(found) == DECISIONS
    assert set(expected.values()) == {"stays", "to pass", "to fail", "open"}


def kept_of(rows, facts, scores):
    kept = {
        fact: [value if isinstance(value, bool | None) else str(value), "On file", None]
        for fact, value in facts.items()
    }
    return kept, [SimpleNamespace(criterion=row, score=scores[row.key]) for row in rows if row.key in scores]


def said_of(one):
    return "to pass" if one.to_pass else "to fail" if one.to_fail else "open" if one.unsaid else "stays"


# Planted flips, through the program's own doors


@pytest.fixture
def planted(people):
    """Six decisions, and a draft under which exactly three are otherwise: the weights of potential and fit change places."""
    a_filter(criteria=[*SIMPLE, computed("rfp", "rfp", "holds_not")], bar=60)
    cards = {
        name: a_scorecard(status, a_membership(account=make_account(name=name)), **scores)
        for name, status, scores in (
            ("Stays in", "passed", {"sponsor": 5, "potential": 5, "fit": 5}),
            ("Falls out", "passed", {"sponsor": 4, "potential": 5, "fit": 0}),
            ("Falls out as well", "passed", {"sponsor": 3, "potential": 4, "fit": 2}),
            ("Stays out", "failed", {"sponsor": 2, "potential": 5, "fit": 5}),
            ("Comes in", "failed", {"sponsor": 3, "potential": 1, "fit": 5}),
            ("Stays out too", "failed", {"sponsor": 5, "potential": 1, "fit": 2}),
        )
    }
    draft = a_draft()
    draft.criteria.filter(key="potential").update(weight=40)
    draft.criteria.filter(key="fit").update(weight=60)
    return fresh(draft), cards


IN, OUT = {"Comes in"}, {"Falls out", "Falls out as well"}


def names(decisions):
    return {one.scorecard.membership.account.name for one in decisions}


@pytest.mark.demand("K-09", "M15")
def test_the_planted_flips_are_found_and_no_others(planted):
    draft, cards = planted

    found = backtest(draft, Scorecard.objects.decided())

    assert (names(found.to_pass), names(found.to_fail), found.unsaid) == (IN, OUT, [])
    assert (len(found.decisions), found.same) == (len(cards), 3)
    [came] = found.to_pass
    assert (came.then, came.now) == ("52 points at a bar of 60", "68 points at a bar of 60")


@pytest.mark.demand("K-09", "M15")
def test_a_back_test_takes_three_queries_however_many_decisions(planted, django_assert_num_queries):
    draft, _cards = planted

    with django_assert_num_queries(3):
        backtest(draft, Scorecard.objects.decided())


@pytest.mark.demand("K-09", "M15")
def test_the_command_lists_exactly_the_planted_flips(planted):
    draft, _cards = planted
    before = list(Scorecard.objects.values_list("pk", "version", "status"))
    out = StringIO()

    call_command("backtest", "draft", stdout=out)

    first, *lines = out.getvalue().splitlines()
    assert first == f"{draft}: 6 past decisions, 1 would pass now, 2 would fail now, 0 cannot be said, 3 stay."
    told = {(line[0], line[2:].split(" (")[0]) for line in lines}
    assert told == {("+", name) for name in IN} | {("-", name) for name in OUT}
    assert list(Scorecard.objects.values_list("pk", "version", "status")) == before
    assert TryOut.objects.filter(version=draft).count() == 0


@pytest.mark.demand("K-09", "M15")
def test_what_cannot_be_said_is_counted_by_the_command_and_listed_with_all(people):
    a_filter()
    low, missed = (
        a_scorecard(status, **scores) for status, scores in (
            ("passed", {"sponsor": 3, "potential": 3, "fit": 3}), ("failed", {"sponsor": 1, "potential": 5, "fit": 5}),
        )
    )  # fmt: skip
    draft = a_filter("draft", [*SIMPLE, judged("culture", 50)], bar=100)
    few, many = StringIO(), StringIO()

    call_command("backtest", "draft", stdout=few)
    call_command("backtest", "draft", "--all", stdout=many)

    counts = f"{draft}: 2 past decisions, 0 would pass now, 0 would fail now, 1 cannot be said"
    assert few.getvalue().splitlines() == [f"{counts} (--all lists them), 1 stay."]
    first, *lines = many.getvalue().splitlines()
    assert first == f"{counts}, 1 stay."
    assert [(line[0], line[2:].split(" (")[0]) for line in lines] == [
        ("?", low.membership.account.name), ("=", missed.membership.account.name),
    ]  # fmt: skip


@pytest.mark.demand("K-09", "M15")
def test_of_very_many_that_cannot_be_said_the_page_shows_the_first_and_says_how_many_more(
    people, as_person, monkeypatch
):
    monkeypatch.setattr("keyaccounts.pages.filter.SHOWN", 2)
    a_filter()
    cards = [a_scorecard("passed", sponsor=3, potential=3, fit=3) for _number in range(3)]
    draft = a_filter("draft", [*SIMPLE, judged("culture", 50)], bar=100)

    page = as_person(people["manager"]).get(reverse("keyaccounts:backtest", args=[draft.pk])).content.decode()

    unsaid = page[page.index('id="unsaid"') : page.index('id="accounts"')]
    assert [card.membership.account.name in unsaid for card in cards] == [True, True, False]
    assert "and 1 more" in unsaid


@pytest.mark.demand("K-09", "M15")
def test_the_command_takes_a_number_and_says_which_version_there_is_not(planted):
    out = StringIO()
    call_command("backtest", "1", "--all", stdout=out)

    assert [line[0] for line in out.getvalue().splitlines()[1:]] == ["="] * 6
    with pytest.raises(CommandError, match="no such version of the first filter: “9”"):
        call_command("backtest", "9")


@pytest.mark.demand("K-09", "M15")
def test_the_page_lists_exactly_the_planted_flips_to_those_who_read_filters(planted, people, as_person):
    draft, cards = planted
    url = reverse("keyaccounts:backtest", args=[draft.pk])

    answer = as_person(people["manager"]).get(url)

    test = answer.context["page"].test
    assert (names(test.to_pass), names(test.to_fail)) == (IN, OUT)
    text = answer.content.decode()
    flips = text[text.index('id="to-pass"') : text.index('id="accounts"')]
    assert {name for name in cards if f">{name}<" in flips} == IN | OUT
    assert as_person(people["rep"]).get(url).status_code == 404


@pytest.mark.demand("K-09", "M15")
def test_a_draft_is_published_once_it_was_tried_out_as_it_stands(planted, people):
    draft, cards = planted
    with pytest.raises(StepBlocked, match="Try it out on past decisions first"):
        take(draft, "publish", people["manager"], comment="Fit counts more.")

    draft = take(draft, "try_out", people["manager"])

    [kept] = draft.tryouts.all()
    assert (kept.by, kept.decisions, kept.unsaid) == (people["manager"], 6, [])
    assert kept.to_pass == [cards["Comes in"].pk]
    assert set(kept.to_fail) == {cards["Falls out"].pk, cards["Falls out as well"].pk}
    published = take(draft, "publish", people["manager"], comment="Fit counts more.")
    assert (published.status, published.words, published.published_by) == (
        "published",
        "Fit counts more.",
        people["manager"],
    )


@pytest.mark.demand("K-09", "M15")
def test_what_nobody_judged_then_is_open_unless_no_answer_could_change_it(people):
    a_filter()
    high, low, missed = (a_scorecard(status, **scores) for status, scores in (
        ("passed", {"sponsor": 5, "potential": 5, "fit": 5}), ("passed", {"sponsor": 3, "potential": 3, "fit": 3}),
        ("failed", {"sponsor": 1, "potential": 5, "fit": 5}),
    ))  # fmt: skip
    draft = a_filter("draft", [*SIMPLE, judged("culture", 50)], bar=100)

    found = {one.scorecard: one for one in backtest(draft, Scorecard.objects.decided()).decisions}

    assert [found[card].would for card in (high, low, missed)] == ["passes", "open", "fails"]
    assert found[low].now == "60 to 110 points at a bar of 100; open: “Culture”"


@pytest.mark.demand("K-09", "features, 74")
def test_a_back_test_goes_by_what_was_on_file_then(people):
    a_filter(criteria=SIMPLE)
    card = a_scorecard("passed")
    card.membership.account.performance.create(
        quarter_begins_on=date(2026, 7, 1),
        net=1_000_000,
        orders=9,
        shipped=0,
        on_time=0,
        source="Orders",
        as_of=date(2026, 10, 1),
    )
    draft = a_filter("draft", [*SIMPLE, computed("years", "years", "at_least", 1)])

    [one] = backtest(draft, Scorecard.objects.decided()).decisions

    assert one.card.facts["net"].value is None
    assert (one.to_fail, one.now) == (True, "80 points at a bar of 60; not met: “Years”")


@pytest.mark.demand("K-09")
def test_what_a_try_out_keeps_is_in_a_sound_log(planted, people):
    draft, _cards = planted
    take(draft, "try_out", office("manager"))

    assert list(verify()) == []
