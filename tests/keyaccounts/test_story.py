"""The ten steps in one way, every gate shut until it is earned: three years by the clock, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from acr_program.jobs.clock import tick
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.seals import verify
from keyaccounts.actions.nominating import nominate
from keyaccounts.models import IncubationCycle, Knowing, Membership, NominationRound, Scorecard, Statement
from keyaccounts.packets import part_of
from tests.acting import fresh, make_user, office, take
from tests.factories import make_account

from .making import WHY, a_programme, a_tier
from .making_filter import a_filter, all_judged
from .making_incubation import a_standard, cycle_of
from .making_panel import a_panel, decided, released
from .making_value import a_proposition

pytestmark = pytest.mark.django_db
ALLOWANCE = {"money": 20_000, "days": 40}
ENDS = {"stays": "maintain", "back": "return_to_incubation", "leaves": "down_tier", "second": "qualify"}


@pytest.fixture
def clock() -> Iterator[Any]:
    """The office on a day: `clock(1998, 7, 6)`; whatever fell due has been done."""
    with time_machine.travel(datetime(1998, 7, 1, 9, tzinfo=UTC), tick=False) as traveller:
        tick()

        def on(*day: int) -> date:
            traveller.move_to(datetime(*day, 9, tzinfo=UTC))  # type: ignore[misc,arg-type]
            tick()
            return date(*day)  # type: ignore[arg-type]

        yield on


def written_down() -> None:
    """What there has to be before the first round."""
    a_programme(name="national account", plural="national accounts", quorum=2)
    a_tier()
    a_filter()
    a_standard()
    a_proposition()


def nominations() -> dict[str, Membership]:
    made = {}
    for name in ("stays", "second", "back", "leaves", "cut", "weak", "vetoed"):
        account = make_account(name=name.title(), manager=make_user("rep"))
        made[name] = nominate(account, by=account.manager, nomination="They want to grow with us.")
    return made


def incubating(members: dict[str, Membership]) -> None:
    """Scored, one filtered out, the others in their year."""
    for name, one in members.items():
        card = all_judged(Scorecard.objects.get(membership=one), score=1 if name == "weak" else 4)
        take(card, "confirm", office("manager"))
        if name == "weak":
            with pytest.raises(StepBlocked):
                take(one, "pass_filter", office("manager"))
            take(one, "fail_filter", office("manager"), **WHY)
            continue
        take(one, "pass_filter", office("manager"))
        take(one, "start_incubation", office("manager"), **ALLOWANCE)


def judged(members: dict[str, Membership], outcomes: dict[str, str]) -> Any:
    """A panel on these; each decision is carried out with all others."""
    session = a_panel(chair := [fresh(next(iter(members.values()))).programme.chair, make_user("executive")])
    assert chair[0]
    reviews = {name: members[name].panel_reviews.live().get() for name in outcomes}
    for review in reviews.values():
        take(review, "put_on_agenda", office("manager"), session=session)
    take(session, "open_voting", office("manager"))
    for name, outcome in outcomes.items():
        decided(fresh(reviews[name]), outcome)
    released(fresh(session))
    return {name: fresh(review) for name, review in reviews.items()}


def states(members: dict[str, Membership]) -> dict[str, str]:
    return {name: fresh(one).status for name, one in members.items()}


@pytest.mark.demand("issue 9, shown by 1", "K-23")
def test_ten_steps_over_three_years_by_the_clock(clock: Any) -> None:
    written_down()
    clock(1998, 7, 6)
    assert NominationRound.objects.get().status == "open"
    members = nominations()
    take(members["vetoed"], "veto", make_user("executive"), **WHY)
    clock(1998, 8, 10)
    assert NominationRound.objects.get(quarter=3).status == "filtering"
    incubating({name: one for name, one in members.items() if name != "vetoed"})
    assert Statement.objects.filter(occasion="incubation").count() == 5

    clock(1999, 8, 11)
    in_panel = ("stays", "second", "back", "leaves", "cut")
    assert {states(members)[name] for name in in_panel} == {"in_panel_review"}
    outcomes = dict.fromkeys(("stays", "back", "leaves"), "qualify") | {"second": "extend", "cut": "reject"}
    reviews = judged(members, outcomes)
    assert {one.is_proved for one in reviews.values()} == {True}
    assert [part.rows != [] for part in (part_of(reviews["stays"].packet, key) for key in PARTS) if part] == [True] * 4
    assert states(members) == {
        "stays": "key_account", "back": "key_account", "leaves": "key_account", "second": "incubating",
        "cut": "not_selected", "weak": "filtered_out", "vetoed": "vetoed",
    }  # fmt: skip
    again = cycle_of(members["second"])
    assert (again.number, [one.words for one in again.proofs.all()]) == (2, ["A second site"])
    assert not IncubationCycle.objects.filter(membership=members["cut"]).exclude(status="reviewed").exists()

    clock(2000, 8, 12)
    due = states(members)
    assert ([due[name] for name in ENDS], due["second"]) == (
        ["in_re_review"] * 3 + ["in_panel_review"],
        "in_panel_review",
    )
    judged(members, ENDS)
    assert [states(members)[name] for name in ENDS] == ["key_account", "incubating", "down_tiered", "key_account"]
    assert fresh(members["back"]).key_since == date(1999, 8, 11)
    assert Statement.objects.current().get(membership=members["leaves"]).status == "draft"
    assert Knowing.objects.get(membership=members["stays"]).status == "told"

    clock(2001, 8, 14)
    assert [states(members)[name] for name in ("stays", "second", "back")] == [
        "in_re_review", "in_re_review", "in_panel_review",
    ]  # fmt: skip
    assert list(verify()) == []


PARTS = ("scorecard", "standing", "allowance", "told")
