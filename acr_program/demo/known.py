"""What people of the demo have told of their accounts: facts, pinned notes, entered figures and one correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.actions import Entered, enter_figure, keep_figures, pin, say_fact, take_down
from accounts.models import Account
from acr_program.people.models import User

NOTES = [
    "Their buyer reads the figures first. Bring them on paper, in large type.",
    "Never mention the fire in the old dairy; two people were hurt.",
    "The director hears badly on the left: sit to the right of her.",
]
FACTS = [
    ("strategic", "Opens the region for us: three of their neighbours buy what they buy."),
    ("negotiation", "The frame for chilled goods ends in spring; their lawyers have our draft."),
    ("rfp", "Their tender for school meals stands in the public gazette, number 2214."),
    ("strategic", "The only airport caterer in the theater; the board named it in its letter."),
]
FIGURES = [
    ("margin", 12, 31, "Controlling, contribution by customer"),
    ("wallet", 8, 60, "Estimate of the account manager"),
]


def tell(accounts: Sequence[Account], people: dict[str, User], day: date) -> None:
    """On one day: of the first accounts much, of most nothing."""
    chance = Random(7)  # noqa: S311 (a demo, not a secret)
    managed = [account for account in accounts if account.manager and account.customer_since]
    for account, (kind, reason) in zip(managed[::7], FACTS, strict=False):
        say_fact(
            account,
            by=manager_of(account),
            seen=seen(account),
            kind=kind,
            since_on=day - timedelta(days=20),
            reason=reason,
        )
    for account, text in zip(managed[::9], NOTES, strict=False):
        pin(account, by=manager_of(account), seen=seen(account), text=text)
    done = pin(
        managed[0], by=manager_of(managed[0]), seen=seen(managed[0]), text="Their kitchen moves in May: no deliveries."
    )
    take_down(done, by=manager_of(managed[0]), seen=seen(managed[0]))
    rows = [
        Entered(
            account.pk, kind, day - timedelta(days=95), Decimal(chance.randint(low * 10, high * 10)) / 10, source, day
        )
        for account in managed[:25]
        for kind, low, high, source in FIGURES
    ]
    keep_figures(rows, by=people["Owen Castellane"])
    correct(managed[0], rows[0], people["Priya Raghunathan"])


def correct(account: Account, row: Entered, by: User) -> None:
    """The first margin was wrong, and what stood stays on file; and somebody asked how satisfied they are."""
    told: dict[str, Any] = {"quarter_begins_on": row.quarter_begins_on, "as_of": row.as_of}
    enter_figure(
        account,
        by=by,
        seen=seen(account),
        kind="margin",
        value=row.value + Decimal("1.7"),
        source="Controlling, second run",
        **told,
    )
    enter_figure(
        account,
        by=by,
        seen=seen(account),
        kind="satisfaction",
        value=Decimal("8.5"),
        source="Survey of the kitchens",
        **told,
    )


def manager_of(account: Account) -> User:
    assert account.manager is not None
    return account.manager


def seen(account: Account) -> int:
    return Account.objects.only("version").get(pk=account.pk).version
