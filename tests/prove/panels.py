"""Votes of panels count once and stay sealed (P12, K-14, M14): members vote sixteenfold while the chair decides and one is recused.

The tally is held against what was acknowledged and against the table itself, reckoned here and not by the program.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.urls import reverse

from acr_program.people.models import User
from acr_program.workflow.log import LogDetail, LogEntry
from keyaccounts.choices_panel import OUTCOMES
from keyaccounts.models import PanelReview
from tests.factories import fresh, make_account, make_user, take
from tests.keyaccounts.making_panel import a_panel, again, ballot_of, cast, decision, scheduled

from . import invariants
from .clients import Answer, Client, all_at_once
from .company import Company, found, step_url
from .tally import Tally
from .world import Worlds

MEMBERS, SUBMITS, QUORUM = 9, 16, 1
MARKER = "marker-of-a-vote"
TAKEN = (200, 302)


@dataclass(frozen=True)
class Said:
    """One vote as it was sent, and what came back."""

    member: int
    vote: str
    words: str
    answer: Answer


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, rounds=200 if full else 3, rng=rng)
    for guard, words in (
        ("late-votes", "the end of the ballots with the decision"),
        ("open-votes", "the seal of the votes"),
    ):
        control = Tally(quiet=True)
        run(worlds, control, rounds=1, rng=rng, off=guard)
        tally.control(control, words)


def run(worlds: Worlds, tally: Tally, *, rounds: int, rng: random.Random, off: str = "") -> None:
    with worlds.new() as world:
        company = found(world)
        members = [make_user("executive", name=f"Member {n}") for n in range(MEMBERS)]
        for one in members:
            company.client(one)
        world.serve(threads=SUBMITS, off=off)
        lost = 0
        for _round in range(rounds):
            review = opened(company, members)
            sealed_for(tally, company, review, members)
            lost += not race(tally, company, review, members, rng)
            too_late(tally, company, review, members)
        tally.say(f"{rounds} panels of {MEMBERS}, {SUBMITS} votes at once; in {lost} of them the decision was first")
        world.close()
        nowhere(tally)
        invariants.check(tally)


def opened(company: Company, members: list[User]) -> PanelReview:
    """An account on which nine vote; the chair has voted, so that the decision may come at any moment."""
    session = a_panel(members, quorum=QUORUM)
    review = scheduled(session, make_account(manager=company.people["rep"]))
    take(session, "open_voting", company.people["manager"])
    cast(again(review), members[0], OUTCOMES["entry"][0], f"{MARKER} of the chair")
    return again(review)


def sealed_for(tally: Tally, company: Company, review: PanelReview, members: list[User]) -> None:
    """Nobody finds the chair's word before they have voted themselves: no other role, no member, on no page."""
    account, session = review.membership.account, review.session
    assert session is not None
    paths = [
        review.get_absolute_url(), session.get_absolute_url(), review.membership.get_absolute_url(), "/",
        f"{account.get_absolute_url()}timeline/", reverse("keyaccounts:panel-accounts"), f"{review.get_absolute_url()}since/",
    ]  # fmt: skip
    roles = [company.people[name] for name in ("manager", "admin", "auditor", "executive", "rep", "leader")]
    for person in [*roles, members[1]]:
        client = company.client(person)
        seen = [path for path in paths if MARKER in client.get(path).body]
        tally.expect(not seen, "No marker is found before disclosure.", (person.name, seen))
    own = company.client(members[0]).get(review.get_absolute_url()).body
    tally.expect(MARKER in own, "Whoever has voted reads what was voted.", own[:200])


def race(tally: Tally, company: Company, review: PanelReview, members: list[User], rng: random.Random) -> bool:
    """Sixteen votes of eight members, a recusal and the decision, all at the same moment; whether any vote was before it."""
    voters = members[1:]
    recused = voters[-1]
    urls = {one.pk: step_url(ballot_of(review, one), "cast") for one in voters}
    sent = [(voters[n % len(voters)], rng.choice(OUTCOMES["entry"]).value, f"{MARKER} {n}") for n in range(SUBMITS)]
    acts: list[Callable[[], Any]] = [partial(vote, company, review, urls[one[0].pk], *one) for one in sent]
    acts += [partial(recuse, company, review, recused), decides(company, review, members[0])]
    rng.shuffle(acts)
    got = all_at_once(acts)
    said = [one for one in got if isinstance(one, Said)]
    finish(company, review, members[0])
    check(tally, again(review), said, recused)
    return any(one.answer.status in TAKEN for one in said)


def vote(company: Company, review: PanelReview, url: str, member: User, outcome: str, words: str) -> Said:
    typed = {f"score_{n}": 3 for n in range(len(review.asked()))} | {"vote": outcome, "words": words}
    answer = fresh_client(company, member).post(url, {"seen": 1, "key": words.replace(" ", "-")} | typed)
    return Said(member.pk, outcome, words, answer)


def fresh_client(company: Company, person: User) -> Client:
    """A connection of its own, so that two clicks of one person go out at once."""
    return Client(company.world.port, company.sessions[person.pk])


