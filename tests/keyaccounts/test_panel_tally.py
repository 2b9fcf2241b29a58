"""What a panel voted for equals an independent recount, for a thousand random panels (P12, features 69 and 71)."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from django.db import connection

from keyaccounts.choices_panel import OUTCOMES, BallotStatus, PanelKind, ReviewStatus
from keyaccounts.models import Ballot, PanelReview, PanelSession
from keyaccounts.panel_tally import averages, tally
from tests.factories import make_user, office

from .making import a_membership
from .making_panel import a_panel

pytestmark = pytest.mark.django_db

PANELS, MOST = 1000, 9
ASKED = ("Performance", "Potential")
STANDS = {"cast": 8, "void": 2, "lapsed": 1, "asked": 1}  # how often a ballot ends like this


@pytest.fixture(scope="module")
def panels(once):
    """A thousand panels of 1 to 9 members with quorums and votes by chance, as rows; what was drawn is kept apart."""
    return once(lambda: drawn(random.Random(20261130)))


def drawn(rng: random.Random) -> dict[int, list[tuple[str, str]]]:
    office("manager")
    people = [make_user("executive") for _number in range(MOST)]
    session: PanelSession = a_panel(people, quorum=rng.randint(1, 5))
    membership = a_membership("incubating")
    kinds = [rng.choice(PanelKind.values) for _number in range(PANELS)]
    hashed = {"packet_hash": "0" * 64, "session": session, "membership": membership}
    rows = [PanelReview(kind=kind, status=ReviewStatus.RELEASED, **hashed) for kind in kinds]
    PanelReview.objects.bulk_create(rows)
    told, ballots = {}, []
    for review in rows:
        told[review.pk] = [ended(rng, review.kind) for _member in range(rng.randint(1, MOST))]
        for (status, vote), member in zip(told[review.pk], people, strict=False):
            ballots.append(Ballot(review=review, member=member, status=status, vote=vote, scores=scored(rng, status)))
    Ballot.objects.bulk_create(ballots, batch_size=500)
    return told


def ended(rng: random.Random, kind: str) -> tuple[str, str]:
    status = rng.choices(list(STANDS), list(STANDS.values()))[0]
    return status, rng.choice(OUTCOMES[kind]).value if status in ("cast", "void") else ""


def scored(rng: random.Random, status: str) -> dict[str, int]:
    return {question: rng.randint(1, 5) for question in ASKED} if status in ("cast", "void") else {}


def recounted() -> dict[int, dict[str, int]]:
    """The same from the table itself, without a line of the program."""
    standing = "SUM(CASE WHEN status = 'cast' THEN 1 ELSE 0 END)"
    sql = f"SELECT review_id, vote, {standing} FROM keyaccounts_ballot GROUP BY review_id, vote"
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for review, vote, n in cursor.fetchall():
            if n:
                found.setdefault(review, {})[vote] = int(n)
    return found


@pytest.mark.demand("P12", "K-14")
def test_the_tallies_of_a_thousand_random_panels_equal_an_independent_recount(panels):
    by_table = recounted()
    wrong = []
    for review in PanelReview.objects.filter(pk__in=panels).select_related("session"):
        found = review.tally
        mine: dict[str, int] = {}
        for status, vote in panels[review.pk]:
            if status == "cast":
                mine[vote] = mine.get(vote, 0) + 1
        most = max(mine.values(), default=0)
        leading = {outcome for outcome, n in mine.items() if n == most}
        right = (mine, len(mine), sum(mine.values()) >= review.session.quorum, leading, len(leading) > 1)
        counts = {outcome: n for outcome, n in found.counts.items() if n}
        says = (counts, len(found.bounds), found.has_quorum, set(found.leading), found.is_tied)
        if right != says or by_table.get(review.pk, {}) != mine:
            wrong.append((review.pk, right, says))

    assert len(panels) == PANELS
    assert wrong == []


@pytest.mark.demand("P12")
def test_the_mean_scores_of_a_thousand_panels_are_exact(panels):
    wrong = []
    for review in PanelReview.objects.filter(pk__in=panels).prefetch_related("ballots"):
        scores = [ballot.scores for ballot in review.ballots.all() if ballot.status == BallotStatus.CAST]
        right = {one: Fraction(sum(s[one] for s in scores), len(scores)) for one in ASKED} if scores else {}
        if averages(scores) != right:
            wrong.append(review.pk)

    assert wrong == []


def test_the_chair_may_decide_what_anybody_voted_for_and_nothing_else():
    found = tally(["a", "a", "b"], ["a", "b", "c"], quorum=3)

    assert (found.bounds, found.leading) == (("a", "b"), ("a",))
    assert [found.departs(one) for one in ("a", "b")] == [False, True]
    assert (found.cast, found.has_quorum, found.is_tied) == (3, True, False)


def test_of_a_tie_none_is_a_departure():
    found = tally(["a", "b"], ["a", "b", "c"], quorum=3)

    assert (found.leading, found.is_tied, found.has_quorum) == (("a", "b"), True, False)
    assert not any(found.departs(one) for one in found.bounds)


def test_nobody_voted_is_no_majority():
    found = tally([], ["a", "b"], quorum=1)

    assert (found.leading, found.bounds, found.is_tied, found.has_quorum) == ((), (), False, False)


def test_a_vote_for_what_was_not_asked_is_a_fault_and_not_counted_in_silence():
    with pytest.raises(ValueError, match="not asked"):
        tally(["z"], ["a", "b"], quorum=1)
