"""Planning a panel, changing it, and recusals (K-14, features 70 and 71)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.book import click, clock
from acr_program.workflow.edit import begin, edit, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.log import LogEntry
from acr_program.workflow.perform import check_seen, perform

from ..choices_panel import LIVE_REVIEWS, BallotStatus, Conflict, ReviewStatus, SessionStatus
from ..models import Ballot, PanelReview, PanelSession, Recusal
from ..panel_rules import chairs_review, conflict_of

DONE = (ReviewStatus.DECIDED, ReviewStatus.RELEASED, ReviewStatus.WITHDRAWN)


def plan_panel(*, by: User, members: list[User], **fields: Any) -> PanelSession:
    """A new panel, with those who sit on it."""
    check_manager(by)
    with transaction.atomic():
        session = begin(PanelSession(**fields), by=by, members=members)
        session.members.set(members)
    return session


def change_panel(
    session: PanelSession, *, by: User, seen: int | None, key: str | None, members: list[User], **fields: Any
) -> PanelSession:
    """Who sits on it, when it meets, what its members score; not once it votes."""
    check_manager(by)
    with click():
        session = lock(session, key)
        check_seen(session, seen, None)
        if session.status != SessionStatus.PLANNED:
            raise Refused(_("The voting is open: who sits on the panel, and what they score, stands."))
        before, wanted = {one.pk for one in session.members.all()}, {one.pk for one in members}
        session = edit(session, seen=seen, by=by, key=key, **fields)
        if before != wanted:
            session.members.set(members)
            note(session, by=by, changed={"members": [sorted(before), sorted(wanted)]})
    return session


def check_manager(by: User) -> None:
    if not program_managers(by):
        raise PermissionDenied(_("Panels are planned by %(who)s.") % {"who": program_managers.title})


def recuse(review: PanelReview, person: User, *, by: User, words: str) -> PanelReview:
    """This member takes no part: the account is absent for them from now on, and a vote of theirs does not count.

    Members say it of themselves until they have voted, for whoever has voted has seen what others voted for; whoever chairs or
    manages the program says it of a member until it is decided.
    """
    with click():
        review = lock(review)
        check_recusal(review, person, by)
        entry = note(review, by=by, changed={"recusal": [None, person.pk]})
        take_out(review, person, Conflict.SAID, by=by, entry=entry, words=words)
    return review


def check_recusal(review: PanelReview, person: User, by: User) -> None:
    """Refused with its sentence where it is too late, or not for this person to say."""
    if review.status not in LIVE_REVIEWS or review.status in DONE:
        raise Refused(_("It is decided already: a recusal would change nothing."))
    if review.session is None or not review.session.members.filter(pk=person.pk).exists():
        raise Refused(_("%(name)s is no member of this panel.") % {"name": person.name})
    if review.recusals.filter(person=person).exists():
        raise Refused(_("%(name)s is recused already.") % {"name": person.name})
    own = person.pk == by.pk
    if not own and not program_managers(by) and not chairs_review(by, review):
        raise PermissionDenied(_("Members say of themselves that they are in conflict."))
    if own and review.ballots.filter(member=person, status=BallotStatus.CAST).exists():
        raise Refused(_("You have voted already. Tell the chair, who can take your vote out."))
    counts = person.pk in {one.pk for one in review.eligible}  # else the rule has taken them out already
    if review.status == ReviewStatus.VOTING and counts and len(review.eligible) <= review.session.quorum:
        raise Refused(_("Without this member too few could vote: add another to the panel first."))


def take_out(review: PanelReview, person: User, kind: Conflict, *, by: User, entry: LogEntry, words: str = "") -> None:
    """Write the recusal down; the ballot counts no more, and whoever chairs next takes over from a chair."""
    Recusal.objects.create(review=review, person=person, kind=kind, words=words, by=by)
    review.__dict__.pop("eligible", None)
    open_ = [BallotStatus.ASKED, BallotStatus.CAST]
    for ballot in Ballot.objects.filter(review=review, member=person, status__in=open_):
        perform(ballot, "void", by=clock(), seen=None, inside=entry)
    if review.chair_id == person.pk:
        perform(review, "pass_chair", by=clock(), seen=None, inside=entry)


def by_rule(review: PanelReview, *, by: User, entry: LogEntry) -> None:
    """Members who manage the account, or lead its manager, are recused without a word of theirs."""
    assert review.session is not None
    known = {recusal.person_id for recusal in review.recusals.all()}
    for member in review.session.members.all():
        kind = conflict_of(member, review)
        if kind is not None and member.pk not in known:
            take_out(review, member, kind, by=by, entry=entry)
