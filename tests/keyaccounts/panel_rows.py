"""Panels as the lists that all tests share want them: in each state, each step at its dearest, and as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from acr_program.exports.models import Export
from acr_program.people.models import User
from acr_program.workflow.sealed import Sealed
from keyaccounts.models import Ballot, Membership, PanelReview, PanelSession
from keyaccounts.panel_papers import LETTER, MINUTES
from tests.factories import fresh, make_account, make_user, numbers, office, take
from tests.prove.forms import COMMENT, Form
from tests.prove.sending import Page, Sent, sent
from tests.workflow.clicks import WORD, Click, Clicks, as_clock, as_office

from . import making_panel as panels
from .making import a_programme
from .making_panel import (
    a_panel,
    again,
    ballot_of,
    before_panel,
    decided,
    decision,
    held,
    members_of,
    scheduled,
    vote_all,
)

if TYPE_CHECKING:
    from tests.prove.company import Company

SEVERAL = 3  # accounts on an agenda
NOTE = {"note": Sealed(words="Their credit is thin.")}


def with_chair(chair: User | None = None, **fields: Any) -> PanelSession:
    """A panel that this person chairs."""
    others = [make_user("executive") for _number in range(3)]
    return a_panel([chair, *others] if chair else others, **fields)


def of_rep(rep: User | None) -> Any:
    return make_account(manager=rep) if rep else None


def opened(chair: User | None = None, rep: User | None = None) -> PanelReview:
    """An account on which a panel votes."""
    return panels.voting(with_chair(chair), of_rep(rep))


def otherwise(chair: User | None = None, rep: User | None = None) -> Ballot:
    """The chair's own ballot, where the most voted for something else and it was decided so."""
    review = vote_all(opened(chair, rep), "reject", "qualify")
    assert review.chair is not None
    take(review, "decide", review.chair, decision=decision("qualify"))
    return ballot_of(review, review.chair)


def releasing(chair: User | None = None, rep: User | None = None) -> PanelReview:
    """In the moment in which the decisions of its panel are released."""
    review = decided(opened(chair, rep))
    panels.not_carried_out(review.session)  # type: ignore[arg-type]
    return again(review)


def voted(chair: User | None = None, rep: User | None = None, vote: str = "qualify") -> PanelReview:
    return vote_all(opened(chair, rep), vote)


def decided_session(chair: User | None = None, rep: User | None = None) -> PanelSession:
    return fresh(decided(opened(chair, rep)).session)


def lapsed(chair: User, rep: User | None = None) -> Ballot:
    """Whoever had not voted when there was nothing to vote on any more."""
    review = opened(chair, rep)
    take(review.membership, "withdraw", office("manager"), comment="They were bought.")
    return ballot_of(review, chair)


def sessions(chair: User | None = None, rep: User | None = None) -> list[PanelSession]:
    """One in each state."""
    planned, cancelled = with_chair(chair), take(with_chair(chair), "cancel", office("manager"), **WORD)
    over = held(decided_session(chair, rep))
    done = take(held(decided_session(chair, rep)), "release", chair) if chair else panels.a_session("released")
    return [planned, opened(chair, rep).session, over, done, cancelled]  # type: ignore[list-item]


def reviews(chair: User, rep: User | None = None) -> list[PanelReview]:
    """One in each state."""
    waiting, on_agenda = before_panel(of_rep(rep)), scheduled(with_chair(chair), of_rep(rep))
    done = decided(opened(chair, rep))
    panels.released(done.session)  # type: ignore[arg-type]
    return [waiting, on_agenda, opened(chair, rep), decided(opened(chair, rep)), again(done), lapsed(chair, rep).review]


def ballots(chair: User, rep: User | None = None) -> list[Ballot]:
    """The chair's own in each state in which it is there for them."""
    asked, given_ = (ballot_of(review, chair) for review in (opened(chair, rep), voted(chair, rep)))
    return [asked, given_, lapsed(chair, rep)]


# At their dearest


def several(status: str = "scheduled") -> PanelSession:
    """A panel with several accounts on its agenda, led to this state."""
    session = with_chair(make_user("executive"))
    rows = [scheduled(session) for _number in range(SEVERAL)]
    if status == "scheduled":
        return fresh(session)
    take(session, "open_voting", session.chair)
    for row in rows if status == "decided" else ():
        decided(again(row))
    return fresh(session)


def chaired(make: Callable[[], PanelSession], **data: Any) -> Callable[[], Click]:
    return lambda: (one := make(), one.chair, data)


def deciding() -> Click:
    review = voted()
    assert review.chair is not None
    return review, review.chair, {"decision": decision("qualify")}


def voting() -> Click:
    review = opened()
    _chair, member, *_others = members_of(review)
    return ballot_of(review, member), member, {"ballot": panels.sealed(review, "qualify")}


def dissenting() -> Click:
    ballot = otherwise()
    return ballot, ballot.member, NOTE


