"""Who may do what in a panel, who is recused, and what its steps need. Functions of the object; no models (K-14, feature 70)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from acr_program.people.choices import Role
from acr_program.people.models import Absence, AbsenceQuerySet, User
from acr_program.people.roles import program_managers, role
from acr_program.ui.phrases import names as listed
from acr_program.workflow.book import once
from acr_program.workflow.errors import Refused
from acr_program.workflow.steps import Need

from .choices_panel import Conflict, ReviewStatus, SessionStatus
from .panel_tally import Tally


@role(_("the program manager or the chair of the panel"))
def keeps_session(user: User, session: Any = None) -> bool:
    return program_managers(user) or (session is not None and user.pk == session.chair_id)


@role(_("the chair of the panel"))
def chairs_session(user: User, session: Any = None) -> bool:
    return session is not None and user.pk == session.chair_id


@role(_("whoever chairs the panel for this account"))
def chairs_review(user: User, review: Any = None) -> bool:
    """In person: a stand-in votes and decides for nobody (K-14)."""
    return review is not None and user.pk == review.chair_id


@role(_("the member of the panel, in person"))
def votes_in_person(user: User, ballot: Any = None) -> bool:
    return ballot is not None and user.pk == ballot.member_id and user.has(Role.EXECUTIVE)


def conflict_of(user: User, review: Any) -> Conflict | None:
    """Whether this person manages the account, or leads whoever does; standing in for one of these is the same."""
    manager = review.membership.account.manager
    if manager is None:
        return None
    own = {user.pk, *AbsenceQuerySet.covered(user.pk, away_today())}
    if manager.pk in own:
        return Conflict.MANAGES
    return Conflict.LEADS if manager.reports_to_id in own else None


def away_today() -> dict[int, int]:
    """Who is away today with the stand-in each named, read once for a page or a click."""
    return once("who is away today", lambda: Absence.objects.away(localdate()))


# Who is asked


def the_chair(session: Any) -> list[User]:
    return [session.chair]


def the_members(session: Any) -> Iterable[User]:
    return list(session.members.all())


def who_decides(review: Any) -> list[User]:
    return [review.chair] if review.chair else []


def the_member(ballot: Any) -> list[User]:
    return [ballot.member]


# What a session needs; no sentence names an account or counts them, for the chair may be recused from one

has_agenda = Need(
    _("No account is on the agenda yet."),
    lambda session: session.reviews.filter(status=ReviewStatus.SCHEDULED).exists(),
)
enough_members = Need(
    _("Fewer members are named than have to vote: name more, or ask for fewer votes."),
    lambda session: session.members.count() >= session.quorum,
)
all_can_be_voted = Need(
    _("For an account on the agenda too many members are recused: name more members."),
    lambda session: all(len(review.eligible) >= session.quorum for review in session.on_agenda),
)
all_decided = Need(
    _("Not every account on the agenda is decided yet."),
    lambda session: not session.reviews.filter(status=ReviewStatus.VOTING).exists(),
)


# What a review and a ballot need


def session_is(status: str) -> Any:
    return lambda review: review.session is not None and review.session.status == status


session_votes = Need(
    _("The panel does not vote now. While its decisions are held, its chair can take the session up again."),
    session_is(SessionStatus.OPEN),
)
session_releases = Need(_("The decisions of a panel are released together."), session_is(SessionStatus.RELEASED))
chair_has_voted = Need(
    _("Vote yourself first: the votes of the others are open to you then."),
    lambda review: review.chair_id in review.votes,
)


def votes_in_conflict(review: Any) -> str:
    """Whose vote stands although they manage the account by now, or lead its manager."""
    manager = review.membership.account.manager
    own = {manager.pk, manager.reports_to_id} if manager and review.status == ReviewStatus.VOTING else set()
    if not own & review.votes.keys():
        return ""
    names = User.objects.filter(pk__in=own & review.votes.keys()).order_by("name").values_list("name", flat=True)
    words = _("By now the account is in the hands of %(names)s, who voted: take them out of the vote first.")
    return words % {"names": listed(names)}


no_vote_in_conflict = Need(
    _("Nobody votes on an account that they manage, or whose manager they lead."),
    lambda review: not votes_in_conflict(review), votes_in_conflict,
)  # fmt: skip
quorum_reached = Need(
    _("Fewer members have voted than have to: wait for their votes, or add a member to the panel."),
    lambda review: review.tally.has_quorum,
)
review_votes = Need(
    _("Votes are not taken any more: it is decided."), lambda ballot: ballot.review.status == ReviewStatus.VOTING
)
not_recused = Need(
    _("You are recused from this account."), lambda ballot: conflict_of(ballot.member, ballot.review) is None
)


def check_decision(counted: Tally, said: Mapping[str, Any]) -> None:
    """Counted again under the lock, whatever the form was read with: an outcome that somebody voted for, and why it departs."""
    if said.get("outcome") not in counted.bounds:
        raise Refused(say("Nobody’s vote is for this outcome: look at the votes again, then decide."))
    if counted.departs(said["outcome"]) and not said.get("departs"):
        raise Refused(say("Most voted otherwise: say why this is decided all the same."))


decided_otherwise = Need(
    _(
        "A note of dissent is for members who voted for something else than was decided, until the decisions are released."
    ),
    lambda ballot: ballot.review.status == ReviewStatus.DECIDED and ballot.vote != ballot.review.outcome,
)
