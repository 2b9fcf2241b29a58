"""Panels for tests, led to the wanted state through the program's own doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account
from acr_program.people.models import RoleGrant, User
from acr_program.workflow import registry
from acr_program.workflow.sealed import Sealed
from keyaccounts.actions.panel import plan_panel, recuse
from keyaccounts.models import Ballot, PanelReview, PanelSession
from tests.acting import fresh, make_user, numbers, office, take
from tests.factories import make_account

from .making import a_membership, a_tier

RELEASED = "panelsession.release"
NAME = "Meridian Castings"
SAID = "Their orders have grown in every quarter."
MINUTES = {"minutes": "All members were there."}
TERMS: dict[str, dict[str, Any]] = {
    "extend": {"missing": ["A second site"], "money": "500.00", "days": "4.0"},
    "return_to_incubation": {"missing": ["On-time share over 95 %"], "money": "0", "days": "2.0"},
    "down_tier": {"handover": "Their manager takes over in March."},
}
FIRST = {"entry": "qualify", "re_review": "maintain"}


def a_panel(members: int | list[User] = 3, **fields: Any) -> PanelSession:
    """A panel that is planned; the first of its members chairs, the second is the deputy."""
    people = members if isinstance(members, list) else [make_user("executive") for _number in range(members)]
    fields = {"name": f"Panel {next(numbers)}", "meets_on": localdate() + timedelta(days=7), "quorum": 2} | fields
    fields.setdefault("chair", people[0])
    fields.setdefault("deputy", people[1] if len(people) > 1 else None)
    return fresh(plan_panel(by=office("manager"), members=people, **fields))


def before_panel(account: Account | None = None, kind: str = "entry") -> PanelReview:
    """An account that waits for a panel."""
    state = {"entry": "in_panel_review", "re_review": "in_re_review"}[kind]
    found: PanelReview = a_membership(state, account).panel_reviews.live().get()
    return found


def scheduled(session: PanelSession | None = None, account: Account | None = None, kind: str = "entry") -> PanelReview:
    review: PanelReview = take(
        before_panel(account, kind), "put_on_agenda", office("manager"), session=session or a_panel()
    )
    return review


def voting(session: PanelSession | None = None, account: Account | None = None, kind: str = "entry") -> PanelReview:
    """An account on which a panel votes; the only one on its agenda unless the session has others."""
    review = scheduled(session, account, kind)
    assert review.session is not None
    take(review.session, "open_voting", office("manager"))
    return again(review)


def again(review: PanelReview) -> PanelReview:
    """As it stands now, with its session."""
    found: PanelReview = PanelReview.objects.select_related(*PanelReview.READS).get(pk=review.pk)
    return found


def ballot_of(review: PanelReview, member: User) -> Ballot:
    found: Ballot = review.ballots.get(member=member)
    return found


def sealed(review: PanelReview, vote: str, words: str = SAID, score: int = 4) -> Sealed:
    return Sealed(scores=dict.fromkeys(review.asked(), score), vote=vote, words=words)


def cast(review: PanelReview, member: User, vote: str, words: str = SAID, score: int = 4) -> Ballot:
    """This member's vote."""
    found: Ballot = take(ballot_of(review, member), "cast", member, ballot=sealed(review, vote, words, score))
    return found


def members_of(review: PanelReview) -> list[User]:
    """Those who may vote, whoever chairs first."""
    asked = [ballot.member for ballot in review.ballots.select_related("member").exclude(status="void")]
    return sorted(asked, key=lambda one: (one.pk != review.chair_id, one.pk))


def vote_all(review: PanelReview, *votes: str) -> PanelReview:
    """The votes of those who may, whoever chairs first; the last vote is that of all who are left."""
    for place, member in enumerate(members_of(review)):
        cast(review, member, votes[min(place, len(votes) - 1)])
    return again(review)


def decision(outcome: str, **more: Any) -> Sealed:
    terms = {"tier": a_tier().pk} if outcome == "qualify" else TERMS.get(outcome, {})
    return Sealed(**{"outcome": outcome, "reason": "As the figures show.", "letter": ""} | terms | more)


def decided(review: PanelReview, outcome: str = "", *votes: str, **more: Any) -> PanelReview:
    """Voted on and decided by whoever chairs."""
    outcome = outcome or FIRST[review.kind]
    if not review.ballots.filter(status="cast").exists():
        vote_all(review, *(votes or (outcome,)))
    review = again(review)
    assert review.chair is not None
    take(review, "decide", review.chair, decision=decision(outcome, **more))
    return again(review)


def held(session: PanelSession) -> PanelSession:
    found: PanelSession = take(session, "hold", session.chair, **MINUTES)
    return found


def released(session: PanelSession) -> PanelSession:
    found: PanelSession = take(held(fresh(session)), "release", session.chair)
    return found


def not_carried_out(session: PanelSession) -> PanelSession:
    """Released, and nothing of it carried out yet: so each step that follows the release finds it."""
    following = registry._consequences
    kept = following.pop(RELEASED)
    try:
        return released(session)
    finally:
        following[RELEASED] = kept


def outcome_of(outcome: str, account: Account | None = None) -> PanelReview:
    """An account on which a panel has decided so, released."""
    kind = "entry" if outcome in ("reject", "extend", "qualify") else "re_review"
    review = decided(voting(account=account, kind=kind), outcome)
    assert review.session is not None
    released(review.session)
    return again(review)


def a_session(status: str) -> PanelSession:
    """A panel in this state, with one account before it."""
    if status in ("planned", "cancelled"):
        session = a_panel()
        return (
            take(session, "cancel", office("manager"), comment="Nobody has time.") if status == "cancelled" else session
        )
    review = voting()
    assert review.session is not None
    if status != "open":
        decided(review)
        held(fresh(review.session))
    if status == "released":
        take(review.session, "release", review.session.chair)
    return fresh(review.session)


def a_review(status: str) -> PanelReview:
    """An account before a panel in this state."""
    if status == "withdrawn":
        review = before_panel()
        take(review.membership, "withdraw", office("manager"), comment="They were bought.")
        return again(review)
    made: dict[str, Any] = {
        "waiting": before_panel, "scheduled": scheduled, "voting": voting, "decided": lambda: decided(voting()),
        "released": lambda: outcome_of("qualify"),
    }  # fmt: skip
    return again(made[status]())


def conflicted(how: str, members: int = 4) -> tuple[User, PanelReview, PanelReview]:
    """One of the members of a panel that votes is in conflict with the first of two accounts (`NAME`): in this way."""
    people = [make_user("executive") for _number in range(members)]
    one = people[-1]
    leader = one if how == "leads" else make_user("leader")
    manager = one if how == "manages" else make_user("rep", reports_to=leader)
    if how == "manages":
        RoleGrant.objects.create(person=one, role="rep")
    session = a_panel(people)
    review = scheduled(session, make_account(name=NAME, manager=manager))
    other = scheduled(session, make_account(name="Open Waters"))
    if how == "said":
        recuse(review, one, by=one, words="My sister works there.")
    take(session, "open_voting", session.chair)
    return User.objects.get(pk=one.pk), again(review), again(other)
