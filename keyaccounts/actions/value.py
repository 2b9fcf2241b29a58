"""Writing value propositions: a first one, the next version, its words and its proof points; asking our functions (K-01, K-03)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.charter.models import Function
from acr_program.people.models import User
from acr_program.workflow.book import click
from acr_program.workflow.edit import begin, begin_many, edit, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..choices_value import PropositionStatus
from ..models import ProofPoint, Proposition, Tier, Understanding
from ..models.proposition import subject_of
from ..value_rules import writes_value


def check_writes(by: User, proposition: Proposition) -> None:
    if not writes_value(by, proposition):
        raise PermissionDenied(_("Value propositions are written by %(who)s.") % {"who": writes_value.title})


def check_draft(proposition: Proposition) -> None:
    if proposition.status != PropositionStatus.DRAFT:
        raise Refused(_("This version is no draft any more: write the next version."))


def begin_proposition(
    *, by: User, tier: Tier | None = None, account: Account | None = None, **words: Any
) -> Proposition:
    """The first draft for a tier, an account or all; with versions there already it is the next."""
    made = Proposition(tier=tier, account=account, **words)
    check_writes(by, made)
    with click():
        made.number = next_number(subject_of(made.tier_id, made.account_id))
        return begin(made, by=by)


def next_number(subject: str) -> int:
    """One after the last; refused while a draft is open, for two would overtake each other."""
    rows = Proposition.objects.filter(subject=subject)
    if draft := rows.filter(status=PropositionStatus.DRAFT).first():
        raise Refused(_("A draft is open already: %(draft)s. Change it, or discard it first.") % {"draft": draft})
    last = rows.order_by("-number").first()
    return last.number + 1 if last else 1


def write_next(before: Proposition, *, by: User) -> Proposition:
    """The next version as a draft that says what this one says, with its proof points."""
    check_writes(by, before)
    words = {name: getattr(before, name) for name in ("promise", "does", "does_not")}
    with click():
        made = begin_proposition(by=by, tier=before.tier, account=before.account, **words)
        copied = [ProofPoint(proposition=made, words=p.words, source=p.source, on=p.on) for p in before.proofs.all()]
        ProofPoint.objects.bulk_create(copied)
    return made


def reword(proposition: Proposition, *, by: User, seen: int | None, key: str | None, **words: Any) -> Proposition:
    """Other words in a draft."""
    check_writes(by, proposition)
    with click():
        check_draft(lock(proposition))
        return edit(proposition, seen=seen, by=by, key=key, **words)


def keep_proof(
    proposition: Proposition, *, by: User, seen: int | None, proof: ProofPoint | None = None, **said: Any
) -> Proposition:
    """One more proof point, or the same in other words."""
    check_writes(by, proposition)
    with click():
        proposition = lock(proposition)
        check_seen(proposition, seen, None)
        check_draft(proposition)
        row = proof or ProofPoint(proposition=proposition)
        before = told(proof)
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        note(proposition, by=by, changed={"proof": [before, told(row)]})
    return proposition


def drop_proof(proposition: Proposition, proof: ProofPoint, *, by: User, seen: int | None) -> Proposition:
    """It does not show it after all."""
    check_writes(by, proposition)
    with click():
        proposition = lock(proposition)
        check_seen(proposition, seen, None)
        check_draft(proposition)
        before = told(proof)
        proof.delete()
        note(proposition, by=by, changed={"proof": [before, None]})
    return proposition


def told(proof: ProofPoint | None) -> list[str] | None:
    """A proof point as the log keeps it."""
    return [proof.words, proof.source, proof.on.isoformat()] if proof else None


def ask_functions(proposition: Proposition, functions: Iterable[Function], *, by: User) -> list[Understanding]:
    """These functions, each in the person who answers for it, are asked to confirm that they know it (K-03)."""
    known = set(proposition.understandings.values_list("function", flat=True))
    rows = [
        Understanding(proposition=proposition, function=one, person=one.contributor)
        for one in functions
        if one.pk not in known and one.contributor is not None and one.contributor.is_active
    ]
    return begin_many(rows, by=by)
