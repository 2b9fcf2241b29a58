"""Proposing accounts for a wave, and what follows from a candidate's steps (P-04, P-08, P-09, P-15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.people.models import User
from acr_program.people.roles import program_office
from acr_program.ui.phrases import names
from acr_program.workflow.derived import derive_anew
from acr_program.workflow.edit import begin_many, note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen

from ..choices import WaveStatus
from ..models import Aspect, PilotCandidate, PilotWave


def check_office(by: User) -> None:
    if not program_office(by):
        raise PermissionDenied(_("Candidates are proposed by %(who)s.") % {"who": program_office.title})


def propose(wave: PilotWave, accounts: Iterable[Account], *, by: User) -> list[PilotCandidate]:
    """These accounts, each with its manager, as candidates that test everything; those in the wave already stay as they are."""
    check_office(by)
    with transaction.atomic():
        wave = lock(wave)
        if wave.status != WaveStatus.SELECTING:
            raise Refused(_("Accounts are proposed while the wave selects."))
        known = set(wave.candidates.values_list("account", flat=True))
        new = [account for account in accounts if account.pk not in known]
        if nobody := [account.name for account in new if account.manager is None]:
            raise Refused(
                _("Nobody manages %(accounts)s: name an account manager first.") % {"accounts": names(nobody)}
            )
        rows = [PilotCandidate(wave=wave, account=account, manager=account.manager) for account in new]
        begin_many(rows, by=by)
        tests(rows, list(wave.aspects.all()))
    return rows


def tests(rows: list[PilotCandidate], aspects: list[Aspect]) -> None:
    through: Any = PilotCandidate.aspects.through
    through.objects.bulk_create([through(pilotcandidate=row, aspect=aspect) for row in rows for aspect in aspects])


def let_test(candidate: PilotCandidate, *, by: User, seen: int | None, aspects: Iterable[Aspect]) -> PilotCandidate:
    """What of the program this candidate is to test: a customer who wants print tests print (P-19)."""
    check_office(by)
    with transaction.atomic():
        candidate = lock(candidate)
        check_seen(candidate, seen, None)
        before = {aspect.pk for aspect in candidate.aspects.all()}
        wanted = {aspect.pk for aspect in aspects}
        if before != wanted:
            candidate.aspects.set(wanted)
            note(candidate, by=by, changed={"aspects": [sorted(before), sorted(wanted)]})
    return candidate


def judge(candidate: PilotCandidate, criterion: Any, *, by: User, seen: int | None, **said: Any) -> PilotCandidate:
    """Judge by one criterion, with what it takes; score and tier follow."""
    with transaction.atomic():
        candidate = lock(candidate)
        check_seen(candidate, seen, None)
        made = candidate.judge(criterion, by=by, **said)
        derive_anew(PilotCandidate.objects.filter(pk=candidate.pk))
        note(candidate, by=by, changed={"judgement": [None, told(made)]}, comment=made.words)
    return candidate


def told(judgement: Any) -> list[Any]:
    """What was judged, as the log keeps it."""
    return [str(judgement.criterion), judgement.version.number, judgement.met, judgement.score]