def adding() -> Click:
    session = several("open")
    return session, session.chair, {"person": make_user("executive")}


def onto_agenda() -> Click:
    return before_panel(), office("manager"), {"session": a_panel()}


CLICKS: Clicks = {
    "panelsession": {
        "open_voting": chaired(several),
        "add_member": adding,
        "hold": chaired(lambda: several("decided"), **panels.MINUTES),
        "resume": chaired(lambda: held(several("decided"))),
        "release": chaired(lambda: held(several("decided")), really=True),
        "cancel": as_office("manager", several, **WORD),
    },
    "panelreview": {
        "put_on_agenda": onto_agenda,
        "take_off": as_office("manager", scheduled),
        "open": as_clock(scheduled),
        "decide": deciding,
        "pass_chair": as_clock(opened),
        "release": as_clock(releasing),
        "withdraw": as_clock(opened, **WORD),
    },
    "ballot": {
        "cast": voting,
        "note_dissent": dissenting,
        "lapse": as_clock(lambda: opened().ballots.first()),
        "void": as_clock(lambda: opened().ballots.first()),
    },
}


# As forms are sent


def typed_vote(ballot: Ballot) -> dict[str, Any]:
    return {f"score_{n}": 4 for n in range(len(ballot.review.asked()))} | {"vote": "reject", "words": "Not yet."}


def forms(company: Company) -> Iterator[Form]:
    """Each step that a person may take, once."""
    rep, chair = company.people["rep"], company.people["executive"]
    a_programme(chair=chair)
    newcomer = make_user("executive", name="Nora Newcomer")

    def on_agenda() -> PanelSession:
        session = with_chair(chair)
        scheduled(session, of_rep(rep))
        return fresh(session)

    def own(make: Callable[..., PanelReview]) -> Callable[[], Ballot]:
        return lambda: ballot_of(make(chair, rep), chair)

    no = {"outcome": "reject", "reason": "Not yet."}
    yield Form("panelsession.open_voting", "manager", on_agenda)
    yield Form("panelsession.add_member", "manager", lambda: opened(chair, rep).session, {"person": newcomer.pk})
    yield Form("panelsession.hold", "executive", lambda: decided_session(chair, rep), panels.MINUTES)
    yield Form("panelsession.resume", "executive", lambda: held(decided_session(chair, rep)))
    yield Form("panelsession.release", "executive", lambda: held(decided_session(chair, rep)), {"really": "on"})
    yield Form("panelsession.cancel", "manager", lambda: with_chair(chair), COMMENT)
    yield Form(
        "panelreview.put_on_agenda", "manager", lambda: before_panel(of_rep(rep)), lambda _of: {"session": a_panel().pk}
    )
    yield Form("panelreview.take_off", "manager", lambda: scheduled(with_chair(chair), of_rep(rep)))
    yield Form("panelreview.decide", "executive", lambda: voted(chair, rep, "reject"), no)
    yield Form("ballot.cast", "executive", own(opened), typed_vote)
    yield Form("ballot.note_dissent", "executive", lambda: otherwise(chair, rep), {"words": "Their credit is thin."})


def typed_panel(members: list[User], **more: Any) -> dict[str, Any]:
    said = {
        "name": f"Panel {next(numbers)}",
        "meets_on": localdate().isoformat(),
        "quorum": 2,
        "criteria": "Performance",
    }
    return said | {"members": [one.pk for one in members], "chair": members[0].pk, "deputy": ""} | more


def pages(company: Company) -> Iterator[Page]:
    """Each path whose form is no step."""
    chair = company.people["executive"]

    def planned() -> Sent:
        typed = typed_panel([chair, make_user("executive")])
        return sent("keyaccounts:new-panel", rows=PanelSession.objects.filter(name=typed["name"]), **typed)

    def changed() -> Sent:
        session = with_chair(chair)
        typed = typed_panel(list(session.members.order_by("pk")), chair=chair.pk)
        return sent("keyaccounts:edit-panel", session.pk, of=session, **typed)

    def recused() -> Sent:
        review = opened(chair)
        person = members_of(review)[-1]
        return sent(
            "keyaccounts:recuse", review.pk, rows=review.recusals.all(), person=person.pk, words="Shares of theirs."
        )

    def minutes() -> Sent:
        session = panels.released(decided_session(chair))
        return sent("keyaccounts:panel-minutes", session.pk, rows=Export.objects.filter(list_name=MINUTES))

    def letter() -> Sent:
        membership: Membership = panels.outcome_of("qualify").membership
        return sent("keyaccounts:outcome-letter", membership.pk, rows=Export.objects.filter(list_name=LETTER))

    yield Page("keyaccounts:new-panel", "manager", planned)
    yield Page("keyaccounts:edit-panel", "manager", changed)
    yield Page("keyaccounts:recuse", "manager", recused)
    yield Page("keyaccounts:panel-minutes", "manager", minutes)
    yield Page("keyaccounts:outcome-letter", "manager", letter)
