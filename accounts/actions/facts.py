"""What holds of an account, said by somebody from a day on, until somebody says that it no longer does.

What apps above hang on “account.fact” follows each such word in the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from acr_program.people.models import User
from acr_program.workflow.edit import note
from acr_program.workflow.errors import Refused
from acr_program.workflow.locks import lock
from acr_program.workflow.perform import check_seen, follow_many

from ..models import Account, Fact
from .rights import check_keeper


def say_fact(account: Account, *, by: User, seen: int | None, kind: str, since_on: date, reason: str) -> Fact:
    """From this day on it holds, and this is how it is known; refused where it holds already."""
    check_keeper(account, by)
    with transaction.atomic():
        account = lock(account)
        check_seen(account, seen, None)
        if standing := account.facts.filter(kind=kind, ended_on__isnull=True).first():
            words = _("“%(fact)s” holds already, since %(day)s. End it before you say it again.")
            raise Refused(words % {"fact": standing, "day": date_format(standing.since_on, "j M Y")})
        fact = Fact.objects.create(account=account, kind=kind, since_on=since_on, reason=reason, said_by=by)
        entry = note(account, by=by, changed={"fact": [None, told(fact)]}, comment=reason)
        follow_many([account], "fact", [entry])
    return fact


def end_fact(fact: Fact, *, by: User, seen: int | None, reason: str, ended_on: date | None = None) -> Fact:
    """It holds no longer; what became of it is kept beside it."""
    check_keeper(fact.account, by)
    with transaction.atomic():
        account = lock(fact.account)
        check_seen(account, seen, None)
        fact = account.facts.get(pk=fact.pk)
        ended_on = ended_on or localdate()
        if fact.ended_on:
            raise Refused(_("“%(fact)s” has been ended already.") % {"fact": fact})
        if ended_on < fact.since_on:
            raise Refused(_("A fact cannot end before the day it began."))
        before = told(fact)
        fact.ended_on, fact.ended_by, fact.ended_reason = ended_on, by, reason
        fact.save()
        entry = note(account, by=by, changed={"fact": [before, told(fact)]}, comment=reason)
        follow_many([account], "fact", [entry])
    return fact


def told(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in ("kind", "since_on", "reason", "ended_on", "ended_reason")}
