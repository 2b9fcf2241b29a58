"""Scoring a nomination: its scorecard is begun, and what nothing on file answers is judged (K-08)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.people.roles import program_managers
from acr_program.workflow.edit import begin_many, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock, lock_many
from acr_program.workflow.perform import check_seen

from ..choices import MembershipStatus
from ..filter_cards import Line, card_of, forget_card
from ..models import FilterCriterion, FilterVersion, Membership, Score, Scorecard


def check_manager(by: User) -> None:
    if not program_managers(by):
        raise PermissionDenied(_("Nominations are scored by %(who)s.") % {"who": program_managers.title})


def begin_cards(waiting: QuerySet[Membership], *, by: User) -> list[Scorecard]:
    """A scorecard by the filter in force for each of these nominations that has none yet; none without a filter.

    Each is locked first: of a veto that comes at the same time, either the scorecard hears or no scorecard is begun.
    """
    version = FilterVersion.objects.in_force()
    return cards_for(lock_many(waiting), version, by) if version else []


def cards_for(rows: list[Membership], version: FilterVersion, by: User) -> list[Scorecard]:
    """For these nominations, which the click has locked."""
    known = set(Scorecard.objects.filter(membership__in=rows).values_list("membership", flat=True))
    return begin_many([Scorecard(membership=one, filter=version) for one in rows if one.pk not in known], by=by)


def begin_card(membership: Membership, *, by: User) -> Scorecard:
    """The scorecard of this nomination, begun by hand; the one that is there where there is one."""
    check_manager(by)
    with transaction.atomic():
        membership = lock(membership)
        if there := Scorecard.objects.filter(membership=membership).first():
            return there
        if membership.status != MembershipStatus.NOMINATED:
            raise Refused(_("It is decided already: there is nothing left to score."))
        version = FilterVersion.objects.in_force()
        if version is None:
            raise Refused(_("No filter is in force yet: publish one first."))
        return cards_for([membership], version, by)[0]


def judge(
    scorecard: Scorecard, criterion: FilterCriterion, *, by: User, seen: int | None, score: int, why: str
) -> Scorecard:
    """Judge by this criterion, from 0 to 5 and with the reason; refused where what is on file answers it."""
    check_manager(by)
    with transaction.atomic():
        scorecard = lock(scorecard)
        check_seen(scorecard, seen, None)
        refuse_answered(scorecard, criterion)
        for old in scorecard.scores.standing().select_related("criterion"):
            if old.criterion.wording == criterion.wording:
                old.replaced_at = now()
                old.save(update_fields=["replaced_at"])
        made = Score.objects.create(scorecard=scorecard, criterion=criterion, score=score, why=why, by=by)
        forget_card(scorecard)
        note(scorecard, by=by, changed={"score": [None, told(made)]}, comment=why)
    return scorecard


def refuse_answered(scorecard: Scorecard, criterion: FilterCriterion) -> None:
    line = next((line for line in card_of(scorecard).lines if line.criterion.pk == criterion.pk), None)
    if line is None:
        raise Refused(_("The scorecard is not scored by this criterion any more."))
    if why := answered(scorecard, line):
        raise Refused(why)


def answered(scorecard: Scorecard, line: Line) -> str:
    """Why there is nothing to judge on this line; empty where there is."""
    if not scorecard.is_open:
        return _("The scorecard is not open: score it again before you judge anything anew.")
    if line.by_file and line.known:
        return _("What is on file answers it: %(known)s.") % {"known": line.known.words}
    return ""


def told(score: Score) -> list[Any]:
    return [str(score.criterion), score.criterion.version_id, score.score]
