"""What people tell of an account: facts, notes, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts import actions
from accounts.models import Figure
from accounts.quarters import quarter_of
from tests.factories import fresh, make_account

from .company import Company
from .pages import Page, Sent, sent


def told(company: Company) -> Iterator[Page]:
    """Each leaves a row, and a row in the account's log."""
    rep = company.people["rep"]
    day = localdate() - timedelta(days=1)  # past in every zone

    def own() -> Any:
        return make_account(manager=rep)

    def fact() -> Sent:
        account = own()
        given = {"kind": "rfp", "since_on": day.isoformat(), "reason": "Their letter."}
        return sent("accounts:new-fact", account.pk, of=account, rows=account.facts.all(), **given)

    def ended() -> Sent:
        account = own()
        known = actions.say_fact(
            account, by=rep, seen=account.version, kind="negotiation", since_on=day, reason="Kim said so."
        )
        given = {"ended_on": day.isoformat(), "reason": "It is signed."}
        rows = account.facts.filter(ended_on=day, ended_by=rep)
        return sent("accounts:end-fact", account.pk, known.pk, of=fresh(account), rows=rows, **given)

    def note() -> Sent:
        account = own()
        return sent(
            "accounts:new-note", account.pk, of=account, rows=account.notes.all(), text="Never call on Fridays."
        )

    def down() -> Sent:
        account = own()
        pinned = actions.pin(account, by=rep, seen=account.version, text="Kim is on leave.")
        rows = account.notes.filter(taken_down_by=rep)
        return sent("accounts:take-down", account.pk, pinned.pk, of=fresh(account), rows=rows)

    def figure() -> Sent:
        account = own()
        given = {
            "kind": "margin", "quarter_begins_on": quarter_of(day).isoformat(), "value": "12.5", "source": "Controlling",
            "as_of": day.isoformat(),
        }  # fmt: skip
        rows = Figure.objects.filter(account=account)
        return sent("accounts:new-figure", account.pk, of=account, rows=rows, **given)

    yield Page("accounts:new-fact", "rep", fact)
    yield Page("accounts:end-fact", "rep", ended)
    yield Page("accounts:new-note", "rep", note)
    yield Page("accounts:take-down", "rep", down)
    yield Page("accounts:new-figure", "rep", figure)
