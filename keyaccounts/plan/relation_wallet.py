"""Share of wallet: what they spend with us over what they are estimated to spend in all, with its source (N3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as say

from accounts.choices import FigureKind
from accounts.models import Figure, Performance
from accounts.quarters import label_of
from acr_program.ui.phrases import number

QUARTERS = 8
OLD = timedelta(days=366)  # an estimate as of a day further back is said to be old


@dataclass(frozen=True)
class Share:
    """The share in one quarter, in percent, as somebody told it; `ours` is our net value in it, where it is on file."""

    quarter: date
    percent: Decimal
    ours: Decimal | None
    source: str
    as_of: date
    by: str

    @property
    def label(self) -> str:
        return label_of(self.quarter)

    @property
    def said(self) -> str:
        share = self.percent.normalize() if self.percent % 1 else int(self.percent)
        return say("%(share)s %%") % {"share": number(share)}

    @property
    def total(self) -> Decimal | None:
        """What they spend in all by this estimate, in the company's currency; not known without our value or a share."""
        if self.ours is None or self.percent <= 0:
            return None
        return self.ours * 100 / self.percent

    @property
    def sum(self) -> str:
        """Ours over all, in words."""
        if self.total is None or self.ours is None:
            return ""
        return say("%(ours)s of about %(all)s") % {"ours": number(self.ours, 0), "all": number(self.total, 0)}


@dataclass(frozen=True)
class Wallet:
    """The shares, the newest quarter first."""

    shares: list[Share]

    @property
    def is_old(self) -> bool:
        return bool(self.shares) and self.shares[0].as_of < localdate() - OLD


def wallet_of(plan: Any) -> Wallet:
    """One query."""
    net = Performance.objects.filter(account=OuterRef("account"), quarter_begins_on=OuterRef("quarter_begins_on"))
    money: Any = DecimalField(max_digits=20, decimal_places=6)
    rows = Figure.objects.filter(account=plan.account_id, kind=FigureKind.WALLET, replaced_at=None)
    rows = rows.select_related("said_by").annotate(ours=Subquery(net.values("net")[:1], output_field=money))
    return Wallet([
        Share(row.quarter_begins_on, row.value, row.ours, row.source, row.as_of, row.said_by.name)
        for row in rows.order_by("-quarter_begins_on", "-pk")[:QUARTERS]
    ])  # fmt: skip
