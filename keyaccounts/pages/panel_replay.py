"""How a panel came to its decision, told in order and proved against the log (M14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from acr_program.workflow.log import LogEntry

from ..choices_panel import Outcome


class Replayed(NamedTuple):
    """One thing that happened; `proved` says whether what is shown is what the log has the digest of (None: nothing to prove)."""

    at: datetime
    who: str
    sentence: str
    proved: bool | None = None


def replay(review: Any, ballots: Sequence[Any]) -> list[Replayed]:
    """From the opening to the release, the first first: one query."""
    from ..models import Ballot, PanelReview

    kinds = ContentType.objects.get_for_models(PanelReview, Ballot)
    by_pk = {ballot.pk: ballot for ballot in ballots}
    wanted = Q(content_type=kinds[PanelReview], object_id=review.pk)
    wanted |= Q(content_type=kinds[Ballot], object_id__in=by_pk, step__in=["cast", "note_dissent", "void"])
    entries = LogEntry.objects.filter(wanted).select_related("by", "on_behalf_of", "detail").order_by("pk")
    found = []
    for entry in entries:
        ballot = by_pk.get(entry.object_id) if entry.content_type_id == kinds[Ballot].pk else None
        told = of_ballot(entry, ballot) if ballot is not None else of_review(entry, review)
        if told is not None:
            found.append(told)
    return found


def logged(entry: LogEntry, name: str) -> str:
    """The digest that the log has of what was sealed; empty where its words were erased."""
    return str(entry.detail.data.get(name, "")) if hasattr(entry, "detail") else ""


def of_ballot(entry: LogEntry, ballot: Any) -> Replayed:
    if entry.step == "cast":
        words = _("voted: %(vote)s") % {"vote": ballot.get_vote_display()}
        return Replayed(entry.at, ballot.member.name, words, logged(entry, "ballot") == ballot.digest)
    if entry.step == "void":
        return Replayed(entry.at, ballot.member.name, _("was taken out of the vote"))
    return Replayed(entry.at, ballot.member.name, _("noted a dissent"))


def of_review(entry: LogEntry, review: Any) -> Replayed | None:
    if entry.step == "open":
        return Replayed(entry.at, entry.by_name, _("froze the packet and opened the voting"), review.is_proved)
    if entry.step == "decide":
        stands = logged(entry, "decision") == review.decision_digest
        outcome = Outcome(review.outcome).label if stands else _("otherwise than in the end")
        return Replayed(entry.at, entry.by_name, _("decided: %(outcome)s") % {"outcome": outcome}, stands or None)
    if entry.step == "release":
        return Replayed(entry.at, entry.by_name, _("released the decision"))
    return None