def recuse(company: Company, review: PanelReview, person: User) -> Answer:
    url = reverse("keyaccounts:recuse", args=[review.pk])
    said = {"person": person.pk, "words": "Shares of theirs.", "key": f"recuse-{review.pk}"}
    return fresh_client(company, company.people["manager"]).post(url, said, as_json=False)


def decides(company: Company, review: PanelReview, chair: User) -> Callable[[], Answer]:
    """By the form, as the page stands: the version is that before the race, so a recusal that was faster refuses it."""
    said = {"seen": review.version, "outcome": OUTCOMES["entry"][0].value, "reason": "So.", "departs": "So."}
    said |= {"tier": decision("qualify").values["tier"]}
    return partial(fresh_client(company, chair).post, step_url(review, "decide"), said)


def finish(company: Company, review: PanelReview, chair: User) -> None:
    """Where the recusal was faster than the decision, it is decided now."""
    if again(review).status == "voting":
        take(review, "decide", chair, decision=decision("qualify", departs="So."))


def check(tally: Tally, review: PanelReview, said: list[Said], recused: User) -> None:
    """Each member once, as acknowledged; none after the decision; the recused not at all."""
    out = review.recusals.filter(person=recused).exists()
    mine: Counter[str] = Counter([OUTCOMES["entry"][0].value])
    for ballot in review.ballots.exclude(member=review.chair):
        taken = [one for one in said if one.member == ballot.member_id and one.answer.status in TAKEN]
        tally.expect(len(taken) <= 1, "One vote of a member is taken.", [one.answer.status for one in taken])
        is_out = out and ballot.member_id == recused.pk
        right = "void" if is_out else "cast" if taken else "lapsed"
        tally.expect(ballot.status == right, "A ballot stands as it was acknowledged.", (ballot.status, right))
        if taken:
            whole = (ballot.vote, ballot.words) == (taken[0].vote, taken[0].words)
            tally.expect(whole, "It is the one that was acknowledged, whole.", (ballot.vote, taken[0].vote))
        mine.update([taken[0].vote] if taken and not is_out else [])
    told = {one.answer.status for one in said}
    tally.expect(told <= {200, 302, 404, 409}, "Each is told.", told)
    counts = {outcome: n for outcome, n in review.tally.counts.items() if n}
    tally.expect(counts == dict(mine), "The tally is what was acknowledged.", (counts, dict(mine)))
    tally.expect(counts == recounted(review), "The tally is what the table holds.", recounted(review))
    ballots = set(review.ballots.values_list("pk", flat=True))
    decided = LogEntry.objects.of(review).get(step="decide").pk
    cast_later = LogEntry.objects.filter(
        step="cast", object_id__in=ballots, pk__gt=decided, content_type__model="ballot"
    )
    tally.expect(
        not cast_later.exists(), "No vote comes after the decision.", list(cast_later.values_list("pk", flat=True))
    )


def recounted(review: PanelReview) -> dict[str, int]:
    sql = "SELECT vote, COUNT(*) FROM keyaccounts_ballot WHERE review_id = %s AND status = 'cast' GROUP BY vote"
    with connection.cursor() as cursor:
        cursor.execute(sql, [review.pk])
        return {vote: int(n) for vote, n in cursor.fetchall()}


def too_late(tally: Tally, company: Company, review: PanelReview, members: list[User]) -> None:
    """Whoever votes once it is decided changes nothing, and is told so."""
    before = {ballot.pk: (ballot.status, ballot.version) for ballot in review.ballots.all()}
    open_ = [one for one in members[1:] if before[ballot_of(review, one).pk][0] == "lapsed"] or members[1:3]
    for member in open_[:2]:
        ballot = ballot_of(review, member)
        typed = {f"score_{n}": 3 for n in range(len(review.asked()))} | {"vote": "reject", "words": "late"}
        late = company.client(member).post(
            step_url(ballot, "cast"), {"seen": fresh(ballot).version, "key": "late"} | typed
        )
        tally.expect(late.status in (404, 409), "Who comes too late is told so.", (late.status, late.body[:200]))
    after = {ballot.pk: (ballot.status, ballot.version) for ballot in review.ballots.all()}
    tally.expect(after == before, "No late vote is taken.", (before, after))
    control_vote(tally, company, members)


def control_vote(tally: Tally, company: Company, members: list[User]) -> None:
    """Decided with one who has not voted yet, and nothing else at once: their vote is refused."""
    review = opened(company, members[:3])
    done = decides(company, review, members[0])()
    tally.expect(done.status == 200, "The chair decides.", (done.status, done.body[:200]))
    ballot = ballot_of(review, members[1])
    typed = {f"score_{n}": 3 for n in range(len(review.asked()))} | {"vote": "reject", "words": "late"}
    late = company.client(members[1]).post(step_url(ballot, "cast"), {"seen": fresh(ballot).version} | typed)
    tally.expect(
        late.status == 409 and fresh(ballot).status == "lapsed",
        "A late vote is refused.",
        (late.status, late.body[:200]),
    )


def nowhere(tally: Tally) -> None:
    """The log has no word of any vote."""
    found = [detail.pk for detail in LogDetail.objects.all() if MARKER in f"{detail.comment} {detail.data}"]
    tally.expect(not found, "The log holds nothing of a vote.", found[:5])
